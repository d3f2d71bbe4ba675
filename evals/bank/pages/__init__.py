"""A run of the question bank as one page to read: HTML and Markdown."""
