"""A plan at a point: all of it, area after area, and the way to any other point."""

from collections.abc import Mapping
from typing import Any

from planledger.reports import wording
from planledger.reports.desk import Answered
from planledger.reports.pages.page import Page, Visit, plan_in
from planledger.reports.pages.timebar import timebar
from planledger.reports.points import written


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    basis = answered.data["ledger"]["basis"]
    now = answered.data["now"]
    reviews = now["plan"]["reviews"] if now["plan"] else []
    return {
        "plan": plan,
        "basis": basis,
        "bar": timebar(now["recordedByMonth"], reviews, int(basis["position"])),
        "reviews": reviews,
        "looked_at": _looked_at(reviews, visit),
        "chosen": _chosen(reviews, visit),
        "summary": _summary(plan["totals"]),
        "item": visit.items(),
    }


def _looked_at(reviews: list[dict[str, Any]], visit: Visit) -> dict[str, Any] | None:
    """Give the review whose day is looked at, and whether as reported or as now known."""
    known, on = visit.point(), visit.day()
    for review in reviews:
        if known == {"review": review["ref"]} and on in {None, review["asAt"]}:
            return {**review, "reported": True}
        if known is None and on == review["asAt"]:
            return {**review, "reported": False}
    return None


def _chosen(reviews: list[dict[str, Any]], visit: Visit) -> dict[str, str] | None:
    """Give the point that is looked at where it is none that can be picked: a day, a position."""
    known = visit.point()
    if known is None or known.get("review") in {review["ref"] for review in reviews}:
        return None
    text = written(known)
    if "position" in known:
        return {"value": text, "said": f"entry {known['position']}"}
    if "endOf" in known:
        return {"value": text, "said": f"the end of {wording.day(known['endOf'])}"}
    return {"value": text, "said": wording.moment(known.get("recordedAt")) or text}


def _summary(totals: Mapping[str, int]) -> list[str]:
    """Say in words what there is of it, a sentence each."""
    count = wording.count
    undefined, vacant = totals["placeholderActions"], totals["actionsWithoutLead"]
    open_ends = f"{_of(undefined, 'still to be defined')} and {_of(vacant, 'without a lead')}"
    actions = f"{count(totals['areas'], 'area')} and {count(totals['actions'], 'action')}"
    milestones = [
        f"{totals['agreedMilestones']:,} agreed",
        f"{totals['toBeConfirmed']:,} with a date to be confirmed",
        f"{totals['overdue']:,} overdue",
        f"{totals['reportedComplete']:,} reported complete and not yet signed off",
        f"{totals['signedOff'] + totals['assured']:,} signed off",
    ]
    return [
        f"{actions}, of which {open_ends}.",
        f"{count(totals['milestones'], 'milestone')}: {wording.listed(milestones)}.",
        f"{count(totals['openQueries'], 'query is', 'queries are')} open.",
    ]


def _of(number: int, what: str) -> str:
    return f"{number or 'none'} {'is' if number < 2 else 'are'} {what}"  # noqa: PLR2004 - two are


PAGE = Page(name="plan", path="/plans/{plan}", variables=Visit.at, shown=_shown)
