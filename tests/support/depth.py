"""How much a test does: enough at every change, and far more behind `make test-deep`."""

import os

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
"""Whether this is the deep run, which searches for hours where the ordinary one takes minutes."""


def rounds(ci: int, deep: int) -> int:
    """Give how many rounds to run: `ci` of them ordinarily, `deep` in the deep run."""
    return deep if DEEP else ci
