"""How the plan itself changes: words, numbers, placeholders, actions withdrawn, links, queries."""

from collections.abc import Iterator

from planledger.domain.commands import (
    AddAction,
    AddStatement,
    AgreeMilestone,
    ProposeMilestone,
    RaiseQuery,
    RecordReference,
    RenumberItem,
    ResolvePlaceholder,
    ResolveQuery,
    RewordItem,
    SetTargetDate,
    WithdrawItem,
)
from planledger.events.values import ReferenceKind, StatementKind
from planledger.simulation.acts import Act, act, made, query_about
from planledger.simulation.northbridge.accounts import DIRECTOR, LEAD, OFFICE, board


def acts() -> Iterator[Act]:
    """Tell how the plan changes."""
    yield from _words()
    yield from _numbers()
    yield from _workforce()
    yield from _after_the_above()
    yield from _hub()
    yield from _links()
    yield from _queries()


def _words() -> Iterator[Act]:
    yield act(
        "2024-02-13", OFFICE, RewordItem, item="4.2/3", material=False,
        to="Children's group asked about the template, in a session of their own",
        reason="The group asked that its own session be named.",
    )  # fmt: skip
    yield act(
        "2024-06-18", DIRECTOR, RewordItem, item="1.3/3", material=True,
        to="Ten permanent posts filled", authority=board("2024-06-18", "5"),
        reason="Two of the twelve posts move to the Family Help service.",
    )  # fmt: skip
    yield act(
        "2024-10-08", OFFICE, RewordItem, item="2", material=False,
        to="Strengthen management oversight and supervision", reason="Shorter, no other meaning.",
    )  # fmt: skip
    yield act(
        "2025-03-18", DIRECTOR, RewordItem, item="3.5/3", material=True,
        to="Response to the findings agreed and checked in a sample of families",
        reason="The focused visit found that nobody had checked.",
        authority=board("2025-03-18", "5"),
    )  # fmt: skip
    yield act(
        "2024-04-30", OFFICE, AddStatement, area="6", kind=StatementKind.OUTCOME,
        text="Care leavers know what they are entitled to.",
        reason="Asked for by the care leavers who wrote the pledge.",
    )  # fmt: skip


def _numbers() -> Iterator[Act]:
    yield act(
        "2025-03-19", OFFICE, RenumberItem, item="I", to="1",
        reason="Version 2.0 prints every area with an Arabic number.",
    )  # fmt: skip
    yield act(
        "2025-03-19", OFFICE, RenumberItem, item="6.5", to="6.7",
        reason="Version 2.0 puts homes last, after everything that leads to them.",
    )  # fmt: skip


def _workforce() -> Iterator[Act]:
    """Make two actions of the placeholder 1.5."""
    for ref, text in (
        ("1.6", "Offer every newly qualified social worker a protected first year"),
        ("1.7", "Keep experienced practitioners in practice"),
    ):
        yield act("2024-11-19", OFFICE, AddAction, area="I", ref=ref, text=text)
    new = (
        ("1.6", "1.6/1", "Protected first year agreed", "2025-02"),
        ("1.6", "1.6/2", "First group of newly qualified social workers started", "2025-09"),
        ("1.7", "1.7/1", "Advanced practitioner posts agreed", "2025-04"),
    )
    for action, _, text, _ in new:
        yield act("2024-11-19", OFFICE, ProposeMilestone, action=action, text=text)
    for _, milestone, _, due in new:
        yield act("2024-11-19", OFFICE, SetTargetDate, milestone=milestone, date=due)
    yield act(
        "2024-11-19", DIRECTOR, ResolvePlaceholder, action="1.5", replaced_by=("1.6", "1.7"),
        reason="The board settled what further workforce actions are.",
        authority=board("2024-11-19", "6"),
    )  # fmt: skip
    for _, milestone, _, _ in new:
        yield act(
            "2024-12-17", OFFICE, AgreeMilestone, milestone=milestone,
            authority=board("2024-12-17", "4"),
        )  # fmt: skip


def _after_the_above() -> Iterator[Act]:
    """Make one action of the placeholder 4.5; 5.5 stays undefined to the end."""
    yield act(
        "2025-01-21", OFFICE, AddAction, area="4", ref="4.6",
        text="Check with families that their plans changed something",
    )  # fmt: skip
    new = (("4.6/1", "Way of asking families agreed", "2025-04"),
           ("4.6/2", "First round of families asked", "2025-08"))  # fmt: skip
    for _, text, _ in new:
        yield act("2025-01-21", OFFICE, ProposeMilestone, action="4.6", text=text)
    for milestone, _, due in new:
        yield act("2025-01-21", OFFICE, SetTargetDate, milestone=milestone, date=due)
        yield act(
            "2025-02-18", OFFICE, AgreeMilestone, milestone=milestone,
            authority=board("2025-02-18", "7"),
        )  # fmt: skip
    yield act(
        "2025-01-21", DIRECTOR, ResolvePlaceholder, action="4.5", replaced_by=("4.6",),
        reason="4.1 to 4.4 showed what is missing.", authority=board("2025-01-21", "7"),
    )  # fmt: skip


def _hub() -> Iterator[Act]:
    """Withdraw action 3.3 for 3.6, which is led by partners again."""
    yield act(
        "2025-05-20", OFFICE, AddAction, area="3", ref="3.6",
        text="Bring health and police into one hub at the front door",
    )  # fmt: skip
    new = (("3.6/1", "Agreement of the partners signed", "2025-09"),
           ("3.6/2", "Hub open", None))  # fmt: skip
    for _, text, _ in new:
        yield act("2025-05-20", OFFICE, ProposeMilestone, action="3.6", text=text)
    for milestone, _, due in new:
        if due is not None:
            yield act("2025-05-20", OFFICE, SetTargetDate, milestone=milestone, date=due)
            yield act(
                "2025-06-17", OFFICE, AgreeMilestone, milestone=milestone,
                authority=board("2025-06-17", "5"),
            )  # fmt: skip
    yield act(
        "2025-05-20", DIRECTOR, WithdrawItem, item="3.3", replaced_by=("3.6",),
        reason="One hub does what 3.3 would have done, and what 3.2 leaves open.",
        authority=board("2025-05-20", "6"),
    )  # fmt: skip


def _links() -> Iterator[Act]:
    links = (
        ("2024-03-06", "1.3/4", "1.3/3", "Agency staff can go only as posts are filled."),
        ("2024-03-06", "2.3/2", "2.3/1", "A framework is in use only once it is agreed."),
        ("2024-04-10", "5.3/2", "5.3/1", "The arrangement rests on the agreement."),
        ("2024-10-23", "5.2/3", "5.1/3", "Support is bought under the commissioning plan."),
        (
            "2025-06-18",
            "3.4/3",
            "3.2/3",
            "The redesign cannot be judged without the police's part.",
        ),
    )
    for day, item, target, why in links:
        yield act(
            day, OFFICE, RecordReference, item=item, kind=ReferenceKind.DEPENDS_ON, target=target,
            reason=why,
        )  # fmt: skip
    yield act(
        "2024-05-22", OFFICE, RecordReference, item="6.1", kind=ReferenceKind.REFERENCE,
        target="5.1", reason="The protocol quotes the strategy.",
    )  # fmt: skip


def _queries() -> Iterator[Act]:
    settled = (
        ("2024-02-07", "1.1", "Both milestones get a date of their own."),
        ("2024-02-07", "2.3", "Both are due in May 2024."),
        ("2024-03-27", "4.3", "The Family Help Board set a date for each milestone."),
        ("2024-05-22", "6.4/1", "It recurs every quarter."),
    )
    for day, item, resolution in settled:
        yield act(day, OFFICE, ResolveQuery, query=query_about(item), resolution=resolution)
    yield act(
        "2024-08-07", LEAD, RaiseQuery, called="which police area", item="3.2/2",
        question="Does the form hold for the whole police area or for Northbridge alone?",
        taken="For Northbridge alone.", instead="For the whole police area.",
    )  # fmt: skip
    yield act(
        "2024-10-02", OFFICE, ResolveQuery, query=made("query", "which police area"),
        resolution="For Northbridge alone, until the police say otherwise.",
    )  # fmt: skip
    yield act(
        "2025-11-05", LEAD, RaiseQuery, item="6.7/3",
        question="Is a let counted on the day of the offer or of the tenancy?",
        taken="On the day of the tenancy.", instead="On the day of the offer.",
    )  # fmt: skip
