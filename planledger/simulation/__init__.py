"""A history that is made: people who only issue commands, on a clock of their own.

Nothing here touches the ledger but through `Ledger.submit`, so what comes out keeps every rule.
The same story, or the same seed, makes the same bytes on every machine.
"""
