"""What changed, on a terminal: by area, with before and after, by how much, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from planledger.answers import reveal
from planledger.domain.finding import area_ref
from planledger.domain.plan import Area, Plan
from planledger.events.envelope import Entry
from planledger.events.values import Personal
from planledger.projections.changes.above import items_above
from planledger.projections.changes.shapes import (
    CORRECTIONS,
    Change,
    ChangeClass,
    ChangeSet,
    Kind,
    Said,
    Track,
)
from planledger.projections.changes.tracks import read
from planledger.projections.changes.words import say
from planledger.projections.timing import day_label
from planledger.projections.view import parts, ref_of
from planledger.terminal.layout import Column, Listing, authority_label, basis_label, counted, said

Entries = Mapping[int, Entry]

_OF_DATES = frozenset(
    (
        *(ChangeClass.SLIPPED, ChangeClass.BROUGHT_FORWARD),
        *(ChangeClass.NARROWED, ChangeClass.WIDENED),
    )
)
_FIRST_LINE_SAYS = frozenset((Track.TARGET_DATE, Track.DELIVERY, Track.READINGS))
"""Tracks of which the first line says what it is, and the others how it came to be."""
_SHORT = 40
"""The longest move that is told in one line."""
_ELSEWHERE = {
    Kind.PLAN: "The plan itself",
    Kind.PARTY: "People and bodies",
    Kind.KPI: "KPIs",
    Kind.FORUM: "Reviews",
    Kind.REVIEW: "Reviews",
    Kind.RATING_KEY: "Ratings",
    Kind.RATING: "Ratings",
    Kind.CHALLENGE: "Challenges",
    Kind.EVIDENCE: "Evidence",
    Kind.REFERENCE: "References and queries",
    Kind.QUERY: "References and queries",
    Kind.VERSION: "Versions and baselines",
    Kind.BASELINE: "Versions and baselines",
    Kind.INSPECTION: "Inspections",
}
"""Where what belongs to no area is told."""
_ABOUT = {
    kind: _ELSEWHERE[kind] for kind in (Kind.CHALLENGE, Kind.EVIDENCE, Kind.REFERENCE, Kind.QUERY)
}
"""Kinds that are about items, and where they are told of."""
_ITEM = (Column("Ref", 6), Column("What it is", 20))
_CHANGE = (Column("What changed", 14), Column("Before -> after", 22), Column("Why", 24))
_ENTRY = (Column("Entry", 5, whole=True), Column("Effective on", 12))


def show_changes(plan: str, answer: ChangeSet, entries: Entries, area: Area | None) -> Group:
    """Lay out what changed in a plan; `entries` are the causes, `area` the only one told of."""
    ends = f"from {basis_label(answer.start)} to {basis_label(answer.end)}"
    within = f"area {area_ref(area)} of {plan}" if area is not None else plan
    put_right, changes = parted(answer, area)
    parts: list[RenderableType] = [Text(f"What changed in {within} {ends}", style="bold")]
    if not put_right and not changes:
        parts.append(Text("\nNothing changed."))
        return Group(*parts)
    parts.extend((_by_steps if answer.steps else _by_area)(answer, changes, entries))
    parts.extend(_put_right(answer, put_right, entries))
    parts.append(Text(f"\n{_totals(changes, put_right)}", style="bold"))
    return Group(*parts)


def show_restatements(plan: str, review: str, answer: ChangeSet, entries: Entries) -> Group:
    """Lay out what is known now of the day a review looked at, and was not reported to it."""
    on = day_label(answer.start.effective_on)
    head = (
        f"What {plan} reported to review {review} (position {answer.start.position}) of {on}, "
        f"against what is known of that day now (position {answer.end.position})"
    )
    parts: list[RenderableType] = [Text(head, style="bold")]
    put_right, late = parted(answer)
    if not put_right and not late:
        parts.append(Text("\nNothing was restated: as now known is as reported."))
        return Group(*parts)
    parts.extend(_put_right(answer, put_right, entries))
    if late:
        note = f"Recorded after the review closed, and in force by {on}."
        parts.append(_titled("Learned late", note))
        parts.extend(_by_area(answer, late, entries))
    total = f"{counted(len(put_right), 'correction')} of the record; {len(late)} learned late"
    parts.append(Text(f"\n{total}", style="bold"))
    return Group(*parts)


def parted(answer: ChangeSet, area: Area | None = None) -> tuple[list[Change], list[Change]]:
    """Give the corrections of an answer, and its changes; perhaps only those of one area.

    Of an area is what it is, is about, or lies under.
    """
    told = [
        change
        for change in answer.changes
        if area is None or area.id in items_above(answer.known, (change.kind, change.id))
    ]
    corrections = [change for change in told if change.what in CORRECTIONS]
    return corrections, [change for change in told if change.what not in CORRECTIONS]


def what_label(change: Change, *, amount: bool = True) -> str:
    """Say what kind of change it is, and by how much: "date slipped, 2 months later"."""
    subject = (change.track or change.kind).value
    what = change.what.value
    match change.what:
        case ChangeClass.VOIDED:
            what = f"{subject}: an entry voided"
        case ChangeClass.CORRECTED | ChangeClass.ALTERED:
            what = f"{subject} {what}"
        case ChangeClass.ADDED | ChangeClass.REMOVED:
            what = f"{change.kind.value} {what}"
        case ChangeClass.PROGRESSED | ChangeClass.REGRESSED if change.track is Track.PROGRESS:
            what = "progress reported" if change.after else "report of progress removed"
        case _ if change.what in _OF_DATES:
            what = f"date {what}"
        case _:
            pass
    return f"{what}, {change.slippage.label}" if amount and change.slippage else what


def move_label(change: Change, words: Said) -> str:
    """Say what it was and what it is: "March 2024 -> May 2024", on two lines where it is long."""
    before, after = (_lines(change, words, lines) for lines in (words.before, words.after))
    if change.track in _FIRST_LINE_SAYS and after:
        # What stands on both sides is said once; of a delivery, the claims are all said after.
        rest = () if change.track is Track.DELIVERY else before[1:]
        before = [*before[:1], *(line for line in rest if line not in after)]
    if before[:1] == after[:1]:
        before = before if change.track is Track.LEAD else before[1:]
    if not before:
        return "; ".join(after)
    was, now = "; ".join(before), "; ".join(after) or "nothing"
    is_short = len(was) + len(now) <= _SHORT
    return f"{was} -> {now}" if is_short else f"{was}\n-> {now}"


def why_label(causes: Iterable[Entry]) -> str:
    """Say why entries were recorded, by what right, by whom, and at which positions.

    A line each; those recorded for the same reason, as by one command, are told of together.
    """
    alike: dict[tuple[str, str, str], list[int]] = {}
    for entry in causes:
        envelope = entry.envelope
        why = (said(envelope.reason), authority_label(envelope.authority))
        alike.setdefault((*why, reveal(envelope.author.name)), []).append(entry.position)
    return "\n".join(_why(*told, positions) for told, positions in alike.items())


def _why(reason: str, right: str, author: str, positions: Iterable[int]) -> str:
    by = f"by {author}, {', '.join(f'@{position}' for position in positions)}"
    if not reason and not right:
        return f"Recorded {by}"
    who = f"{right}; recorded {by}" if right else f"recorded {by}"
    return f"{reason} ({who})" if reason else who


def _lines(change: Change, words: Said, lines: Sequence[Personal]) -> list[str]:
    """Give values as lines, without the title where that stands beside them."""
    if change.track is None and change.kind is not Kind.RATING and lines[:1] == (words.title,):
        lines = lines[1:]
    return [reveal(line) for line in lines]


def _by_area(
    answer: ChangeSet, changes: Iterable[Change], entries: Entries
) -> Iterator[RenderableType]:
    titles = _titles(answer)
    told: dict[str, list[list[str]]] = {}
    for change in changes:
        area = say(answer.known, change).area
        title = titles[area] if area in titles else _ELSEWHERE[change.kind]
        told.setdefault(title, []).append(_row(answer, change, entries))
    for title in (*titles.values(), *dict.fromkeys(_ELSEWHERE.values())):
        if title in told:
            rows = told.pop(title)
            if title in _ABOUT.values():
                rows.sort(key=lambda row: parts(row[0]))
            yield _titled(title)
            yield Listing((*_ITEM, *_CHANGE), rows, head=len(_ITEM), spaced=True)


def _by_steps(
    answer: ChangeSet, changes: Sequence[Change], entries: Entries
) -> Iterator[RenderableType]:
    late = [change for change in changes if change.late]
    if late:
        yield _titled("Learned late", "Recorded in between, and in force before.")
        yield _in_order(answer, late, entries)
    lived = [change for change in changes if not change.late]
    if lived:
        yield _titled("Changes", "In the order in which they took effect.")
        yield _in_order(answer, lived, entries)


def _in_order(answer: ChangeSet, changes: Iterable[Change], entries: Entries) -> Listing:
    rows = []
    for change in changes:
        # A correction, the last cause where there is one, says on which day it counts.
        on = entries[change.causes[-1]].effective_on
        entry = [f"@{change.causes[0]}", day_label(on)]
        rows.append([*entry, *_row(answer, change, entries)])
    return Listing((*_ENTRY, *_ITEM, *_CHANGE), rows, head=len(_ENTRY) + len(_ITEM), spaced=True)


def _put_right(
    answer: ChangeSet, corrections: Sequence[Change], entries: Entries
) -> Iterator[RenderableType]:
    if corrections:
        note = "The record was wrong there; the world did not change. Not counted as changes."
        yield _titled("Put right in the record", note)
        rows = [_row(answer, change, entries) for change in corrections]
        yield Listing((*_ITEM, *_CHANGE), rows, head=len(_ITEM), spaced=True)


def _row(answer: ChangeSet, change: Change, entries: Entries) -> list[str]:
    words = say(answer.known, change)
    return [
        *thing_label(answer.known, change, words),
        what_label(change),
        move_label(change, words),
        why_label(entries[cause] for cause in change.causes),
    ]


def thing_label(known: Plan | None, change: Change, words: Said) -> tuple[str, str]:
    """Give the ref by which people know what changed, if there is one, and what it is.

    What is about an item goes by that item's ref: its own id says nothing to anybody.
    """
    title, plan = said(words.title), f"{known.ref}/" if known is not None else ""
    if change.kind is Kind.RATING:
        item, _, review = words.ref.partition(" at ")
        return item, f"Review {review.removeprefix(plan)}"
    if change.kind not in _ABOUT:
        return ("" if change.kind is Kind.PARTY else words.ref.removeprefix(plan)), title
    found: Any = read(known, (change.kind, change.id))
    items = getattr(found, "items", None) or (getattr(found, "item", None),)
    refs = [ref_of(known, item) or item for item in items if known is not None and item]
    return ", ".join(refs), f"{change.kind.value.capitalize()}: {title}"


def _titles(answer: ChangeSet) -> dict[str, str]:
    """Give the titles of areas by their refs, in the order of the plan."""
    areas = answer.known.areas.values() if answer.known is not None else ()
    ordered = sorted(areas, key=lambda area: (area.ordinal, area.id))
    return {area_ref(area): f"{area.number}. {area.title}" for area in ordered}


def _titled(title: str, note: str = "") -> Text:
    text = Text(f"\n{title}", style="bold")
    return text.append(f"\n{note}", style="not bold") if note else text


def _totals(changes: Sequence[Change], corrections: Sequence[Change]) -> str:
    classes = Counter(what_label(change, amount=False) for change in changes)
    each = ", ".join(f"{what} ({number})" for what, number in classes.most_common())
    total = counted(len(changes), "change") + (f": {each}" if each else "")
    right = f"{counted(len(corrections), 'correction')} of the record"
    return f"{total}. {right}, not counted with them." if corrections else f"{total}."
