"""Changes in words: what a thing is called, and what it was and is, as lines a person can read.

Every face says the same. Names of people pass through as they are kept; see `planledger.answers`.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from planledger.domain.plan import Action, Area, Milestone, Plan, Statement, find_item
from planledger.projections.changes import tracks
from planledger.projections.changes.public import EVERYTHING, Shows
from planledger.projections.changes.shapes import (
    ITEM_KINDS,
    THE_PLAN,
    Change,
    ChangeClass,
    Kind,
    Said,
    Thing,
    Track,
)
from planledger.projections.changes.values import (
    Lines,
    lines_of,
    lines_of_figures,
    lines_of_target,
    words_of,
    wrapped,
)
from planledger.projections.timing import label
from planledger.projections.view import ref_of


def say(known: Plan | None, change: Change, shows: Shows = EVERYTHING) -> Said:
    """Say a change in words; `known` is that of the answer it is in.

    A figure of a KPI that `shows` does not let be shown is hidden in both columns.
    """
    thing = (change.kind, change.id)
    if known is None:
        return Said(ref=_text(thing), area=None, title=None, before=(), after=())
    found = tracks.read(known, thing)
    title = wrapped(_title(known, thing, found)) if found is not None else ()
    return Said(
        ref=_ref(known, thing),
        area=_area(known, _item(thing, found)),
        title=title[0] if title else None,
        before=_lines(known, change, change.before, shows),
        after=_lines(known, change, change.after, shows),
    )


def name_thing(known: Plan | None, thing: Thing) -> Said:
    """Say what a thing is called, and nothing of how it changed."""
    kind, name = thing
    what = ChangeClass.ALTERED
    return say(known, Change(kind=kind, id=name, track=None, before=None, after=None, what=what))


def known_in(plan: Plan | None, changes: Iterable[Change]) -> Plan | None:
    """Give a plan with everything that changes on the way to it took away, as it was last."""
    gone = {
        (change.kind, change.id): change.before
        for change in changes
        if change.track is None and change.before is not None
    }
    if plan is None:
        plan = tracks.write(None, THE_PLAN, gone.get(THE_PLAN))
    for thing, was in gone.items():
        if tracks.read(plan, thing) is None:
            plan = tracks.write(plan, thing, was)
    return plan


def _lines(known: Plan, change: Change, value: Any, shows: Shows) -> tuple[Any, ...]:  # noqa: ANN401
    if value is None:
        return ()
    if change.track is None:
        return wrapped(_whole(known, (change.kind, change.id), value))
    if change.track is Track.READINGS:
        assert change.span is not None  # noqa: S101 - figures are told period by period
        return wrapped(lines_of_figures(value, partial(shows.figure, str(change.id), change.span)))
    if change.track is Track.TARGETS:
        return wrapped(lines_of_target(value, partial(shows.baseline, str(change.id))))
    return wrapped(lines_of(known, change.kind, change.track, value))


def _whole(known: Plan, thing: Thing, value: Any) -> Lines:  # noqa: ANN401
    yield from _title(known, thing, value)
    if isinstance(value, Milestone):
        yield label(value.target_date)


def _title(known: Plan, thing: Thing, found: Any) -> Lines:  # noqa: ANN401
    """Give what a thing is titled: its first line is its title."""
    match thing[0]:
        case Kind.KPI:
            yield found.definitions[-1].name
        case Kind.RATING_KEY:
            yield found[-1].name
        case Kind.RATING:
            review = known.reviews.get(found.review)
            yield f"{words_of(found.rating)} at {review.label if review else found.review}"
            yield found.rationale
        case Kind.INSPECTION:
            yield f"{found.framework}: {found.judgement}"
        case kind:
            yield getattr(found, _TITLES[kind])


_TITLES: Mapping[Kind, str] = {
    **dict.fromkeys((Kind.PLAN, Kind.AREA, Kind.EVIDENCE), "title"),
    **dict.fromkeys((Kind.STATEMENT, Kind.ACTION, Kind.MILESTONE, Kind.CHALLENGE), "text"),
    **dict.fromkeys((Kind.PARTY, Kind.FORUM), "name"),
    **dict.fromkeys((Kind.REVIEW, Kind.VERSION, Kind.BASELINE), "label"),
    Kind.REFERENCE: "as_printed",
    Kind.QUERY: "question",
}
"""Which of its fields says what a thing is titled."""


def _ref(known: Plan, thing: Thing) -> str:
    kind, name = thing
    if kind is Kind.PLAN:
        return known.ref
    if isinstance(name, tuple):
        item, review = name
        return f"{ref_of(known, item) or item} at {known.ref}/{review}"
    if kind is Kind.REVIEW:
        return f"{known.ref}/{name}"
    return ref_of(known, name) or name


def _text(thing: Thing) -> str:
    name = thing[1]
    return name if isinstance(name, str) else "/".join(name)


def _item(thing: Thing, found: Any) -> str | None:  # noqa: ANN401 - whatever the kind holds
    """Give the id of the item that a thing is, or is about."""
    kind, name = thing
    if kind in ITEM_KINDS:
        return str(name)
    item = getattr(found, "item", None)
    return item if isinstance(item, str) else None


def _area(known: Plan, item: str | None) -> str | None:
    """Give the ref of the area that an item lies in."""
    found = find_item(known, item) if item else None
    match found:
        case Milestone(action=action):
            return _area(known, action)
        case Action(area=area) | Statement(area=area):
            return _area(known, area)
        case Area():
            return ref_of(known, found.id)
        case _:
            return None
