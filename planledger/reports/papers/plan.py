"""The whole plan at a point: what it is to achieve, by which actions, who leads them, by when."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from planledger.reports import wording
from planledger.reports.desk import Answered, Data
from planledger.reports.papers.milestones import state
from planledger.reports.papers.paper import Column, Paper, Section, Table, Value
from planledger.reports.papers.parts import (
    DAY,
    REF,
    item_name,
    led_by,
    of_one_point,
    standing,
    there,
)
from planledger.reports.papers.plan_parts import other_parts
from planledger.reports.papers.report import Report
from planledger.reports.points import point_name
from planledger.reports.settled import Settled
from planledger.reports.things import NOBODY, area_name
from planledger.reports.wording import count


def _paper(answered: Answered) -> Paper:
    found = answered.data["ledger"]
    basis = found["basis"]
    plan = there(found["plan"], answered.variables["plan"])
    return of_one_point(
        answered,
        kind="plan",
        name="The plan",
        sections=(
            _in_short(plan, basis),
            *_introduction(plan),
            *map(_area, plan["areas"]),
            other_parts(plan),
        ),
        sheet=_sheet(plan["areas"]),
    )


def _in_short(plan: Data, basis: Data) -> Section:
    totals = plan["totals"]
    sentences = [
        (
            f"This is the whole plan as it was known at {point_name(basis)}, with what was "
            f"effective on {wording.day(basis['effectiveOn'])}. It was drafted on "
            f"{wording.day(plan['draftedOn'])}."
        ),
        (
            f"It has {count(totals['areas'], 'area')}, {count(totals['objectives'], 'objective')}, "
            f"{count(totals['outcomes'], 'outcome')}, {count(totals['measures'], 'measure')}, "
            f"{count(totals['actions'], 'action')} and "
            f"{count(totals['milestones'], 'milestone')}. Dates stand as they were printed, and as "
            "they are read."
        ),
    ]
    if plan["closed"] is not None:
        closed = plan["closed"]
        sentences.append(f"It was closed on {wording.day(closed['on'])}: {closed['outcome']}")
    return Section(
        heading="In short",
        sentences=tuple(sentences),
        tables=(
            standing("standing", "Where the plan stands", [("How many", plan)]),
            Table(
                key="areas",
                title="Areas for improvement",
                columns=(
                    Column("area", "Area", weight=6),
                    Column("rating", "Latest rating"),
                ),
                rows=tuple((area_name(area), _rating(area)) for area in plan["areas"]),
                empty="The plan has no area at this point.",
                again=True,
            ),
        ),
    )


def _introduction(plan: Data) -> Iterator[Section]:
    if plan["introduction"]:
        yield Section(heading="The document's introduction", sentences=tuple(plan["introduction"]))


def _area(area: Data) -> Section:
    ref, name = area["ref"], area_name(area)
    withdrawn = area["withdrawn"]
    said = (f"Withdrawn {wording.day(withdrawn['on'])}.",) if withdrawn else ()
    return Section(
        heading=name,
        sentences=said,
        tables=(
            Table(
                key=f"aims_{ref}",
                title=f"What area {area['number']} is to achieve",
                columns=(
                    Column("kind", "Kind"),
                    Column("text", "Text", weight=7),
                ),
                rows=tuple(
                    (_kind(one, depth), one["text"] + _gone(one))
                    for one, depth in _statements(area)
                ),
                empty="Nothing is stated.",
                again=True,
            ),
            Table(
                key=f"actions_{ref}",
                title=f"Actions and milestones of area {area['number']}",
                columns=(
                    Column("item", "Action or milestone", weight=6),
                    Column("leads", "Lead", weight=3),
                    Column("printed", "Date as printed", weight=2),
                    Column("read", "Date as read", weight=2),
                    Column("state", "State", weight=3),
                ),
                rows=tuple(_lines(area["actions"])),
                empty="It has no action.",
                again=True,
            ),
        ),
    )


def _statements(area: Data) -> Iterator[tuple[Data, int]]:
    """Give what an area is to achieve, each with how deep it nests."""
    for one in (*area["objectives"], *area["outcomes"], *area["measures"]):
        yield one, 0
        for child in one.get("children", ()):
            yield child, 1


def _kind(statement: Data, depth: int) -> str:
    said = wording.sentence(statement["kind"])
    return f"{said}, part of the one before" if depth else said


def _gone(item: Data) -> str:
    return f" (withdrawn {wording.day(item['withdrawn']['on'])})" if item["withdrawn"] else ""


def _lines(actions: Iterable[Data]) -> Iterator[tuple[Value, ...]]:
    for action in actions:
        yield (item_name(action), led_by(action, NOBODY), None, None, _state(action))
        for one in action["milestones"]:
            leads = None if one["leadsInherited"] else led_by(one, NOBODY)
            date = one["targetDate"]
            yield (item_name(one), leads, date["asPrinted"] or None, date["label"], state(one))


def _state(action: Data) -> str | None:
    if action["withdrawn"] is not None:
        return f"Withdrawn {wording.day(action['withdrawn']['on'])}"
    if action["placeholder"]:
        return "Still to be defined"
    rating = _rating(action)
    return f"Rated {rating[:1].lower()}{rating[1:]}" if rating else None


def _rating(item: Data) -> str | None:
    rating = item["rating"]
    if rating is None:
        return None
    return f"{wording.sentence(rating['rating'])} at {rating['review'].partition('/')[2]}"


_COLUMNS: Final = (
    Column("kind", "Kind"),
    Column("ref", "Ref", REF),
    Column("area", "Area", REF),
    Column("under", "Under", REF),
    Column("text", "Text", weight=5),
    Column("leads", "Lead", weight=2),
    Column("date_as_printed", "Date as printed", weight=2),
    Column("date_as_read", "Date as read", weight=2),
    Column("due_by", "Due by", DAY),
    Column("slippage", "Against its first date", weight=2),
    Column("definition", "Definition"),
    Column("agreed_on", "Agreed on", DAY),
    Column("delivery", "Delivery"),
    Column("timeliness", "Timeliness (calculated)"),
    Column("rating", "Latest rating", weight=2),
    Column("withdrawn_on", "Withdrawn on", DAY),
)


def _sheet(areas: Sequence[Data]) -> Table:
    return Table(
        key="plan",
        title="The plan",
        columns=_COLUMNS,
        rows=tuple(row for area in areas for row in _rows(area)),
        empty="The plan has no area at this point.",
    )


def _rows(area: Data) -> Iterator[tuple[Value, ...]]:
    ref = area["ref"]
    yield _row("Area", area, ref, None, area["title"])
    parent = ref
    for one, depth in _statements(area):
        kind = wording.sentence(one["kind"])
        yield _row(kind, one, ref, parent if depth else ref, one["text"])
        parent = parent if depth else one["ref"]
    for action in area["actions"]:
        yield _row("Action", action, ref, ref, action["text"])
        for one in action["milestones"]:
            yield _row("Milestone", one, ref, action["ref"], one["text"])


def _row(kind: str, it: Data, area: str, under: str | None, text: str) -> tuple[Value, ...]:
    date, slippage = it.get("targetDate") or {}, it.get("slippage")
    placeholder = "Undefined" if it.get("placeholder") else None
    return (
        kind,
        it["ref"],
        area,
        under,
        text,
        led_by(it),
        date.get("asPrinted") or None,
        date.get("label"),
        it.get("dueBy"),
        slippage["label"] if slippage else None,
        wording.sentence(it.get("definition")) or placeholder,
        it.get("agreedOn"),
        wording.sentence(it.get("delivery")) or None,
        wording.sentence(it.get("timeliness")) or None,
        _rating(it) if it.get("rating") else None,
        it["withdrawn"]["on"] if it["withdrawn"] else None,
    )


REPORT = Report(
    kind="plan",
    about="the whole plan at a point: areas, aims, actions, leads and dates",
    takes=("at", "on"),
    variables=Settled.at_end,
    paper=_paper,
)
