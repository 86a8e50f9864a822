"""What changed in a plan between two points, on one page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from planledger.graphql.context import Context
from planledger.reports.changing import EARLIER, FIRST_SET, LATER, areas_of, part_of, parts
from planledger.reports.desk import Answered, Data, DeclinedError, Desk
from planledger.reports.forums import Forums
from planledger.reports.pages import choosing
from planledger.reports.pages.page import Page, Visit, there
from planledger.reports.pages.telling import Telling, Told, counted
from planledger.reports.points import between, point_of
from planledger.reports.settled import Settled

MOST: Final = 1_000
"""How many changes stand on one page; of more than these, one part at a time is shown."""
_DATES: Final = LATER | EARLIER | FIRST_SET
_CORRECTIONS: Final = frozenset({"CORRECTED", "VOIDED"})


class _Changes(Page, frozen=True, kw_only=True):
    """The page, which first asks which points are meant: a "now" then stays what it was."""

    def answered(self, desk: Desk, visit: Visit, context: Context) -> Answered:
        """Ask what changed between the points that are meant. Raises DeclinedError."""
        found = self._points(desk, visit, context)
        plan = _plan(found, visit)
        start, end = found["from"]["basis"], found["to"]["basis"]
        pair = None if _is_asked(visit) else choosing.last_two(plan["reviews"])
        if pair is not None:
            start, end = (choosing.basis_of(visit.plan, review) for review in pair)
        settled = Settled(plan=visit.plan, start=start, end=end, on=visit.day())
        return desk.ask_all(self.document, settled.between(), context, ("changes",))

    def _points(self, desk: Desk, visit: Visit, context: Context) -> Data:
        """Ask which points are meant, and which reviews there are. Raises DeclinedError."""
        asked = {**self.variables(visit), "told": False}
        try:
            return desk.ask(self.document, asked, context).data
        except DeclinedError as declined:
            if declined.code != "UNKNOWN_REVIEW":
                raise
        plan = _plan(
            desk.ask(self.document, {"plan": visit.plan, "told": False}, context).data, visit
        )
        known = {review["ref"] for review in plan["reviews"]}
        names = [
            point["review"] for point in (asked["from"], asked["to"]) if "review" in (point or {})
        ]
        unknown = next((name for name in names if name not in known), names[0])
        raise choosing.unknown_review(visit.plan, unknown, plan["reviews"])


def _is_asked(visit: Visit) -> bool:
    return bool(choosing.chosen(visit, "from") or choosing.chosen(visit, "to"))


def _plan(data: Data, visit: Visit) -> Data:
    plan: Data = there(
        data["now"]["plan"], f"There is no plan {visit.plan!r}. Look for it in the list of plans."
    )
    return plan


def _variables(visit: Visit) -> Mapping[str, Any]:
    points = {name: choosing.chosen(visit, name) for name in ("from", "to")}
    return {
        "plan": visit.plan,
        "from": point_of(visit.plan, points["from"] or choosing.BEGINNING),
        "to": point_of(visit.plan, points["to"]),
        "effectiveOn": visit.day(),
    }


def _points(visit: Visit, reviews: Sequence[Data]) -> dict[str, str]:
    """Give both points as they are written: those that were asked for, else those that are meant.

    The ledger as it stands is left out.
    """
    pair = None if _is_asked(visit) else choosing.last_two(reviews)
    start, end = pair or (choosing.chosen(visit, "from"), choosing.chosen(visit, "to"))
    return choosing.short(visit.plan, {"from": start or choosing.BEGINNING, "to": end})


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    start, end, found = (answered.data[name] for name in ("from", "to", "changes"))
    plan = _plan(answered.data, visit)
    points = _points(visit, plan["reviews"])
    day = {"on": visit.query["on"]} if "on" in visit.query else {}
    known = {"known": points["to"]} if "to" in points else {}
    forums = Forums((start["plan"], end["plan"]))
    telling = Telling(visit.plan, forums, {**known, **day}, plan["reviews"])
    nodes: Sequence[Data] = found["nodes"]
    made = [one for one in nodes if not one["isCorrection"]]
    return {
        "plan": plan,
        "start": start["basis"],
        "end": end["basis"],
        "backwards": _place(end["basis"]) < _place(start["basis"]),
        "between": f"Between {between(start['basis'], end['basis'])}",
        "points": points,
        "asked": {**points, **day},
        "offered": {
            name: choosing.offered(visit.plan, plan["reviews"], points.get(name), start=start)
            for name, start in (("from", True), ("to", False))
        },
        "totals": found["totals"],
        "rest": counted(found["totals"]["counts"], _DATES | _CORRECTIONS),
        "later": sum(one["what"] in LATER for one in made),
        "moved": [telling.row(one) for one in made if one["what"] in LATER | EARLIER],
        "first_set": [telling.row(one) for one in made if one["what"] in FIRST_SET],
        "corrected": [telling.row(one) for one in nodes if one["isCorrection"]],
        **_parts(made, areas_of(start["plan"], end["plan"]), telling, visit.query.get("part")),
    }


def _place(basis: Data) -> tuple[int, str]:
    return int(basis["position"]), basis["effectiveOn"]


def _parts(
    made: Sequence[Data], areas: Mapping[str, Data], telling: Telling, wanted: str | None
) -> dict[str, Any]:
    """Give all that is not in a table of its own, in parts: by area, then the plan as a whole.

    Of more than fit on a page only the part that is wanted is told.
    """
    nodes = [one for one in made if one["what"] not in _DATES]
    headings = parts(areas.values())
    found: dict[str, list[Data]] = {key: [] for key in headings}
    for one in nodes:
        found[part_of(one, headings)].append(one)
    whole = len(nodes) <= MOST
    told: list[Told] = [
        {
            "key": key,
            "heading": headings[key],
            "count": len(part),
            "entries": telling.entries(part) if whole or key == wanted else None,
        }
        for key, part in found.items()
        if part
    ]
    quiet = [area["number"] for ref, area in areas.items() if not found[f"area-{ref}"]]
    return {"parts": told, "whole": whole, "most": MOST, "part": wanted, "quiet": quiet}


PAGE = _Changes(
    name="changes",
    path="/plans/{plan}/changes",
    variables=_variables,
    shown=_shown,
    under="changes",
    follows=("changes",),
)
