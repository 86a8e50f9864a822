"""The acts: the everyday changes, by what they are about."""

from collections.abc import Mapping
from typing import Final

from planledger.recording.act import Act
from planledger.recording.acts import delivery, kpis, leads, milestones, queries, reviews

ACTS: Final[Mapping[str, Act]] = {
    act.name: act
    for act in (
        *milestones.ACTS,
        *leads.ACTS,
        *delivery.ACTS,
        *kpis.ACTS,
        *reviews.ACTS,
        *queries.ACTS,
    )
}
"""Every act by its name, in the order in which they are shown."""
