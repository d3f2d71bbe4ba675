"""Readers: one file of any format in, a :class:`ingest.readout.Readout` out."""
