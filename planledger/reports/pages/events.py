"""The feed for people: what was recorded of a plan, the newest first."""

from collections.abc import Mapping
from typing import Any

from planledger.graphql.event import EventType
from planledger.reports import wording
from planledger.reports.desk import Answered, Data, DeclinedError
from planledger.reports.forums import Forums
from planledger.reports.pages.page import Page, Visit, plan_in
from planledger.reports.pages.telling import Telling, Told

_FILTERS = ("kind", "area", "item", "author")


def _variables(visit: Visit) -> Mapping[str, Any]:
    asked = visit.query
    return {
        "plan": visit.plan,
        "types": [_kind(asked["kind"])] if "kind" in asked else None,
        "area": asked.get("area"),
        "item": asked.get("item", "").strip() or None,
        "author": asked.get("author"),
        "after": _position(asked.get("after")),
    }


def _kind(written: str) -> str:
    name = written.strip().upper().replace("-", "_")
    if name not in EventType.__members__:
        raise DeclinedError(
            "UNKNOWN_KIND",
            f"There is no kind of entry {written[:40]!r}. Choose one from the list on the page of "
            "events.",
        )
    return name


def _position(written: str | None) -> str | None:
    if written is not None and not (written.isascii() and written.isdigit()):
        raise DeclinedError(
            "POINT_UNREADABLE", f"{written[:40]!r} is no entry. Give its number, such as 788."
        )
    return written


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan, found = plan_in(answered, visit), answered.data["events"]
    telling = Telling(visit.plan, Forums((plan,)), {}, plan["reviews"])
    entries = [_entry(node, telling) for node in found["nodes"]]
    kind = answered.variables.get("types", [None])[0]
    names = (one["author"]["name"] for one in entries)
    return {
        "basis": answered.data["ledger"]["basis"],
        "plan": plan,
        "entries": entries,
        "info": found["pageInfo"],
        "asked": {name: visit.query.get(name, "") for name in _FILTERS},
        "narrowed": any(name in visit.query for name in _FILTERS),
        "author": next(names, visit.query.get("author")),
        "kind": kind,
        "kinds": sorted(
            (_said(name), name.lower().replace("_", "-")) for name in EventType.__members__
        ),
    }


def _said(name: str) -> str:
    return wording.event(name.lower().replace("_", "-"))


def _entry(node: Data, telling: Telling) -> Told:
    return {
        **telling.caused(node),
        "what": wording.event(node["type"]),
        "late": max(
            0, wording.days_between(node["effectiveOn"], wording.civil(node["recordedAt"]) or "")
        ),
        "amends": node["type"].startswith("entry-"),
        "about": [telling.thing({**one, "what": ""}) for one in node["about"]],
    }


PAGE = Page(
    name="events",
    path="/plans/{plan}/events",
    variables=_variables,
    shown=_shown,
    under="events",
)
