"""A fictional plan document with everything in it that a draft can hold."""

from datetime import date

from msgspec.structs import replace

from planledger.domain.draft import (
    Draft,
    DraftAction,
    DraftArea,
    DraftMilestone,
    DraftParty,
    DraftQuery,
    DraftReference,
    DraftStatement,
)
from planledger.events.dates import Month
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Ongoing,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)
from planledger.events.values import (
    Confidence,
    Definition,
    PartyKind,
    ReferenceKind,
    StatementKind,
)

ONE_DATE = OneOff(as_printed="March 2025", date=Month(2025, 3))
BOARD_DECIDES = ToBeConfirmed(
    as_printed="January Improvement Board to agree",
    decide_by=Month(2025, 1),
    decider="Improvement Board",
)
QUARTERLY = Recurring(as_printed="quarterly", first=Month(2025, 6), every_months=3, until=None)
ONGOING = Ongoing(as_printed="Ongoing")
NO_DATE = NotStated(as_printed="")


def _statement(
    line: int, key: str, kind: StatementKind, *children: DraftStatement
) -> DraftStatement:
    return DraftStatement(
        line=line, as_printed=f"- {key}", key=key, kind=kind, text=f"Text of {key}",
        children=children,
    )  # fmt: skip


def _milestone(
    line: int, key: str, target_date: TargetDate, shared_with: tuple[str, ...] = ()
) -> DraftMilestone:
    return DraftMilestone(
        line=line, as_printed=f"• {key}", key=key, text=f"Text of {key}",
        definition=Definition.STATED, target_date=target_date, shared_with=shared_with, leads=None,
    )  # fmt: skip


def _action(
    line: int,
    ref: str,
    leads: tuple[str, ...],
    *milestones: DraftMilestone,
    placeholder: bool = False,
) -> DraftAction:
    return DraftAction(
        line=line, as_printed=f"row {ref}", key=ref, ref=ref, text=f"Text of {ref}",
        placeholder=placeholder, milestones=milestones, leads=leads,
    )  # fmt: skip


FULL = Draft(
    title="Northbridge improvement plan",
    stated_on=date(2025, 1, 6),
    sha256="cd" * 32,
    filename="northbridge.txt",
    reader="text/1",
    introduction=("Northbridge improvement plan", "The Board oversees it."),
    areas=(
        DraftArea(
            line=5, as_printed="AREA I: Help", key="area-1", number="I", ordinal=1, title="Help",
            statements=(
                _statement(6, "objective-1", StatementKind.OBJECTIVE),
                _statement(
                    7, "outcome-1", StatementKind.OUTCOME,
                    _statement(8, "nested-1", StatementKind.OUTCOME),
                    _statement(9, "nested-2", StatementKind.OUTCOME),
                ),
                _statement(10, "outcome-2", StatementKind.OUTCOME),
                _statement(11, "measure-1", StatementKind.MEASURE),
            ),
            actions=(
                _action(
                    20, "1.1", ("ada", "board"),
                    _milestone(20, "1.1/1", ONE_DATE, shared_with=("1.1/2",)),
                    replace(
                        _milestone(21, "1.1/2", ONE_DATE, shared_with=("1.1/1",)), leads=("board",)
                    ),
                    _milestone(22, "1.1/3", NO_DATE),
                ),
                replace(
                    _action(
                        23, "1.2", (),
                        replace(
                            _milestone(23, "1.2/1", BOARD_DECIDES), definition=Definition.UNDEFINED
                        ),
                        placeholder=True,
                    ),
                    lead_to_be_confirmed="TBC",
                ),
            ),
        ),
        DraftArea(
            line=30, as_printed="AREA 2: Care", key="area-2", number="2", ordinal=2, title="Care",
            statements=(_statement(31, "outcome-3", StatementKind.OUTCOME),),
            actions=(
                _action(
                    32, "2.1", ("ada",),
                    replace(
                        _milestone(32, "2.1/1", QUARTERLY),
                        definition=Definition.CROSS_REFERENCE,
                    ),
                    _milestone(33, "2.1/2", ONGOING),
                ),
            ),
        ),
    ),
    parties=(
        DraftParty(
            line=20, as_printed="Ada Lark, Board", key="ada", kind=PartyKind.PERSON,
            name="Ada Lark", aliases=("A Lark", "Ada  Lark"),
        ),
        DraftParty(
            line=20, as_printed="Ada Lark, Board", key="board", kind=PartyKind.BODY, name="Board",
            aliases=(),
        ),
    ),
    references=(
        DraftReference(
            line=32, as_printed="(1.1)", item="2.1/1", kind=ReferenceKind.REFERENCE,
            printed_target="1.1", resolved_target="area-1", confidence=Confidence.LIKELY,
        ),
        DraftReference(
            line=32, as_printed="the above", item="2.1", kind=ReferenceKind.DEPENDS_ON,
            printed_target=None, resolved_target=None, confidence=Confidence.UNSURE,
        ),
    ),
    queries=(
        DraftQuery(item="1.1", line=20, question="One date?", taken="Both.", instead="First."),
        DraftQuery(item=None, line=1, question="Which day?", taken="6th.", instead="7th."),
    ),
)  # fmt: skip
"""Two areas, seven statements, three actions, six milestones, two parties, two queries."""
