"""Which things a plan holds, and what of each is told together.

Every field of every thing belongs to exactly one track (a test holds it), so the difference of two
plans is the difference of their tracks, and can be applied.
"""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, cast

from immutables import Map
from msgspec.structs import replace

from planledger.domain.plan import Plan
from planledger.projections.changes.shapes import Kind, Thing, Track

MAPS: Mapping[Kind, str] = {
    Kind.AREA: "areas",
    Kind.STATEMENT: "statements",
    Kind.ACTION: "actions",
    Kind.MILESTONE: "milestones",
    Kind.PARTY: "parties",
    Kind.KPI: "kpis",
    Kind.FORUM: "forums",
    Kind.REVIEW: "reviews",
    Kind.RATING_KEY: "rating_keys",
    Kind.RATING: "ratings",
    Kind.CHALLENGE: "challenges",
    Kind.EVIDENCE: "evidence",
    Kind.REFERENCE: "references",
    Kind.QUERY: "queries",
    Kind.VERSION: "versions",
    Kind.BASELINE: "baselines",
    Kind.INSPECTION: "inspections",
}
"""Where a plan keeps the things of each kind; what is left of the plan is a thing itself."""

TRACKS: Mapping[Kind, Mapping[Track, tuple[str, ...]]] = {
    Kind.PLAN: {
        Track.WORDING: ("title",),
        Track.DOCUMENTS: ("documents", "introduction"),
        Track.CLOSING: ("closed",),
        Track.ORIGIN: ("drafted_on",),
    },
    Kind.AREA: {
        Track.WORDING: ("title",),
        Track.REF: ("number", "former_numbers"),
        Track.PLACE: ("ordinal",),
        Track.WITHDRAWAL: ("withdrawn",),
        Track.ORIGIN: ("added_on", "source"),
    },
    Kind.STATEMENT: {
        Track.WORDING: ("text",),
        Track.PLACE: ("area", "parent", "kind", "ordinal"),
        Track.WITHDRAWAL: ("withdrawn",),
        Track.ORIGIN: ("added_on", "source"),
    },
    Kind.ACTION: {
        Track.WORDING: ("text",),
        Track.REF: ("ref", "former_refs"),
        Track.PLACE: ("area",),
        Track.PLACEHOLDER: ("placeholder", "replaced_by"),
        Track.LEAD: ("leads", "lead_to_be_confirmed"),
        Track.WITHDRAWAL: ("withdrawn",),
        Track.ORIGIN: ("added_on", "source"),
    },
    Kind.MILESTONE: {
        Track.WORDING: ("text", "definition"),
        Track.PLACE: ("action", "ordinal"),
        Track.AGREEMENT: ("agreed_on",),
        Track.TARGET_DATE: ("target_date", "original", "shared_with"),
        Track.LEAD: ("leads",),
        Track.DELIVERY: ("delivery", "completions"),
        Track.PROGRESS: ("progress_on", "forecast", "narrative"),
        Track.WITHDRAWAL: ("withdrawn",),
        Track.ORIGIN: ("added_on", "source"),
    },
    Kind.PARTY: {
        Track.NAME: ("name", "aliases"),
        Track.DETAILS: ("kind", "registered_at"),
    },
    Kind.KPI: {
        Track.DEFINITIONS: ("definitions",),
        Track.TARGETS: ("targets",),
        Track.READINGS: ("readings",),
    },
    Kind.FORUM: {Track.DETAILS: ("name", "remit", "every_months", "added_on")},
    Kind.REVIEW: {
        Track.DETAILS: ("forum", "label", "as_at", "opened_on"),
        Track.CLOSING: ("closed_on", "closed_at"),
    },
    Kind.RATING_KEY: {Track.DEFINITIONS: ("definitions",)},
    Kind.RATING: {Track.DETAILS: ("rating", "key", "key_version", "rationale", "on", "at")},
    Kind.CHALLENGE: {
        Track.DETAILS: ("review", "item", "text", "response_due", "raised_on"),
        Track.ANSWER: ("disposition", "answer", "answered_on"),
    },
    Kind.EVIDENCE: {
        Track.DETAILS: ("title", "kind", "dated", "uri", "sha256", "items", "on"),
        Track.WITHDRAWAL: ("withdrawn_on",),
    },
    Kind.REFERENCE: {
        Track.DETAILS: (
            *("item", "kind", "as_printed", "printed_target", "resolved_target", "confidence"),
        ),
    },
    Kind.QUERY: {
        Track.DETAILS: ("item", "line", "question", "taken", "instead", "raised_on"),
        Track.RESOLUTION: ("resolution", "resolved_on"),
    },
    Kind.VERSION: {
        Track.DETAILS: ("label", "kind", "on", "at"),
        Track.APPROVALS: ("approvals",),
        Track.SUBMISSIONS: ("submissions",),
    },
    Kind.BASELINE: {Track.DETAILS: ("label", "on", "at")},
    Kind.INSPECTION: {
        Track.DETAILS: (
            *("framework", "judgement", "received_on", "published_on"),
            *("working_days", "statement_due_on", "on"),
        ),
    },
}

SPANS: Mapping[Track, str] = {Track.TARGETS: "targets", Track.READINGS: "readings"}
"""Tracks of a KPI that are told span by span."""

Values = tuple[object, ...]

_NOTHING: Map[Any, Any] = Map()
_BARE = dict.fromkeys(MAPS.values(), _NOTHING)


def _reader(fields: tuple[str, ...]) -> Callable[[Any], Values]:
    read = attrgetter(*fields)
    if len(fields) > 1:
        return cast("Callable[[Any], Values]", read)
    return lambda thing: (read(thing),)


def _versions(thing: object) -> Values:
    return (thing,)


READERS: Mapping[Kind, Mapping[Track, Callable[[Any], Values]]] = {
    kind: {
        # A rating key is the tuple of its versions, and has no fields to read them from.
        track: _versions if kind is Kind.RATING_KEY else _reader(fields)
        for track, fields in tracks.items()
        if track not in SPANS
    }
    for kind, tracks in TRACKS.items()
}
"""By kind, how the values of each track are read from a thing."""


def bare(plan: Plan) -> Plan:
    """Give what of a plan is a thing itself: all but the things it holds."""
    return replace(plan, **_BARE)


def things(plan: Plan | None, kind: Kind) -> Map[Any, Any]:
    """Give the things of a kind by id; not for `Kind.PLAN`."""
    return _NOTHING if plan is None else getattr(plan, MAPS[kind])


def read(plan: Plan | None, thing: Thing) -> Any:  # noqa: ANN401 - whatever the kind holds
    """Give a thing of a plan, or None; for the plan itself, what is left of it."""
    kind, name = thing
    if kind is Kind.PLAN:
        return plan
    return things(plan, kind).get(name)


def write(plan: Plan | None, thing: Thing, value: Any) -> Plan | None:  # noqa: ANN401 - the same
    """Give a plan with a thing in its place, or without it where the value is None.

    Where there is no plan there is no place, and nothing is written but a plan itself.
    """
    kind, name = thing
    if kind is Kind.PLAN:
        return cast("Plan | None", value)
    if plan is None:
        return None
    held = things(plan, kind)
    if value is not None:
        return replace(plan, **{MAPS[kind]: held.set(name, value)})
    return replace(plan, **{MAPS[kind]: held.delete(name)}) if name in held else plan


def with_track(kind: Kind, thing: Any, track: Track, values: Values) -> Any:  # noqa: ANN401
    """Give a thing with other values in one of its tracks."""
    if kind is Kind.RATING_KEY:
        return values[0]
    return replace(thing, **dict(zip(TRACKS[kind][track], values, strict=True)))


def bare_kpi(kpi: Any) -> Any:  # noqa: ANN401 - a Kpi
    """Give a KPI without its targets and readings, which are told span by span."""
    return replace(kpi, targets=_NOTHING, readings=_NOTHING)
