"""Papers: what is handed on. Each is sections and tables made of one answer, in any format."""
