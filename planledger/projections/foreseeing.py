"""What recording something would change: the plan as it is beside the plan as it would be."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from planledger.domain.plan import Plan
from planledger.events.envelope import Envelope, Fact
from planledger.projections.changes.index import Index
from planledger.projections.changes.net import At, net
from planledger.projections.changes.public import PublicOnly, State
from planledger.projections.changes.shapes import Change, Said
from planledger.projections.changes.words import known_in, say
from planledger.projections.history import History


class Preview(Struct, frozen=True, kw_only=True):
    """What would be recorded, and what that would change. Nothing of it is recorded."""

    position: int
    """Position of the plan's last entry, by which it was judged; 0 where there is none."""
    envelopes: tuple[Envelope, ...]
    """What would be recorded; empty where it is so already."""
    changes: tuple[Change, ...]
    """NET, from the plan as it is to the plan as it would be, both on one day: today, or the latest
    day that anything recorded would be effective from, where that is still to come."""
    on: date
    """That day."""
    known: Plan | None
    """What `words.say` looks names up in."""
    shows: PublicOnly
    """Which figures of KPIs a page may show: those that both states let be public."""

    def said(self) -> tuple[Said, ...]:
        """Say every change in words, with the figures of KPIs that may be public."""
        return tuple(say(self.known, change, self.shows) for change in self.changes)


def foresee(history: History, plan: str, envelopes: Sequence[Envelope], today: date) -> Preview:
    """Give what recording these next would change in the plan of a history."""
    after = history.supposing() if envelopes else history
    if envelopes:
        after.extend(supposed(envelopes, history, plan))
    on = max([today, *(envelope.effective_on for envelope in envelopes)])
    start, end = At(history.position, on), At(after.position, on)
    states = (history.state(*start), after.state(*end))
    changes = net(Index(after), start, end) if envelopes else ()
    return Preview(
        position=history.position,
        envelopes=tuple(envelopes),
        changes=changes,
        on=on,
        known=known_in(states[1], changes),
        shows=PublicOnly([State(start, states[0]), State(end, states[1])]),
    )


def supposed(envelopes: Sequence[Envelope], history: History, plan: str) -> list[Fact]:
    """Give facts as if they came next. No event says a position that is not recorded."""
    learned = history.record.facts[-1].recorded_us if history.record.facts else 0
    return [
        Fact(history.position + number, learned, plan, history.version + number, envelope)
        for number, envelope in enumerate(envelopes, start=1)
    ]
