"""The one place where personal texts become text: when an answer is given.

Everything before holds `Personal`; keeping those texts apart and erasing them later changes this
file and what reads the store, and nothing between (design page 3.6).
"""

from planledger.events.values import Personal


def reveal(personal: Personal) -> str:
    """Give the text of a personal value."""
    return personal.words
