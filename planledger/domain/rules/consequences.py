"""What a correction or a void would leave behind, and the refusals of what must not be.

Only what would be wrong with it and is not wrong without it is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import groupby

from msgspec import Struct

from planledger.domain import finding
from planledger.domain.case import Case
from planledger.domain.dependence import Thing, gives
from planledger.domain.evolve import fold
from planledger.domain.flaws import Flaw, Flaws, new_flaws
from planledger.domain.plan import Plan
from planledger.domain.record import key_of
from planledger.domain.refusals import Code, Refusal
from planledger.events.catalogue import stored_name
from planledger.events.dates import PartialDate
from planledger.events.envelope import Fact, Happening
from planledger.events.plan import PlanDrafted
from planledger.events.review import ReviewClosed, ReviewOpened
from planledger.events.structure import ActionAdded, AreaAdded, ItemRenumbered, ItemWithdrawn

MOST_LISTED = 10
"""How many entries a refusal lists; of the others it says how many there are."""

_OF_REFS = (AreaAdded, ActionAdded, ItemRenumbered, ItemWithdrawn)
"""What brings refs into use, or out of it."""
_TWICE = {
    "answered": Code.CHALLENGE_ANSWERED,
    "baseline": Code.BASELINE_EXISTS,
    "claim": Code.CLAIM_STANDS,
    "closed": Code.PLAN_CLOSED,
    "reading": Code.READING_EXISTS,
    "settled": Code.QUERY_RESOLVED,
}
"""Codes for what there would be twice; all else is a name in use."""


class Amended(Struct, frozen=True, kw_only=True):
    """How one entry stands without an amendment and with it."""

    case: Case
    root: Fact
    """The entry about the world that it is about in the end."""
    was: Fact | None
    now: Fact | None
    """None is void."""
    flaws: Flaws
    """What would be wrong with it and is not wrong without it."""

    @property
    def own(self) -> Flaw | None:
        """What the entry itself would lack, if anything."""
        unmet = self.flaws.unmet
        return next((flaw for flaw in unmet if flaw.fact.position == self.root.position), None)

    @property
    def before(self) -> Sequence[Fact]:
        """The facts that stand without it."""
        return self.case.timeline.order

    @property
    def after(self) -> Sequence[Fact]:
        """The facts that stand with it, in any order."""
        others = [fact for fact in self.before if fact.position != self.root.position]
        return (*others, self.now) if self.now else others

    def tied(self, thing: Thing) -> list[Fact]:
        """Give the facts that give, take, need or name a thing with it, in effective order."""
        tied, at = self.case.record.tied(), self.root.position
        positions = {at, *tied.changing.get(thing, ()), *tied.needing.get(thing, ())}
        return sorted(self.case.record.those(positions, {at: self.now}), key=key_of)


def amended(case: Case, root: Fact, happening: Happening) -> Amended:
    """Give how an entry would stand after one more amendment."""
    last = case.record.facts[-1]
    added = Fact(last.position + 1, last.recorded_us, last.plan, last.version + 1, happening)
    now = case.record.stands(root.position, added)
    return Amended(
        case=case,
        root=root,
        was=case.record.stands(root.position),
        now=now,
        flaws=new_flaws(case.record, root.position, now),
    )


def out_of_time(amended: Amended) -> Refusal | None:
    """Refuse a day on which what an entry needs was not there yet, or not any more."""
    own = amended.own
    if own is None or amended.was is None:
        return None
    lacks = [
        thing
        for thing in own.things
        if any(thing in gives(fact.event) for fact in amended.tied(thing))
    ]
    if not lacks:
        return None
    later = own.fact.effective_on > amended.was.effective_on
    return Refusal(
        code=Code.EFFECTIVE_TOO_LATE if later else Code.EFFECTIVE_TOO_EARLY,
        message=f"On {own.fact.effective_on}, in its place, what the entry needs was not there: "
        f"{_told(lacks)}. Give {'an earlier' if later else 'a later'} effective day.",
        path="effectiveOn",
    )


def left_behind(amended: Amended, path: str = "entry") -> Refusal | None:
    """Refuse what would leave entries without what they need, or the same thing there twice.

    `path` is the field that says what the entry would say then.
    """
    own, unmet = amended.own, [flaw.fact for flaw in amended.flaws.unmet]
    if own is not None:
        return Refusal(
            code=Code.UNKNOWN_ITEM,
            message=f"What {_named(own.fact)} needs is not there: {_told(own.things)}. Record that "
            "first, or void what made it void.",
            path=path,
        )
    if unmet:
        return Refusal(
            code=Code.DEPENDED_ON,
            message=f"Entries that stand depend on entry {amended.root.position} as it is: "
            f"{_listed(unmet)}. Void or correct these first.",
            path="entry",
        )
    for flaw in amended.flaws.twice:
        return Refusal(
            code=_TWICE.get(str(flaw.things[0][0]), Code.REF_IN_USE),
            message=f"With this there would be twice: {_told(flaw.things)}; the second time by "
            f"{_named(flaw.fact)}. Void one of the two first.",
            path=path,
        )
    return _refs_in_use(amended, path) or _two_open(amended, path)


def _refs_in_use(amended: Amended, path: str) -> Refusal | None:
    if not isinstance(amended.root.event, _OF_REFS):
        return None
    shared = _shared_refs(amended.after) - _shared_refs(amended.before)
    for ref, *_ in sorted(shared):
        return Refusal(
            code=Code.REF_IN_USE,
            message=f"With this, two items of the plan would bear {ref} at once. Renumber or "
            "withdraw the other first.",
            path=path,
        )
    return None


def _two_open(amended: Amended, path: str) -> Refusal | None:
    if not isinstance(amended.root.event, ReviewOpened):
        return None
    forum = amended.root.event.forum
    after = [fact.event for fact in sorted(amended.after, key=key_of)]
    opened = [event for event in after if isinstance(event, ReviewOpened)]
    closed = {event.review for event in after if isinstance(event, ReviewClosed)}
    still = [
        event.review for event in opened if event.forum == forum and event.review not in closed
    ]
    if len(still) <= 1:
        return None
    return Refusal(
        code=Code.REVIEW_OPEN,
        message=f"With this, {forum} would have two reviews open: {' and '.join(still)}. Close the "
        "other first.",
        path=path,
    )


def _shared_refs(facts: Iterable[Fact]) -> set[tuple[str, str, str]]:
    """Find every ref that two items bear at the end of some day, with the two."""
    shared: set[tuple[str, str, str]] = set()
    plan: Plan | None = None
    of_refs = [fact for fact in facts if isinstance(fact.event, (PlanDrafted, *_OF_REFS))]
    for _, day in groupby(sorted(of_refs, key=key_of), key=lambda fact: fact.effective_on):
        plan = fold(day, plan)
        if plan is not None:
            shared.update(_shared_in(plan))
    return shared


def _shared_in(plan: Plan) -> Iterator[tuple[str, str, str]]:
    bearers: dict[tuple[str, str], list[str]] = {}
    for area in plan.areas.values():
        if area.withdrawn is None:
            for ref in {area.number, finding.area_ref(area)}:
                bearers.setdefault(("area", ref), []).append(area.id)
    for action in plan.actions.values():
        if action.withdrawn is None:
            bearers.setdefault(("action", action.ref), []).append(action.id)
    for (_, ref), items in bearers.items():
        first, *others = sorted(items)
        yield from ((ref, first, other) for other in others)


def _listed(facts: Sequence[Fact]) -> str:
    said = [f"{_named(fact)} of {fact.effective_on}" for fact in facts[:MOST_LISTED]]
    more = len(facts) - len(said)
    return ", ".join(said) + (f" and {more} more" if more else "")


def _named(fact: Fact) -> str:
    return f"entry {fact.position} ({stored_name(type(fact.event))})"


def _told(things: Sequence[Thing]) -> str:
    """Say things in words: "the claim of milestone-1 for March 2015"."""
    return ", ".join(
        " ".join(_word(part) for part in thing if part is not None) for thing in things
    )


def _word(part: object) -> str:
    if isinstance(part, PartialDate):
        return part.label
    return part.value if isinstance(part, Enum) else str(part)
