"""Any command about any plan: its fields are filled with what the plan has, often enough to fit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st
from msgspec.structs import replace

from planledger.domain.commands import (
    Command,
    CorrectEntry,
    DraftPlan,
    ImportPlan,
    PlanCommand,
    VoidEntry,
)
from planledger.domain.plan import Plan
from planledger.domain.rules.correction import KEPT
from planledger.events.dates import Day, Month
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.values import Personal, Rating, RatingMeaning, SignOffLevel
from planledger.events.world import WorldEvent
from tests.support.domain_cases import BOARD, PLAN, REASON, Past
from tests.support.event_strategies import Leaves, strategy_for

Draw = Callable[[st.SearchStrategy[Any]], Any]

DAYS = st.sampled_from(
    [date(2025, 1, 6), date(2025, 1, 20), date(2025, 2, 10), date(2025, 3, 31), date(2025, 5, 1)]
)
"""The day `BEGUN` began, and a few after it."""
COMMANDS = sorted(
    set(get_args(PlanCommand)) - {DraftPlan, ImportPlan, CorrectEntry, VoidEntry},
    key=lambda command: command.__name__,
)
"""All that may happen to a plan; what is asked of the record itself comes on top."""
_LEAVES: Leaves = {
    str: st.sampled_from(["1.1", "1.8", "2", "9", "Some words", "Other words", "scrutiny", "q1"]),
    date: DAYS,
    int: st.integers(1, 6),
    Personal: st.sampled_from([REASON, Personal(words="Other words.")]),
    Month: st.sampled_from([Month(2025, 1), Month(2025, 4)]),
    Day: st.sampled_from([Day(2025, 1, 31), Day(2025, 2, 28)]),
}
_MEANINGS = st.sampled_from(
    [
        tuple(RatingMeaning(rating=rating, meaning="So and so.") for rating in ratings)
        for ratings in ([Rating.GREEN], [Rating.GREEN, Rating.RED], list(Rating))
    ]
)


def any_command(
    draw: Draw, past: Past, kinds: Sequence[type[Command]] = tuple(COMMANDS)
) -> PlanCommand:
    """Draw a command of one of these kinds; one in three puts the record right instead."""
    how = draw(st.sampled_from(["happens", "happens", "happens", "happens", "void", "correct"]))
    if how == "happens":
        return _happening(draw, past.known(), kinds)
    entry = draw(st.sampled_from(past.entries[::-1]))
    event = entry.event.event if isinstance(entry.event, EntryCorrected) else entry.event
    if how == "void" or isinstance(event, EntryVoided):
        return VoidEntry(plan=PLAN, entry=entry.position, reason=REASON)
    return CorrectEntry(
        plan=PLAN,
        entry=entry.position,
        event=_otherwise(draw, event, past.known()),
        effective_on=draw(st.none() | DAYS),
        reason=REASON,
        authority=BOARD,
    )


def _happening(draw: Draw, plan: Plan, kinds: Sequence[type[Command]]) -> PlanCommand:
    kind: Any = draw(st.sampled_from(kinds))
    pools = _pools(plan)
    hints = get_type_hints(kind, include_extras=True)
    stated = {field: draw(_fitting(field, hints[field], pools)) for field in kind.__struct_fields__}
    made: PlanCommand = kind(**stated)
    return made


def _otherwise(draw: Draw, event: WorldEvent, plan: Plan) -> WorldEvent:
    """Draw what an entry might have said instead, in one field."""
    pools = _pools(plan)
    fields = [field for field in event.__struct_fields__ if field not in KEPT[type(event)]]
    if not fields:
        return event
    field = draw(st.sampled_from(fields))
    hints = get_type_hints(type(event), include_extras=True)
    stated = draw(_fitting(field, hints[field], pools))
    return replace(event, **{field: stated})


def _fitting(
    field: str, hint: object, pools: Mapping[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[Any]:
    of_its_own = field not in pools or "Decimal" in str(hint)  # a KPI's target is a figure
    return strategy_for(hint, _LEAVES) if of_its_own else pools[field]


def _pools(plan: Plan) -> Mapping[str, st.SearchStrategy[Any]]:
    """Give what may stand in a field of a name: what the plan has, and something it has not."""
    actions, parties = _names(plan.actions), _names(plan.parties)
    items = _names([*plan.areas, *plan.statements, *plan.actions, *plan.milestones])
    evidence = _some(_names(plan.evidence))
    return {
        "plan": st.just(PLAN),
        "effective_on": DAYS,
        "reason": st.just(REASON),
        "authority": st.just(BOARD),
        "area": _names(plan.areas),
        "action": actions,
        "milestone": st.sampled_from(["review", "review", *sorted(plan.milestones), "unheard-of"]),
        "item": items,
        "target": items,
        "resolved_target": st.none() | items,
        "printed_target": st.none() | items,
        "items": st.lists(items, min_size=1, max_size=2).map(tuple),
        "replaced_by": _some(actions),
        "shared_with": _some(_names(plan.milestones)),
        "party": parties,
        "reporter": st.none() | parties,
        "signer": st.none() | parties,
        "from_parties": _some(parties),
        "to_parties": _some(parties),
        "statements": _some(_names(plan.statements)),
        "evidence": evidence,
        "kpi": st.just("visits"),
        "forum": st.sampled_from(["scrutiny", "board"]),
        "review": st.sampled_from(["q1", "q2"]),
        "key": st.just("bgar"),
        "meanings": _MEANINGS,
        "challenge": _names(plan.challenges),
        "query": _names(plan.queries),
        "version": st.sampled_from(["v1", "v2"]),
        "baseline": st.sampled_from(["start", "again"]),
        "inspection": st.sampled_from(["ofsted", "visit"]),
        "uri": st.just("https://northbridge.example/minutes"),
        "sha256": st.none(),
        "working_days": st.sampled_from([20, 70]),
        "occurrence": st.sampled_from([None, None, Month(2025, 1), Month(2025, 4)]),
        "achieved_on": st.just(Month(2025, 1)),
        "level": st.sampled_from(SignOffLevel),
        "as_printed": st.sampled_from([None, "As printed"]),
    }


def _names(known: Any) -> st.SearchStrategy[str]:  # noqa: ANN401 - names in any collection
    return st.sampled_from([*sorted(known), "unheard-of"])


def _some(names: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(names, max_size=2).map(tuple)
