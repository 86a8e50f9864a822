"""The fields of an act as a form shows them: what there is to choose from, and what is wrong."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from planledger.recording.act import SEVERAL, Act, Field, Kind, Problem, Texts

Options = tuple[tuple[str, str], ...]
"""Values to choose from, each with how it is said."""
Lists = Mapping[str, Any]
"""What the document of a form answers of the plan; empty where it could not be asked."""

LONGEST_OPTION = 100
MORE_CHOICES = 2
"""For how many more there is room than are filled in, where there may be several."""


class Shown(Struct, frozen=True, kw_only=True):
    """A field as a form shows it."""

    field: Field
    widget: str
    """Which macro of `forms.html` makes it."""
    texts: tuple[str, ...]
    """What stands in it; several where it holds several."""
    options: Options
    hint: str
    problem: str | None

    @property
    def id(self) -> str:
        """What it is called within the page."""
        return f"field-{self.field.name}"

    @property
    def others(self) -> str:
        """What stands in it and is nothing to choose from."""
        there = {value for value, _ in self.options}
        return "; ".join(text for text in self.texts if text not in there)


def shown(act: Act, texts: Texts, lists: Lists, problems: Iterable[Problem]) -> list[Shown]:
    """Give every field of an act."""
    wrong: dict[str | None, str] = {}
    for problem in problems:
        wrong.setdefault(problem.field, problem.message)
    found = []
    for field in act.every:
        there = options(act, field, lists)
        none_yet = bool(lists) and field.kind in _CHOSEN and not there
        hint = _NONE_YET if none_yet else field.hint
        found.append(_shown(field, texts.get(field.name, ""), there, hint, wrong.get(field.name)))
    return found


def options(act: Act, field: Field, lists: Lists) -> Options:
    """Give what there is to choose from; nothing where it is written out."""
    if field.kind is Kind.CHOICE:
        return field.choices
    if field.kind is Kind.REVIEW:
        return _reviews(lists, closed_too=act.name == "raise-challenge")
    found = _OPTIONS.get(field.kind)
    return found(lists) if found is not None else ()


def prefilled(act: Act, texts: Texts, lists: Lists) -> Texts:
    """Fill in what is blank and follows from the thing the form is about, as it is now."""
    now = lists.get("item") or {}
    found: dict[str, str] = {}
    date = now.get("targetDate") or {}
    if date.get("date"):
        found["from_date"] = date["label"]
    if now.get("leads"):
        found["from_parties"] = "; ".join(party["ref"] for party in now["leads"])
    claims = [claim for claim in now.get("completions") or () if claim["stands"]]
    if len(claims) == 1 and claims[0]["occurrence"]:
        found["occurrence"] = claims[0]["occurrence"]
    for field in act.fields:
        there = options(act, field, lists)
        if field.required and len(there) == 1 and field.kind is not Kind.CHOICE:
            found[field.name] = there[0][0]
    names = {field.name for field in act.fields}
    return {**texts, **{k: v for k, v in found.items() if k in names and not texts.get(k)}}


_WIDGETS = {
    Kind.CHOICE: "choice",
    Kind.PARTY: "choice",
    Kind.KPI: "choice",
    Kind.FORUM: "choice",
    Kind.REVIEW: "choice",
    Kind.RATING_KEY: "choice",
    Kind.CHALLENGE: "choice",
    Kind.QUERY: "choice",
    Kind.BODY: "suggested",
    Kind.PARTIES: "choices",
    Kind.EVIDENCE: "checks",
}
"""What a field is filled in by where there is something to choose from; else it is a line."""


_CHOSEN = {Kind.KPI, Kind.FORUM, Kind.REVIEW, Kind.RATING_KEY, Kind.CHALLENGE, Kind.QUERY}
"""What can only be chosen: where there is nothing to choose from, the form says so."""
_NONE_YET = "This plan has none to choose from at the moment."


def _shown(field: Field, text: str, there: Options, hint: str, problem: str | None) -> Shown:
    widget = _WIDGETS.get(field.kind, "line") if there else "line"
    if field.kind is Kind.WORDS:
        widget = "words"
    several = field.kind in SEVERAL and widget != "line"
    parts = [part.strip() for part in text.split(";") if part.strip()] if several else [text]
    if there:
        parts = [_chosen(part, there) for part in parts]
    if widget == "suggested":
        parts = [_called(part, there) for part in parts]
    if widget in {"choice", "choices"}:
        # What was typed and is none of them stays, so that it can be looked at and put right.
        there += tuple((part, part) for part in parts if part and part not in dict(there))
    if widget == "choices":
        parts += [""] * MORE_CHOICES
    return Shown(
        field=field,
        widget=widget,
        texts=tuple(parts),
        options=there,
        hint=hint,
        problem=problem,
    )


def _chosen(text: str, there: Options) -> str:
    """Give the value of what is called so; the text itself where none is, or several are."""
    wanted = text.casefold()
    found = [value for value, said in there if wanted in {value.casefold(), said.casefold()}]
    return found[0] if len(found) == 1 else text


def _called(value: str, there: Options) -> str:
    """Give what a value is called; the value itself where it has no name, or shares it."""
    name = dict(there).get(value, value)
    return name if [said for _, said in there].count(name) <= 1 else value


def _reviews(lists: Lists, *, closed_too: bool) -> Options:
    found = sorted(lists.get("reviews") or (), key=lambda x: (x["asAt"], x["ref"]), reverse=True)
    return tuple(
        (
            review["ref"].rpartition("/")[2],
            f"{review['label']}, {review['forum']['name']}"
            + (" (closed)" if review["closedOn"] else ""),
        )
        for review in found
        if closed_too or review["closedOn"] is None
    )


def _parties(lists: Lists) -> Options:
    found = [(party["ref"], party["name"]) for party in lists.get("parties") or ()]
    return tuple(sorted(found, key=lambda option: option[1].casefold()))


def _kpis(lists: Lists) -> Options:
    return tuple((kpi["ref"], kpi["definition"]["name"]) for kpi in lists.get("kpis") or ())


def _forums(lists: Lists) -> Options:
    return tuple((forum["ref"], forum["name"]) for forum in lists.get("forums") or ())


def _rating_keys(lists: Lists) -> Options:
    return tuple((key["ref"], key["name"]) for key in lists.get("ratingKeys") or ())


def _challenges(lists: Lists) -> Options:
    return tuple((x["ref"], _asked(x)) for x in lists.get("challenges") or ())


def _queries(lists: Lists) -> Options:
    return tuple((x["ref"], _about(x, x["question"])) for x in lists.get("queries") or ())


def _evidence(lists: Lists) -> Options:
    found = (lists.get("item") or {}).get("evidence") or ()
    return tuple((x["ref"], x["title"]) for x in found if x["withdrawnOn"] is None)


def _asked(challenge: Mapping[str, Any]) -> str:
    review = challenge["review"].rpartition("/")[2]
    return _about(challenge, f"{review}: {challenge['text']}")


def _about(thing: Mapping[str, Any], text: str) -> str:
    said = f"{thing['item']}: {text}" if thing["item"] else text
    return said if len(said) <= LONGEST_OPTION else f"{said[: LONGEST_OPTION - 1]}…"


_OPTIONS: Mapping[Kind, Callable[[Lists], Options]] = {
    Kind.PARTY: _parties,
    Kind.PARTIES: _parties,
    Kind.KPI: _kpis,
    Kind.FORUM: _forums,
    Kind.BODY: _forums,
    Kind.RATING_KEY: _rating_keys,
    Kind.CHALLENGE: _challenges,
    Kind.QUERY: _queries,
    Kind.EVIDENCE: _evidence,
}
