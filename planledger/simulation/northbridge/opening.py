"""How it begins: the draft, the inspection it answers, the forums, what is agreed and submitted."""

from collections.abc import Iterator

from planledger.domain.commands import (
    AgreeMilestone,
    ApproveVersion,
    EstablishForum,
    ImportPlan,
    IssueVersion,
    ReceiveReport,
    SetBaseline,
    SubmitVersion,
)
from planledger.domain.draft import Draft
from planledger.events.values import VersionKind
from planledger.simulation.acts import Act, act, decided_by
from planledger.simulation.northbridge.accounts import (
    BOARD,
    CLERK,
    DIRECTOR,
    OFFICE,
    SCRUTINY,
    board,
)

SAYS_SO = (
    "This ledger is simulated. Northbridge is a fictional council, and everything recorded here "
    "was made by a program, on a clock of its own."
)

AGREED = (
    ("2024-01-23", "4", "1.2/1 1.2/2 1.2/3 2.1/1 2.1/2 3.1/1 4.4/1"),
    ("2024-02-20", "3", "1.1/1 1.1/2 1.3/1 1.4/1 1.4/2 1.4/3 2.1/3 2.2/1 2.2/2 2.2/3 2.3/1 2.3/2"),
    ("2024-02-20", "4", "2.4/1 2.5/1 2.5/2 3.1/2 3.1/3 3.2/1 3.2/2 3.3/1 3.4/1 3.4/2 3.4/3"),
    ("2024-02-20", "5", "3.5/1 3.5/2 3.5/3 4.2/1 4.2/2 4.4/2 4.4/3 5.1/1 5.1/2 5.2/1 5.2/2"),
    ("2024-02-20", "6", "5.3/1 5.3/2 5.4/1 5.4/2 6.2/1 6.2/2 6.2/3 6.3/1 6.3/2 6.5/1"),
    ("2024-03-19", "5", "1.3/3 1.3/4 5.1/3 5.1/4 5.4/3 6.5/2"),
    ("2024-05-21", "6", "4.2/3 4.3/1 4.3/2 4.3/3 4.3/4 6.1/1 6.1/2 6.4/1 1.3/2 2.5/3"),
    ("2024-09-17", "7", "3.2/3 6.3/3"),
    ("2024-11-19", "9", "5.2/3"),
)
"""Meeting of the board, minute, and what it agreed. 3.3/2, 3.3/3 and 6.5/3 it never did."""

FORGOTTEN = ("4.1/1", "4.1/2", "4.1/3")
"""Agreed on 20 February 2024 and keyed in weeks later."""


def acts(draft: Draft) -> Iterator[Act]:
    """Tell the opening."""
    # The import comes first of all: its entries say that the ledger is simulated.
    yield act("2024-01-08", OFFICE, ImportPlan, draft=draft, reason=SAYS_SO)
    yield from _inspections()
    yield from _forums()
    for meeting, minute, refs in AGREED:
        for ref in refs.split():
            decided = board(meeting, minute)
            yield act(meeting, OFFICE, AgreeMilestone, milestone=ref, authority=decided)
    for ref in FORGOTTEN:
        yield act(
            "2024-03-11", OFFICE, AgreeMilestone, milestone=ref, effective_on="2024-02-20",
            authority=board("2024-02-20", "5"), reason="Left out when the minutes were keyed in.",
        )  # fmt: skip
    yield from _versions()


def _inspections() -> Iterator[Act]:
    yield act(
        "2024-01-08", OFFICE, ReceiveReport, inspection="ilacs-2023", framework="ILACS",
        judgement="Requires improvement to be good", received_on="2023-12-14",
        published_on="2023-12-20",
    )  # fmt: skip
    yield act(
        "2025-03-17", OFFICE, ReceiveReport, inspection="focused-visit-2025",
        framework="ILACS focused visit", judgement="Area for priority action: the front door",
        received_on="2025-03-17", working_days=20,
    )  # fmt: skip


def _forums() -> Iterator[Act]:
    yield act(
        "2024-01-09", CLERK, EstablishForum, forum=BOARD, name="Improvement Board",
        remit="Oversees delivery of the plan.", every_months=3,
    )  # fmt: skip
    yield act(
        "2024-01-09", CLERK, EstablishForum, forum=SCRUTINY,
        name="Children and Families Scrutiny Panel", remit="Reviews the impact of the plan.",
        every_months=3,
    )  # fmt: skip


def _versions() -> Iterator[Act]:
    issued = (
        ("2024-01-10", "v0-1", "Version 0.1", VersionKind.DRAFT),
        ("2024-01-24", "v0-2", "Version 0.2", VersionKind.CONSULTATION),
        ("2024-02-21", "v1-0", "Version 1.0", VersionKind.APPROVED),
        ("2025-03-19", "v2-0", "Version 2.0", VersionKind.REFRESHED),
        ("2025-04-10", "v2-1", "Version 2.1, for the inspectorate", VersionKind.PUBLISHED),
    )
    for day, version, label, kind in issued:
        yield act(day, OFFICE, IssueVersion, version=version, label=label, kind=kind)
    cabinet = decided_by("cabinet", "2024-03-12", "31")
    approved = (
        ("2024-02-27", "v1-0", "Improvement Board", board("2024-02-20", "7")),
        ("2024-03-13", "v1-0", "Cabinet", cabinet),
        ("2025-03-20", "v2-0", "Improvement Board", board("2025-03-18", "3")),
        ("2025-04-10", "v2-1", "Director of Children's Services", board("2025-03-18", "4")),
    )
    for day, version, body, decided in approved:
        yield act(day, DIRECTOR, ApproveVersion, version=version, body=body, authority=decided)
    ofsted = ("Ofsted", "Department for Education")
    for day, version in (("2024-03-18", "v1-0"), ("2025-04-11", "v2-1")):
        yield act(
            day, OFFICE, SubmitVersion, version=version, recipients=ofsted, method="By e-mail"
        )
    yield act(
        "2024-03-18", DIRECTOR, SetBaseline, baseline="submitted", label="As submitted in 2024",
        authority=cabinet,
    )  # fmt: skip
    yield act(
        "2025-03-20", DIRECTOR, SetBaseline, baseline="refresh-2025", label="Refreshed in 2025",
        authority=board("2025-03-18", "3"),
    )  # fmt: skip
