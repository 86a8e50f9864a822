"""What lies under an item, or is about it: whose history belongs to the item's in full."""

from collections.abc import Iterator

from planledger.events.base import Event
from planledger.events.evidence import EvidenceRegistered
from planledger.events.milestone import MilestoneProposed
from planledger.events.query import QueryRaised
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.review import ChallengeRaised, RatingGiven
from planledger.events.structure import ActionAdded, StatementAdded
from planledger.projections.changes.shapes import Kind, Thing


def lies_under(event: Event) -> Iterator[tuple[str, Thing]]:
    """Give the items that an event puts a thing under, or about, with that thing."""
    match event:
        case StatementAdded():
            yield event.area, (Kind.STATEMENT, event.statement)
        case ActionAdded():
            yield event.area, (Kind.ACTION, event.action)
        case MilestoneProposed():
            yield event.action, (Kind.MILESTONE, event.milestone)
        case RatingGiven():
            yield event.item, (Kind.RATING, (event.item, event.review))
        case ChallengeRaised(item=str(item)):
            yield item, (Kind.CHALLENGE, event.challenge)
        case QueryRaised(item=str(item)):
            yield item, (Kind.QUERY, event.query)
        case CrossReferenceRecorded():
            yield event.item, (Kind.REFERENCE, event.reference)
        case EvidenceRegistered():
            for item in event.items:
                yield item, (Kind.EVIDENCE, event.evidence)
        case _:
            pass
