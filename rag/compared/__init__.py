"""Comparisons as documents: text for a terminal, Markdown, HTML, CSV, Word."""
