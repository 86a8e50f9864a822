"""What is found in a plan at a point: all of it calculated, and none of it a judgement."""

from collections.abc import Sequence
from typing import Final

from planledger.reports import wording
from planledger.reports.desk import Answered, Data
from planledger.reports.forums import Forums
from planledger.reports.papers.finding import Finding
from planledger.reports.papers.findings_record import RECORD
from planledger.reports.papers.findings_totals import completeness, coverage, leads
from planledger.reports.papers.findings_work import OPEN, WORK
from planledger.reports.papers.paper import Column, Paper, Section, Table
from planledger.reports.papers.parts import REF, of_one_point, there, two_columns
from planledger.reports.papers.report import Report
from planledger.reports.settled import Settled

_ALL: Final = (*WORK, *OPEN, *RECORD)


def _paper(answered: Answered) -> Paper:
    ledger = answered.data["ledger"]
    found = ledger["findings"]
    plan = there(ledger["plan"], answered.variables["plan"])
    forums = Forums((plan,))
    return of_one_point(
        answered,
        kind="findings",
        name="Findings",
        sections=(
            _in_short(found),
            _part("Work and dates", WORK, found, forums),
            _part("What the plan leaves open", OPEN, found, forums),
            _part("Evidence, and the record", RECORD, found, forums),
            _people(found),
        ),
        sheet=_sheet(found, forums),
    )


def _in_short(found: Data) -> Section:
    return Section(
        heading="In short",
        sentences=(
            (
                f"All of this is calculated from what is recorded, for {wording.day(found['on'])}. "
                "None of it is a judgement of the council or of anybody else. How each is "
                "calculated stands with its table."
            ),
        ),
        tables=(
            two_columns(
                "found",
                "What is found",
                ("Finding", "How many"),
                ((one.heading, one.count(found)) for one in _ALL),
            ),
            completeness(found),
        ),
    )


def _part(heading: str, some: Sequence[Finding], found: Data, forums: Forums) -> Section:
    return Section(
        heading=heading,
        sections=tuple(
            Section(
                heading=one.heading,
                sentences=one.sentences(found),
                tables=(one.table(found, forums),),
            )
            for one in some
        ),
    )


def _people(found: Data) -> Section:
    return Section(
        heading="Areas and leads",
        sentences=(
            "A joint lead counts for each of them; milestones are those of their actions too.",
        ),
        tables=(coverage(found), leads(found)),
    )


def _sheet(found: Data, forums: Forums) -> Table:
    return Table(
        key="findings",
        title="Findings",
        columns=(
            Column("finding", "Finding", weight=3),
            Column("ref", "Ref", REF),
            Column("item", "Item", weight=4),
            Column("details", "Details", weight=5),
        ),
        rows=tuple(line for one in _ALL for line in one.lines(found, forums)),
        empty="Nothing is found.",
    )


_PAGED: Final = {
    "afterPlaceholders": ("ledger", "findings", "undefined", "placeholders"),
    "afterMilestones": ("ledger", "findings", "undefined", "milestones"),
    "afterWithoutDate": ("ledger", "findings", "undefined", "withoutDate"),
    "afterToBeConfirmed": ("ledger", "findings", "undefined", "toBeConfirmed"),
    "afterVacantActions": ("ledger", "findings", "undefined", "vacantActions"),
    "afterVacantMilestones": ("ledger", "findings", "undefined", "vacantMilestones"),
    "afterOverdue": ("ledger", "findings", "overdue"),
    "afterDue": ("ledger", "findings", "due"),
    "afterDateMoves": ("ledger", "findings", "dateMoves"),
    "afterTbcAges": ("ledger", "findings", "tbcAges"),
    "afterClaims": ("ledger", "findings", "claims"),
    "afterReopened": ("ledger", "findings", "reopened"),
    "afterStalled": ("ledger", "findings", "stalled"),
    "afterConflicts": ("ledger", "findings", "conflicts"),
    "afterAmendments": ("ledger", "findings", "amendments"),
    "afterChallenges": ("ledger", "findings", "challenges"),
    "afterOpenQueries": ("ledger", "findings", "openQueries"),
}
"""Lists that are followed to their ends; see `Desk.ask_lists`.

Not late entries: where a plan was keyed in long after it began, all of it was recorded late.
"""

REPORT = Report(
    kind="findings",
    about="what is overdue, open, moved, stalled or put right in a plan at a point",
    takes=("at", "on"),
    variables=Settled.at_end,
    paper=_paper,
    follows=_PAGED,
)
