"""What papers have in common: how they say a point, a cause and a thing, and small tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from planledger.reports import wording
from planledger.reports.desk import Data, DeclinedError
from planledger.reports.papers.paper import Column, Holds, Table, Value

Row = tuple[Value, ...]
TEXT, NUMBER, DAY, REF = Holds.TEXT, Holds.NUMBER, Holds.DAY, Holds.REF

_KINDS: Final = {"KPI": "KPI", "QUERY": "Query", "REFERENCE": "Pointer"}
ITEMS: Final = frozenset({"AREA", "STATEMENT", "ACTION", "MILESTONE"})
"""What has a ref that people know."""


def there(plan: Data | None, ref: object) -> Data:
    """Give the plan that was found; raises DeclinedError where there is none."""
    if plan is None:
        message = f"There is no plan {ref!r} at this point. Look for a later point."
        raise DeclinedError("NOT_THERE", message)
    return plan


def review_name(review: Data) -> str:
    """Say a review: "Q2 2024 (Improvement Board)"."""
    return f"{review['label']} ({review['forum']['name']})"


def point_name(basis: Data) -> str:
    """Say a point in a few words: a review's name, else the day it is looked at for."""
    if basis["review"] is not None:
        return review_name(basis["review"])
    if basis["recordedAt"] is None:
        return "the beginning"
    return wording.day(basis["effectiveOn"])


def read_from(basis: Data) -> str:
    """Say what a paper was read from, so that it can be asked for again."""
    if basis["recordedAt"] is None:
        return "Before the first entry."
    review = basis["review"]
    named = f"{review_name(review)}, {review['ref']}: " if review else ""
    said = f"{named}{wording.basis(dict(basis))}."
    return said[:1].upper() + said[1:]


def made_on(basis: Data) -> str:
    """Give the civil day of the latest entry; the day that is looked at where there is none."""
    return wording.civil(basis["recordedAt"]) or str(basis["effectiveOn"])


def lines(parts: Iterable[str | None]) -> str | None:
    """Put texts under each other; None where there are none."""
    return "\n".join(part for part in parts if part) or None


def joined(parts: Iterable[Any]) -> str | None:
    """Put short things beside each other; None where there are none."""
    return ", ".join(str(part) for part in parts) or None


def names(parties: Sequence[Data] | None, otherwise: str | None = None) -> str | None:
    """Say who leads."""
    return joined(party["name"] for party in parties or ()) or otherwise


def yes(wanted: bool) -> str:  # noqa: FBT001 - it is what is said
    """Say "yes" or "no"."""
    return "yes" if wanted else "no"


def kind_name(kind: str) -> str:
    """Say what kind of thing something is: "Milestone", "KPI"."""
    return _KINDS.get(kind, wording.sentence(kind))


def item_name(item: Data, text: str = "text") -> str:
    """Say an item by its ref and its text."""
    return f"{item['ref']} {item[text]}"


def area_name(area: Data) -> str:
    """Say an area as headings do."""
    return f"Area {area['number']}: {area['title']}"


class Forums:
    """The names of forums, for those an authority gives by short name."""

    def __init__(self, plans: Iterable[Data | None]) -> None:
        """Take them from `forums { ref name }` of plans; later ones say it better."""
        self._names: Mapping[str, str] = {
            forum["ref"]: forum["name"] for plan in plans if plan for forum in plan["forums"]
        }

    def authority(self, found: Data | None) -> str | None:
        """Say by what right something was done."""
        if found is None:
            return None
        forum = found.get("forum")
        named = self._names.get(forum, forum) if forum else None
        return wording.authority({**found, "forum": named}) or None


def two_columns(key: str, title: str, heads: tuple[str, str], rows: Iterable[Row]) -> Table:
    """Give a table of names and numbers."""
    columns = (Column("name", heads[0], weight=4), Column("value", heads[1], NUMBER))
    return Table(key=key, title=title, columns=columns, rows=tuple(rows))


STANDING: Final = (
    ("actions", "Actions"),
    ("placeholderActions", "Actions still to be defined"),
    ("actionsWithoutLead", "Actions that nobody leads"),
    ("milestones", "Milestones"),
    ("agreedMilestones", "Milestones agreed"),
    ("toBeConfirmed", "Target dates to be confirmed"),
    ("overdue", "Milestones overdue (calculated)"),
    ("notStarted", "Milestones not started"),
    ("inProgress", "Milestones in progress"),
    ("onHold", "Milestones on hold"),
    ("reportedComplete", "Milestones reported complete, not signed off"),
    ("signedOff", "Milestones signed off"),
    ("assured", "Milestones assured"),
    ("openQueries", "Queries that await a person"),
)
"""Totals of a plan that say where it stands, and what they are called."""


def standing(key: str, title: str, points: Sequence[tuple[str, Data | None]]) -> Table:
    """Give the totals of a plan at one point or several, side by side."""
    columns = [Column("name", "What is counted", weight=4)]
    columns += [
        Column(f"at_{place}", heading, NUMBER, weight=2)
        for place, (heading, _) in enumerate(points, 1)
    ]
    rows = [
        (name, *((plan["totals"][field] if plan else None) for _, plan in points))
        for field, name in STANDING
    ]
    return Table(key=key, title=title, columns=tuple(columns), rows=tuple(rows))
