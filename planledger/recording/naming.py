"""What people call things of a plan, found: parties, KPIs, forums, reviews, evidence.

Items go by their refs, which the ledger itself resolves on the effective day. Names are found
whatever their case; where two things share one, the id must be given.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from planledger.answers import reveal
from planledger.domain.plan import Plan
from planledger.recording.act import Kind

_LISTED = 5
_SHOWN = 80

_Names = Callable[[Plan], Iterator[tuple[str, str]]]


def find(kind: Kind, plan: Plan, text: str) -> str:
    """Give the id of what is called so. Raises ValueError, saying what is near or meant."""
    what, names_of = _NAMED[kind]
    found = called(kind, plan, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValueError(_nothing(what, text, (said for said, _ in names_of(plan))))
    raise ValueError(
        f"There is more than one {what} called “{text[:_SHOWN]}”. Give the id instead: "
        f"{' or '.join(sorted(found)[:_LISTED])}."
    )


def called(kind: Kind, plan: Plan, text: str) -> Sequence[str]:
    """Give the ids of all that is called so; an id names itself alone."""
    names = list(_NAMED[kind][1](plan))
    if any(text == name for _, name in names):
        return [text]
    wanted = text.casefold()
    return list({name: None for said, name in names if said.casefold() == wanted})


def name_of(kind: Kind, plan: Plan, name: str) -> str:
    """Give what people call a thing of this kind and id; what has no other name is its own."""
    found = _NAMED.get(Kind.FORUM if kind is Kind.BODY else kind)
    names = found[1](plan) if found else iter(())
    said = [known for known, id_ in names if id_ == name and known != name]
    return said[0] if said else name


def _nothing(what: str, text: str, names: Iterable[str]) -> str:
    by_folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(text[:_SHOWN].casefold(), by_folded, cutoff=0.5)
    if near:
        hint = f"The nearest: {'; '.join(by_folded[name][:_SHOWN] for name in near)}."
    elif by_folded:
        listed = "; ".join(name[:_SHOWN] for name in list(by_folded.values())[:_LISTED])
        hint = f"There is: {listed}{' …' if len(by_folded) > _LISTED else ''}."
    else:
        hint = "The plan has none yet; it must be added first."
    return f"This plan has no {what} “{text[:_SHOWN]}”. {hint}"


def _parties(plan: Plan) -> Iterator[tuple[str, str]]:
    for party in sorted(plan.parties.values(), key=lambda party: party.registered_at):
        for name in (party.name, *party.aliases):
            yield reveal(name), party.id


def _kpis(plan: Plan) -> Iterator[tuple[str, str]]:
    for kpi in sorted(plan.kpis.values(), key=lambda kpi: kpi.id):
        yield kpi.id, kpi.id
        for definition in reversed(kpi.definitions):
            yield definition.name, kpi.id


def _forums(plan: Plan) -> Iterator[tuple[str, str]]:
    for forum in sorted(plan.forums.values(), key=lambda forum: forum.id):
        yield forum.id, forum.id
        yield forum.name, forum.id


def _reviews(plan: Plan) -> Iterator[tuple[str, str]]:
    for review in sorted(plan.reviews.values(), key=lambda one: (one.as_at, one.id), reverse=True):
        yield review.id, review.id
        yield f"{plan.ref}/{review.id}", review.id


def _rating_keys(plan: Plan) -> Iterator[tuple[str, str]]:
    for versions in sorted(plan.rating_keys.values(), key=lambda versions: versions[-1].id):
        yield versions[-1].id, versions[-1].id
        yield versions[-1].name, versions[-1].id


def _evidence(plan: Plan) -> Iterator[tuple[str, str]]:
    for found in sorted(plan.evidence.values(), key=lambda found: (found.on, found.id)):
        yield reveal(found.title), found.id


def _challenges(plan: Plan) -> Iterator[tuple[str, str]]:
    for found in sorted(plan.challenges.values(), key=lambda found: (found.raised_on, found.id)):
        yield found.id, found.id


def _queries(plan: Plan) -> Iterator[tuple[str, str]]:
    for found in sorted(plan.queries.values(), key=lambda found: (found.raised_on, found.id)):
        yield found.id, found.id


_NAMED: Mapping[Kind, tuple[str, _Names]] = {
    Kind.PARTY: ("party", _parties),
    Kind.PARTIES: ("party", _parties),
    Kind.KPI: ("KPI", _kpis),
    Kind.FORUM: ("forum", _forums),
    Kind.REVIEW: ("review", _reviews),
    Kind.RATING_KEY: ("rating key", _rating_keys),
    Kind.EVIDENCE: ("piece of evidence", _evidence),
    Kind.CHALLENGE: ("challenge", _challenges),
    Kind.QUERY: ("query", _queries),
}
"""Of each kind: what one is called, and every name with the id of what it names."""
