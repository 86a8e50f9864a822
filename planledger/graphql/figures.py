"""Which figures of KPIs are told in words: all as recorded, or those that the public may read."""

from enum import Enum
from typing import Annotated

import strawberry

from planledger.domain.plan import Plan
from planledger.projections.changes.net import At
from planledger.projections.changes.public import EVERYTHING, PublicOnly, Shows, State
from planledger.projections.view import Basis


class Figures(Enum):
    """Which figures of KPIs to tell in words."""

    FULL = strawberry.enum_value("full", description="All, as recorded; not for the public.")
    PUBLIC = strawberry.enum_value(
        "public",
        description='As public papers may show them: "c" in place of small ones, and of those '
        "that would give them away at either end; baselines alike.",
    )


strawberry.enum(Figures, description="Which figures of KPIs to tell in words.")

Told = Annotated[
    Figures,
    strawberry.argument(
        description="Which figures of KPIs `before` and `after` tell. Entries that are named as "
        "causes hold figures in full, whatever is said here."
    ),
]


def shown_of(figures: Figures, *states: tuple[Basis, Plan | None]) -> Shows:
    """Give what tells which figures an answer about some states of a plan may tell."""
    if figures is Figures.FULL:
        return EVERYTHING
    return PublicOnly(
        [State(At(basis.position, basis.effective_on), plan) for basis, plan in states]
    )
