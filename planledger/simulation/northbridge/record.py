"""When the record was wrong: what was mis-keyed, what never happened, what was keyed in late."""

from collections.abc import Iterator
from decimal import Decimal

from planledger.domain.commands import (
    AddStatement,
    CorrectEntry,
    MoveTargetDate,
    ReassignLead,
    ReportProgress,
    VoidEntry,
)
from planledger.events.dates import Month
from planledger.events.target_dates import OneOff
from planledger.events.values import (
    Authority,
    Personal,
    Progress,
    ReasonCode,
    StatementKind,
)
from planledger.simulation.acts import Act, act, amended, entry_of, party
from planledger.simulation.northbridge.accounts import LEAD, OFFICE, board
from planledger.simulation.northbridge.kpis import reading_of
from planledger.simulation.northbridge.people import DELIA, LEON

DELEGATED = Authority(
    forum=None, meeting=None, minute=None, officer=Personal(words="Ruth Calloway")
)
"""The director may move a date by a month without the board."""


def acts() -> Iterator[Act]:
    """Tell how the record is put right."""
    yield from _mis_keyed_date()
    yield from _mis_keyed_reading()
    yield from _wrong_action()
    yield from _void_of_a_void()
    yield from _forgotten_decisions()


def _mis_keyed_date() -> Iterator[Act]:
    """Key in 6.3/2 as 2026 instead of 2025; two reviews report it so."""
    meant, keyed = Month(2025, 1), Month(2026, 1)
    yield act(
        "2024-09-18", OFFICE, MoveTargetDate, called="mentors moved", milestone="6.3/2",
        from_date="2024-09", to_date=keyed.edtf, reason_code=ReasonCode.RECRUITMENT,
        reason="Mentors are recruited with the colleges' new year.",
        authority=board("2024-09-17", "14"), effective_on="2024-09-17",
    )  # fmt: skip
    yield act(
        "2024-11-25", OFFICE, CorrectEntry, entry=entry_of("mentors moved"),
        event=amended(
            "mentors moved", to_target_date=OneOff(as_printed=meant.label, date=meant)
        ),
        reason="Keyed in as January 2026; the minute says January 2025.",
    )  # fmt: skip


def _mis_keyed_reading() -> Iterator[Act]:
    """Swap two digits of a figure that both forums then see."""
    wrong = reading_of("supervision-on-time", "Q2 2024-25")
    yield act(
        "2024-11-20", OFFICE, CorrectEntry, entry=entry_of(wrong),
        event=amended(wrong, numerator=Decimal(214), value=Decimal("79.9")),
        reason="Keyed in as 241 of 268; the return says 214.",
    )  # fmt: skip


def _wrong_action() -> Iterator[Act]:
    """Reassign a lead on the wrong action, and add a statement that nobody agreed."""
    yield act(
        "2024-11-05", OFFICE, ReassignLead, called="wrong action", item="4.4",
        from_parties=(party(DELIA),), to_parties=(party(LEON),), reason="New team structure.",
    )  # fmt: skip
    yield act(
        "2024-11-07", OFFICE, VoidEntry, entry=entry_of("wrong action"),
        reason="Keyed in for 4.4 by mistake; nobody was reassigned.",
    )  # fmt: skip
    yield act(
        "2025-02-06", OFFICE, AddStatement, called="not agreed", area="5",
        kind=StatementKind.OUTCOME, text="No child in care lives outside Northbridge.",
    )  # fmt: skip
    yield act(
        "2025-02-10", OFFICE, VoidEntry, entry=entry_of("not agreed"),
        reason="From another council's plan; never proposed here.",
    )  # fmt: skip


def _void_of_a_void() -> Iterator[Act]:
    """Void a report by mistake, then void that."""
    yield act(
        "2025-04-29", LEAD, ReportProgress, called="homes visited", milestone="6.7/2",
        state=Progress.IN_PROGRESS, narrative="Five homes let; eight needed.", forecast="2025-09",
    )  # fmt: skip
    yield act(
        "2025-05-06", OFFICE, VoidEntry, called="void by mistake", entry=entry_of("homes visited"),
        reason="Taken for a report on another action.",
    )  # fmt: skip
    yield act(
        "2025-05-09", OFFICE, VoidEntry, entry=entry_of("void by mistake"),
        reason="The report was right; voiding it was the mistake.",
    )  # fmt: skip


def _forgotten_decisions() -> Iterator[Act]:
    """Record decisions after the review that should have known of them."""
    yield act(
        "2024-05-15", OFFICE, MoveTargetDate, milestone="5.1/3", from_date="2024-10",
        to_date="2024-11", reason_code=ReasonCode.SCOPE, effective_on="2024-04-09",
        reason="Decided by the director in April and left out of the minutes.",
        authority=DELEGATED,
    )  # fmt: skip
    yield act(
        "2025-12-15", OFFICE, MoveTargetDate, milestone="6.7/3", from_date="2025-06",
        to_date="2025-09", reason_code=ReasonCode.INFORMATION, effective_on="2025-06-17",
        reason="Decided in June; found when the year's minutes were read again.",
        authority=board("2025-06-17", "10"),
    )  # fmt: skip
    yield act(
        "2025-10-20", LEAD, ReportProgress, milestone="2.5/3", state=Progress.IN_PROGRESS,
        narrative="First answers of the managers.", forecast="2025-11",
        effective_on="2025-09-15", reason="Sent by e-mail and not keyed in.",
    )  # fmt: skip
