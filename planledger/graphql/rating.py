"""Rating keys, the ratings given under them, and the mutations that adopt and give them."""

from datetime import date
from typing import Annotated, Any

import strawberry

from planledger.domain.commands import AdoptRatingKey, GiveRating
from planledger.events.values import Personal, Rating
from planledger.events.values import RatingMeaning as RatingMeaningValue
from planledger.graphql.about import find
from planledger.graphql.common import RatingMeaning, described
from planledger.graphql.context import Info
from planledger.graphql.node import Node
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated
from planledger.graphql.scalars import Position, ReviewRef
from planledger.projections.view import PlanView


@strawberry.type(description="One version of what ratings mean, adopted for the plan.")
class RatingKey(Node):
    ref: str = described("The key's short name in the plan; its versions share it.")
    version: int = described("1 for the first, then 2, 3 …")
    name: str = described("What the key is called.")
    meanings: list[RatingMeaning] = described("What each rating of the key means.", about=5)
    effective_on: date = described("The civil day from which it holds.")


@strawberry.type(
    description="What a review judged of an item. A council's judgement, never calculated."
)
class GivenRating(Node):
    position: Position = described("Position of its entry.")
    item: str = described("Ref of the item.")
    review: ReviewRef = described("The review that gave it.")
    key: str = described("Short name of the key it was given under.")
    key_version: int = described("The key's version then; a later one does not change it.")
    rating: Rating = described("The judgement.")
    meaning: str | None = described("What the key says the rating means.")
    rationale: Personal | None = described("Why, in words.")
    on: date = described("The civil day it was given.")


@strawberry.type(description="A rating key was adopted, or was in force already.")
class RatingKeyRecorded(Recorded):
    rating_key: RatingKey | None = described("The key's version afterwards.")


@strawberry.type(description="A rating was given, or had been already.")
class RatingRecorded(Recorded):
    rating: GivenRating | None = described("The rating afterwards.")


RatingKeyResult = Annotated[
    RatingKeyRecorded | Refused | Conflict,
    strawberry.union("RatingKeyResult", description="What came of a command about a rating key."),
]
RatingResult = Annotated[
    RatingRecorded | Refused | Conflict,
    strawberry.union("RatingResult", description="What came of a command about a rating."),
]


@strawberry.input(description="What one rating means under a key.")
class RatingMeaningInput:
    rating: Rating = described("The rating.")
    meaning: str = described("What it means, in words.")


@strawberry.input(
    description="Lay down what ratings mean. Laying it down anew makes the key's next version and "
    "needs a reason; ratings given before keep theirs."
)
class RatingKeyAdoptInput(CommandInput):
    key: str = described("A short name for the key: lower-case letters, digits and hyphens.")
    name: str = described("What the key is called.")
    meanings: list[RatingMeaningInput] = described("What each rating means, each rating once.")

    def command(self) -> AdoptRatingKey:
        """Give what it asks."""
        return AdoptRatingKey(
            **stated(self),
            key=self.key,
            name=self.name,
            meanings=tuple(
                RatingMeaningValue(rating=one.rating, meaning=one.meaning) for one in self.meanings
            ),
        )


@strawberry.input(
    description="Judge an item at an open review, under the key as it stands. Amber and red need "
    "a rationale."
)
class RatingGiveInput(CommandInput):
    review: str = described("The review's short name in the plan; it must be open.")
    item: str = described("The item's ref or id.")
    key: str = described("The key's short name in the plan.")
    rating: Rating = described("The judgement; the key must say what it means.")
    rationale: Personal | None = strawberry.field(default=None, description="Why, in words.")

    def command(self) -> GiveRating:
        """Give what it asks."""
        return GiveRating(
            **stated(self),
            review=self.review,
            item=self.item,
            key=self.key,
            rating=self.rating,
            rationale=self.rationale,
        )


def rating_key_adopt(info: Info, input: RatingKeyAdoptInput) -> RatingKeyResult:
    """Adopt a rating key."""

    def adopted(plan: PlanView) -> Any:  # noqa: ANN401 - as Which
        versions = [key for key in plan.rating_keys if key.ref == input.key]
        return versions[-1] if versions else None

    return record(info, input, RatingKeyRecorded, "rating_key", adopted)


def rating_give(info: Info, input: RatingGiveInput) -> RatingResult:
    """Give a rating."""
    review = f"{input.plan}/{input.review}"

    def given(plan: PlanView) -> Any:  # noqa: ANN401 - as Which
        item = find(plan, "item", input.item)
        return next((r for r in getattr(item, "ratings", ()) if r.review == review), None)

    return record(info, input, RatingRecorded, "rating", given)
