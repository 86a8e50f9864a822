"""The commands about what changed: between two points, to one thing, and since a review."""

from collections.abc import Iterable, Mapping
from typing import Annotated

import typer
from rich.console import Console

from planledger.answers import to_json
from planledger.cli.asking import (
    among,
    check_plan,
    no_such_thing,
    point_named,
    review_named,
    thing_named,
    track_named,
)
from planledger.cli.common import (
    DECLINED,
    UNUSABLE,
    AsJson,
    LedgerUrl,
    day_of,
    fail,
    opened,
    telling,
)
from planledger.cli.plain_changes import plain_changes, plain_history
from planledger.domain.finding import area_ref, find_area
from planledger.domain.plan import Area, Plan
from planledger.events.envelope import Entry
from planledger.ledger import Ledger, QuestionError
from planledger.projections.changes.shapes import Change, ItemHistory, Track
from planledger.projections.points import Point
from planledger.terminal import parted, show_changes, show_history, show_restatements

PlanRef = Annotated[str, typer.Argument(help="The plan's ref.", show_default=False)]
POINT = "head, @123, 2015-03-31 (its end), an instant, or a closed review: board-q2 or PLAN/REVIEW"


def diff(
    plan: PlanRef,
    start: Annotated[str, typer.Argument(metavar="FROM", help=f"A point: {POINT}.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="A point; left out, now.")] = "head",
    steps: Annotated[
        bool, typer.Option("--steps", help="Every move between, not the difference of the ends.")
    ] = False,
    effective_on: Annotated[
        str | None, typer.Option(help="A day for both points; left out, each point's own.")
    ] = None,
    area: Annotated[str | None, typer.Option(help="Only this area, by ref or number.")] = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed in a plan between two points, by how much, and why.

    Corrections of the record stand apart and are never counted with changes.

    JSON: {plan, steps, area, from, to, changes, corrections, totals};
    from and to are bases, totals is {changes, corrections, by_class}.
    A change is {kind, id, ref, area, title, field, period, what,
    slippage, before, after, late, causes}.
    A cause is {position, recorded_at, effective_on, type, author,
    reason, authority}.
    """
    with telling():
        day = day_of(effective_on) if effective_on is not None else None
        with opened(ledger, create=False) as (books, _):
            known = check_plan(books, plan)
            begin, finish = point_named(known, start), point_named(known, end)
            answer = books.changes(plan, begin, finish, day, steps=steps)
            only = _area(known, area) if area is not None else None
            put_right, changes = parted(answer, only)
            entries = _causes(books, (*put_right, *changes))
    if as_json:
        asked = {"plan": plan, "steps": steps, "area": area_ref(only) if only else None}
        typer.echo(to_json({**asked, **plain_changes(answer, changes, put_right, entries)}))
    else:
        Console(highlight=False).print(show_changes(plan, answer, entries, only))


def history(
    plan: PlanRef,
    item: Annotated[
        str,
        typer.Argument(
            help="A ref (1.4/2, 1.4, 1, 1/outcome/2), or the name or id of a party, KPI, forum, "
            "review or anything else.",
            show_default=False,
        ),
    ],
    field: Annotated[
        str | None, typer.Option(help="Only one field, such as target-date, lead or delivery.")
    ] = None,
    inside: Annotated[
        bool, typer.Option("--inside", help="Also all that is under the item or about it.")
    ] = False,
    known_at: Annotated[str, typer.Option(help=f"A point: {POINT}.")] = "head",
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show the history of one thing: who set what, when, why and by whose authority.

    Entries come in the order of recording; what was corrected or void is there too, and says so.

    JSON: {plan, basis, kind, id, ref, title, field, inside, entries}.
    An entry is {position, recorded_at, effective_on, type, author,
    reason, authority, standing, by, about, late_days, changes};
    a change is as in `planledger diff --json`, without late and causes.
    """
    with telling():
        track = track_named(field) if field is not None else None
        if track is not None and inside:
            fail("--field and --inside do not go together: leave one out.", UNUSABLE)
        with opened(ledger, create=False) as (books, _):
            known = check_plan(books, plan)
            point = point_named(known, known_at)
            answer = _history(books, known, item, track, point, inside=inside)
            entries = books.entries_at(entry.position for entry in answer.entries)
    if as_json:
        typer.echo(to_json(plain_history(plan, answer, entries)))
    else:
        Console(highlight=False).print(show_history(plan, answer, entries))


def restatements(
    plan: PlanRef,
    review: Annotated[
        str, typer.Argument(help="A closed review: board-q2, or PLAN/REVIEW.", show_default=False)
    ],
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show what a review reported otherwise than it is now known: put right since, or learned late.

    JSON: {plan, review, from, to, changes, corrections, totals}, as in
    `planledger diff --json`; the changes are what was learned late.
    """
    with telling(), opened(ledger, create=False) as (books, _):
        name = review_named(check_plan(books, plan), review)
        answer = books.restatements(plan, name)
        put_right, late = parted(answer)
        entries = _causes(books, answer.changes)
    if as_json:
        asked = {"plan": plan, "review": name}
        typer.echo(to_json({**asked, **plain_changes(answer, late, put_right, entries)}))
    else:
        Console(highlight=False).print(show_restatements(plan, name, answer, entries))


def _history(
    books: Ledger, plan: Plan, item: str, track: Track | None, point: Point, *, inside: bool
) -> ItemHistory:
    thing = thing_named(books, plan, item, books.at(point).basis)
    try:
        return books.item_history(plan.ref, thing, track, point, inside=inside)
    except QuestionError as error:
        if error.code == "UNKNOWN_ITEM":
            fail(no_such_thing(plan, item), DECLINED)
        raise


def _causes(books: Ledger, changes: Iterable[Change]) -> Mapping[int, Entry]:
    return books.entries_at(position for change in changes for position in change.causes)


def _area(plan: Plan, name: str) -> Area:
    """Find an area that was ever in a plan, by a number it ever had."""
    former = (one for one in plan.areas.values() if name in one.former_numbers)
    area = find_area(plan, name) or next(former, None)
    if area is None:
        ordered = sorted(plan.areas.values(), key=lambda one: (one.ordinal, one.id))
        there = among("Areas", name, [area_ref(one) for one in ordered])
        fail(f"There is no area {name!r} in {plan.ref}. {there}", DECLINED)
    return area
