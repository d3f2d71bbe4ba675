"""The page, one module per view."""
