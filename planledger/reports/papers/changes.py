"""The change report: what changed in a plan between two points, by how much, and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from planledger.reports import wording
from planledger.reports.changing import EARLIER, FIRST_SET, LATER, areas_of, part_of, parts
from planledger.reports.desk import Answered, Data
from planledger.reports.forums import Forums
from planledger.reports.papers.change_rows import Change, sheet
from planledger.reports.papers.paper import Column, Paper, Section, Table
from planledger.reports.papers.parts import REF, made_on, read_from, standing, there
from planledger.reports.papers.report import Report
from planledger.reports.points import between, point_names
from planledger.reports.settled import Settled
from planledger.reports.things import review_names
from planledger.reports.wording import count

_FIRST: Final = 10
"""How many of what slipped stand on the first page."""

_OTHERWISE = {"DATE_WITHDRAWN", "WIDENED", "NARROWED", "RECURRENCE_CHANGED", "DATE_RESTATED"}


def _paper(answered: Answered) -> Paper:
    start, end, found = (answered.data[name] for name in ("from", "to", "changes"))
    plan = there(end["plan"] or start["plan"], answered.variables["plan"])
    forums = Forums((start["plan"], end["plan"]))
    reviews = review_names(plan["reviews"])
    changes = [Change(plan["ref"], node, forums, reviews) for node in found["nodes"]]
    names = point_names(start["basis"], end["basis"])
    return Paper(
        kind="changes",
        title=f"What changed between {between(start['basis'], end['basis'])}",
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
            _by_area(changes, areas_of(start["plan"], end["plan"])),
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
    slipped = sorted(_only(changes, LATER), key=lambda one: one.slip, reverse=True)
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
    earlier, first = len(_only(changes, EARLIER)), len(_only(changes, FIRST_SET))
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
            _moved("later", "Moved later", _only(changes, LATER), "No date moved later."),
            _moved("earlier", "Moved earlier", _only(changes, EARLIER), "No date moved earlier."),
            _moved(
                "first_set",
                "Set for the first time",
                _only(changes, FIRST_SET),
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


def _by_area(changes: Iterable[Change], areas: Mapping[str, Data]) -> Section:
    headings = parts(areas.values())
    found: dict[str, list[Change]] = {key: [] for key in headings}
    for one in changes:
        if not one.node["isCorrection"]:
            found[part_of(one.node, headings)].append(one)
    sections = [_part(key, headings[key], part) for key, part in found.items() if part]
    quiet = [area["number"] for ref, area in areas.items() if not found[f"area-{ref}"]]
    word = "area" if len(quiet) == 1 else "areas"
    return Section(
        heading="What changed, area by area",
        sentences=(f"Nothing changed in {word} {wording.listed(quiet)}.",) if quiet else (),
        sections=tuple(sections),
    )


def _part(key: str, heading: str, changes: Sequence[Change]) -> Section:
    key = key.replace("-", "_")
    return Section(heading=heading, tables=(_changed(key, heading, changes, "Nothing changed."),))


def _only(changes: Iterable[Change], what: Collection[str]) -> list[Change]:
    return [one for one in changes if one.node["what"] in what]


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
    variables=Settled.between,
    paper=_paper,
    follows={"after": ("changes",)},
)
