"""The difference of two states of a plan, and a plan with a difference applied (design page 3.3).

    patch(a, compare(a, b)) == b      compare(a, a) == ()      inverted(compare(a, b)), put in the
    order of the other plan, == compare(b, a)

States share what did not change between them, and every branch that is the same object is skipped.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, cast

from immutables import Map
from msgspec.structs import replace

from planledger.domain.plan import Kpi, Plan
from planledger.projections.changes import classes, tracks
from planledger.projections.changes.places import Places
from planledger.projections.changes.shapes import THE_PLAN, Change, Id, Kind, Thing, Track

_ALL = attrgetter(*tracks.MAPS.values())
_KINDS = tuple(tracks.MAPS)


def compare(before: Plan | None, after: Plan | None) -> tuple[Change, ...]:
    """Give what differs between two states: by area, action and milestone, the rest by kind."""
    if before is after:
        return ()
    found = list(_differences(before, after))
    if len(found) > 1:
        found.sort(key=Places(after, before).of)
    return tuple(found)


def compare_thing(thing: Thing, before: Any, after: Any) -> Iterator[Change]:  # noqa: ANN401
    """Give what differs between two states of one thing, None where it is not there."""
    if before is after:
        return
    kind, name = thing
    if before is None or after is None:
        yield Change(
            kind=kind,
            id=name,
            track=None,
            before=_as_whole(kind, before),
            after=_as_whole(kind, after),
            what=classes.whole(kind, there_after=after is not None),
        )
    else:
        for track in tracks.READERS[kind]:
            yield from compare_track(thing, track, before, after)
    if kind is Kind.KPI:
        for track, field in tracks.SPANS.items():
            yield from _spans(name, track, _held(before, field), _held(after, field))


def compare_track(thing: Thing, track: Track, before: Any, after: Any) -> Iterator[Change]:  # noqa: ANN401
    """Give what differs in one track, which has no values where the thing is not there.

    Not for the tracks of a KPI that are told span by span.
    """
    kind, name = thing
    values = tracks.READERS[kind][track]
    was = None if before is None else values(before)
    now = None if after is None else values(after)
    if was == now:
        return
    slippage = None
    if was is None or now is None:
        what = classes.whole(kind, there_after=now is not None)
    else:
        what, slippage = classes.classify(kind, track, before, after)
    yield Change(
        kind=kind, id=name, track=track, before=was, after=now, what=what, slippage=slippage
    )


def patch(plan: Plan | None, changes: Iterable[Change]) -> Plan | None:
    """Apply a difference. What it says of a thing that is not there changes nothing."""
    for change in changes:
        thing = (change.kind, change.id)
        known = tracks.read(plan, thing)
        if change.track is None:
            plan = tracks.write(plan, thing, change.after)
        elif known is None:
            continue
        elif change.track in tracks.SPANS:
            field = tracks.SPANS[change.track]
            held = getattr(known, field)
            gone = change.after is None
            held = held.delete(change.span) if gone else held.set(change.span, change.after)
            plan = tracks.write(plan, thing, replace(known, **{field: held}))
        else:
            values = cast("tracks.Values", change.after)
            known = tracks.with_track(change.kind, known, change.track, values)
            plan = tracks.write(plan, thing, known)
    return plan


def inverted(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Give each change as it is from the other side; the order stays, for `patch` reverse it."""
    return tuple(map(_inverse, changes))


def _inverse(change: Change) -> Change:
    slippage = None
    if change.slippage is not None:
        was, now = cast("tracks.Values", change.after), cast("tracks.Values", change.before)
        _, slippage = classes.of_dates(*cast("Any", (was[0], now[0])))
    return replace(
        change,
        before=change.after,
        after=change.before,
        what=classes.INVERSE[change.what],
        slippage=slippage,
    )


def _differences(before: Plan | None, after: Plan | None) -> Iterator[Change]:
    if before is None or after is None:
        ends = (plan and tracks.bare(plan) for plan in (before, after))
        yield from compare_thing(THE_PLAN, *ends)
    else:
        yield from compare_thing(THE_PLAN, before, after)
    for kind, was, now in zip(_KINDS, _maps(before), _maps(after), strict=True):
        if was is not now:
            yield from _in_maps(kind, was, now)


def _maps(plan: Plan | None) -> tuple[Map[Any, Any], ...]:
    return (Map(),) * len(_KINDS) if plan is None else _ALL(plan)


def _in_maps(kind: Kind, before: Map[Id, Any], after: Map[Id, Any]) -> Iterator[Change]:
    both = 0
    known = before.get
    for name, now in after.items():
        was = known(name)
        if was is not None:
            both += 1
        if was is not now:
            yield from compare_thing((kind, name), was, now)
    if both < len(before):
        for name, was in before.items():
            if name not in after:
                yield from compare_thing((kind, name), was, None)


def _spans(name: Id, track: Track, before: Map[Any, Any], after: Map[Any, Any]) -> Iterator[Change]:
    if before is after:
        return
    for span in {*before, *after}:
        was, now = before.get(span), after.get(span)
        if was is not now and was != now:
            yield Change(
                kind=Kind.KPI,
                id=name,
                track=track,
                span=span,
                before=was,
                after=now,
                what=classes.spanned(track, was, now),
            )


def _held(kpi: Kpi | None, field: str) -> Map[Any, Any]:
    return Map() if kpi is None else getattr(kpi, field)


def _as_whole(kind: Kind, thing: Any) -> Any:  # noqa: ANN401
    return tracks.bare_kpi(thing) if kind is Kind.KPI and thing is not None else thing
