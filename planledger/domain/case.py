"""What a rule is given to judge by, and the guards that many rules share."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from planledger.domain import finding
from planledger.domain.commands import Command, Stamp
from planledger.domain.governance import Closing, Evidence, Review
from planledger.domain.patching import shown_name
from planledger.domain.plan import Action, Area, Item, Milestone, Party, Plan, find_item
from planledger.domain.record import Record, Timeline
from planledger.domain.refusals import Code, Refusal
from planledger.events.dates import Day, Month, PartialDate, Quarter, Year, day
from planledger.events.values import Personal, blank_problem, text_problem

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_YEARS = range(1900, 2200)


class Case(Struct, frozen=True, kw_only=True):
    """A command's plan, on the command's effective day and as a whole."""

    plan: Plan
    """The plan at the head of the ledger, on the effective day: what the command is judged on."""
    known: Plan
    """The plan with everything recorded, whatever its day: for names that must be unique."""
    record: Record
    """Every entry of the plan: what may be corrected or voided."""
    timeline: Timeline
    """Those about the world that stand, in effective order."""
    stamp: Stamp
    on: date
    """The effective day."""

    def new_id(self, kind: str, number: int = 0) -> str:
        """Give the id of the `number`-th item of this kind that the command creates."""
        seed, place = self.stamp.command_id, self.stamp.place
        # No id of a command has this character, so it is nobody else's seed.
        return finding.new_id(kind, f"{seed}\0{place}" if place else seed, number)


def item_of(case: Case, name: str, path: str = "item") -> Item | Refusal:
    """Find a living item of any kind, or say why not."""
    return _living(case, finding.find_any(case.plan, name), name, "item", path)


def milestone_of(case: Case, name: str) -> Milestone | Refusal:
    """Find a living milestone, or say why not."""
    found = _living(case, finding.find_milestone(case.plan, name), name, "milestone", "milestone")
    return found if isinstance(found, Milestone | Refusal) else _unknown(case, name, "milestone")


def action_of(case: Case, name: str, path: str = "action") -> Action | Refusal:
    """Find a living action, or say why not."""
    found = _living(case, finding.find_action(case.plan, name), name, "action", path)
    return found if isinstance(found, Action | Refusal) else _unknown(case, name, "action", path)


def area_of(case: Case, name: str) -> Area | Refusal:
    """Find a living area, or say why not."""
    found = _living(case, finding.find_area(case.plan, name), name, "area", "area")
    return found if isinstance(found, Area | Refusal) else _unknown(case, name, "area")


def optional_item(case: Case, name: str | None) -> str | Refusal | None:
    """Give the id of a living item, None where none is named, or say why not."""
    if name is None:
        return None
    item = item_of(case, name)
    return item if isinstance(item, Refusal) else item.id


def party_of(case: Case, name: str, path: str) -> Party | Refusal:
    """Find a party, or say why not."""
    return case.plan.parties.get(name) or missing(case, "party", name, path, case.known.parties)


def review_of(case: Case, name: str) -> Review | Refusal:
    """Find a review, open or closed, or say why not."""
    return case.plan.reviews.get(name) or missing(
        case, "review", name, "review", case.known.reviews
    )


def evidence_of(case: Case, name: str) -> Evidence | Refusal:
    """Find a piece of evidence, withdrawn or not, or say why not."""
    found = case.plan.evidence.get(name)
    return found or missing(case, "piece of evidence", name, "evidence", case.known.evidence)


def counting(case: Case, names: tuple[str, ...]) -> tuple[str, ...] | Refusal:
    """Give the pieces of evidence named, each once, if there are all and none is withdrawn."""
    for name in names:
        found = evidence_of(case, name)
        if isinstance(found, Refusal):
            return found
        if found.withdrawn_on is not None:
            return Refusal(
                code=Code.EVIDENCE_WITHDRAWN,
                message=f"{name} was withdrawn on {found.withdrawn_on} and counts no longer. "
                "Leave it out, or register what takes its place.",
                path="evidence",
            )
    return tuple(dict.fromkeys(names))


def unknown(what: str, name: str, path: str) -> Refusal:
    """Say that the plan has nothing of this name."""
    return Refusal(
        code=Code.UNKNOWN_ITEM,
        message=f"This plan has no {what} {name!r}. Check the name, or add it first.",
        path=path,
    )


def missing(case: Case, what: str, name: str, path: str, known: Mapping[str, object]) -> Refusal:
    """Say that the plan has nothing of this name, or not yet on the effective day."""
    if name not in known:
        return unknown(what, name, path)
    return Refusal(
        code=Code.UNKNOWN_ITEM,
        message=f"{name} came to be after {case.on}; on that day there was no such {what}. "
        "Give a later effective day.",
        path=path,
    )


def already(case: Case, name: str, since: date) -> tuple[()] | Refusal:
    """Say that it is so already, or that it is so only from a day after the effective one."""
    if since <= case.on:
        return ()
    return Refusal(
        code=Code.EFFECTIVE_TOO_EARLY,
        message=f"{name} came to be on {since} and cannot come to be twice. "
        f"Give an effective day from {since} on, or correct that entry if its day is wrong.",
        path="effectiveOn",
    )


def need_reason(command: Command, why: str) -> Refusal | None:
    """Refuse a command without a reason; `why` says what asks for one."""
    if command.reason is not None:
        return None
    return Refusal(
        code=Code.REASON_REQUIRED, message=f"{why} Give the reason for it.", path="reason"
    )


def need_authority(command: Command, why: str) -> Refusal | None:
    """Refuse a command without an authority; `why` says what asks for one."""
    if command.authority is not None:
        return None
    return Refusal(
        code=Code.AUTHORITY_REQUIRED,
        message=f"{why} Name the forum and meeting, or the officer, that decided it.",
        path="authority",
    )


def is_closed(ref: str, closing: Closing) -> Refusal:
    """Say that the plan has come to its end."""
    return Refusal(
        code=Code.PLAN_CLOSED,
        message=f"{ref} is closed, from {closing.on} on. Correct or void an entry that was wrong; "
        "what happened before takes an earlier effective day.",
        path="plan",
    )


def not_come(case: Case, stated: PartialDate, path: str) -> Refusal | None:
    """Refuse a date that had not come on the effective day, or has not come yet."""
    latest = min(case.on, case.stamp.today)
    if stated.earliest <= latest:
        return None
    return Refusal(
        code=Code.DATE_IMPOSSIBLE,
        message=f"{stated.label} had not come on {latest}. Check the date and the effective day.",
        path=path,
    )


def taken(what: str, name: str, path: str) -> Refusal:
    """Say that a short name stands for something else already."""
    return Refusal(
        code=Code.REF_IN_USE,
        message=f"This plan has another {what} called {name!r}. Choose another short name.",
        path=path,
    )


def bad_name(name: str, path: str) -> Refusal | None:
    """Refuse a short name that could not stand in a web address."""
    if NAME.fullmatch(name):
        return None
    return Refusal(
        code=Code.NAME_UNUSABLE,
        message=f"{name[:80]!r} cannot be a short name. Use 1 to 64 lower-case letters, digits "
        'and inner hyphens, such as "scrutiny-2015-q1".',
        path=path,
    )


def bad_months(months: int, what: str, path: str) -> Refusal | None:
    """Refuse a number of months that nothing recurs by."""
    if 1 <= months <= 120:  # noqa: PLR2004 - as a recurrence
        return None
    return Refusal(
        code=Code.RECURRENCE_IMPOSSIBLE,
        message=f"{what} every 1 to 120 months. Check the months.",
        path=path,
    )


def unusable(command: Command) -> Refusal | None:
    """Refuse texts and dates that no command may carry, wherever they stand in it."""
    authority = command.authority
    if authority is not None and authority.forum is None and authority.officer is None:
        return Refusal(
            code=Code.AUTHORITY_INCOMPLETE,
            message="An authority is a forum or a delegated officer. Name one of them.",
            path="authority",
        )
    return next(_unusable(command, ""), None)


def _unusable(value: object, path: str) -> Iterator[Refusal]:
    problem = None
    match value:
        case str():
            # A document may well say nothing somewhere; a caller would not say nothing. What a
            # correction leaves blank is looked at beside what it corrects.
            may_be_blank = path.startswith(("draft.", "event."))
            problem = text_problem(value) or (None if may_be_blank else blank_problem(value))
        case Personal():
            problem = value.problem()
        case Year() | Quarter() | Month() | Day() if value.year not in _YEARS:
            yield _impossible(value, path)
        case date() if value.year not in _YEARS:
            yield _impossible(day(value), path)
        case Struct():
            for field in value.__struct_fields__:
                name = shown_name(field)
                yield from _unusable(getattr(value, field), f"{path}.{name}" if path else name)
        case tuple():
            for number, inner in enumerate(value):
                yield from _unusable(inner, f"{path}.{number}")
    if problem is not None:
        yield Refusal(
            code=Code.TEXT_UNUSABLE,
            message=f"The text of {path} cannot be kept: {problem}.",
            path=path,
        )


def _impossible(value: PartialDate, path: str) -> Refusal:
    return Refusal(
        code=Code.DATE_IMPOSSIBLE,
        message=f"{value.label} lies outside the years 1900 to 2199. Check the year.",
        path=path,
    )


def _living(case: Case, item: Item | None, name: str, what: str, path: str) -> Item | Refusal:
    if item is None:
        return _unknown(case, name, what, path)
    withdrawn = finding.withdrawn_above(case.plan, item)
    if withdrawn is None or withdrawn.withdrawn is None:
        return item
    whose = "It was" if withdrawn is item else "What it belongs to was"
    return Refusal(
        code=Code.WITHDRAWN,
        message=f"{name} is no longer in the plan. {whose} withdrawn on "
        f"{withdrawn.withdrawn.on}. Propose a new item instead, or give an earlier effective day.",
        path=path,
    )


def _unknown(case: Case, name: str, what: str, path: str | None = None) -> Refusal:
    later = finding.find_any(case.known, name)
    if later is None or find_item(case.plan, later.id) is not None:
        return unknown(what, name, path or what)
    return Refusal(
        code=Code.UNKNOWN_ITEM,
        message=f"{name} came to be on {later.added_on}; on {case.on} there was no such {what}. "
        f"Give an effective day from {later.added_on} on.",
        path=path or what,
    )
