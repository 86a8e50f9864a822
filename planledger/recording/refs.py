"""What of a plan can be named in a change: the refs and names that people look up for it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from planledger.answers import reveal
from planledger.domain.finding import item_ref
from planledger.domain.plan import Plan
from planledger.projections.timing import day_label, label
from planledger.projections.view import parts
from planledger.recording.act import Kind

LONGEST = 200
"""How much of a text a cell holds; a name that is longer is not what people write."""
_ITEM = (Kind.ITEM, Kind.ITEMS)


class Ref(Struct, frozen=True, kw_only=True):
    """Something that can be named."""

    what: str
    """"Milestone", "Party" …"""
    kinds: tuple[Kind, ...]
    """The kinds of field that it can be named in."""
    write: str
    """What is written to name it."""
    is_about: str = ""
    now: str = ""
    """How it stands: its target date, or that it is open."""


def refs(plan: Plan) -> Iterator[Ref]:
    """Give what can be named, kind by kind; what is withdrawn or settled is left out."""
    yield from _items(plan)
    yield from _parties(plan)
    for kpi in sorted(plan.kpis.values(), key=lambda kpi: kpi.id):
        newest = kpi.definitions[-1]
        yield Ref(
            what="KPI", kinds=(Kind.KPI,), write=kpi.id, is_about=newest.name, now=newest.unit
        )
    for forum in sorted(plan.forums.values(), key=lambda forum: forum.id):
        yield Ref(what="Forum", kinds=(Kind.FORUM, Kind.BODY), write=forum.id, is_about=forum.name)
    yield from _of_reviews(plan)
    for evidence in sorted(plan.evidence.values(), key=lambda one: (one.on, one.id)):
        if evidence.withdrawn_on is None:
            title = reveal(evidence.title)
            yield Ref(what="Evidence", kinds=(Kind.EVIDENCE,), write=evidence.id, is_about=title)
    for query in sorted(plan.queries.values(), key=lambda one: (one.raised_on, one.id)):
        if query.resolved_on is None:
            question = reveal(query.question)
            yield Ref(what="Query", kinds=(Kind.QUERY,), write=query.id, is_about=question)


def _items(plan: Plan) -> Iterator[Ref]:
    areas = [one for one in plan.areas.values() if one.withdrawn is None]
    actions = [one for one in plan.actions.values() if one.withdrawn is None]
    milestones = [one for one in plan.milestones.values() if one.withdrawn is None]
    yield from _in_order(
        Ref(what="Area", kinds=_ITEM, write=item_ref(plan, one), is_about=one.title)
        for one in areas
    )
    yield from _in_order(
        Ref(what="Action", kinds=_ITEM, write=one.ref, is_about=one.text) for one in actions
    )
    yield from _in_order(
        Ref(
            what="Milestone",
            kinds=(Kind.MILESTONE, *_ITEM),
            write=item_ref(plan, one),
            is_about=one.text,
            now=label(one.target_date),
        )
        for one in milestones
    )


def _parties(plan: Plan) -> Iterator[Ref]:
    """Give parties by name; by id where the name would not do, or is another's too."""
    every = [(reveal(party.name), party) for party in plan.parties.values()]
    bearers = Counter(
        name
        for _, party in every
        for name in {reveal(one).casefold() for one in (party.name, *party.aliases)}
    )
    for name, party in sorted(every, key=lambda one: (one[0].casefold(), one[1].id)):
        does = bearers[name.casefold()] == 1 and len(name) <= LONGEST and ";" not in name
        yield Ref(
            what="Party",
            kinds=(Kind.PARTY, Kind.PARTIES),
            write=name if does else party.id,
            is_about="" if does else name,
        )


def _in_order(found: Iterable[Ref]) -> list[Ref]:
    return sorted(found, key=lambda ref: (parts(ref.write), ref.is_about))


def _of_reviews(plan: Plan) -> Iterator[Ref]:
    for review in sorted(plan.reviews.values(), key=lambda one: (one.as_at, one.id), reverse=True):
        as_at = f"as at {day_label(review.as_at)}"
        now = f"{'open' if review.closed_on is None else 'closed'}, {as_at}"
        yield Ref(
            what="Review", kinds=(Kind.REVIEW,), write=review.id, is_about=review.label, now=now
        )
    for versions in sorted(plan.rating_keys.values(), key=lambda versions: versions[-1].id):
        key = versions[-1]
        yield Ref(what="Rating key", kinds=(Kind.RATING_KEY,), write=key.id, is_about=key.name)
    for one in sorted(plan.challenges.values(), key=lambda one: (one.raised_on, one.id)):
        if one.answered_on is None:
            text = reveal(one.text)
            due = f"answer due {day_label(one.response_due)}" if one.response_due else ""
            yield Ref(
                what="Challenge", kinds=(Kind.CHALLENGE,), write=one.id, is_about=text, now=due
            )
