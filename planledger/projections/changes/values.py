"""The values of a track as lines that a person can read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from planledger.domain.delivery import Completion, Delivery
from planledger.domain.governance import Approval, Closing, RatingKey, Submission
from planledger.domain.plan import KpiDefinition, KpiTarget, Plan, Withdrawal
from planledger.events.dates import PartialDate
from planledger.events.envelope import Fact
from planledger.events.target_dates import OneOff, TargetDate
from planledger.events.values import Disposition, Personal, Rating, Source
from planledger.projections.changes.shapes import Kind, Track
from planledger.projections.suppression import HIDDEN
from planledger.projections.timing import day_label, label
from planledger.projections.view import ref_of

Line = str | Personal | None
"""A line; None and "" are left out."""
Lines = Iterable[Line]


def wrapped(lines: Lines) -> tuple[Personal, ...]:
    """Give lines as texts that may name people, leaving out what says nothing."""
    return tuple(
        line if isinstance(line, Personal) else Personal(words=line) for line in lines if line
    )


def lines_of(plan: Plan, kind: Kind, track: Track, values: Any) -> Lines:  # noqa: ANN401
    """Give the lines of a track's values, as `Change.before` and `after` hold them.

    Not for a KPI's figures and targets: see `lines_of_figures` and `lines_of_target`.
    """
    said = _LINES.get((kind, track)) or _LINES_OF_ANY[track]
    return said(plan, *values)


def words_of(value: Enum) -> str:
    """Say a value of an enumeration as a person does: "Reported complete"."""
    return str(value.value).replace("-", " ").capitalize()


def names(plan: Plan, parties: Iterable[str]) -> Iterator[Line]:
    """Give the names of parties as last known."""
    for party in parties:
        known = plan.parties.get(party)
        yield known.name if known else party


def refs(plan: Plan, items: Iterable[str]) -> str:
    """Give the refs of items on one line."""
    return ", ".join(ref_of(plan, item) or item for item in items)


def _text(_: Plan, text: str, *__: object) -> Lines:
    return (text,)


def _dated(said: str, on: date | None) -> Line:
    return None if on is None else f"{said} {day_label(on)}"


def _day(said: str) -> Callable[[Plan, date | None], Lines]:
    return lambda _, on: (_dated(said, on),)


def _target_date(
    plan: Plan, target: TargetDate, _: OneOff | None, shared_with: tuple[str, ...]
) -> Lines:
    said = label(target)
    yield said
    if target.as_printed and target.as_printed != said:
        yield f"Printed as “{target.as_printed}”"
    if shared_with:
        yield f"Shared with {refs(plan, shared_with)}"


def _leads(plan: Plan, leads: tuple[str, ...] | None, to_be_confirmed: str | None = None) -> Lines:
    if to_be_confirmed and not leads:
        return ("To be confirmed", f"Printed as “{to_be_confirmed}”")
    return ("As its action",) if leads is None else names(plan, leads)


def _delivery(_: Plan, delivery: Delivery, completions: tuple[Completion, ...]) -> Lines:
    yield words_of(delivery)
    for claim in completions:
        of = f" for {claim.occurrence.label}" if claim.occurrence else ""
        said = f"Reported complete{of} {day_label(claim.on)}, reached {claim.achieved_on.label}"
        outcomes = [
            f"{'assured' if sign_off.level.value == 'assured' else 'signed off'} "
            f"{day_label(sign_off.on)}"
            for sign_off in claim.sign_offs
        ]
        if claim.refused:
            outcomes.append(f"sign-off refused {day_label(claim.refused.on)}")
        if claim.reopened:
            outcomes.append(f"reopened {day_label(claim.reopened.on)}")
        yield "; ".join([said, *outcomes])


def _progress(
    _: Plan, on: date | None, forecast: PartialDate | None, narrative: Personal | None
) -> Lines:
    yield _dated("Reported", on)
    yield f"Expected {forecast.label}" if forecast else None
    yield narrative


def _withdrawal(plan: Plan, withdrawn: Withdrawal | None) -> Lines:
    if withdrawn is not None:
        yield f"Withdrawn {day_label(withdrawn.on)}"
        if withdrawn.replaced_by:
            yield f"Replaced by {refs(plan, withdrawn.replaced_by)}"


def _placeholder(plan: Plan, placeholder: bool, replaced_by: tuple[str, ...] | None) -> Lines:  # noqa: FBT001
    if replaced_by:
        yield f"Replaced by {refs(plan, replaced_by)}"
    elif replaced_by is not None:
        yield "Dropped"
    elif placeholder:
        yield "To be defined"


def _under_area(plan: Plan, *place: Any) -> Lines:
    area, *rest = place
    known = ref_of(plan, area) or area
    yield f"Under area {known}" + (f", number {rest[-1]}" if rest else "")


def _under_action(plan: Plan, action: str, ordinal: int) -> Lines:
    return (f"Under action {ref_of(plan, action) or action}, number {ordinal}",)


def _among_areas(_: Plan, ordinal: int) -> Lines:
    return (f"Number {ordinal} of the areas",)


def _origin(_: Plan, added_on: date, source: Source | None = None) -> Lines:
    yield f"Since {day_label(added_on)}"
    yield f"Printed on line {source.line}" if source else None


def _name(_: Plan, name: Personal, aliases: tuple[Personal, ...]) -> Lines:
    return (name, *aliases)


def _party(_: Plan, kind: Enum, __: int) -> Lines:
    return (words_of(kind),)


def _definitions(_: Plan, definitions: tuple[KpiDefinition, ...]) -> Lines:
    last = definitions[-1]
    return (
        f"Version {last.version}: {last.name}",
        last.formula,
        f"In {last.unit}, every {last.frequency_months} months, from {last.source_system}",
    )


def _key(_: Plan, versions: tuple[RatingKey, ...]) -> Lines:
    last = versions[-1]
    yield f"Version {last.version}: {last.name}"
    for meaning in last.meanings:
        yield f"{words_of(meaning.rating)}: {meaning.meaning}"


def _rating(
    _: Plan, rating: Rating, key: str, version: int, rationale: Personal | None, *__: object
) -> Lines:
    return (f"{words_of(rating)} (key {key}, version {version})", rationale)


def _closing(_: Plan, closed: Closing | None) -> Lines:
    if closed is not None:
        yield f"Closed {day_label(closed.on)}"
        yield closed.outcome
        yield f"Followed by {closed.successor}" if closed.successor else None


def _closed_on(_: Plan, on: date | None, __: int | None) -> Lines:
    return (_dated("Closed", on),)


def _answer(
    _: Plan, disposition: Disposition | None, answer: Personal | None, on: date | None
) -> Lines:
    yield disposition and words_of(disposition)
    yield answer
    yield _dated("Answered", on)


def _resolution(_: Plan, resolution: Personal | None, on: date | None) -> Lines:
    return (resolution, _dated("Settled", on))


def _approvals(_: Plan, approvals: tuple[Approval, ...]) -> Lines:
    return (f"Approved by {approval.body} {day_label(approval.on)}" for approval in approvals)


def _submissions(_: Plan, submissions: tuple[Submission, ...]) -> Lines:
    for sent in submissions:
        yield f"Sent {day_label(sent.on)} ({sent.method}) to"
        yield from sent.recipients


def _documents(_: Plan, documents: tuple[str, ...], introduction: tuple[Personal, ...]) -> Lines:
    return (*documents, *introduction)


def _reference(plan: Plan, *values: Any) -> Lines:
    item, kind, as_printed, _, resolved, confidence = values
    yield f"{words_of(kind)}: {ref_of(plan, item) or item}, printed “{as_printed}”"
    if resolved:
        yield f"Taken to mean {ref_of(plan, resolved) or resolved} ({confidence.value})"


def _details(_: Plan, *values: object) -> Lines:
    """Say what has no words of its own value by value: texts, days, numbers and names."""
    return map(_plainly, values)


def _plainly(value: object) -> Line:
    match value:
        case None:
            return None
        case Personal():
            return value
        case Enum():
            return words_of(value)
        case date():
            return day_label(value)
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return getattr(value, "label", None) or str(value)


def lines_of_target(target: KpiTarget, shows: Callable[[Decimal], bool]) -> Lines:
    """Give the lines of a KPI's target for a period; its baseline only if `shows` lets that be."""
    yield target.period.label
    parts = {"Target": target.target, "Baseline": target.baseline}
    parts |= {"Floor": target.floor, "Tolerance": target.tolerance}
    said = {what: _number(of) for what, of in parts.items() if of is not None}
    if target.baseline is not None and not shows(target.baseline):
        said["Baseline"] = f"{HIDDEN} (suppressed)"
    yield "; ".join(f"{what} {number}" for what, number in said.items())


def lines_of_figures(vintages: tuple[Fact, ...], shows: Callable[[Fact], bool]) -> Lines:
    """Give the lines of a KPI's figure for a period; of each published one that `shows` lets be.

    One that may not be shown has a symbol in its place, as in every paper for the public.
    """
    said = [_figure(fact.event) if shows(fact) else HIDDEN for fact in vintages]
    if vintages:
        event: Any = vintages[-1].event
        hint = "" if shows(vintages[-1]) else " (suppressed)"
        yield f"{said[-1]}{hint}, {event.status.value}"
        yield f"{event.period.label}, taken {day_label(event.extracted_on)}"
        yield f"Before: {', '.join(said[:-1])}" if said[1:] else None


def _figure(event: Any) -> str:  # noqa: ANN401 - a reading recorded or revised
    if event.value is not None:
        return _number(event.value)
    parts = [_number(part) for part in (event.numerator, event.denominator) if part is not None]
    return " of ".join(parts)


def _number(value: Decimal) -> str:
    return f"{value:f}"


_LINES: Mapping[tuple[Kind, Track], Callable[..., Lines]] = {
    (Kind.AREA, Track.PLACE): _among_areas,
    (Kind.MILESTONE, Track.PLACE): _under_action,
    (Kind.PLAN, Track.CLOSING): _closing,
    (Kind.RATING_KEY, Track.DEFINITIONS): _key,
    (Kind.EVIDENCE, Track.WITHDRAWAL): _day("Withdrawn"),
    (Kind.PARTY, Track.DETAILS): _party,
    (Kind.RATING, Track.DETAILS): _rating,
    (Kind.REFERENCE, Track.DETAILS): _reference,
}
_LINES_OF_ANY: Mapping[Track, Callable[..., Lines]] = {
    Track.WORDING: _text,
    Track.REF: _text,
    Track.PLACE: _under_area,
    Track.PLACEHOLDER: _placeholder,
    Track.AGREEMENT: _day("Agreed"),
    Track.TARGET_DATE: _target_date,
    Track.LEAD: _leads,
    Track.DELIVERY: _delivery,
    Track.PROGRESS: _progress,
    Track.WITHDRAWAL: _withdrawal,
    Track.NAME: _name,
    Track.DEFINITIONS: _definitions,
    Track.RESOLUTION: _resolution,
    Track.ANSWER: _answer,
    Track.CLOSING: _closed_on,
    Track.APPROVALS: _approvals,
    Track.SUBMISSIONS: _submissions,
    Track.DOCUMENTS: _documents,
    Track.DETAILS: _details,
    Track.ORIGIN: _origin,
}
