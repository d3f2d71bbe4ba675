"""Printed lines of a PDF to pages of text: furniture, notes, reading order, tables, paragraphs."""
