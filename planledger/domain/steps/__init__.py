"""The steps of the fold: how one entry changes a plan, one file a noun.

No rule lives here and nothing fails: rules are in `planledger.domain.rules`. An entry about a thing
that is not there (yet, in effective order) changes nothing.
"""
