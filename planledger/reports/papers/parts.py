"""What papers have in common: how they say what they were read from, and small tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from planledger.reports import wording
from planledger.reports.desk import Answered, Data, DeclinedError
from planledger.reports.papers.paper import Column, Holds, Paper, Section, Table, Value
from planledger.reports.points import point_name, review_name
from planledger.reports.things import STANDING

Row = tuple[Value, ...]
TEXT, NUMBER, DAY, REF = Holds.TEXT, Holds.NUMBER, Holds.DAY, Holds.REF


def there(plan: Data | None, ref: object) -> Data:
    """Give the plan that was found; raises DeclinedError where there is none."""
    if plan is None:
        message = f"There is no plan {ref!r} at this point. Look for a later point."
        raise DeclinedError("NOT_THERE", message)
    return plan


def of_one_point(
    answered: Answered, kind: str, name: str, sections: Iterable[Section], sheet: Table
) -> Paper:
    """Give a paper of a plan at one point, named by it: "Milestones at 31 March 2015"."""
    ledger = answered.data["ledger"]
    basis, plan = ledger["basis"], ledger["plan"]
    return Paper(
        kind=kind,
        title=f"{name} at {point_name(basis)}",
        plan=plan["ref"],
        plan_title=plan["title"],
        read_from=(read_from(basis),),
        made_on=made_on(basis),
        sections=tuple(sections),
        answered=answered,
        sheet=sheet,
    )


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


def led_by(item: Data, nobody: str | None = None) -> str | None:
    """Say who leads an item, if anybody can: where nobody does, that it is to be confirmed."""
    awaited = wording.TO_BE_CONFIRMED if item.get("leadToBeConfirmed") else nobody
    return wording.names(item.get("leads")) or awaited


def yes(wanted: bool) -> str:  # noqa: FBT001 - it is what is said
    """Say "yes" or "no"."""
    return "yes" if wanted else "no"


def item_name(item: Data, text: str = "text") -> str:
    """Say an item by its ref and its text."""
    return f"{item['ref']} {item[text]}"


def two_columns(key: str, title: str, heads: tuple[str, str], rows: Iterable[Row]) -> Table:
    """Give a table of names and numbers."""
    columns = (Column("name", heads[0], weight=4), Column("value", heads[1], NUMBER))
    return Table(key=key, title=title, columns=columns, rows=tuple(rows))


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
