"""Changes as pages tell them: what each is called, where it leads, and those of one thing together.

A change of an answer stays as it is; what a template needs beside it is added.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from planledger.reports import wording
from planledger.reports.changing import what_label
from planledger.reports.desk import Data
from planledger.reports.forums import Forums
from planledger.reports.pages.rendering import link
from planledger.reports.points import short_name
from planledger.reports.things import ITEMS, NOBODY, review_names, thing_name
from planledger.reports.wording import words

Told = dict[str, Any]

_COUNTED: Final = {
    "ADDED": ("new", "new"),
    "REMOVED": ("no longer there", "no longer there"),
    "DATE_WITHDRAWN": ("date taken back", "dates taken back"),
    "DATE_RESTATED": ("date put in other words", "dates put in other words"),
    "WIDENED": ("date made less exact", "dates made less exact"),
    "NARROWED": ("date made more exact", "dates made more exact"),
    "LEAD_ASSIGNED": ("lead assigned", "leads assigned"),
    "LEAD_REASSIGNED": ("lead reassigned", "leads reassigned"),
    "LEAD_VACANT": ("left without a lead", "left without a lead"),
    "PROGRESSED": ("report of progress", "reports of progress"),
    "COMPLETED": ("reported complete", "reported complete"),
    "RATED": ("rating given", "ratings given"),
    "RATING_CHANGED": ("rating changed", "ratings changed"),
    "TARGET_SET": ("target of a KPI set", "targets of KPIs set"),
    "TARGET_CHANGED": ("target of a KPI changed", "targets of KPIs changed"),
    "READING_ADDED": ("figure recorded", "figures recorded"),
    "READING_REVISED": ("figure revised", "figures revised"),
    "REDEFINED": ("definition changed", "definitions changed"),
    "MOVED": ("moved to another place", "moved to another place"),
    "ANSWERED": ("challenge answered", "challenges answered"),
}
"""How so many of a kind of change are counted, where its own words do not do."""


_BEGUN: Final = frozenset({"ADDED", "RATED", "READING_ADDED", "TARGET_SET"})
"""Kinds of change before which there was nothing, as goes without saying."""


def counted(counts: Iterable[Data], but: frozenset[str] = frozenset()) -> str:
    """Count changes by kind in words: "17 new, 2 leads assigned and 20 ratings given"."""
    return wording.listed(
        [
            wording.count(one["count"], *_noun(one["what"]))
            for one in sorted(counts, key=lambda one: -one["count"])
            if one["what"] not in but
        ]
    )


def _noun(what: str) -> tuple[str, str]:
    said = words(what)
    return _COUNTED.get(what, (said, said))


class Telling:
    """Tells the changes of an answer, each with where it leads and who made it."""

    def __init__(
        self,
        plan: str,
        forums: Forums,
        carried: Mapping[str, str],
        reviews: Iterable[Data] = (),
    ) -> None:
        """Tell of a plan; `forums` and `reviews` are named in full, links carry a point along."""
        self._plan = plan
        self._forums = forums
        self._carried = carried
        self._reviews = review_names(reviews)

    def told(self, change: Data) -> Told:
        """Give a change with what a template needs beside it."""
        before, after = (self._lines(change, lines) for lines in ("before", "after"))
        return {
            **change,
            "said": what_label(change),
            "nothing": None
            if change["what"] in _BEGUN
            else NOBODY
            if change["track"] == "LEAD"
            else "Nothing",
            "before": before,
            "after": after,
            "causes": [self.caused(cause) for cause in change.get("causes", ())],
            "period": _period(change["period"]),
        }

    def caused(self, event: Data) -> Told:
        """Give an entry with the forum it was decided by named in full."""
        return {**event, "authority": self._forums.named(event["authority"])}

    def thing(self, change: Data) -> Told:
        """Give what changed: what it is called, where it is shown, where its history is."""
        kind, ref, title = change["kind"], change["ref"], change["title"]
        is_item = kind in ITEMS
        name = ref if is_item else thing_name(self._plan, change, self._reviews)
        return {
            "key": change["thingId"] or f"{kind}:{ref}",
            "name": name,
            "title": title if is_item else None,
            "href": None if change["what"] == "REMOVED" else self._href(kind, ref),
            "history": self._history(change),
        }

    def entries(self, changes: Iterable[Data]) -> list[Told]:
        """Put the changes of one thing together, in the order in which they first come."""
        found: dict[str, Told] = {}
        for change in changes:
            thing = self.thing(change)
            entry = found.setdefault(thing["key"], {**thing, "changes": []})
            entry["href"] = entry["href"] and thing["href"]
            entry["changes"].append(self.told(change))
        return list(found.values())

    def row(self, change: Data) -> Told:
        """Give a change as a row of a table, with what changed."""
        return {**self.told(change), "thing": self.thing(change)}

    def _lines(self, change: Data, lines: str) -> Sequence[str]:
        """Give what it said, without the title that stands above it."""
        said: Sequence[str] = change[lines]
        whole = change["track"] is None and change["kind"] != "RATING"
        return said[1:] if whole and said[:1] == [change["title"]] else said

    def _href(self, kind: str, ref: str) -> str | None:
        if kind in ITEMS:
            return link(["plans", self._plan, "items", ref], **self._carried)
        match kind:
            case "KPI":
                return link(["plans", self._plan, "kpis", ref], **self._carried)
            case "REVIEW" | "RATING":
                return link(["plans", self._plan, "reviews", short_name(ref)])
            case "PLAN":
                return link(["plans", self._plan], **self._carried)
            case "QUERY":
                return link(["plans", self._plan, "queries"], **self._carried)
            case _:
                return None

    def _history(self, change: Data) -> str | None:
        kind, id_ = change["kind"], change["thingId"]
        if kind in ITEMS and change["what"] != "REMOVED":
            return link(["plans", self._plan, "history", change["ref"]])
        if id_ is None or kind in {"PLAN", "RATING"}:
            return None
        return link(["plans", self._plan, "history", id_.partition("/")[2]])


def _period(period: Data | None) -> str | None:
    if period is None:
        return None
    return f"{wording.day(period['first'])} to {wording.day(period['last'])}"
