"""The sections of a document: headings told from text, numbers, levels and paths."""
