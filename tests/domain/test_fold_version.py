"""Whoever changes what a step means is reminded of the folds that were kept before."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from immutables import Map
from msgspec import Struct

from planledger.domain.evolve import FOLD_VERSION
from tests.support.simulated import northbridge

GOLDEN = Path(__file__).with_name("northbridge-fold.sha256")
"""The fold version, and a digest of the plan that the story of northbridge folds to.

Where the digest changes because the story did, write the new one down. Where it changes because a
step of the fold did, raise FOLD_VERSION too: else large plans keep answering as they did before.
"""


def _written(value: object) -> Iterator[str]:
    """Write a value out, the same for the same value whatever order its maps are in."""
    if isinstance(value, Map):
        for key in sorted(value):
            yield f"{key!r}:"
            yield from _written(value[key])
    elif isinstance(value, Struct):
        yield type(value).__name__
        for name in value.__struct_fields__:
            yield f".{name}="
            yield from _written(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _written(each)
        yield ";"
    else:
        yield repr(value)


def test_a_changed_step_raises_the_fold_version() -> None:
    """Kept folds are used by their version alone: nothing else tells that a step changed."""
    ledger, _ = northbridge()
    history = ledger.history("northbridge")
    plan = history.state(history.position)
    digest = hashlib.sha256("".join(_written(plan)).encode()).hexdigest()
    assert GOLDEN.read_text(encoding="ascii").split() == [str(FOLD_VERSION), digest]
