"""What the office tried and was refused: nothing of it is in the ledger."""

from collections.abc import Iterator

from planledger.domain.commands import (
    AgreeMilestone,
    GiveRating,
    MoveTargetDate,
    OpenReview,
    RecordReference,
    ReportComplete,
    SignOffMilestone,
    SubmitVersion,
    VoidEntry,
    WithdrawItem,
)
from planledger.domain.refusals import Code
from planledger.events.values import Rating, ReferenceKind, SignOffLevel
from planledger.simulation.acts import Act, act, entry_of, party
from planledger.simulation.northbridge.accounts import (
    BOARD,
    CLERK,
    DIRECTOR,
    LEAD,
    OFFICE,
    board,
)
from planledger.simulation.northbridge.people import DELIA


def acts() -> Iterator[Act]:
    """Tell what was tried."""
    yield from _in_2024()
    yield from _in_2025()


def _in_2024() -> Iterator[Act]:
    yield act(
        "2024-01-23", OFFICE, AgreeMilestone, milestone="1.5/1", authority=board("2024-01-23", "4"),
        refused=Code.MILESTONE_NOT_STATED,
    )  # fmt: skip
    yield act(
        "2024-02-26", OFFICE, SubmitVersion, version="v1-0", recipients=("Ofsted",),
        method="By e-mail", refused=Code.NOT_APPROVED,
    )  # fmt: skip
    yield act(
        "2024-03-20", LEAD, RecordReference, item="1.3/3", kind=ReferenceKind.DEPENDS_ON,
        target="1.3/4", refused=Code.DEPENDENCY_CYCLE,
    )  # fmt: skip
    yield act(
        "2024-04-17", CLERK, OpenReview, review="board-2024-extra", forum=BOARD, label="Extra",
        as_at="2024-04-17", refused=Code.REVIEW_OPEN,
    )  # fmt: skip
    yield act(
        "2024-06-06", LEAD, MoveTargetDate, milestone="2.2/2", from_date="2024-05",
        to_date="2024-07", refused=Code.REASON_REQUIRED,
    )  # fmt: skip
    yield act(
        "2024-07-17", DIRECTOR, GiveRating, review="board-2024-q2", item="6.1", key="delivery",
        rating=Rating.AMBER, refused=Code.REASON_REQUIRED,
    )  # fmt: skip
    yield act(
        "2024-09-19", LEAD, SignOffMilestone, milestone="5.3/2", level=SignOffLevel.ACCEPTED,
        authority=board("2024-09-17", "16"), refused=Code.SAME_SIGNER,
    )  # fmt: skip
    yield act(
        "2024-09-24", DIRECTOR, SignOffMilestone, milestone="5.3/2", level=SignOffLevel.ACCEPTED,
        authority=board("2024-09-17", "16"), refused=Code.EVIDENCE_REQUIRED,
    )  # fmt: skip


def _in_2025() -> Iterator[Act]:
    yield act(
        "2025-03-25", LEAD, WithdrawItem, item="3.2", reason="The police do not answer.",
        refused=Code.AUTHORITY_REQUIRED,
    )  # fmt: skip
    yield act(
        "2025-06-03", LEAD, ReportComplete, milestone="6.7/3", achieved_on="2025-05-30",
        reporter=party(DELIA), refused=Code.NOT_AGREED,
    )  # fmt: skip
    yield act(
        "2025-06-24", OFFICE, VoidEntry, entry=entry_of("claim of 3.5/3, 2025-06-12"),
        reason="It was thought to be a repetition.", refused=Code.DEPENDED_ON,
    )  # fmt: skip
