"""The commands that look into plans: what is found in one, and the milestones of all."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.console import Console

from planledger.answers import plain, reveal, to_json
from planledger.cli.asking import among, check_plan, no_plan_there, point_named
from planledger.cli.common import DECLINED, AsJson, LedgerUrl, day_of, fail, opened, telling
from planledger.domain.delivery import Delivery
from planledger.projections.points import AtReview, Point, parse_point
from planledger.projections.register import RegisterFilter, RegisterRow
from planledger.projections.timing import Timeliness
from planledger.projections.view import PlanView
from planledger.terminal import SECTIONS, show_findings, show_register

WITHDRAWN = "withdrawn"
STATES: dict[str, Timeliness | Delivery] = {
    state.value.replace(" ", "-"): state for state in (*Timeliness, *Delivery)
}
"""The states a milestone can be in, by how they are typed; "withdrawn" is another one."""


def findings(
    plan: Annotated[str, typer.Argument(help="The plan's ref.", show_default=False)],
    at: Annotated[
        str,
        typer.Option(help="A point: head, @123, 2015-03-31 (its end), an instant, or a review."),
    ] = "head",
    effective_on: Annotated[
        str | None, typer.Option(help="A day; left out, the point's own.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help=f"Only this finding; may be given again. {', '.join(SECTIONS)}."),
    ] = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show what is found in a plan: overdue, undefined, moved, stalled, late, put right.

    All of it is calculated by planledger, and none of it is a council's judgement.

    JSON: {plan, basis, calculated_by, findings}; findings has a key for
    each that was asked for, named as in --only with _ for -.
    """
    with telling():
        day = day_of(effective_on) if effective_on is not None else None
        sections = [SECTIONS[_finding(name)] for name in only or SECTIONS]
        with opened(ledger, create=False) as (books, _):
            point = point_named(check_plan(books, plan), at)
            seen = books.at(point, day)
            found = seen.findings(plan)
    if found is None:
        fail(no_plan_there(plan, seen.basis), DECLINED)
    if as_json:
        each = {section.name.replace("-", "_"): section.look(found) for section in sections}
        typer.echo(
            to_json(
                {
                    "plan": plan,
                    "basis": plain(seen.basis),
                    "calculated_by": "planledger",
                    "findings": {name: plain(what) for name, what in each.items()},
                }
            )
        )
    else:
        Console(highlight=False).print(show_findings(plan, seen.basis, found, sections))


def milestones(
    plan: Annotated[
        list[str] | None, typer.Option(help="Only this plan's, by ref; may be given again.")
    ] = None,
    lead: Annotated[
        list[str] | None,
        typer.Option(help="Only those this party leads, by name or id; may be given again."),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            help="Only those in this state; may be given again, for any of several. Of one kind "
            f"are {', '.join(one.value.replace(' ', '-') for one in Timeliness)}; of another "
            f"{', '.join(one.value for one in Delivery)}; a milestone must be in one of each kind "
            f"that is given. {WITHDRAWN} shows what is no longer in a plan."
        ),
    ] = None,
    due_before: Annotated[
        str | None, typer.Option(help="Only those due by an earlier day than this.")
    ] = None,
    at: Annotated[
        str,
        typer.Option(help="A point: head, @123, 2015-03-31 (its end), an instant, or PLAN/REVIEW."),
    ] = "head",
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show the register: the milestones of every plan as one list.

    JSON: {basis, milestones}; a milestone is as in
    `planledger show --json`, with the refs plan, area and action first.
    """
    with telling():
        wanted = _wanted(state or (), due_before)
        with opened(ledger, create=False) as (books, _):
            seen = books.at(_point(at))
            plans = seen.plans()
            refs = frozenset(_plan(ref, plans) for ref in plan or ())
            leads = frozenset(party for name in lead or () for party in _parties(name, plans))
            rows = [row for row in seen.register(wanted) if _is_wanted(row, refs, leads)]
    if as_json:
        shown = [_plain(row) for row in rows]
        typer.echo(to_json({"basis": plain(seen.basis), "milestones": shown}))
    else:
        Console(highlight=False).print(show_register(seen.basis, rows))


def _finding(name: str) -> str:
    wanted = name.lower().replace("_", "-")
    if wanted not in SECTIONS:
        there = among("Findings", wanted, SECTIONS, len(SECTIONS))
        fail(f"There is no finding {name!r}. {there}", DECLINED)
    return wanted


def _point(text: str) -> Point:
    """Read a point of all plans: a review goes by PLAN/REVIEW."""
    try:
        return parse_point(text)
    except ValueError:
        if "/" not in text:
            raise
        return AtReview(text)


def _wanted(states: Iterable[str], due_before: str | None) -> RegisterFilter:
    known = [_state(text) for text in states]
    timeliness = frozenset(one for one in known if isinstance(one, Timeliness))
    delivery = frozenset(one for one in known if isinstance(one, Delivery))
    return RegisterFilter(
        timeliness=timeliness or None,
        delivery=delivery or None,
        due_before=day_of(due_before) if due_before is not None else None,
        withdrawn=None in known,
    )


def _state(text: str) -> Timeliness | Delivery | None:
    """Give a state by its name; None is "withdrawn"."""
    wanted = text.lower().replace("_", "-").replace(" ", "-")
    known = [*STATES, WITHDRAWN]
    if wanted not in known:
        fail(f"There is no state {text!r}. {among('States', wanted, known, len(known))}", DECLINED)
    return STATES.get(wanted)


def _plan(ref: str, plans: Iterable[PlanView]) -> str:
    there = [plan.ref for plan in plans]
    if ref not in there:
        fail(f"There was no plan {ref!r} then. {among('Plans', ref, there)}", DECLINED)
    return ref


def _parties(name: str, plans: Iterable[PlanView]) -> list[tuple[str, str]]:
    """Find the parties of a name, past ones too, or id; each with the plan it belongs to."""
    known = [
        (text, (plan.ref, party.party))
        for plan in plans
        for party in plan.parties
        for text in (party.party, *map(reveal, (party.name, *party.aliases)))
    ]
    found = [party for text, party in known if text.casefold() == name.casefold()]
    if not found:
        names = [text for text, (_, party) in known if text != party]
        fail(f"No plan has a party {name!r}. {among('Parties', name, names)}", DECLINED)
    return found


def _is_wanted(row: RegisterRow, plans: frozenset[str], leads: frozenset[tuple[str, str]]) -> bool:
    own = {(row.plan.ref, lead.party) for lead in row.leads}
    return (not plans or row.plan.ref in plans) and (not leads or bool(own & leads))


def _plain(row: RegisterRow) -> dict[str, Any]:
    above = {"plan": row.plan.ref, "area": row.area.ref, "action": row.action.ref}
    return {**above, **plain(row.milestone)}
