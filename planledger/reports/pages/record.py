"""The pages by which people record: what can be recorded, a form, and what was recorded.

They are served only where people may record; see `server/room/recording.py`.
"""

from collections.abc import Mapping
from typing import Any, Final

from planledger.graphql.context import Context
from planledger.reports.desk import Answered, DeclinedError, Desk
from planledger.reports.pages.item import acts_of
from planledger.reports.pages.page import Page, Visit, plan_in, there
from planledger.reports.pages.rendering import link

MOST_FOUND: Final = 40
"""How many milestones are listed that were looked for."""
_UNDER = "record"
_ITEMS = frozenset({"AREA", "STATEMENT", "ACTION", "MILESTONE"})


def _variables(visit: Visit) -> Mapping[str, Any]:
    return {"plan": visit.plan, "seeks": "q" in visit.query}


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    wanted = visit.query.get("q", "").casefold().split()
    there = [milestone for milestone in plan.get("milestones", ()) if not milestone["withdrawn"]]
    found = [milestone for milestone in there if wanted and _is_like(milestone, wanted)]
    return {
        "plan": plan,
        "basis": answered.data["ledger"]["basis"],
        "sought": visit.query.get("q", ""),
        "found": [(milestone, list(acts_of(milestone))) for milestone in found[:MOST_FOUND]],
        "more": max(0, len(found) - MOST_FOUND),
    }


def _is_like(milestone: Mapping[str, Any], wanted: list[str]) -> bool:
    said = f"{milestone['ref']} {milestone['text']}".casefold()
    return all(word in said for word in wanted)


def _form_variables(visit: Visit) -> Mapping[str, Any]:
    # Which lists a form needs is said by who serves it; a visit says what it is about.
    return {"plan": visit.plan, "item": visit.query.get("milestone") or visit.query.get("item", "")}


def _form_shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    return {"plan": plan, "now": plan["item"], "basis": answered.data["ledger"]["basis"]}


class _Recorded(Page, frozen=True, kw_only=True):
    """The page, which is asked from the entry before: if that is not there, neither is this."""

    def answered(self, desk: Desk, visit: Visit, context: Context) -> Answered:
        """Ask what was recorded. Raises DeclinedError, naming the entry that was asked for."""
        try:
            return Page.answered(self, desk, visit, context)
        except DeclinedError as declined:
            if declined.code != "POINT_IN_FUTURE":
                raise
            message = f"There is no entry {int(visit.path['position'])} yet."
            way = link(["plans", visit.plan, "events"]), f"See the events of {visit.plan}"
            raise DeclinedError(declined.code, message, way) from None


def _recorded_variables(visit: Visit) -> Mapping[str, Any]:
    last, since = visit.path["position"], visit.query.get("since", "")
    if not _is_position(last) or int(last) < 1:
        raise DeclinedError("NOT_THERE", "Entries are numbered from 1. Look for it in the events.")
    before = since if _is_position(since) and int(since) < int(last) else str(int(last) - 1)
    return {
        "plan": visit.plan,
        "after": before,
        "from": {"position": before},
        "to": {"position": last},
        "effectiveOn": visit.day(),
    }


def _is_position(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 15  # noqa: PLR2004 - as positions are


def _recorded_shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    last = int(visit.path["position"])
    entries = [x for x in answered.data["events"]["nodes"] if int(x["position"]) <= last]
    missing = f"Entry {last} says nothing of {visit.plan}. Look for it in the events."
    plan, entries = plan_in(answered, visit), there(entries or None, missing)
    return {
        "plan": plan,
        "entries": entries,
        "authority": _with_name(entries[-1]["authority"], plan["forums"]),
        "changes": answered.data["changes"]["nodes"],
        "refs": _refs(answered.data["changes"]["nodes"]),
    }


def _with_name(authority: dict[str, Any] | None, forums: list[dict[str, Any]]) -> Any:  # noqa: ANN401
    """Give an authority with its forum as people call it."""
    names = {forum["ref"]: forum["name"] for forum in forums}
    forum = authority and authority["forum"]
    return authority and {**authority, "forum": names.get(forum, forum)}


def _refs(changes: list[dict[str, Any]]) -> list[str]:
    """Give the refs of the items that changed, each once."""
    return list(dict.fromkeys(x["ref"] for x in changes if x["kind"] in _ITEMS))


PAGE = Page(
    name="record",
    path="/plans/{plan}/record",
    variables=_variables,
    shown=_shown,
    under=_UNDER,
)
FORM = Page(
    name="record-act",
    path="/plans/{plan}/record/{act}",
    variables=_form_variables,
    shown=_form_shown,
    under=_UNDER,
)
RECORDED = _Recorded(
    name="recorded",
    path="/plans/{plan}/recorded/{position}",
    variables=_recorded_variables,
    shown=_recorded_shown,
    under=_UNDER,
)
