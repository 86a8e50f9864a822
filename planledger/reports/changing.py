"""Changes: what each is called and to which part of a plan it belongs, on pages and in papers."""

from collections.abc import Iterable, Mapping
from typing import Final

from planledger.reports import wording
from planledger.reports.desk import Data
from planledger.reports.things import area_name, kind_name

LATER: Final = frozenset({"SLIPPED"})
EARLIER: Final = frozenset({"BROUGHT_FORWARD"})
FIRST_SET: Final = frozenset({"DATE_SET"})

_WHOLE: Final = (
    ("kpis", "KPIs", frozenset({"KPI"})),
    (
        "reviews",
        "Reviews, ratings and challenges",
        frozenset({"REVIEW", "RATING_KEY", "RATING", "CHALLENGE"}),
    ),
    ("evidence", "Evidence", frozenset({"EVIDENCE"})),
    ("pointers", "References and queries", frozenset({"REFERENCE", "QUERY"})),
    ("parties", "People and bodies", frozenset({"PARTY", "FORUM"})),
)
"""What belongs to no area, in parts."""
_PLAN: Final = ("plan", "The plan as a whole")
"""Where all else is told."""


def what_label(change: Data) -> str:
    """Say what kind of change it is: "New: milestone", "Lead reassigned"."""
    kind, what = kind_name(change["kind"]), change["what"]
    of = wording.sentence(change["track"]) if change["track"] else kind
    said = {
        "ADDED": f"New: {kind if kind == 'KPI' else kind.lower()}",
        "REMOVED": f"{kind} no longer there",
        "CORRECTED": f"{of} put right in the record",
        "VOIDED": f"{of}: taken out of the record",
        "ALTERED": f"{of} altered",
        "PROGRESSED": "Progress reported",
        "COMPLETED": "Reported complete",
    }
    return said.get(what) or wording.sentence(what)


def areas_of(start: Data | None, end: Data | None) -> Mapping[str, Data]:
    """Give the areas of two plans by ref, in the order of the later; what is gone comes last."""
    areas = {area["ref"]: area for plan in (end, start) if plan for area in plan["areas"]}
    return areas | {area["ref"]: area for area in (end or {}).get("areas", ())}


def parts(areas: Iterable[Data]) -> dict[str, str]:
    """Give the headings under which changes are told, by key: each area, then the rest."""
    headings = {f"area-{area['ref']}": area_name(area) for area in areas}
    return headings | {key: heading for key, heading, _ in _WHOLE} | dict([_PLAN])


def part_of(change: Data, headings: Mapping[str, str]) -> str:
    """Give the key of the part that a change is told in."""
    area = f"area-{change['area']}"
    if area in headings:
        return area
    return next((key for key, _, kinds in _WHOLE if change["kind"] in kinds), _PLAN[0])
