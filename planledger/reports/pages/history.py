"""The history of one thing as a timeline: an item, or anything else of a plan that has an id."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from planledger.graphql.context import Context
from planledger.projections.changes.shapes import Kind, Track
from planledger.projections.changes.tracks import TRACKS
from planledger.reports import wording
from planledger.reports.desk import Answered, Data, DeclinedError, Desk
from planledger.reports.forums import Forums
from planledger.reports.pages.page import Page, Visit
from planledger.reports.pages.renumbered import not_there
from planledger.reports.pages.telling import Telling, Told
from planledger.reports.things import ITEMS

_STRUCK: Final = frozenset({"CORRECTED", "VOID"})


class _History(Page, frozen=True, kw_only=True):
    """The page, which looks for what is not there among what was renumbered."""

    def answered(self, desk: Desk, visit: Visit, context: Context) -> Answered:
        """Ask for the history. Raises DeclinedError, with a way to what goes by another number."""
        try:
            return Page.answered(self, desk, visit, context)
        except DeclinedError as declined:
            if declined.code != "UNKNOWN_ITEM":
                raise
            asked = {"plan": visit.plan, "item": visit.path["item"]}
            plan = desk.ask("page-item", asked, context).data["ledger"]["plan"]
            if plan is None:
                raise
            raise not_there(declined, plan["areas"], visit, "history") from None


def _variables(visit: Visit) -> Mapping[str, Any]:
    field = visit.query.get("field")
    return {
        "plan": visit.plan,
        "item": f"{visit.plan}/{visit.path['item']}",
        "field": _field(field) if field else None,
        "inside": visit.query.get("inside") == "yes",
    }


def _field(written: str) -> str:
    """Give the name of a field as the schema has it, of "target-date" or the like."""
    name = written.strip().upper().replace("-", "_").replace(" ", "_")
    if name not in Track.__members__:
        fields = wording.listed([_written(track.name) for track in Track])
        raise DeclinedError(
            "UNKNOWN_FIELD", f"There is no field {written[:40]!r}. There is: {fields}."
        )
    return name


def _written(name: str) -> str:
    return name.lower().replace("_", "-")


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    found, plan = answered.data["history"], answered.data["now"]["plan"]
    telling = Telling(visit.plan, Forums((plan,)), {})
    positions = {node["event"]["position"] for node in found["nodes"]}
    is_item = found["kind"] in ITEMS
    return {
        "plan": plan,
        "basis": found["basis"],
        "thing": Telling(visit.plan, Forums(()), visit.carried).thing(
            {**found, "thingId": None, "what": ""}
        ),
        # A milestone without leads of its own is led as its action is.
        "action": found["ref"].rpartition("/")[0] if found["kind"] == "MILESTONE" else None,
        "is_item": is_item,
        "count": found["totalCount"],
        "entries": [_entry(node, telling, found, positions) for node in found["nodes"]],
        "field": answered.variables.get("field"),
        "inside": answered.variables["inside"],
        "fields": _fields(found["kind"], visit),
    }


def _fields(kind: str, visit: Visit) -> list[Told]:
    """Give what the history may be narrowed to."""
    return [
        {"name": track.name, "href": visit.again(field=_written(track.name), inside=None)}
        for track in TRACKS[Kind[kind]]
    ]


def _entry(node: Data, telling: Telling, found: Data, positions: set[str]) -> Told:
    """Give an entry with what a template needs beside it."""
    struck = node["standing"] in _STRUCK
    changes: Sequence[Data] = node["formerChanges"] if struck else node["changes"]
    event = telling.caused(node["event"])
    return {
        **node,
        "event": event,
        "what": wording.event(event["type"]),
        "struck": struck,
        "changes": [{**telling.told(one), "of": _of(one, found, telling)} for one in changes],
        "linked": {at: node[at] in positions for at in ("by", "about") if node[at] is not None},
    }


def _of(change: Data, found: Data, telling: Telling) -> Told | None:
    """Give the thing that changed, where it is another than the page is about."""
    if (change["kind"], change["ref"]) == (found["kind"], found["ref"]):
        return None
    return telling.thing(change)


PAGE = _History(
    name="history",
    path="/plans/{plan}/history/{item:path}",
    variables=_variables,
    shown=_shown,
    follows=("history",),
)
