"""Files in, library filled."""
