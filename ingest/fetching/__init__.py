"""Filings from the Federal Register and EDGAR into a folder."""
