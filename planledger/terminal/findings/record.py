"""Findings about the record and the reviews: late and amended entries, challenges, queries."""

from collections.abc import Iterable, Iterator

from planledger.projections.findings import (
    AmendmentFinding,
    ChallengeFinding,
    LateEntry,
    OpenQuery,
    RatingTrail,
)
from planledger.projections.timing import day_label
from planledger.terminal.findings.section import ITEM, Section, item
from planledger.terminal.layout import Cell, Column, counted, day, event_words, said, short

Row = tuple[Cell, ...]


def _late_entries(found: Iterable[LateEntry]) -> Iterator[Row]:
    for one in found:
        yield (
            f"@{one.position}",
            event_words(one.event),
            " ".join(item(one.item)),
            day_label(one.effective_on),
            day_label(one.recorded_on),
            str(one.days),
        )


def _amendments(found: Iterable[AmendmentFinding]) -> Iterator[Row]:
    for one in found:
        yield (
            f"@{one.position}",
            f"{one.kind.value} @{one.entry}" + (", undone later" if one.undone else ""),
            event_words(one.event),
            " ".join(item(one.item)),
            day_label(one.recorded_on),
            ", ".join(map(short, one.reviews)),
        )


def _challenges(found: Iterable[ChallengeFinding]) -> Iterator[Row]:
    for one in found:
        challenge = one.challenge
        answered = f"answered {day(challenge.answered_on)}" if not one.is_open else "open"
        yield (
            short(challenge.review),
            said(challenge.text),
            " ".join(item(one.item)),
            day(challenge.response_due),
            answered,
            str(one.days_late) if one.days_late else "",
        )


def _open_queries(found: Iterable[OpenQuery]) -> Iterator[Row]:
    for one in found:
        query = one.query
        line = f"line {query.line}" if query.line is not None else ""
        yield (
            one.item.ref if one.item is not None else line,
            said(query.question),
            f"{said(query.taken)}; or: {said(query.instead)}",
            str(one.days_open),
        )


def _trails(found: Iterable[RatingTrail]) -> Iterator[Row]:
    for trail in found:
        if trail.changes:
            ratings = (f"{one.rating.value} ({day_label(one.on)})" for one in trail.ratings)
            keys = any(change.key_changed for change in trail.changes)
            last = trail.ratings[-1]
            yield (
                *item(trail.item),
                trail.forum.name,
                " -> ".join(ratings),
                "the key changed in between" if keys else "",
                said(last.rationale),
            )


def _steady(found: tuple[RatingTrail, ...]) -> str:
    steady = sum(not trail.changes for trail in found)
    return f"{counted(steady, 'other item')} judged alike every time." if steady else ""


SECTIONS = (
    Section(
        "rating-trails",
        "Ratings that changed from review to review",
        "The ratings are the forums' own judgement; only that they changed is calculated.",
        lambda findings: findings.rating_trails,
        (
            *ITEM,
            *(Column("Forum", 14), Column("Ratings", 24), Column("Note", 12)),
            Column("Last reason given", 18),
        ),
        _trails,
        rest=_steady,
    ),
    Section(
        "challenges",
        "Challenges open, or answered late",
        "Days late up to the answer, or to the day asked for.",
        lambda findings: findings.challenges,
        (
            *(Column("Review", 14), Column("Challenge", 24), Column("About", 14)),
            *(Column("Answer due", 12), Column("Answer", 12), Column("Days late", 5)),
        ),
        _challenges,
    ),
    Section(
        "open-queries",
        "Queries nobody has resolved",
        "With the reading that was taken, and the other one.",
        lambda findings: findings.open_queries,
        (
            *(Column("Ref", 6), Column("Query", 24), Column("Taken; or instead", 24)),
            Column("Days open", 5),
        ),
        _open_queries,
    ),
    Section(
        "late-entries",
        "Entries recorded late",
        "Days from the day an entry took effect to the civil day of recording (London).",
        lambda findings: findings.late_entries(),
        (
            *(Column("Entry", 5, whole=True), Column("What happened", 16), Column("Item", 20)),
            *(Column("Effective on", 12), Column("Recorded on", 12), Column("Days late", 5)),
        ),
        _late_entries,
    ),
    Section(
        "amendments",
        "Entries put right",
        "With the closed reviews that had reported the entry before.",
        lambda findings: findings.amendments,
        (
            *(Column("Entry", 5, whole=True), Column("What was done", 16)),
            *(Column("What it had said", 14), Column("Item", 20), Column("Recorded on", 12)),
            Column("Reviews that had reported it", 16),
        ),
        _amendments,
    ),
)
