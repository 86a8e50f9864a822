"""Rules for cross-references, and for dependencies, which must never go round in a circle."""

from collections import deque

from planledger.domain import finding
from planledger.domain.case import Case, item_of
from planledger.domain.commands import RecordReference
from planledger.domain.plan import Item, Plan, find_item
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.values import Confidence, ReferenceKind

_Edge = tuple[str, str]
"""An item, and what it depends on."""


def record_reference(command: RecordReference, case: Case) -> tuple[Event, ...] | Refusal:
    """Say that an item mentions another or depends on it, as a person who knows says it.

    On a day before it was recorded that is the same reference, known to the plan from then on.
    """
    item = item_of(case, command.item)
    if isinstance(item, Refusal):
        return item
    target = item_of(case, command.target, "target")
    if isinstance(target, Refusal):
        return target
    if item.id == target.id:
        return to_itself(command.item)
    same = [
        known.id
        for known in case.known.references.values()
        if (known.item, known.kind, known.resolved_target) == (item.id, command.kind, target.id)
    ]
    if any(reference in case.plan.references for reference in same):
        return ()
    if command.kind is ReferenceKind.DEPENDS_ON:
        way = way_back(case.known, item.id, target.id)
        if way:
            return goes_round(case.known, way)
    return (
        CrossReferenceRecorded(
            reference=min(same, default=case.new_id("reference")),
            item=item.id,
            kind=command.kind,
            as_printed=finding.item_ref(case.plan, target),
            printed_target=None,
            resolved_target=target.id,
            confidence=Confidence.CERTAIN,
        ),
    )


def to_itself(name: str) -> Refusal:
    """Say that an item would point at itself."""
    return Refusal(
        code=Code.REFERS_TO_ITSELF,
        message=f"{name} cannot point at itself. Name another item.",
        path="target",
    )


def way_back(plan: Plan, item: str, target: str) -> tuple[_Edge, ...]:
    """Give a shortest chain of dependencies from the new one back to its item; empty if none.

    What an action or area depends on, all in it depends on; and who depends on it, depends on
    all in it. So a chain goes on from whatever contains its end or is contained in it.
    """
    edges = [
        (known.item, known.resolved_target)
        for known in plan.references.values()
        if known.kind is ReferenceKind.DEPENDS_ON and known.resolved_target is not None
    ]
    edges.sort()  # maps have an order of their own on every machine
    above = {name: _with_those_above(plan, name) for edge in edges for name in edge}
    above |= {name: _with_those_above(plan, name) for name in (item, target)}
    chains: deque[tuple[_Edge, ...]] = deque([((item, target),)])
    while chains:
        chain = chains.popleft()
        end = chain[-1][1]
        if item in above[end] or end in above[item]:
            return chain
        going_on = [edge for edge in edges if edge[0] in above[end] or end in above[edge[0]]]
        chains.extend((*chain, edge) for edge in going_on)
        edges = [edge for edge in edges if edge not in going_on]
    return ()


def _with_those_above(plan: Plan, name: str) -> frozenset[str]:
    names = []
    above: Item | None = find_item(plan, name)
    while above is not None:
        names.append(above.id)
        above = finding.parent_of(plan, above)
    return frozenset(names)


def goes_round(plan: Plan, way: tuple[_Edge, ...]) -> Refusal:
    """Say which dependencies make the circle."""
    (item, target), *others = [(_name(plan, item), _name(plan, on)) for item, on in way]
    those = (f"; {other} depends on {its_target}" for other, its_target in others)
    steps = f"{item} would depend on {target}{''.join(those)}"
    return Refusal(
        code=Code.DEPENDENCY_CYCLE,
        message=f"This goes round in a circle, so that none could be done first: {steps}. Leave "
        "it out, or void one of the others.",
        path="target",
    )


def _name(plan: Plan, item: str) -> str:
    found = find_item(plan, item)
    return finding.item_ref(plan, found) if found else item
