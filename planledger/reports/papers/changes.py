"""The change report: what changed in a plan between two points, by how much, and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from planledger.reports import wording
from planledger.reports.desk import Answered, Data
from planledger.reports.papers.change_rows import Change, sheet
from planledger.reports.papers.paper import Column, Paper, Section, Table
from planledger.reports.papers.parts import (
    REF,
    Forums,
    area_name,
    made_on,
    point_name,
    read_from,
    standing,
    there,
)
from planledger.reports.papers.report import Report, Settled
from planledger.reports.wording import count

_FIRST: Final = 10
"""How many of what slipped stand on the first page."""

_LATER, _EARLIER = {"SLIPPED"}, {"BROUGHT_FORWARD"}
_FIRST_SET = {"DATE_SET"}
_OTHERWISE = {"DATE_WITHDRAWN", "WIDENED", "NARROWED", "RECURRENCE_CHANGED", "DATE_RESTATED"}

_WHOLE: Final = (
    ("Figures of the KPIs", frozenset({"KPI"})),
    ("Reviews, ratings and challenges", frozenset({"REVIEW", "RATING_KEY", "RATING", "CHALLENGE"})),
    ("People and bodies", frozenset({"PARTY", "FORUM"})),
)
"""What belongs to no area, in parts."""


def _variables(settled: Settled) -> Mapping[str, Any]:
    return settled.between()


def _paper(answered: Answered) -> Paper:
    start, end, found = (answered.data[name] for name in ("from", "to", "changes"))
    plan = there(end["plan"] or start["plan"], answered.variables["plan"])
    forums = Forums((start["plan"], end["plan"]))
    changes = [Change(node, forums) for node in found["nodes"]]
    names = point_name(start["basis"]), point_name(end["basis"])
    return Paper(
        kind="changes",
        title=f"What changed between {names[0]} and {names[1]}",
        plan=plan["ref"],
        plan_title=plan["title"],
        read_from=(
            f"From: {read_from(start['basis'])}",
            f"To: {read_from(end['basis'])}",
        ),
        made_on=made_on(end["basis"]),
        sections=(
            _in_short(found["totals"], changes, names, (start["plan"], end["plan"])),
            _dates(changes),
            _corrections(changes),
            _by_area(changes, _areas(start["plan"], end["plan"])),
        ),
        answered=answered,
        sheet=sheet(changes),
    )


def _in_short(
    totals: Data,
    changes: Sequence[Change],
    names: tuple[str, str],
    plans: tuple[Data | None, Data | None],
) -> Section:
    slipped = sorted(_only(changes, _LATER), key=lambda one: one.slip, reverse=True)
    made, corrected = totals["changes"], totals["corrections"]
    sentences = [
        (
            f"This paper compares the plan at {names[0]} with the plan at {names[1]}. It counts "
            f"{count(made, 'change')} and, apart from them, "
            f"{count(corrected, 'correction')} of the record."
        ),
        _moves(changes, slipped),
    ]
    if not made + corrected:
        sentences[1] = "Nothing changed between the two."
    if len(slipped) > _FIRST:
        sentences.append(f"The {_FIRST} largest slips stand here; all {len(slipped)} are below.")
    return Section(
        heading="In short",
        sentences=tuple(sentences),
        tables=(
            _moved("slipped_most", "What slipped most", slipped[:_FIRST], "No date moved later."),
            standing(
                "standing",
                "Where the plan stood",
                [(names[0], plans[0]), (names[1], plans[1])]
                if names[0] != names[1]
                else [("Before", plans[0]), ("After", plans[1])],
            ),
        ),
    )


def _moves(changes: Sequence[Change], slipped: Sequence[Change]) -> str:
    earlier, first = len(_only(changes, _EARLIER)), len(_only(changes, _FIRST_SET))
    span = ""
    if slipped:
        least, most = slipped[-1].amount, slipped[0].amount
        span = f", by {most}" if least == most else f", by {least} to {most}"
    return (
        f"{count(len(slipped), 'target date')} moved later{span}, and {earlier:,} earlier. "
        f"{count(first, 'date was', 'dates were')} set for the first time, which is not slippage."
    )


def _dates(changes: Sequence[Change]) -> Section:
    return Section(
        heading="Dates",
        sentences=("Slippage is told in months or days, by the less exact of the two dates.",),
        tables=(
            _moved("later", "Moved later", _only(changes, _LATER), "No date moved later."),
            _moved("earlier", "Moved earlier", _only(changes, _EARLIER), "No date moved earlier."),
            _moved(
                "first_set",
                "Set for the first time",
                _only(changes, _FIRST_SET),
                "No date was set for the first time.",
            ),
            _moved(
                "otherwise",
                "Changed otherwise",
                _only(changes, _OTHERWISE),
                "No date was taken back, made more or less exact, or put in other words.",
            ),
        ),
    )


def _corrections(changes: Sequence[Change]) -> Section:
    return Section(
        heading="Corrections of the record",
        sentences=(
            (
                "Here the record was wrong and was put right: the plan itself did not change. "
                "None of it is counted above."
            ),
        ),
        tables=(
            _changed(
                "corrections",
                "What was put right",
                [one for one in changes if one.node["isCorrection"]],
                "Nothing was put right in the record.",
            ),
        ),
    )


def _by_area(changes: Sequence[Change], areas: Sequence[Data]) -> Section:
    made = [one for one in changes if not one.node["isCorrection"]]
    by_area: dict[str | None, list[Change]] = {}
    for one in made:
        by_area.setdefault(one.node["area"], []).append(one)
    named = [area for area in areas if area["ref"] in by_area]
    sections = [
        _part(f"area_{area['ref']}", area_name(area), by_area.pop(area["ref"])) for area in named
    ]
    quiet = [area["number"] for area in areas if area not in named]
    rest = [one for ones in by_area.values() for one in ones]
    for place, (heading, kinds) in enumerate(_WHOLE, 1):
        mine = [one for one in rest if one.node["kind"] in kinds]
        rest = [one for one in rest if one.node["kind"] not in kinds]
        if mine:
            sections.append(_part(f"whole_{place}", heading, mine))
    if rest:
        sections.append(_part("whole", "The plan as a whole", rest))
    word = "area" if len(quiet) == 1 else "areas"
    return Section(
        heading="What changed, area by area",
        sentences=(f"Nothing changed in {word} {wording.listed(quiet)}.",) if quiet else (),
        sections=tuple(sections),
    )


def _part(key: str, heading: str, changes: Sequence[Change]) -> Section:
    return Section(heading=heading, tables=(_changed(key, heading, changes, "Nothing changed."),))


def _only(changes: Iterable[Change], what: set[str]) -> list[Change]:
    return [one for one in changes if one.node["what"] in what]


def _areas(start: Data | None, end: Data | None) -> Sequence[Data]:
    """Give the areas of both, in the order of the later plan; what is gone comes last."""
    found = {area["ref"]: area for plan in (end, start) if plan for area in plan["areas"]}
    if end is not None:
        found |= {area["ref"]: area for area in end["areas"]}
    return list(found.values())


_ITEM = Column("item", "What", weight=4)
_BEFORE, _AFTER = Column("before", "Before", weight=3), Column("after", "After", weight=3)
_WHY = Column("why", "Why, and by whose authority", weight=5)


def _moved(key: str, title: str, changes: Sequence[Change], empty: str) -> Table:
    return Table(
        key=key,
        title=title,
        columns=(
            Column("ref", "Ref", REF),
            _ITEM,
            _BEFORE,
            _AFTER,
            Column("slippage", "By how much", weight=2),
            _WHY,
        ),
        rows=tuple(
            (one.node["ref"], one.title, one.before, one.after, one.by_how_much, one.why)
            for one in changes
        ),
        empty=empty,
        again=True,
    )


def _changed(key: str, title: str, changes: Sequence[Change], empty: str) -> Table:
    return Table(
        key=key,
        title=title,
        columns=(_ITEM, Column("change", "Change", weight=2), _BEFORE, _AFTER, _WHY),
        rows=tuple((one.name, one.what, one.before, one.after, one.why) for one in changes),
        empty=empty,
        again=True,
    )


REPORT = Report(
    kind="changes",
    about="what changed between two points, by how much, why and by whose authority",
    takes=("from", "to", "on"),
    needs="from",
    variables=_variables,
    paper=_paper,
    follows={"after": ("changes",)},
)
