"""Formats: a paper as bytes. The same paper gives the same bytes, on any machine and any day."""
