"""Rule cards held against the releases, listings and citations at hand."""
