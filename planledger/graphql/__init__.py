"""The GraphQL face: one file a noun; `schema.py` puts them together."""
