"""The cells in which one thing found is shown: words, and where they lead."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from planledger.reports.points import short_name
from planledger.reports.wording import TO_BE_CONFIRMED, day, names, sentence

Node = Mapping[str, Any]


class Cell(Struct, frozen=True, kw_only=True):
    """What stands in a cell of a table."""

    text: str = ""
    item: str | None = None
    """Ref of the item that it names, to be linked."""
    review: str | None = None
    """The review that it leads to, "plan/review"."""
    entry: Node | None = None
    """The entry that it tells of: who, when and why."""
    number: bool = False


def due(node: Node) -> Sequence[Cell]:
    """Show something overdue or falling due."""
    occurrence = f"the time of {day(node['occurrence'])}" if node["occurrence"] else ""
    return (
        _named(node["milestone"], occurrence),
        _day(node["dueBy"]),
        _number(node["daysOverdue"]),
        _said(node["delivery"]),
        Cell(text=names(node["leads"]) or _nobody(node)),
    )


def conflict(node: Node) -> Sequence[Cell]:
    """Show two dates that do not go together."""
    return (
        _named(node["item"]),
        _day(node["dueBy"]),
        _said(node["kind"]),
        _named(node["waitsFor"]),
        _day(node["waitsForDueBy"]),
    )


def named(node: Node) -> Sequence[Cell]:
    """Show an item."""
    return (_named(node),)


def unconfirmed(node: Node) -> Sequence[Cell]:
    """Show a date to be confirmed."""
    late = "overdue" if node["decisionOverdue"] else "not yet due"
    return (
        _named(node["milestone"]),
        Cell(text=node["decider"] or "not stated"),
        Cell(text=day(node["decideBy"]) or "not stated"),
        Cell(text=late if node["decideBy"] else ""),
    )


def tbc_age(node: Node) -> Sequence[Cell]:
    """Show a stretch in which a date was to be confirmed."""
    return (
        _named(node["milestone"]),
        _day(node["since"]),
        Cell(text=day(node["until"]) or "still"),
        _number(node["days"]),
        Cell(text=sentence(node["endedBy"]) or "Not yet"),
    )


def move(node: Node) -> Sequence[Cell]:
    """Show a move of a date."""
    flags = [
        *(["after it had passed"] if node["afterItPassed"] else []),
        *(f"just before {review.rpartition('/')[2]}" for review in node["beforeReviews"]),
        *(["no authority named"] if node["event"]["authority"] is None else []),
    ]
    return (
        _named(node["milestone"]),
        Cell(text=node["old"]["label"]),
        Cell(text=node["new"]["label"]),
        Cell(text=node["slippage"]["label"] if node["slippage"] else "the same month"),
        Cell(text="; ".join(flags)),
        Cell(entry=node["event"]),
    )


def slipped(node: Node) -> Sequence[Cell]:
    """Show a date that is not the first one."""
    against = node["fromOriginal"]
    return (
        _named(node["milestone"]),
        Cell(text=node["targetDate"]["label"]),
        Cell(text=against["label"] if against else "as first set"),
    )


def claim(node: Node) -> Sequence[Cell]:
    """Show a claim without evidence."""
    made = node["claim"]
    return (
        _named(node["milestone"]),
        _day(made["reportedOn"]),
        _day(made["achievedOn"]),
        Cell(text="yes" if node["waived"] else "no"),
        Cell(text="stands" if made["stands"] else "does not stand any more"),
    )


def reopened(node: Node) -> Sequence[Cell]:
    """Show a milestone of which a claim did not stand."""
    return (_named(node["milestone"]), _number(node["refused"]), _number(node["reopened"]))


def stalled(node: Node) -> Sequence[Cell]:
    """Show what nobody reported on."""
    return (
        _named(node["milestone"]),
        Cell(text=day(node["lastReportOn"]) or "never"),
        _number(node["days"]),
        Cell(text=names(node["leads"])),
    )


def challenge(node: Node) -> Sequence[Cell]:
    """Show a challenge."""
    asked = node["challenge"]
    return (
        Cell(text=asked["text"]),
        Cell(text=short_name(asked["review"]), review=asked["review"]),
        _named(node["item"]),
        Cell(text=day(asked["responseDue"]) or "no day set"),
        Cell(text="open" if node["isOpen"] else "answered late"),
        _number(node["daysLate"]),
    )


def late_entry(node: Node) -> Sequence[Cell]:
    """Show an entry recorded late."""
    return (
        Cell(text=node["type"].partition(".")[0].replace("-", " ").capitalize()),
        _named(node["item"]),
        _number(node["days"]),
        Cell(entry=node["event"]),
    )


def amendment(node: Node) -> Sequence[Cell]:
    """Show an entry put right."""
    return (
        _said(node["kind"]),
        Cell(text=node["about"], number=True),
        _named(node["item"]),
        Cell(text=", ".join(short_name(review) for review in node["reviews"]) or "none"),
        Cell(entry=node["event"]),
    )


def _named(item: Node | None, more: str = "") -> Cell:
    if item is None:
        return Cell()
    return Cell(text=", ".join(filter(None, (item["text"], more))), item=item["ref"])


def _nobody(node: Node) -> str:
    return TO_BE_CONFIRMED.lower() if node["leadToBeConfirmed"] else "nobody"


def _day(text: str | None) -> Cell:
    return Cell(text=day(text) or "no date")


def _number(number: int) -> Cell:
    return Cell(text=f"{number:,}" if number else "", number=True)


def _said(name: str) -> Cell:
    return Cell(text=sentence(name))
