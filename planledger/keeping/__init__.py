"""Keeping a ledger: looking whether it is whole, copies of it, and putting a copy in its place."""
