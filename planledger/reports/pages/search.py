"""Search: where in the plans some words stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from planledger.graphql.register import LONGEST_TEXT
from planledger.projections.search import marks
from planledger.reports.desk import Answered, DeclinedError
from planledger.reports.pages.page import Page, Visit
from planledger.reports.points import point_of, short_name, written
from planledger.reports.things import review_names
from planledger.reports.wording import sentence

_ITEMS = {"AREA", "STATEMENT", "ACTION", "MILESTONE"}
_WHY = {
    "FORMER_REF": "Was numbered",
    "OTHER_NAME": "Also called",
    "LEAD": "Led by",
    "FORMULA": "Worked out as",
    "READING": "A reading of it",
    "ANSWER": "Answer",
    "INTRODUCTION": "Introduction",
}
"""What of a thing says a word, where that is neither its number nor its wording."""


def _variables(visit: Visit) -> Mapping[str, Any]:
    plan, text = visit.query.get("plan"), visit.query.get("q", "")
    if len(text) > LONGEST_TEXT:
        raise DeclinedError(
            "ARGUMENT_OUT_OF_BOUNDS",
            f"What is looked for has {len(text):,} characters, and {LONGEST_TEXT} is the most. "
            "Look for fewer words.",
        )
    known = point_of(plan or "", visit.query.get("known"))
    if known is not None and str(known.get("review", "")).startswith("/"):
        message = "Say of which plan the review is: choose the plan, or write PLAN/REVIEW."
        raise DeclinedError("POINT_UNREADABLE", message)
    return {
        "text": text,
        "plan": plan,
        "knownAt": known,
        "effectiveOn": visit.day(),
        "after": visit.query.get("after"),
    }


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    ledger = answered.data["ledger"]
    found, plans = ledger["search"], ledger["plans"]["nodes"]
    titles = {plan["ref"]: plan["title"] for plan in plans}
    reviews = review_names(review for plan in plans for review in plan["reviews"])
    words = found["words"]
    return {
        "basis": ledger["basis"],
        "asked": visit.query.get("q", "").strip(),
        "words": words,
        "plans": plans,
        "count": found["totalCount"],
        "info": found["pageInfo"],
        "hits": [_hit(hit, words, titles, reviews) for hit in found["nodes"]],
        "several": len(plans) > 1 and "plan" not in visit.query,
        "everywhere": _everywhere(visit, answered.variables.get("knownAt")),
        "limited": titles.get(visit.query.get("plan", "")),
    }


def _everywhere(visit: Visit, known: dict[str, Any] | None) -> str:
    """Give the address of the same in all plans: a review is then named with its plan."""
    return visit.again(plan=None, after=None, known=written(known) if known else None)


def _hit(
    hit: Mapping[str, Any],
    words: Sequence[str],
    titles: Mapping[str, str],
    reviews: Mapping[str, str],
) -> Any:  # noqa: ANN401 - what the template shows
    said = [
        (_WHY[match["field"]], _pieces(match["text"], words))
        for match in hit["matches"]
        if match["field"] in _WHY
    ]
    fragments = {"QUERY": f"#q-{hit['ref']}", "PARTY": "#loads"}
    if any(match["field"] == "INTRODUCTION" for match in hit["matches"]):
        fragments["PLAN"] = "#introduction"
    return {
        "hit": hit,
        "called": _called(hit, reviews),
        "parts": _leads_to(hit),
        "fragment": fragments.get(hit["kind"], ""),
        "text": _pieces(hit["text"], words),
        "plan": titles.get(hit["plan"], hit["plan"]),
        "said": said,
    }


def _called(hit: Mapping[str, Any], reviews: Mapping[str, str]) -> str:
    """Say what a link to something found leads to."""
    kind, ref, about = hit["kind"], hit["ref"], hit["item"]
    match kind:
        case "PARTY":
            return "Lead or body, among how much each leads"
        case "CHALLENGE":
            return f"Challenge at {reviews.get(hit['review'], hit['review'])}"
        case "EVIDENCE" | "QUERY":
            return (
                f"{sentence(kind)} {'for' if kind == 'EVIDENCE' else 'about'} {about or 'the plan'}"
            )
        case "KPI":
            return f"KPI {ref}"
    return f"{sentence(kind)} {ref}"


def _leads_to(hit: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the address, in parts, of the page on which something found is shown."""
    kind, plan = hit["kind"], ("plans", hit["plan"])
    if kind in _ITEMS or (kind == "EVIDENCE" and hit["item"]):
        return (*plan, "items", hit["item"])
    if hit["review"]:
        return (*plan, "reviews", short_name(hit["review"]))
    under = {"KPI": ("kpis", hit["ref"]), "QUERY": ("queries",), "PARTY": ("findings",)}
    return (*plan, *under.get(kind, ()))


def _pieces(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Cut a text around the words that were looked for; of each piece, whether it is one."""
    pieces, at = [], 0
    for start, end in marks(text, words):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]


PAGE = Page(name="search", path="/search", variables=_variables, shown=_shown)
