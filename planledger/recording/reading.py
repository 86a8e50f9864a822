"""Texts as they were filled in become a command, or everything that is wrong with them at once."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from planledger.domain.commands import PlanCommand
from planledger.domain.plan import Plan
from planledger.domain.refusals import Refusal
from planledger.events.target_dates import Ongoing
from planledger.events.values import Personal, blank_problem, text_problem
from planledger.recording import days, naming
from planledger.recording.act import SEVERAL, Act, Field, Kind, Problem, Texts, Values

_NUMBER = re.compile(r"-?(?:[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){1,5})(?:\.[0-9]{1,20})?")
_WHOLE = re.compile(r"[0-9]{1,6}")
_BREAK = re.compile(r"\r\n?")


class Read(Struct, frozen=True, kw_only=True):
    """What was filled in, as it was understood."""

    values: Values
    command: PlanCommand


def read(act: Act, texts: Texts, plan: Plan) -> Read | tuple[Problem, ...]:
    """Make the command of what was filled in; see `values_of` for what may be wrong with it."""
    values = values_of(act, texts, plan)
    if isinstance(values, tuple):
        return values
    command = act.command(plan.ref, values)
    return (command,) if isinstance(command, Problem) else Read(values=values, command=command)


def values_of(act: Act, texts: Texts, plan: Plan) -> Values | tuple[Problem, ...]:
    """Read what was filled in, for a plan with everything recorded of it.

    What is unknown to the act is a problem too: nothing that was filled in is left out.
    """
    stated = {name: _cleaned(text) for name, text in texts.items() if text.strip()}
    problems = list(_unknown(act, stated))
    values: dict[str, Any] = {}
    for field in act.every:
        try:
            values[field.name] = _value(field, stated.get(field.name), plan)
        except ValueError as error:
            problems.append(Problem(field=field.name, message=str(error)))
    return tuple(problems) or values


def told(act: Act, refusal: Refusal) -> Problem:
    """Give a refusal of the ledger as a problem of the field it is about, in the act's words."""
    message = act.instead.get(refusal.code.value, refusal.message)
    return Problem(
        field=_field_of(act, refusal.path or ""), message=message, code=refusal.code.value
    )


def _field_of(act: Act, path: str) -> str | None:
    """Find the field of a path such as "figure.extractedOn" or "toParties.1"."""
    by_path = {known: field.name for field in act.every for known in (field.path, *field.paths)}
    parts = path.split(".")
    if parts[0] == "authority":
        parts.append("authority" + "".join(parts[1:2]).capitalize())
    return next((by_path[part] for part in reversed(parts) if part in by_path), None)


def _cleaned(text: str) -> str:
    """Give a text without what browsers and spreadsheets put around and into it."""
    return _BREAK.sub("\n", text).strip()


def _unknown(act: Act, stated: Texts) -> Iterator[Problem]:
    known = {field.name for field in act.every}
    for name in stated:
        if name not in known:
            yield Problem(
                field=None,
                message=f"“{name[:80]}” is not asked for in “{act.title}”. Leave it blank.",
            )


def _value(field: Field, text: str | None, plan: Plan) -> Any:  # noqa: ANN401 - as its kind has it
    """Read one text. Raises ValueError, saying for people what is wrong."""
    if text is None:
        if field.required:
            raise ValueError(_missing(field))
        return None
    problem = text_problem(text) or blank_problem(text)
    if problem is not None:
        raise ValueError(f"This cannot be kept: {problem}.")
    if field.kind is Kind.CHOICE:
        return _choice(field, text)
    if field.kind in SEVERAL:
        parts = [part.strip() for part in text.split(";") if part.strip()]
        return tuple(dict.fromkeys(_named(field.kind, plan, part) for part in parts))
    reader = _READERS.get(field.kind)
    return _named(field.kind, plan, text) if reader is None else reader(text)


def _missing(field: Field) -> str:
    there = ", ".join(said for _, said in field.choices)
    return f"Fill in “{field.label}”: {there}." if there else f"Fill in “{field.label}”."


def _choice(field: Field, text: str) -> Any:  # noqa: ANN401 - a member of `among`
    wanted = "-".join(text.casefold().split())
    for one in field.among or ():
        if wanted == one.value:
            return one
    there = ", ".join(said for _, said in field.choices)
    raise ValueError(f"“{text[:80]}” is none of those there are: {there}.")


def _named(kind: Kind, plan: Plan, text: str) -> str:
    if kind is Kind.ITEMS:
        return text
    if kind is Kind.BODY:
        forums = naming.called(Kind.FORUM, plan, text)
        return naming.find(Kind.FORUM, plan, text) if forums else text
    return naming.find(kind, plan, text)


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(
            f"“{text[:80]}” is not a number. Write figures alone, for instance 112 or 27.5."
        )
    return Decimal(text.replace(",", ""))


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text) or int(text) < 1:
        raise ValueError(f"“{text[:80]}” is not a whole number from 1.")
    return int(text)


def _target_date(text: str) -> Any:  # noqa: ANN401 - a partial date, or that there is no end
    if text.casefold() in {"ongoing", "on-going"}:
        return Ongoing(as_printed=text)
    return days.partial_date(text)


def _personal(text: str) -> Personal:
    return Personal(words=text)


_READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.TEXT: str,
    Kind.MILESTONE: str,
    Kind.ITEM: str,
    Kind.NAME: _personal,
    Kind.WORDS: _personal,
    Kind.DAY: days.day,
    Kind.PARTIAL_DATE: days.partial_date,
    Kind.TARGET_DATE: _target_date,
    Kind.PERIOD: days.period,
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
}
"""How a text is read that names nothing that had to be found."""
