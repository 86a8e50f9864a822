"""How milestones are delivered: claims that they are reached, and what came of each."""

from datetime import date

import strawberry

from planledger.events.values import Personal, ReopenTrigger, SignOffLevel
from planledger.graphql.common import described
from planledger.graphql.evidence import Evidence
from planledger.graphql.party import Party
from planledger.graphql.scalars import EdtfDate, Position


@strawberry.type(description="That somebody accepted a claim, and on what.")
class SignOff:
    position: Position = described("Position of the entry.")
    level: SignOffLevel = described("What it vouches for.")
    on: date = described("The civil day it was signed off.")
    signer: Party | None = described(
        "The party that signed, where one was named; null where none was: the entry at "
        "`position` says who recorded it."
    )
    evidence: list[Evidence] = described(
        "What it rests on; also what was withdrawn since.", about=2
    )
    waiver: Personal | None = described("Why it was accepted without evidence, if it was.")


@strawberry.type(description="That a claim was not accepted.")
class SignOffRefusal:
    position: Position = described("Position of the entry.")
    on: date = described("The civil day it was refused.")
    missing: Personal = described("What is missing.")


@strawberry.type(description="That what was signed off turned out not to be complete.")
class Reopening:
    position: Position = described("Position of the entry.")
    on: date = described("The civil day it was reopened.")
    trigger: ReopenTrigger = described("What showed it.")


@strawberry.type(
    description="One claim that a milestone is reached, and everything that came of it."
)
class Completion:
    position: Position = described("Position of the claim's entry.")
    reported_on: date = described("The civil day it was claimed.")
    occurrence: EdtfDate | None = described(
        "Which time of a recurring milestone; null for one that is due once."
    )
    achieved_on: EdtfDate = described("When it was reached, as the claim has it.")
    reporter: Party | None = described(
        "The party that claims it, where one was named; null where none was: the entry at "
        "`position` says who recorded it."
    )
    summary: Personal | None = described("What was reached, in words.")
    evidence: list[Evidence] = described(
        "What the claim rests on; also what was withdrawn since.", about=2
    )
    sign_offs: list[SignOff] = described("Who accepted it, the first one first.", about=1)
    refused: SignOffRefusal | None = described("Set where it was not accepted.")
    reopened: Reopening | None = described("Set where it was accepted and taken back.")
    stands: bool = described("It was neither refused nor taken back.")
