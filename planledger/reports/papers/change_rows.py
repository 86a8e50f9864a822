"""Changes as rows: each as people read it, and all of them as one sheet."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from planledger.reports import wording
from planledger.reports.changing import what_label
from planledger.reports.desk import Data
from planledger.reports.forums import Forums
from planledger.reports.papers.causes import why
from planledger.reports.papers.paper import Column, Table, Value
from planledger.reports.papers.parts import DAY, NUMBER, REF, lines, yes
from planledger.reports.things import ITEMS, kind_name, thing_name

_DAYS_A_MONTH: Final = 30
"""Only to put slips in an order, where some are told in months and some in days."""

_REASONED: Final = frozenset({"TARGET_DATE", "LEAD", "WORDING", "WITHDRAWAL", "AGREEMENT"})
"""What people expect a reason for, so that it is said where there is none."""


class Change:
    """One change of an answer, said in words."""

    def __init__(self, plan: str, node: Data, forums: Forums, reviews: Mapping[str, str]) -> None:
        """Say `node`, a change of a plan with its causes; what it names is named in full."""
        self.node = node
        self._plan = plan
        self._forums = forums
        self._reviews = reviews

    @property
    def title(self) -> str:
        """What it is called; a thing without a name goes by its ref."""
        return str(self.node["title"] or self.node["ref"])

    @property
    def name(self) -> str:
        """What it is called, with the ref or the kind it is known by, and its period."""
        node = self.node
        if node["kind"] in ITEMS:
            return f"{node['ref']} {node['title'] or ''}".rstrip()
        said = thing_name(self._plan, node, self._reviews)
        return f"{said}, {_span(node['period'])}" if node["period"] else said

    @property
    def what(self) -> str:
        """What kind of change it is, with by how much."""
        slippage = self.node["slippage"]
        said = what_label(self.node)
        return f"{said} ({slippage['label']})" if slippage else said

    @property
    def by_how_much(self) -> str | None:
        """By how much a date moved."""
        slippage = self.node["slippage"]
        return slippage["label"] if slippage else None

    @property
    def amount(self) -> str:
        """By how much a date moved, whichever way: "3 months"; blank where it did not."""
        slippage = self.node["slippage"]
        unit = "day" if slippage and slippage["unit"] == "DAYS" else "month"
        return wording.count(abs(slippage["amount"]), unit) if slippage else ""

    @property
    def slip(self) -> int:
        """By about how many days a date moved."""
        slippage = self.node["slippage"]
        if slippage is None:
            return 0
        days = 1 if slippage["unit"] == "DAYS" else _DAYS_A_MONTH
        return int(slippage["amount"]) * days

    @property
    def before(self) -> str | None:
        """What it said before."""
        return lines(self.node["before"])

    @property
    def after(self) -> str | None:
        """What it says after."""
        return lines(self.node["after"])

    @cached_property
    def why(self) -> str | None:
        """Who changed it, when, why and by whose authority."""
        node = self.node
        expected = node["isCorrection"] or node["track"] in _REASONED
        return why(node["causes"], self._forums, expected=expected)

    @property
    def row(self) -> tuple[Value, ...]:
        """Give it as a row of the sheet."""
        node, causes = self.node, self.node["causes"]
        period, slippage = node["period"] or {}, node["slippage"] or {}
        return (
            kind_name(node["kind"]),
            node["ref"],
            node["area"],
            node["title"],
            wording.sentence(node["track"]) or None,
            period.get("first"),
            period.get("last"),
            what_label(node),
            yes(node["isCorrection"]),
            self.before,
            self.after,
            slippage.get("amount"),
            slippage["unit"].lower() if slippage else None,
            *_of_causes(causes, self._forums),
        )


def _span(period: Data) -> str:
    return f"{wording.day(period['first'])} to {wording.day(period['last'])}"


def _of_causes(causes: Sequence[Data], forums: Forums) -> tuple[Value, ...]:
    last = causes[-1] if causes else None
    return (
        lines(str(cause["position"]) for cause in causes),
        last["effectiveOn"] if last else None,
        wording.civil(last["recordedAt"]) if last else None,
        _once(cause["author"]["name"] for cause in causes),
        _once(cause["reason"] for cause in causes),
        _once(forums.authority(cause["authority"]) for cause in causes),
    )


def _once(texts: Iterable[str | None]) -> str | None:
    """Put texts under each other, each of them once."""
    return lines(dict.fromkeys(texts))


_COLUMNS: Final = (
    Column("kind", "Kind"),
    Column("ref", "Ref", REF),
    Column("area", "Area", REF),
    Column("title", "Title", weight=4),
    Column("field", "Field"),
    Column("period_first", "Period from", DAY),
    Column("period_last", "Period to", DAY),
    Column("change", "Change", weight=2),
    Column("is_correction", "Correction of the record"),
    Column("before", "Before", weight=3),
    Column("after", "After", weight=3),
    Column("slippage", "Slippage", NUMBER),
    Column("slippage_unit", "Slippage in"),
    Column("entries", "Entries", REF),
    Column("effective_on", "Effective on", DAY),
    Column("recorded_on", "Recorded on", DAY),
    Column("authors", "Recorded by", weight=2),
    Column("reasons", "Reasons", weight=3),
    Column("authorities", "Authorities", weight=3),
)


def sheet(changes: Iterable[Change]) -> Table:
    """Give all changes as one table, a row each; corrections of the record say so."""
    return Table(
        key="changes",
        title="Changes",
        columns=_COLUMNS,
        rows=tuple(change.row for change in changes),
        empty="Nothing changed between the two points.",
    )
