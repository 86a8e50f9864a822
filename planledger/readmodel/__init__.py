"""The stored register: milestones across plans, in tables that other tools read.

It follows the ledger and is never the truth: it can be thrown away and made again at any time.
"""
