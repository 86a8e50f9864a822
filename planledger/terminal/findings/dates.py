"""Findings about dates: what is overdue, what is not confirmed, what moved, what is in conflict."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from planledger.projections.findings import (
    DateConflict,
    DateMove,
    DueItem,
    FirstSetting,
    Slipped,
    TbcAge,
)
from planledger.projections.timing import Slippage, Timeliness, day_label
from planledger.projections.view import NotStatedView
from planledger.terminal.findings.section import ITEM, Section, item, partial
from planledger.terminal.layout import STYLES, Cell, Column, counted, day, led_by, short

_LATER = "days in days, anything coarser in months"

Row = tuple[Cell, ...]


def _due(found: Iterable[DueItem]) -> Iterator[Row]:
    for one in found:
        late = str(one.days_overdue) if one.days_overdue else ""
        yield (
            *item(one.milestone),
            partial(one.occurrence),
            day_label(one.due_by),
            Text(late, style=STYLES[Timeliness.OVERDUE]),
            one.delivery.value.replace("-", " "),
            one.rating.rating.value if one.rating is not None else "",
            led_by(one),
        )


def _tbc_ages(found: Iterable[TbcAge]) -> Iterator[Row]:
    for one in found:
        ended = f"{one.ended_by.value} {day(one.until)}" if one.ended_by else "still open"
        had = one.had_date.label if one.had_date is not None else ""
        yield (*item(one.milestone), day_label(one.since), ended, str(one.days), had)


def _first_settings(found: tuple[FirstSetting, ...]) -> Iterator[Row]:
    for one in found:
        if not _is_from_the_start(one, found):
            yield (
                *item(one.milestone),
                day_label(one.on),
                f"{one.was.label} -> {one.new.label}",
                f"@{one.position}",
            )


def _from_the_start(found: tuple[FirstSetting, ...]) -> str:
    many = sum(_is_from_the_start(one, found) for one in found)
    return f"{counted(many, 'other milestone')} had a date from {day(found[0].on)} on."


def _is_from_the_start(setting: FirstSetting, found: tuple[FirstSetting, ...]) -> bool:
    """Say whether it came with the first dates of all, as those of a document do."""
    return setting.on == found[0].on and isinstance(setting.was, NotStatedView)


def _date_moves(found: Iterable[DateMove]) -> Iterator[Row]:
    for one in found:
        yield (
            *item(one.milestone),
            day_label(one.on),
            f"{one.old.label} -> {one.new.label}",
            _slippage(one.slippage),
            _slippage(one.from_original),
            f"{_slippage(one.from_baseline)} ({one.baseline})" if one.from_baseline else "",
            one.reason_code.value if one.reason_code is not None else "",
            Text("; ".join(_flags(one)), style="yellow"),
            _entry(one),
        )


def _flags(move: DateMove) -> Iterator[str]:
    if move.after_it_passed:
        yield "moved after it had passed"
    for review in move.before_reviews:
        yield f"in the five working days before {short(review)}"
    if move.set_again:
        yield "taken out of force in between"


def _entry(move: DateMove) -> str:
    corrected = f", corrected by @{move.learned_at}" if move.learned_at != move.position else ""
    return f"@{move.position}{corrected}"


def _slipped(found: Iterable[Slipped]) -> Iterator[Row]:
    for one in found:
        then = one.at_baseline.label if one.at_baseline is not None else "nothing"
        yield (
            *item(one.milestone),
            one.target_date.label,
            _slippage(one.from_original),
            f"{_slippage(one.from_baseline)} than {then}" if one.from_baseline else "",
            one.baseline or "",
        )


def _conflicts(found: Iterable[DateConflict]) -> Iterator[Row]:
    for one in found:
        first = f"{one.waits_for.ref} {one.waits_for.text}"
        kind = one.kind.value
        yield (*item(one.item), day(one.due_by), kind, first, day(one.waits_for_due_by))


def _slippage(slippage: Slippage | None) -> str:
    return slippage.label if slippage is not None else ""


SECTIONS = (
    Section(
        "due",
        "Overdue, or due within 31 days",
        "What a claim stands for is not listed. That a date has passed says nothing of delivery.",
        lambda findings: findings.due(),
        (
            *ITEM,
            *(Column("Time", 10), Column("Due by", 12), Column("Days overdue", 7)),
            *(Column("Delivery", 11), Column("Rating", 6), Column("Lead", 14)),
        ),
        _due,
    ),
    Section(
        "tbc-ages",
        "How long dates were to be confirmed",
        "Days up to the day asked for where they still are.",
        lambda findings: findings.tbc_ages,
        (
            *ITEM,
            *(Column("Since", 12), Column("Ended", 14), Column("Days", 4)),
            Column("Date it took out of force", 12),
        ),
        _tbc_ages,
    ),
    Section(
        "first-settings",
        "First dates set",
        "A date where there was none is no slippage.",
        lambda findings: findings.first_settings,
        (*ITEM, Column("Effective on", 12), Column("Before -> after", 20), Column("Entry", 5)),
        _first_settings,
        rest=_from_the_start,
    ),
    Section(
        "date-moves",
        "Dates moved",
        f"By how much: {_LATER}. Flagged where the old date had passed, or a review was near.",
        lambda findings: findings.date_moves,
        (
            *ITEM,
            *(Column("Effective on", 12), Column("Before -> after", 18), Column("By", 10)),
            *(Column("From the original", 10), Column("From the baseline", 10)),
            *(Column("Reason code", 10), Column("Flagged", 16), Column("Entry", 6)),
        ),
        _date_moves,
    ),
    Section(
        "slipped",
        "Dates that are not the original or the baseline's",
        f"Counted {_LATER}.",
        lambda findings: findings.slipped(),
        (
            *ITEM,
            *(Column("Date in force", 14), Column("Against the original", 12)),
            *(Column("Against the baseline", 14), Column("Baseline", 8)),
        ),
        _slipped,
    ),
    Section(
        "conflicts",
        "Dates that do not go with what they wait for",
        "Actions and areas go by the milestones under them.",
        lambda findings: findings.conflicts,
        (
            *ITEM,
            *(Column("Due by", 12), Column("What is wrong", 18), Column("Waits for", 18)),
            Column("That is due by", 12),
        ),
        _conflicts,
    ),
)
