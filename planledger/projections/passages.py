"""What the things of a plan say: numbers, wordings and names, so that they can be searched."""

from collections.abc import Iterator
from enum import Enum

from planledger.events.values import Personal
from planledger.projections.changes.shapes import Kind
from planledger.projections.view import (
    ActionView,
    AreaView,
    ChallengeView,
    MilestoneView,
    PartyView,
    PlanView,
    QueryView,
    ReviewView,
    StatementView,
)
from planledger.projections.view.base import View


class Said(Enum):
    """What of a thing a text is."""

    REF = "number"
    FORMER_REF = "former number"
    TEXT = "wording"
    INTRODUCTION = "introduction"
    OTHER_NAME = "other name"
    LEAD = "lead"
    FORMULA = "formula"
    READING = "reading"
    ANSWER = "answer"

    @property
    def is_number(self) -> bool:
        """Whether it is a number or a short name, which is looked for as a whole."""
        return self is Said.REF or self is Said.FORMER_REF


class Passage(View, frozen=True, kw_only=True, gc=False):
    """A thing of a plan, with everything it says."""

    kind: Kind
    id: str
    plan: str
    ref: str
    area: str | None = None
    """Ref of the area that it is, stands under, or is about something in."""
    item: str | None = None
    """Ref of the item that it is or is about."""
    review: str | None = None
    """The review that it is or was asked at, "plan/review"."""
    withdrawn: bool = False
    text: str | Personal
    """Its wording, title or name."""
    more: tuple[tuple[Said, str | Personal], ...] = ()
    """What else it says."""

    @property
    def texts(self) -> tuple[tuple[Said, str | Personal], ...]:
        """Everything it says."""
        return ((Said.REF, self.ref), (Said.TEXT, self.text), *self.more)


def passages(plan: PlanView) -> Iterator[Passage]:
    """Give everything of a plan that can be found by its words, in the order of the plan."""
    yield _plan(plan)
    areas: dict[str, str] = {}
    for area in plan.areas:
        for passage in _in_area(plan.ref, area):
            areas.setdefault(passage.ref, area.ref)
            yield passage
    yield from _measures(plan)
    yield from (_party(plan.ref, party) for party in plan.parties)
    for review in plan.reviews:
        yield _review(plan.ref, review)
        for challenge in review.challenges:
            yield _challenge(plan.ref, challenge, areas)
    yield from _evidence(plan, areas)
    yield from (_query(plan.ref, query, areas) for query in plan.queries)


def _plan(plan: PlanView) -> Passage:
    return Passage(
        kind=Kind.PLAN,
        id=plan.id,
        plan=plan.ref,
        ref=plan.ref,
        text=plan.title,
        more=tuple((Said.INTRODUCTION, text) for text in plan.introduction),
    )


def _in_area(plan: str, area: AreaView) -> Iterator[Passage]:
    number = ((Said.REF, area.number),) if area.number != area.ref else ()
    earlier = dict.fromkeys((*area.former_refs, *area.former_numbers))
    formerly = tuple((Said.FORMER_REF, one) for one in earlier if one != area.ref)
    yield _item(Kind.AREA, plan, area, area, area.title, (*number, *formerly))
    for statement in (*area.objectives, *area.outcomes, *area.measures):
        yield from _statements(plan, area, statement)
    for action in area.actions:
        former = tuple((Said.FORMER_REF, ref) for ref in action.former_refs)
        leads = _leads(action.leads)
        yield _item(Kind.ACTION, plan, area, action, action.text, (*former, *leads))
        for milestone in action.milestones:
            # What it has from its action is found there.
            own = () if milestone.leads_inherited else _leads(milestone.leads)
            under = tuple((said, f"{ref}/{milestone.ordinal}") for said, ref in former)
            yield _item(Kind.MILESTONE, plan, area, milestone, milestone.text, (*under, *own))


def _statements(plan: str, area: AreaView, statement: StatementView) -> Iterator[Passage]:
    yield _item(Kind.STATEMENT, plan, area, statement, statement.text)
    for child in statement.children:
        yield from _statements(plan, area, child)


def _item(  # noqa: PLR0913, PLR0917 - all that is said of it
    kind: Kind,
    plan: str,
    area: AreaView,
    item: AreaView | StatementView | ActionView | MilestoneView,
    text: str,
    more: tuple[tuple[Said, str | Personal], ...] = (),
) -> Passage:
    return Passage(
        kind=kind,
        id=item.id,
        plan=plan,
        ref=item.ref,
        area=area.ref,
        item=item.ref,
        withdrawn=item.withdrawn is not None,
        text=text,
        more=more,
    )


def _leads(leads: tuple[PartyView, ...]) -> tuple[tuple[Said, str | Personal], ...]:
    return tuple((Said.LEAD, name) for lead in leads for name in (lead.name, *lead.aliases))


def _measures(plan: PlanView) -> Iterator[Passage]:
    for kpi in plan.kpis:
        now = kpi.definition.name
        former = dict.fromkeys(one.name for one in kpi.definitions if one.name != now)
        names = tuple((Said.OTHER_NAME, name) for name in former)
        yield Passage(
            kind=Kind.KPI,
            id=kpi.id,
            plan=plan.ref,
            ref=kpi.ref,
            text=now,
            more=(*names, (Said.FORMULA, kpi.definition.formula)),
        )


def _party(plan: str, party: PartyView) -> Passage:
    return Passage(
        kind=Kind.PARTY,
        id=party.id,
        plan=plan,
        ref=party.party,
        text=party.name,
        more=tuple((Said.OTHER_NAME, alias) for alias in party.aliases),
    )


def _review(plan: str, review: ReviewView) -> Passage:
    return Passage(
        kind=Kind.REVIEW,
        id=review.id,
        plan=plan,
        ref=review.ref.rpartition("/")[2],
        review=review.ref,
        text=f"{review.forum.name}, {review.label}",
    )


def _challenge(plan: str, challenge: ChallengeView, areas: dict[str, str]) -> Passage:
    answer = challenge.answer
    return Passage(
        kind=Kind.CHALLENGE,
        id=challenge.id,
        plan=plan,
        ref=challenge.challenge,
        area=areas.get(challenge.item or ""),
        item=challenge.item,
        review=challenge.review,
        text=challenge.text,
        more=((Said.ANSWER, answer),) if answer is not None else (),
    )


def _evidence(plan: PlanView, areas: dict[str, str]) -> Iterator[Passage]:
    for evidence in plan.evidence:
        item = evidence.items[0] if evidence.items else None
        yield Passage(
            kind=Kind.EVIDENCE,
            id=evidence.id,
            plan=plan.ref,
            ref=evidence.evidence,
            area=areas.get(item or ""),
            item=item,
            withdrawn=evidence.withdrawn_on is not None,
            text=evidence.title,
        )


def _query(plan: str, query: QueryView, areas: dict[str, str]) -> Passage:
    resolution = ((Said.ANSWER, query.resolution),) if query.resolution is not None else ()
    return Passage(
        kind=Kind.QUERY,
        id=query.id,
        plan=plan,
        ref=query.query,
        area=areas.get(query.item or ""),
        item=query.item,
        text=query.question,
        more=((Said.READING, query.taken), (Said.READING, query.instead), *resolution),
    )
