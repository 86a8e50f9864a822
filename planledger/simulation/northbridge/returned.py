"""What was sent back, accepted without evidence, shown too late, or taken back after all."""

from collections.abc import Iterator

from planledger.domain.commands import (
    RefuseSignOff,
    RegisterEvidence,
    ReopenMilestone,
    ReportComplete,
    ReportProgress,
    SignOffMilestone,
    WithdrawEvidence,
)
from planledger.events.values import EvidenceKind, Progress, ReopenTrigger, SignOffLevel
from planledger.simulation.acts import Act, act, made, party
from planledger.simulation.northbridge.accounts import AUDIT, DIRECTOR, LEAD, OFFICE, board
from planledger.simulation.northbridge.delivery import AUDITED, DATA, Done, delivered, link
from planledger.simulation.northbridge.people import DELIA, INES, LEON, ROSA, SAMUEL


def acts() -> Iterator[Act]:
    """Tell what did not hold at the first go."""
    yield from _supervision_audit()
    yield from _audit_framework()
    yield from _re_referrals()
    yield from _conferences()
    yield from _business_case()
    yield from _unsigned_agreement()
    yield from _without_evidence()


def _supervision_audit() -> Iterator[Act]:
    """Refuse 2.1/3 once, then accept and assure it."""
    shown = "audit of two teams"
    yield act(
        "2024-10-01", LEAD, RegisterEvidence, called=shown, title="Audit of supervision, two teams",
        kind=AUDITED, dated="2024-09-27", items=("2.1/3",),
        uri=link("Audit of supervision two teams", "2024-09-27"),
    )  # fmt: skip
    yield act(
        "2024-10-01", LEAD, ReportComplete, milestone="2.1/3", achieved_on="2024-09-27",
        reporter=party(INES), evidence=(made("evidence", shown),),
    )  # fmt: skip
    yield act(
        "2024-10-22", DIRECTOR, RefuseSignOff, milestone="2.1/3",
        missing="Two of nine teams were audited. The board asked for all of them.",
        authority=board("2024-10-22", "14"),
    )  # fmt: skip
    yield act(
        "2024-11-05", LEAD, ReportProgress, milestone="2.1/3", state=Progress.IN_PROGRESS,
        narrative="Five of nine teams audited.", forecast="2024-12",
    )  # fmt: skip
    yield from delivered(
        Done("2.1/3", "2024-12-06", "2024-12-10", "2024-12-17", "8", INES,
             "Audit of supervision in all teams", AUDITED)
    )  # fmt: skip
    yield act(
        "2025-03-21", AUDIT, SignOffMilestone, milestone="2.1/3", level=SignOffLevel.ASSURED,
        authority=board("2025-03-18", "12"),
    )  # fmt: skip


def _audit_framework() -> Iterator[Act]:
    """Accept 2.3/2 and reopen it after an audit; it is not done at the end."""
    yield from delivered(
        Done("2.3/2", "2025-03-07", "2025-03-11", "2025-03-18", "13", DELIA,
             "Teams' statements that the framework is in use")
    )  # fmt: skip
    yield act(
        "2025-07-08", AUDIT, ReopenMilestone, milestone="2.3/2", trigger=ReopenTrigger.AUDIT,
        reason="Internal audit found the framework in use in four of nine teams.",
    )  # fmt: skip
    yield act(
        "2025-09-23", LEAD, ReportProgress, milestone="2.3/2", state=Progress.IN_PROGRESS,
        narrative="Seven of nine teams use it.", forecast="2026-03",
    )  # fmt: skip


def _re_referrals() -> Iterator[Act]:
    """Reopen 3.5/3 after the focused visit; it is done again."""
    yield from delivered(
        Done("3.5/3", "2024-07-16", "2024-07-18", "2024-07-23", "14", ROSA,
             "Response to the analysis of re-referrals")
    )  # fmt: skip
    yield act(
        "2025-03-18", DIRECTOR, ReopenMilestone, milestone="3.5/3", trigger=ReopenTrigger.OFSTED,
        reason="The focused visit found that the response had not been carried out.",
        authority=board("2025-03-18", "5"),
    )  # fmt: skip
    yield act(
        "2025-04-24", LEAD, ReportProgress, milestone="3.5/3", state=Progress.IN_PROGRESS,
        narrative="A sample of families is drawn.", forecast="2025-06",
    )  # fmt: skip
    yield from delivered(
        Done("3.5/3", "2025-06-10", "2025-06-12", "2025-06-17", "9", SAMUEL,
             "Sample of families that came back", DATA)
    )  # fmt: skip


def _conferences() -> Iterator[Act]:
    """Reopen 4.4/3 when its KPI falls, and accept it again half a year later."""
    yield from delivered(
        Done("4.4/3", "2024-11-28", "2024-12-02", "2024-12-17", "9", DELIA,
             "What came of the conference action plan")
    )  # fmt: skip
    yield act(
        "2025-05-20", DIRECTOR, ReopenMilestone, milestone="4.4/3", trigger=ReopenTrigger.KPI,
        reason="One conference in four was late again from January to March.",
        authority=board("2025-05-20", "12"),
    )  # fmt: skip
    yield from delivered(
        Done("4.4/3", "2025-10-30", "2025-11-03", "2025-11-18", "9", DELIA,
             "Second report on the conference action plan", DATA)
    )  # fmt: skip


def _business_case() -> Iterator[Act]:
    """Accept 5.2/2 on a draft; the final evidence bears a date after the sign-off."""
    yield from delivered(
        Done("5.2/2", "2024-08-27", "2024-08-29", "2024-09-17", "13", DELIA,
             "Draft business case for wrap-around support")
    )  # fmt: skip
    yield act(
        "2024-10-16", OFFICE, RegisterEvidence, called="final business case",
        title="Business case for wrap-around support, final", kind=EvidenceKind.DOCUMENT,
        dated="2024-10-14", items=("5.2/2",), uri=link("Business case final", "2024-10-14"),
    )  # fmt: skip
    yield act(
        "2024-10-17", OFFICE, WithdrawEvidence,
        evidence=made("evidence", "evidence for 5.2/2, 2024-08-29"),
        reason="A draft; the final business case takes its place.",
    )  # fmt: skip


def _unsigned_agreement() -> Iterator[Act]:
    """Withdraw the only evidence that the acceptance of 5.3/1 rests on."""
    yield from delivered(
        Done("5.3/1", "2024-05-30", "2024-06-05", "2024-06-18", "15", LEON,
             "Agreement with the health trust")
    )  # fmt: skip
    yield act(
        "2025-02-04", OFFICE, WithdrawEvidence,
        evidence=made("evidence", "evidence for 5.3/1, 2024-06-05"),
        reason="The copy on file was never signed by the trust.",
    )  # fmt: skip


def _without_evidence() -> Iterator[Act]:
    """Accept 3.4/3 and 5.3/2 on a waiver; 5.1/4 is claimed and waits."""
    yield act(
        "2025-07-28", LEAD, ReportComplete, milestone="3.4/3", achieved_on="2025-07-24",
        reporter=party(ROSA), summary="Reviewed in a meeting of all partners.",
    )  # fmt: skip
    yield act(
        "2025-09-16", DIRECTOR, SignOffMilestone, milestone="3.4/3", level=SignOffLevel.ACCEPTED,
        waiver="The board took part in the review and needs no paper of it.",
        authority=board("2025-09-16", "10"),
    )  # fmt: skip
    yield act(
        "2024-09-18", LEAD, ReportComplete, milestone="5.3/2", achieved_on="2024-09-13",
        reporter=party(LEON), summary="The new arrangement began on 13 September.",
    )  # fmt: skip
    yield act(
        "2024-10-22", DIRECTOR, SignOffMilestone, milestone="5.3/2", level=SignOffLevel.ACCEPTED,
        waiver="Seen by the director on a visit.", authority=board("2024-10-22", "15"),
    )  # fmt: skip
    yield act(
        "2025-10-06", LEAD, ReportComplete, milestone="5.1/4", achieved_on="2025-10",
        reporter=party("Head of Commissioning"),
        summary="Ten foster homes approved; the tenth on 2 October.",
    )  # fmt: skip
