"""The history of target dates: first settings, moves, and how long dates stayed unconfirmed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from planledger.domain.governance import Baseline
from planledger.domain.record import key_of
from planledger.domain.working_days import working_days_before
from planledger.events.envelope import Fact
from planledger.events.target_date import (
    RecurrenceSet,
    TargetDateDeferred,
    TargetDateMoved,
    TargetDateSet,
)
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Ongoing,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)
from planledger.events.values import ReasonCode
from planledger.projections.findings.matter import Finding, Matter, NamedItem, Placed
from planledger.projections.points import civil_day
from planledger.projections.timing import Slippage, slippage
from planledger.projections.view import OneOffView, TargetDateView, show_one_off, show_target_date

REVIEW_EVE = 5
"""A date moved within so many working days before a review's cut-off is flagged (design 2.2)."""
_UNPRINTED = NotStated(as_printed="")


class TbcEnd(Enum):
    """What ended it that a date was to be confirmed."""

    DATE_SET = "date set"
    RECURRENCE_SET = "recurrence set"
    ONGOING = "set as ongoing"
    WITHDRAWN = "withdrawn"
    RESOLVED = "resolved"
    """Its action was a placeholder, and what it promised was defined elsewhere or dropped."""


class TbcAge(Finding, frozen=True, kw_only=True, gc=False):
    """How long a milestone's date was, or is, to be confirmed."""

    milestone: NamedItem
    since: date
    until: date | None
    """The day it ended; None where it is still to be confirmed."""
    days: int
    """From `since` to `until`, or to the day asked for."""
    ended_by: TbcEnd | None
    had_date: OneOffView | None
    """The date that was taken out of force for it, if there was one."""


class FirstSetting(Finding, frozen=True, kw_only=True, gc=False):
    """The first date a milestone was given. Not slippage."""

    milestone: NamedItem
    position: int
    on: date
    was: TargetDateView
    """What stood in place of a date until then."""
    new: OneOffView


class DateMove(Finding, frozen=True, kw_only=True, gc=False):
    """That a milestone's date became another one."""

    milestone: NamedItem
    position: int
    """Its entry; `learned_at` is the one that has it say what it says."""
    learned_at: int
    on: date
    """The day on which it took effect."""
    recorded_on: date
    old: OneOffView
    new: OneOffView
    slippage: Slippage | None
    """Against the old date."""
    from_original: Slippage | None
    """Against the first date ever set."""
    baseline: str | None
    """Ref of the last baseline before the move."""
    from_baseline: Slippage | None
    """Against the date the milestone had there, if it had one."""
    reason_code: ReasonCode | None
    set_again: bool
    """Whether the old date had been taken out of force in between."""
    after_it_passed: bool
    """Whether the last day of the old date had passed when the move took effect."""
    before_reviews: tuple[str, ...]
    """Reviews, "plan/review", in whose last five working days before the cut-off it took effect
    or was recorded, the day of the cut-off included."""


class Slipped(Finding, frozen=True, kw_only=True, gc=False):
    """How far the date in force lies from the original and from a baseline's."""

    milestone: NamedItem
    target_date: TargetDateView
    from_original: Slippage | None
    baseline: str | None
    at_baseline: TargetDateView | None
    """What stood there; None where there is no baseline, or the milestone is younger."""
    from_baseline: Slippage | None


class _Step(NamedTuple):
    """One entry of a milestone's dates, with what stood before it."""

    fact: Fact
    was: TargetDate
    last: OneOff | None
    """The last date in force before it."""
    now: TargetDate
    original: OneOff | None


def tbc_ages(matter: Matter) -> tuple[TbcAge, ...]:
    """List every stretch in which a date was to be confirmed, in the order of the plan."""
    tracks = _tracks(matter.facts)
    return tuple(
        age
        for placed in matter.milestones
        for age in _ages(placed, tracks.get(placed.state.id, ()), matter)
    )


def first_settings(matter: Matter) -> tuple[FirstSetting, ...]:
    """List the first dates set, in effective order."""
    found = [
        (step.fact.effective_on, step.fact.position, placed, step)
        for placed, step in _all_steps(matter)
        if isinstance(step.now, OneOff) and step.original is None
    ]
    return tuple(
        FirstSetting(
            milestone=placed.named,
            position=position,
            on=on,
            was=show_target_date(step.was),
            new=_shown(step.now),
        )
        for on, position, placed, step in sorted(found, key=lambda one: one[:2])
    )


def date_moves(matter: Matter) -> tuple[DateMove, ...]:
    """List every move of a date, in effective order.

    A date taken out of force and set again later has moved too: by way of "to be confirmed" a
    date can slip unseen.
    """
    tracks = _tracks(matter.facts)
    eves = {
        f"{matter.plan.ref}/{review.id}": (
            working_days_before(review.as_at, REVIEW_EVE),
            review.as_at,
        )
        for review in sorted(matter.plan.reviews.values(), key=lambda one: (one.as_at, one.id))
    }
    moves = [
        _move(placed, step, matter, tracks[placed.state.id], eves)
        for placed, step in _all_steps(matter)
        if isinstance(step.now, OneOff)
        and step.last is not None
        and step.last.date != step.now.date
    ]
    return tuple(sorted(moves, key=lambda move: (move.on, move.position)))


def slipped(matter: Matter, baseline: str | None = None) -> tuple[Slipped, ...]:
    """List the milestones whose date in force differs from the original or a baseline's.

    Left out, the baseline is the last one. Raises KeyError for one that there is not.
    """
    tracks = _tracks(matter.facts)
    against = matter.plan.baselines[baseline] if baseline else _last_baseline(matter)
    found = []
    for placed in matter.live:
        state = placed.state
        then = _date_at(tracks.get(state.id, ()), against) if against else None
        found.append(
            Slipped(
                milestone=placed.named,
                target_date=placed.milestone.target_date,
                from_original=placed.milestone.slippage,
                baseline=against.id if against else None,
                at_baseline=show_target_date(then) if then else None,
                from_baseline=slippage(then, state.target_date),
            )
        )
    return tuple(one for one in found if one.from_original or one.from_baseline)


def _tracks(facts: Sequence[Fact]) -> Mapping[str, list[tuple[Fact, TargetDate]]]:
    """Give, by milestone, what set its date and to what, in effective order."""
    tracks: dict[str, list[tuple[Fact, TargetDate]]] = defaultdict(list)
    for fact in facts:
        match fact.envelope.event:
            case (
                TargetDateDeferred(milestone=name, target_date=given)
                | TargetDateSet(milestone=name, target_date=given)
                | RecurrenceSet(milestone=name, target_date=given)
                | TargetDateMoved(milestone=name, to_target_date=given)
            ):
                tracks[name].append((fact, given))
            case _:
                pass
    return tracks


def _all_steps(matter: Matter) -> Iterator[tuple[Placed, _Step]]:
    tracks = _tracks(matter.facts)
    for placed in matter.milestones:
        for step in _steps(tracks.get(placed.state.id, ())):
            yield placed, step


def _steps(track: Sequence[tuple[Fact, TargetDate]]) -> Iterator[_Step]:
    was: TargetDate = _UNPRINTED
    last = original = None
    for fact, now in track:
        yield _Step(fact, was, last, now, original)
        if isinstance(now, OneOff):
            last, original = now, original or now
        was = now


def _ages(
    placed: Placed, track: Sequence[tuple[Fact, TargetDate]], matter: Matter
) -> Iterator[TbcAge]:
    since: date | None = None
    had: OneOff | None = None
    for step in _steps(track):
        on = step.fact.effective_on
        if isinstance(step.now, ToBeConfirmed):
            if since is None:
                since, had = on, step.was if isinstance(step.was, OneOff) else None
        elif since is not None:
            yield _age(placed, since, (on, _END[type(step.now)]), had, matter)
            since = None
    if since is not None:
        ends = ((placed.gone_on, TbcEnd.WITHDRAWN), (placed.resolved_on, TbcEnd.RESOLVED))
        known = [(max(since, on), how) for on, how in ends if on is not None]
        end = min(known, key=lambda one: one[0], default=None)
        yield _age(placed, since, end, had, matter)


_END: Mapping[type[TargetDate], TbcEnd] = {
    OneOff: TbcEnd.DATE_SET,
    Recurring: TbcEnd.RECURRENCE_SET,
    Ongoing: TbcEnd.ONGOING,
}


def _age(
    placed: Placed,
    since: date,
    end: tuple[date, TbcEnd] | None,
    had: OneOff | None,
    matter: Matter,
) -> TbcAge:
    until, ended_by = end if end is not None else (None, None)
    return TbcAge(
        milestone=placed.named,
        since=since,
        until=until,
        days=((until or matter.on) - since).days,
        ended_by=ended_by,
        had_date=show_one_off(had) if had is not None else None,
    )


def _move(
    placed: Placed,
    step: _Step,
    matter: Matter,
    track: Sequence[tuple[Fact, TargetDate]],
    eves: Mapping[str, tuple[date, date]],
) -> DateMove:
    fact, event, old = step.fact, step.fact.event, step.last
    assert old is not None  # noqa: S101 - only such steps are moves
    on, recorded_on = fact.effective_on, civil_day(fact.recorded_at)
    baseline = _last_baseline(matter, fact)
    then = _date_at(track, baseline) if baseline else None
    return DateMove(
        milestone=placed.named,
        position=fact.position,
        learned_at=fact.learned_at,
        on=on,
        recorded_on=recorded_on,
        old=show_one_off(old),
        new=_shown(step.now),
        slippage=slippage(old, step.now),
        from_original=slippage(step.original, step.now),
        baseline=baseline.id if baseline else None,
        from_baseline=slippage(then, step.now),
        reason_code=event.reason_code if isinstance(event, TargetDateMoved) else None,
        set_again=not isinstance(step.was, OneOff),
        after_it_passed=on > old.date.latest,
        before_reviews=tuple(
            review
            for review, (first, last) in eves.items()
            if first <= on <= last or first <= recorded_on <= last
        ),
    )


def _last_baseline(matter: Matter, before: Fact | None = None) -> Baseline | None:
    """Give the last baseline, in effective order, perhaps before a fact."""
    end = key_of(before) if before is not None else (date.max, 0)
    found = [one for one in matter.plan.baselines.values() if (one.on, one.at) < end]
    return max(found, key=lambda one: (one.on, one.at), default=None)


def _date_at(track: Sequence[tuple[Fact, TargetDate]], baseline: Baseline) -> TargetDate | None:
    """Give a milestone's date in the plan at a baseline, as corrected since; None if it had none.

    That a record was put right is no slippage, so corrections count from the beginning.
    """
    then = [
        given
        for fact, given in track
        if fact.position <= baseline.at and fact.effective_on <= baseline.on
    ]
    return then[-1] if then else None


def _shown(target: TargetDate) -> OneOffView:
    assert isinstance(target, OneOff)  # noqa: S101 - only such steps are asked for
    return show_one_off(target)
