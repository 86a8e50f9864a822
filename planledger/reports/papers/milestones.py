"""The register: every milestone of a plan at a point, with its dates, its leads and its state."""

from collections.abc import Sequence
from typing import Final

from planledger.reports import wording
from planledger.reports.desk import Answered, Data
from planledger.reports.papers.paper import Column, Paper, Section, Table, Value
from planledger.reports.papers.parts import (
    DAY,
    NUMBER,
    REF,
    item_name,
    joined,
    led_by,
    of_one_point,
    standing,
    there,
    yes,
)
from planledger.reports.papers.report import Report
from planledger.reports.points import point_name
from planledger.reports.settled import Settled
from planledger.reports.things import NOBODY, area_name
from planledger.reports.wording import count

_LATE: Final = "OVERDUE"
_FIRST: Final = 12
"""How many of what is overdue stand on the first page."""


def _paper(answered: Answered) -> Paper:
    found = answered.data["ledger"]
    basis = found["basis"]
    plan = there(found["plan"], answered.variables["plan"])
    return of_one_point(
        answered,
        kind="milestones",
        name="Milestones",
        sections=(_in_short(plan, basis), *_by_area(plan["areas"])),
        sheet=_sheet(plan["areas"]),
    )


def _in_short(plan: Data, basis: Data) -> Section:
    late = [
        milestone
        for area in plan["areas"]
        for _, milestone in _in_area(area)
        if milestone["timeliness"] == _LATE and milestone["withdrawn"] is None
    ]
    late.sort(key=lambda one: one["dueBy"] or "")
    day = wording.day(basis["effectiveOn"])
    sentences = [
        (
            "This is the register of all milestones of the plan, with those that were withdrawn, "
            f"as it was known at {point_name(basis)} and effective on {day}."
        ),
        (
            f"{count(len(late), 'milestone is', 'milestones are')} overdue on that day. That is "
            "calculated from the dates; it is nobody's judgement."
        ),
    ]
    if len(late) > _FIRST:
        sentences.append(f"The {_FIRST} that were due first stand here; all are in the register.")
    return Section(
        heading="In short",
        sentences=tuple(sentences),
        tables=(
            standing("standing", "Where the plan stands", [("How many", plan)]),
            _table("overdue", "Overdue longest", late[:_FIRST], "No milestone is overdue."),
        ),
    )


def _by_area(areas: Sequence[Data]) -> tuple[Section, ...]:
    return tuple(
        Section(
            heading=area_name(area),
            tables=(
                _table(
                    f"area_{area['ref']}",
                    area_name(area),
                    [milestone for _, milestone in _in_area(area)],
                    "This area has no milestone.",
                ),
            ),
        )
        for area in areas
    )


def _in_area(area: Data) -> list[tuple[Data, Data]]:
    """Give the milestones of an area, each after its action."""
    return [(action, milestone) for action in area["actions"] for milestone in action["milestones"]]


def _table(key: str, title: str, milestones: Sequence[Data], empty: str) -> Table:
    return Table(
        key=key,
        title=title,
        columns=(
            Column("milestone", "Milestone", weight=5),
            Column("leads", "Lead", weight=3),
            Column("printed", "Date as printed", weight=2),
            Column("due_by", "Due by", DAY, weight=2),
            Column("slippage", "Against its first date", weight=2),
            Column("state", "State", weight=2),
        ),
        rows=tuple(
            (
                item_name(one),
                led_by(one, NOBODY),
                one["targetDate"]["asPrinted"] or one["targetDate"]["label"],
                one["dueBy"],
                one["slippage"]["label"] if one["slippage"] else None,
                state(one),
            )
            for one in milestones
        ),
        empty=empty,
        again=True,
    )


def state(milestone: Data) -> str:
    """Say how far a milestone is: its delivery, and where it stands against its date."""
    if milestone["withdrawn"] is not None:
        return f"Withdrawn {wording.day(milestone['withdrawn']['on'])}"
    said = [wording.sentence(milestone["delivery"])]
    if milestone["timeliness"] == _LATE:
        said.append("overdue (calculated)")
    if milestone["agreedOn"] is None:
        said.append("not agreed yet")
    return ", ".join(said)


_COLUMNS: Final = (
    Column("ref", "Ref", REF),
    Column("area", "Area", REF),
    Column("action", "Action", REF),
    Column("milestone", "Milestone", weight=4),
    Column("definition", "Definition"),
    Column("leads", "Lead", weight=2),
    Column("leads_inherited", "Lead from the action"),
    Column("date_as_printed", "Date as printed", weight=2),
    Column("date_as_read", "Date as read", weight=2),
    Column("due_by", "Due by", DAY),
    Column("first_date", "First date set", weight=2),
    Column("slippage", "Slippage", NUMBER),
    Column("slippage_unit", "Slippage in"),
    Column("timeliness", "Timeliness (calculated)", weight=2),
    Column("delivery", "Delivery", weight=2),
    Column("agreed_on", "Agreed on", DAY),
    Column("forecast", "Forecast", DAY),
    Column("rating", "Rating"),
    Column("rated_at", "Rated at", REF),
    Column("evidence", "Pieces of evidence", NUMBER),
    Column("depends_on", "Cannot be done before", REF),
    Column("withdrawn_on", "Withdrawn on", DAY),
)


def _sheet(areas: Sequence[Data]) -> Table:
    rows = [_row(area, action, milestone) for area in areas for action, milestone in _in_area(area)]
    return Table(
        key="milestones",
        title="Milestones",
        columns=_COLUMNS,
        rows=tuple(rows),
        empty="The plan has no milestone at this point.",
    )


def _row(area: Data, action: Data, it: Data) -> tuple[Value, ...]:
    slippage, rating = it["slippage"] or {}, it["rating"] or {}
    first = it["originalTargetDate"]
    return (
        it["ref"],
        area["ref"],
        action["ref"],
        it["text"],
        wording.sentence(it["definition"]),
        led_by(it),
        yes(it["leadsInherited"]),
        it["targetDate"]["asPrinted"] or None,
        it["targetDate"]["label"],
        it["dueBy"],
        first["label"] if first else None,
        slippage.get("amount"),
        slippage["unit"].lower() if slippage else None,
        wording.sentence(it["timeliness"]) or None,
        wording.sentence(it["delivery"]),
        it["agreedOn"],
        it["forecast"],
        wording.sentence(rating.get("rating")) or None,
        rating.get("review"),
        sum(one["withdrawnOn"] is None for one in it["evidence"]),
        joined(it["dependsOn"]),
        it["withdrawn"]["on"] if it["withdrawn"] else None,
    )


REPORT = Report(
    kind="milestones",
    about="every milestone of a plan at a point: dates, leads and state",
    takes=("at", "on"),
    variables=Settled.at_end,
    paper=_paper,
)
