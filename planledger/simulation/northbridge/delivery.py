"""What is delivered: claimed by a lead's party, shown by evidence, accepted by the board.

`returned.py` tells what was sent back or reopened, `late_work.py` what has not been delivered.
"""

from collections.abc import Iterator
from typing import NamedTuple

from planledger.domain.commands import RegisterEvidence, ReportComplete, SignOffMilestone
from planledger.events.values import EvidenceKind, SignOffLevel
from planledger.simulation.acts import Act, act, made, party
from planledger.simulation.northbridge.accounts import AUDIT, DIRECTOR, LEAD, board
from planledger.simulation.northbridge.people import (
    COMMISSIONING,
    DELIA,
    DIGITAL,
    HANNAH,
    HEALTH,
    HOUSING,
    INES,
    LEON,
    PARTNERSHIP,
    POLICE,
    PRIYA,
    ROSA,
    SAMUEL,
    TEAM,
    TOM,
    WORKFORCE,
    YUSUF,
)

DOCUMENT, MINUTES, DATA = EvidenceKind.DOCUMENT, EvidenceKind.MINUTES, EvidenceKind.DATA
AUDITED = EvidenceKind.AUDIT


class Done(NamedTuple):
    """A milestone that was reached, shown and accepted."""

    milestone: str
    achieved: str
    reported: str
    accepted: str
    """The board's meeting that accepted it."""
    minute: str
    lead: str
    title: str
    """The evidence's."""
    kind: EvidenceKind = DOCUMENT
    occurrence: str | None = None


FIRST_YEAR = (
    Done("1.2/1", "2024-01-30", "2024-02-01", "2024-02-20", "9", TEAM, "Caseload action plan"),
    Done("1.2/2", "2024-02-12", "2024-02-14", "2024-03-19", "7", TEAM,
         "Notes of the first caseload meeting", MINUTES),
    Done("3.1/1", "2024-02-22", "2024-02-26", "2024-03-19", "8", PARTNERSHIP,
         "Report of the partners' workshop"),
    Done("2.1/1", "2024-02-26", "2024-02-28", "2024-03-19", "9", INES, "Supervision standard"),
    Done("4.4/1", "2024-02-27", "2024-02-29", "2024-03-19", "10", DELIA,
         "Why conferences start late", DATA),
    Done("1.3/1", "2024-03-04", "2024-03-06", "2024-03-19", "11", WORKFORCE,
         "Recruitment advertisement"),
    Done("3.3/1", "2024-03-12", "2024-03-14", "2024-04-23", "7", HEALTH,
         "Notes of the meeting with the trust", MINUTES),
    Done("5.2/1", "2024-03-25", "2024-03-27", "2024-04-23", "8", DELIA,
         "Calendar of stability meetings"),
    Done("4.1/1", "2024-03-26", "2024-03-28", "2024-04-23", "9", INES,
         "Quality standard for assessments"),
    Done("5.4/1", "2024-03-27", "2024-04-02", "2024-04-23", "10", DIGITAL,
         "Reporting requirements"),
    Done("4.4/2", "2024-03-28", "2024-04-03", "2024-04-23", "11", DELIA, "Conference action plan"),
    Done("1.1/1", "2024-04-05", "2024-04-10", "2024-05-21", "8", PRIYA, "Caseload analysis", DATA),
    Done("3.2/1", "2024-04-15", "2024-04-18", "2024-05-21", "9", POLICE,
         "Terms of the joint working group"),
    Done("1.1/2", "2024-04-16", "2024-04-18", "2024-05-21", "10", PRIYA,
         "Minute of the management team", MINUTES),
    Done("1.2/3", "2024-04-23", "2024-04-25", "2024-05-21", "11", TEAM,
         "First review of the caseload action plan"),
    Done("3.5/1", "2024-04-29", "2024-05-01", "2024-05-21", "12", SAMUEL,
         "Analysis of re-referrals", DATA),
    Done("4.2/1", "2024-04-29", "2024-05-02", "2024-05-21", "13", INES, "Plan template"),
    Done("5.1/1", "2024-04-30", "2024-05-02", "2024-05-21", "14", COMMISSIONING,
         "Needs analysis", DATA),
    Done("6.2/1", "2024-04-30", "2024-05-03", "2024-05-21", "15", HANNAH, "Care leavers' pledge"),
    Done("2.1/2", "2024-05-20", "2024-05-22", "2024-06-18", "8", INES,
         "First check of supervision records", AUDITED),
    Done("4.3/1", "2024-05-21", "2024-05-23", "2024-06-18", "9", LEON, "Family Help timescale"),
    Done("4.2/3", "2024-05-22", "2024-05-24", "2024-06-18", "10", INES,
         "What the children's group said"),
    Done("1.4/1", "2024-05-28", "2024-05-30", "2024-06-18", "11", PRIYA, "New team structure"),
    Done("6.3/1", "2024-05-29", "2024-06-03", "2024-06-18", "12", HANNAH, "Offer of the colleges"),
    Done("6.2/2", "2024-05-30", "2024-06-04", "2024-06-18", "13", HANNAH,
         "The pledge as published"),
    Done("3.5/2", "2024-05-30", "2024-06-04", "2024-06-18", "14", SAMUEL,
         "Slides shown to the partners"),
    Done("2.2/1", "2024-06-14", "2024-06-17", "2024-07-23", "6", SAMUEL, "Performance framework"),
    Done("2.5/1", "2024-06-24", "2024-06-26", "2024-07-23", "7", WORKFORCE,
         "Contract for the managers' programme"),
    Done("3.1/2", "2024-06-25", "2024-06-27", "2024-07-23", "8", PARTNERSHIP, "Threshold guide"),
    Done("1.4/2", "2024-06-27", "2024-07-01", "2024-07-23", "9", PRIYA,
         "Staff consultation report"),
    Done("4.3/2", "2024-06-27", "2024-07-02", "2024-07-23", "10", LEON, "List of partners"),
    Done("4.2/2", "2024-06-28", "2024-07-03", "2024-07-23", "11", INES,
         "Plans written in the new template", AUDITED),
    Done("6.2/3", "2024-06-28", "2024-07-04", "2024-07-23", "12", HANNAH,
         "First report on the pledge"),
    Done("2.2/2", "2024-07-05", "2024-07-09", "2024-09-17", "10", SAMUEL,
         "First monthly report", DATA),
    Done("3.4/1", "2024-08-19", "2024-08-21", "2024-09-17", "11", ROSA, "Design of the front door"),
    Done("1.3/2", "2024-09-24", "2024-09-26", "2024-10-22", "9", WORKFORCE, "Retention offer"),
    Done("4.1/2", "2024-09-27", "2024-10-01", "2024-10-22", "10", INES, "Training register", DATA),
    Done("4.3/3", "2024-09-30", "2024-10-02", "2024-10-22", "11", LEON, "Training plan"),
    Done("2.2/3", "2024-09-30", "2024-10-03", "2024-10-22", "12", SAMUEL,
         "Team agendas of September"),
    Done("2.5/2", "2024-10-07", "2024-10-09", "2024-11-19", "10", WORKFORCE,
         "List of the first group"),
    Done("5.1/2", "2024-10-29", "2024-10-31", "2024-11-19", "11", COMMISSIONING,
         "Sufficiency strategy"),
    Done("6.1/1", "2024-10-30", "2024-11-01", "2024-11-19", "12", HANNAH, "Pathway plan protocol"),
    Done("4.3/4", "2024-10-31", "2024-11-04", "2024-11-19", "13", LEON, "Communications plan"),
    Done("1.4/3", "2024-11-04", "2024-11-06", "2024-11-19", "14", PRIYA, "Team lists of November"),
    Done("2.3/1", "2024-11-12", "2024-11-14", "2024-11-19", "15", TOM,
         "Audit improvement framework"),
)  # fmt: skip

SECOND_YEAR = (
    Done("4.1/3", "2025-01-13", "2025-01-16", "2025-02-18", "9", INES,
         "Audit of assessments", AUDITED),
    Done("3.1/3", "2025-01-20", "2025-01-22", "2025-02-18", "10", PARTNERSHIP,
         "Launch of the threshold guide"),
    Done("3.4/2", "2025-01-27", "2025-01-29", "2025-02-18", "11", ROSA,
         "Opening of the front door"),
    Done("6.3/2", "2025-01-28", "2025-01-30", "2025-02-18", "14", HANNAH, "List of mentors"),
    Done("6.5/1", "2025-01-29", "2025-02-03", "2025-02-18", "12", HOUSING,
         "Joint housing protocol"),
    Done("1.6/1", "2025-02-24", "2025-02-26", "2025-03-18", "9", WORKFORCE, "First year agreement"),
    Done("6.1/2", "2025-02-26", "2025-02-28", "2025-03-18", "10", HANNAH,
         "How pathway plans are watched over"),
    Done("5.4/2", "2025-03-26", "2025-03-28", "2025-04-22", "8", DIGITAL, "Order for the upgrade"),
    Done("4.6/1", "2025-04-24", "2025-04-28", "2025-05-20", "9", INES, "How families are asked"),
    Done("1.7/1", "2025-04-30", "2025-05-02", "2025-05-20", "10", PRIYA,
         "Posts for advanced practitioners"),
    Done("1.3/3", "2025-08-29", "2025-09-03", "2025-09-16", "8", WORKFORCE,
         "Starters since January 2024", DATA),
    Done("1.6/2", "2025-09-08", "2025-09-10", "2025-09-16", "9", WORKFORCE,
         "List of the newly qualified"),
    Done("4.6/2", "2025-09-22", "2025-09-24", "2025-10-21", "7", INES,
         "What forty families said", DATA),
)  # fmt: skip

REPORTS = (
    ("2024-06", "2024-06-25", "2024-07-23", "13", INES),
    ("2024-09", "2024-09-26", "2024-10-22", "13", INES),
    ("2024-12", "2024-12-19", "2025-01-21", "8", INES),
    ("2025-03", "2025-03-27", "2025-04-22", "9", INES),
    ("2025-06", "2025-07-07", "2025-07-22", "7", INES),
    ("2025-09", "2025-09-29", "2025-10-21", "8", INES),
)
"""The quarterly audit report 2.4/1: late for June 2025, and none for December 2025."""

WATCHED = (
    ("2024-07", "2024-07-30", "2024-09-17", "12", HANNAH),
    ("2024-10", "2024-10-29", "2024-11-19", "16", HANNAH),
    ("2025-01", "2025-01-30", "2025-02-18", "13", HANNAH),
    ("2025-04", "2025-04-29", "2025-05-20", "11", YUSUF),
    ("2025-10", "2025-10-30", "2025-11-18", "8", YUSUF),
)
"""The quarterly review 6.4/1 of care leavers' plans: that of July 2025 was left out."""


def acts() -> Iterator[Act]:
    """Tell what is delivered."""
    for done in (*FIRST_YEAR, *SECOND_YEAR, *_recurring()):
        yield from delivered(done)
    # Independently tested, a season after the board had accepted it.
    for day, milestone, meeting, minute in (
        ("2025-03-21", "4.1/1", "2025-03-18", "11"),
        ("2025-06-20", "2.1/1", "2025-06-17", "8"),
    ):
        yield act(
            day, AUDIT, SignOffMilestone, milestone=milestone, level=SignOffLevel.ASSURED,
            authority=board(meeting, minute),
        )  # fmt: skip


def delivered(done: Done) -> Iterator[Act]:
    """Tell how one milestone is shown, claimed and accepted."""
    told = done.milestone if done.occurrence is None else f"{done.milestone} of {done.occurrence}"
    shown = f"evidence for {told}, {done.reported}"
    yield act(
        done.reported, LEAD, RegisterEvidence, called=shown, title=done.title, kind=done.kind,
        dated=done.achieved, items=(done.milestone,), uri=link(done.title, done.achieved),
    )  # fmt: skip
    yield act(
        done.reported, LEAD, ReportComplete, called=f"claim of {told}, {done.reported}",
        milestone=done.milestone, achieved_on=done.achieved, reporter=party(done.lead),
        evidence=(made("evidence", shown),), occurrence=done.occurrence,
    )  # fmt: skip
    yield act(
        done.accepted, DIRECTOR, SignOffMilestone, called=f"sign-off of {told}, {done.accepted}",
        milestone=done.milestone, level=SignOffLevel.ACCEPTED, occurrence=done.occurrence,
        authority=board(done.accepted, done.minute),
    )  # fmt: skip


def link(title: str, dated: str) -> str:
    """Give where a made-up document would be kept; .example is a name that leads nowhere."""
    kept = "-".join(word.strip("'").replace("'", "") for word in title.lower().split())
    return f"https://records.northbridge.example/{dated}/{kept}"


def _recurring() -> Iterator[Done]:
    for milestone, title, rows in (
        ("2.4/1", "Quarterly audit report", REPORTS),
        ("6.4/1", "Review of care leavers' plans", WATCHED),
    ):
        for occurrence, reported, accepted, minute, lead in rows:
            yield Done(
                milestone, reported, reported, accepted, minute, lead, title,
                occurrence=occurrence,
            )  # fmt: skip
