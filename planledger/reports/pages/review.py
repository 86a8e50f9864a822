"""A review: as reported, as now known, and what lies between the two."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from planledger.graphql.context import Context
from planledger.reports import figures, wording
from planledger.reports.desk import Answered, Data, Desk
from planledger.reports.forums import Forums
from planledger.reports.pages import choosing
from planledger.reports.pages.page import Page, Visit, plan_in
from planledger.reports.pages.telling import Telling, Told
from planledger.reports.points import short_name
from planledger.reports.things import STANDING


class _Review(Page, frozen=True, kw_only=True):
    """The page, which first asks whether the review is closed: an open one has less to show."""

    def answered(self, desk: Desk, visit: Visit, context: Context) -> Answered:
        """Ask for the review. Raises DeclinedError, naming those that are called like it."""
        variables = self.variables(visit)
        first = desk.ask(self.document, {**variables, "closed": False}, context)
        plan = plan_in(first, visit)
        review = plan["review"]
        if review is None:
            raise choosing.unknown_review(visit.plan, visit.path["review"], plan["reviews"])
        if review["closedAt"] is None:
            return first
        return desk.ask_all(self.document, variables, context, ("restatements",))


def _variables(visit: Visit) -> Mapping[str, Any]:
    name = visit.path["review"]
    return {"plan": visit.plan, "review": f"{visit.plan}/{name}", "name": name}


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    review, basis = plan["review"], answered.data["ledger"]["basis"]
    shown = {
        "basis": basis,
        "plan": plan,
        "review": review,
        "name": visit.path["review"],
        "before": _before(plan["reviews"], review),
        "challenges": [_challenge(one, basis["effectiveOn"]) for one in review["challenges"]],
        "closed": review["closedAt"] is not None,
        "keys": _keys(plan["ratingKeys"], review["ratings"]),
    }
    reported = review.get("asReported")
    names = _names(reported["plan"]) if reported else {}
    ratings = [{**one, "title": names.get(one["item"])} for one in review["ratings"]]
    if reported is None:
        return {**shown, "ratings": ratings}
    now, restated = review["asNowKnown"], answered.data["restatements"]
    telling = Telling(visit.plan, Forums((plan,)), {})
    return {
        **shown,
        "ratings": ratings,
        "reported": reported["basis"],
        "known": now["basis"],
        "totals": list(_totals(reported["plan"], now["plan"])),
        "corrected": [telling.row(one) for one in restated["nodes"] if one["isCorrection"]],
        "late": [telling.row(one) for one in restated["nodes"] if not one["isCorrection"]],
        "kpis": list(_kpis(reported["plan"], now["plan"], restated["nodes"])),
    }


def _before(reviews: Sequence[Data], review: Data) -> Told | None:
    """Give the closed review of the same forum that came before."""
    held = [one for one in reviews if one["forum"]["ref"] == review["forum"]["ref"]]
    earlier = held[: next(at for at, one in enumerate(held) if one["ref"] == review["ref"])]
    found = next((one for one in reversed(earlier) if one["closedOn"]), None)
    return None if found is None else {**found, "name": short_name(found["ref"])}


def _challenge(one: Data, today: str) -> Told:
    """Give a challenge with how late its answer was, or is."""
    due, answered = one["responseDue"], one["answeredOn"]
    late = wording.days_between(due, answered or today) if due else 0
    return {**one, "late": max(0, late)}


def _keys(keys: Iterable[Data], ratings: Sequence[Data]) -> list[Data]:
    """Give the rating keys, in the versions by which ratings were given."""
    used = {(one["key"], one["keyVersion"]) for one in ratings}
    return [key for key in keys if (key["ref"], key["version"]) in used]


def _names(plan: Data | None) -> dict[str, str]:
    """Give what areas, actions and milestones are called, by their refs."""
    areas = plan["areas"] if plan else ()
    names = {area["ref"]: area["title"] for area in areas}
    names |= {one["ref"]: one["text"] for area in areas for one in area["actions"]}
    return names | {one["ref"]: one["text"] for one in (plan["milestones"] if plan else ())}


def _totals(reported: Data | None, now: Data | None) -> Iterable[Told]:
    """Give the totals side by side, each with what differs."""
    for field, name in STANDING:
        was = reported["totals"][field] if reported else 0
        known = now["totals"][field] if now else 0
        more = known - was
        differs = f"{abs(more):,} {'more' if more > 0 else 'fewer'}" if more else ""
        yield {"name": name, "was": was, "now": known, "differs": differs}


def _kpis(reported: Data | None, now: Data | None, restated: Iterable[Data]) -> Iterable[Told]:
    """Give each KPI as the review saw it, and how its figure reads now.

    A figure that may not be shown now is not shown here either: beside what it became it would be.
    """
    told = [one for one in restated if one["track"] == "READINGS"]
    hidden = figures.hidden_since(now["kpis"] if now else (), told)
    for kpi in reported["kpis"] if reported else ():
        definition = kpi["definition"]
        one = figures.latest(figures.measured(kpi["series"], kpi["definitions"]))
        since = [change for change in told if change["ref"] == kpi["ref"]]
        row: Told = {"kpi": kpi, "one": one, "hidden": False, "target": None}
        row["now"] = [{"lines": each["after"], "said": _restated(each)} for each in since]
        if one is not None:
            span, target = figures.span_of(one.point["period"]), one.point["target"]
            row["hidden"] = one.hidden or (kpi["ref"], span) in hidden
            row["target"] = target and figures.with_unit(target["target"], definition["unit"])
        yield row


def _restated(change: Data) -> str:
    if not change["after"]:
        return "taken out since"
    return "put right since" if change["isCorrection"] else "recorded since"


PAGE = _Review(
    name="review",
    path="/plans/{plan}/reviews/{review}",
    variables=_variables,
    shown=_shown,
    under="reviews",
    follows=("restatements",),
)
