"""An office that works for ten years by chance: larger ledgers, to measure with and to search.

It only issues commands, each of which records one entry, so that a ledger gets exactly as many as
were asked for. The same seed makes the same ledger on every machine.
"""
