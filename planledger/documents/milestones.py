"""Milestones: from the cells of a row to slots, each with its target date.

Dates and milestones are paired in order; one date for several governs them all; what is left
without a date is "not stated" (design page 2.1). Every pairing that is a choice leaves a query.
"""

import re
from datetime import date

from msgspec import Struct, structs

from planledger.documents import queries
from planledger.documents.date_cells import DateCell, DateReading, not_stated, read_date_cell
from planledger.documents.markup import introduces_list, list_items, readable, shown
from planledger.documents.notes import Notes
from planledger.documents.run_on import split_run_on
from planledger.documents.tables import Row
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)
from planledger.events.values import Definition

_MOST_SLOTS = 30
_NONE_PRINTED = "(no milestone printed)"
_BARE_TBC = re.compile(
    r"\(?(?:t\.?b\.?[cad]\.?|to be (?:confirmed|agreed|determined|decided|advised))\)?\.?",
    re.IGNORECASE,
)
_TO_BE_SET = re.compile(
    r"to be (?:set|confirmed|agreed|defined|determined|decided|advised|identified|scoped)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:please )?(?:see|refer to)\b.{0,120}?(?:\babove|\bbelow|\bmilestones?\b"
    r"|\b(?:actions?|area|areas|improvement)\s(?:for improvement\s)?[\dIVX]|\d\.\d)"
    r"|as (?:per |in |for )?(?:above|below|\d+\.\d+|actions?\b|milestones?\b|area\b)",
    re.IGNORECASE,
)
_OFTEN = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "six-monthly": 6, "annual": 12}
_RECURS = re.compile(
    rf"(?P<often>{'|'.join(_OFTEN)})\s(?:[\w'’-]{{1,30}}\s){{0,2}}"
    r"(?:reviews?|reports?|reporting|meetings?|monitoring|audits?|updates?|returns?)\.?",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"(?:any\s)?(?:further|other|additional|more|new)\s(?:\w{1,30}\s)?actions?\b"
    r"|actions?\s(?:to be|will be)\b",
    re.IGNORECASE,
)


class Slot(Struct, frozen=True):
    """One slot in the list of milestones of an action."""

    key: str
    text: str
    definition: Definition
    target_date: TargetDate
    shared_with: tuple[str, ...]


class Slots(Struct, frozen=True):
    """The milestones of one action."""

    slots: tuple[Slot, ...]
    placeholder: bool
    dates: int
    """How many dates are printed."""


def read_slots(key: str, row: Row, stated_on: date, notes: Notes) -> Slots:
    """Read the milestones of the action with a key, and their dates."""
    cell = read_date_cell(row.date, stated_on)
    texts, cell = _texts(key, row, cell, notes)
    if cell.unread:
        _note_unread(key, row, cell, notes)
    readings = _pair(key, row, cell, len(texts), notes)
    shared = len(texts) > 1 and len(cell.dates) == 1 and not cell.each
    keys = tuple(f"{key}/{place}" for place in range(1, len(texts) + 1))
    slots = tuple(
        Slot(
            own,
            text,
            definition_of(text),
            _target(own, row, text, reading, notes),
            tuple(other for other in keys if other != own) if shared else (),
        )
        for own, text, reading in zip(keys, texts, readings, strict=True)
    )
    return Slots(slots, _is_placeholder(row, texts), len(cell.dates))


def definition_of(text: str) -> Definition:
    """Say how far a milestone's words define it."""
    if text == _NONE_PRINTED or _BARE_TBC.fullmatch(text) or _TO_BE_SET.match(text):
        return Definition.UNDEFINED
    if _POINTS.match(text):
        return Definition.CROSS_REFERENCE
    return Definition.STATED


def _is_placeholder(row: Row, texts: tuple[str, ...]) -> bool:
    """Say whether an action only promises that actions will be found: "Further actions … TBC"."""
    action = readable(row.action)
    bare = all(_BARE_TBC.fullmatch(text) or text == _NONE_PRINTED for text in texts)
    return bare and bool(_FURTHER.match(action) or _BARE_TBC.fullmatch(action))


def _texts(key: str, row: Row, cell: DateCell, notes: Notes) -> tuple[tuple[str, ...], DateCell]:
    texts = list_items(row.milestones)
    if len(texts) > _MOST_SLOTS:
        notes.problem(
            row.line,
            f"Action {row.ref} has {len(texts)} milestones in one cell, more than the "
            f"{_MOST_SLOTS} that are read apart. They are kept as one; split the row.",
        )
        texts = (readable(row.milestones),)
    if not texts:
        queries.no_milestone(notes, key, row)
        return (_NONE_PRINTED,), cell
    if introduces_list(row.milestones):
        queries.introduced(notes, key, row, texts)
    if len(texts) == 1 and len(cell.dates) > 1:
        apart = split_run_on(texts[0], len(cell.dates))
        if apart is not None:
            queries.run_on(notes, key, row, apart)
            return apart, cell
        cell = _one_date(key, row, cell, notes)
    return texts, cell


def _one_date(key: str, row: Row, cell: DateCell, notes: Notes) -> DateCell:
    """Read "March 2015 (TBC)", or more, beside a single milestone as one date."""
    targets = [reading.target for reading in cell.dates]
    if any(isinstance(target, ToBeConfirmed) for target in targets):
        one: TargetDate = ToBeConfirmed(as_printed=cell.printed, decide_by=None, decider=None)
        if all(isinstance(target, ToBeConfirmed) for target in targets):
            return structs.replace(cell, dates=(DateReading(one, ""),))
    else:
        one = structs.replace(targets[-1], as_printed=cell.printed)
    queries.several_dates(notes, key, row, cell.printed, one)
    return structs.replace(cell, dates=(DateReading(one, ""),))


def _pair(key: str, row: Row, cell: DateCell, count: int, notes: Notes) -> list[DateReading]:
    dates = list(cell.dates)
    if not dates:
        if not cell.unread:
            queries.no_date(notes, key, row)
        return [not_stated(cell.printed)] * count
    if len(dates) == 1 and count > 1:
        if not cell.each:
            queries.shared_date(notes, key, row, count, dates[0].target)
        return dates * count
    if len(dates) > count:
        rest = shown(" ".join(each.target.as_printed for each in dates[count:]))
        notes.problem(
            row.line,
            f"Action {row.ref} has {len(dates)} dates for {count} milestones. “{rest}” is left "
            "over and not read. Check which date belongs to which milestone.",
        )
        queries.too_many_dates(notes, key, row, count, len(dates))
    elif len(dates) < count:
        queries.missing_dates(notes, key, row, count, len(dates))
    return [*dates[:count], *[not_stated("")] * (count - len(dates))]


def _target(own: str, row: Row, text: str, reading: DateReading, notes: Notes) -> TargetDate:
    target = reading.target
    if isinstance(target, ToBeConfirmed) and target.decider is not None:
        # Every slot has the same decision due: one query, with the first, is enough.
        if own.endswith("/1"):
            queries.deferred(notes, own.rpartition("/")[0], row, target, reading.doubt)
        return target
    if reading.doubt:
        queries.assumed_date(notes, own, row, target, reading.doubt)
    recurs = _RECURS.fullmatch(text)
    if recurs is None or not isinstance(target, (NotStated, ToBeConfirmed, OneOff)):
        return target
    every = _OFTEN[recurs["often"].casefold()]
    first = target.date if isinstance(target, OneOff) else None
    recurring = Recurring(as_printed=target.as_printed, first=first, every_months=every, until=None)
    queries.recurring_activity(notes, own, row, text, recurring)
    return recurring


def _note_unread(key: str, row: Row, cell: DateCell, notes: Notes) -> None:
    unread = shown(cell.unread)
    notes.problem(
        row.line,
        f"The target date of action {row.ref} says “{unread}”, which is no date that can be read. "
        "Write a date such as March 2015, 31 March 2015, Ongoing, quarterly or TBC.",
    )
    queries.unread_date(notes, key, row, cell)
