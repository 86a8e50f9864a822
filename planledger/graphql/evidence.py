"""Evidence, and the mutations that register and withdraw it."""

from datetime import date
from typing import Annotated, Any

import strawberry

from planledger.domain.commands import RegisterEvidence, WithdrawEvidence
from planledger.events.values import EvidenceKind, Personal
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.node import Node
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated
from planledger.graphql.scalars import EdtfDate
from planledger.projections.view import PlanView


@strawberry.type(
    description="A link to what shows that something was done. What it shows stays where the "
    "council keeps it; there is never child-level data here."
)
class Evidence(Node):
    evidence: str = strawberry.field(
        name="ref", description="Its id within the plan; what commands accept."
    )
    title: Personal = described("What it is called.")
    kind: EvidenceKind = described("What it is.")
    dated: EdtfDate | None = described("The date it bears, if any.")
    uri: str = described("Where it is kept.")
    sha256: str | None = described("SHA-256 of its bytes, 64 hexadecimal digits, if taken.")
    items: list[str] = described("Refs of the items it is evidence for.", about=2)
    on: date = described("The civil day from which it counts.")
    withdrawn_on: date | None = described("The civil day from which it no longer counts.")


@strawberry.type(description="A change to a piece of evidence was recorded, or was so already.")
class EvidenceRecorded(Recorded):
    evidence: Evidence | None = described("The evidence afterwards.")


EvidenceResult = Annotated[
    EvidenceRecorded | Refused | Conflict,
    strawberry.union("EvidenceResult", description="What came of a command about evidence."),
]


@strawberry.input(description="Register a link to what shows that something was done.")
class EvidenceRegisterInput(CommandInput):
    title: Personal = described("What it is called. Never child-level data.")
    kind: EvidenceKind = described("What it is.")
    uri: str = described(
        "Where it is kept: a whole address, such as https://…, or a number under its scheme, urn:…."
    )
    items: list[str] = described("Refs or ids of the items it is evidence for; at least one.")
    dated: EdtfDate | None = strawberry.field(
        default=None, description="The date it bears, if any."
    )
    sha256: str | None = strawberry.field(
        default=None, description="SHA-256 of its bytes, 64 hexadecimal digits."
    )

    def command(self) -> RegisterEvidence:
        """Give what it asks."""
        return RegisterEvidence(
            **stated(self),
            title=self.title,
            kind=self.kind,
            uri=self.uri,
            items=tuple(self.items),
            dated=self.dated,
            sha256=self.sha256,
        )


@strawberry.input(
    description="Say that a piece of evidence no longer counts. Needs a reason; sign-offs that "
    "rest on it stand."
)
class EvidenceWithdrawInput(CommandInput):
    evidence: str = described("The evidence's id within the plan.")

    def command(self) -> WithdrawEvidence:
        """Give what it asks."""
        return WithdrawEvidence(**stated(self), evidence=self.evidence)


def evidence_register(info: Info, input: EvidenceRegisterInput) -> EvidenceResult:
    """Register evidence."""

    def same(plan: PlanView) -> Any:  # noqa: ANN401 - as Which
        wanted = (input.title, input.kind, input.dated, input.uri)
        return next(
            (
                one
                for one in plan.evidence
                if (one.title, one.kind, one.dated, one.uri) == wanted and one.withdrawn_on is None
            ),
            None,
        )

    return record(info, input, EvidenceRecorded, "evidence", same)


def evidence_withdraw(info: Info, input: EvidenceWithdrawInput) -> EvidenceResult:
    """Withdraw evidence."""
    return record(info, input, EvidenceRecorded, "evidence", input.evidence)
