"""What the parts of a plan's view look up in each other: parties, evidence, ratings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from planledger.domain.governance import Evidence, GivenRating
from planledger.domain.plan import Party, Plan, Withdrawal
from planledger.projections.view.building.ids import global_id, parts, ref_of
from planledger.projections.view.evidence import EvidenceView
from planledger.projections.view.item import WithdrawalView
from planledger.projections.view.party import PartyView
from planledger.projections.view.rating import RatingView


class Shared:
    """One plan on one day, with what is shown in several places made once."""

    def __init__(self, plan: Plan, on: date, mark: str) -> None:
        """Look things up in `plan`; `mark` is added to every id."""
        self.plan = plan
        self.on = on
        self._mark = mark
        self._refs: dict[str, str | None] = {}
        self.parties = {party.id: self._party(party) for party in plan.parties.values()}
        self.evidence = {
            one.id: self._evidence(one)
            for one in sorted(plan.evidence.values(), key=lambda one: (one.on, one.id))
        }
        self._evidence_for: dict[str, list[EvidenceView]] = defaultdict(list)
        for name, shown in self.evidence.items():
            for item in plan.evidence[name].items:
                self._evidence_for[item].append(shown)
        self._ratings: dict[str, list[RatingView]] = defaultdict(list)
        self._judged: dict[str, list[RatingView]] = defaultdict(list)
        for given in sorted(plan.ratings.values(), key=self._judged_when):
            rating = self._rating(given)
            self._ratings[given.item].append(rating)
            self._judged[given.review].append(rating)

    def id(self, kind: str, of: str) -> str:
        """Make the global id of a thing."""
        return global_id(kind, self.plan.ref, of, self._mark)

    def ref(self, item: str | None) -> str | None:
        """Give the ref of an item, if it is in the plan."""
        if item is None:
            return None
        if item not in self._refs:
            self._refs[item] = ref_of(self.plan, item)
        return self._refs[item]

    def refs(self, items: Iterable[str]) -> tuple[str, ...]:
        """Give the refs of those items that are in the plan."""
        return tuple(ref for item in items if (ref := self.ref(item)) is not None)

    def review_ref(self, review: str) -> str:
        """Name a review as people do: "plan/review"."""
        return f"{self.plan.ref}/{review}"

    def leads(self, leads: Iterable[str]) -> tuple[PartyView, ...]:
        """Show parties that lead, as far as they are known."""
        return tuple(self.parties[lead] for lead in leads if lead in self.parties)

    def pieces(self, evidence: Iterable[str]) -> tuple[EvidenceView, ...]:
        """Show pieces of evidence, as far as they are known."""
        return tuple(self.evidence[name] for name in evidence if name in self.evidence)

    def evidence_for(self, item: str) -> tuple[EvidenceView, ...]:
        """Show what was registered for an item."""
        return tuple(self._evidence_for.get(item, ()))

    def ratings_of(self, item: str) -> tuple[RatingView, ...]:
        """Show what reviews judged of an item, by cut-off."""
        return tuple(self._ratings.get(item, ()))

    def judged_at(self, review: str) -> tuple[RatingView, ...]:
        """Show what a review judged, in the order of the items' refs."""
        ratings = self._judged.get(review, ())
        return tuple(sorted(ratings, key=lambda rating: (parts(rating.item), rating.position)))

    def withdrawal(self, withdrawn: Withdrawal | None) -> WithdrawalView | None:
        """Show a withdrawal, if there is one."""
        if withdrawn is None:
            return None
        return WithdrawalView(on=withdrawn.on, replaced_by=self.refs(withdrawn.replaced_by))

    def _judged_when(self, given: GivenRating) -> tuple[date, int]:
        review = self.plan.reviews.get(given.review)
        return (review.as_at if review else given.on, given.at)

    def _party(self, party: Party) -> PartyView:
        return PartyView(
            id=self.id("Party", party.id),
            party=party.id,
            kind=party.kind,
            name=party.name,
            aliases=party.aliases,
        )

    def _evidence(self, evidence: Evidence) -> EvidenceView:
        return EvidenceView(
            id=self.id("Evidence", evidence.id),
            evidence=evidence.id,
            title=evidence.title,
            kind=evidence.kind,
            dated=evidence.dated,
            uri=evidence.uri,
            sha256=evidence.sha256,
            items=self.refs(evidence.items),
            on=evidence.on,
            withdrawn_on=evidence.withdrawn_on,
        )

    def _rating(self, given: GivenRating) -> RatingView:
        meanings = (
            meaning.meaning
            for key in self.plan.rating_keys.get(given.key, ())
            if key.version == given.key_version
            for meaning in key.meanings
            if meaning.rating is given.rating
        )
        return RatingView(
            id=self.id("GivenRating", f"{given.item}/{given.review}"),
            position=given.at,
            item=self.ref(given.item) or given.item,
            review=self.review_ref(given.review),
            key=given.key,
            key_version=given.key_version,
            rating=given.rating,
            meaning=next(meanings, None),
            rationale=given.rationale,
            on=given.on,
        )
