"""Addresses in the reading room, of the simulated plan: an example of every page, and others."""

from collections.abc import Mapping
from typing import Final

EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = {
    "plans": ("/",),
    "plan": (
        "/plans/northbridge?known=board-2024-q3",
        "/plans/northbridge?on=2030-01-01",
    ),
    "item": (
        "/plans/northbridge/items/6.3/2",
        "/plans/northbridge/items/2",
        "/plans/northbridge/items/2.3?known=board-2024-q3",
        "/plans/northbridge/items/4.2/1?known=board-2024-q3",
        "/plans/northbridge/items/3/outcome/1",
    ),
    "history": ("/plans/northbridge/history/2.3", "/plans/northbridge/history/6.3/2"),
    "changes": (
        "/plans/northbridge/changes?from=board-2024-q3&to=scrutiny-2024-q3",
        "/plans/northbridge/changes?from=board-2024-q2&to=board-2024-q3",
        "/plans/northbridge/changes?from=board-2024-q3&to=board-2024-q3",
        "/plans/northbridge/changes?from=scrutiny-2024-q3&to=board-2024-q3",
    ),
    "reviews": ("/plans/northbridge/reviews",),
    "review": (
        "/plans/northbridge/reviews/board-2024-q3",
        "/plans/northbridge/reviews/scrutiny-2024-q3",
    ),
    "kpis": ("/plans/northbridge/kpis", "/plans/northbridge/kpis?known=scrutiny-2024-q3"),
    "kpi": (
        "/plans/northbridge/kpis/re-referrals",
        "/plans/northbridge/kpis/re-referrals?known=scrutiny-2024-q3",
        "/plans/northbridge/kpis/emergency-accommodation",
    ),
    "findings": ("/plans/northbridge/findings?known=board-2024-q3",),
    "finding": (
        "/plans/northbridge/findings/overdue",
        "/plans/northbridge/findings/slipped?known=board-2024-q3",
    ),
    "queries": ("/plans/northbridge/queries",),
    "events": ("/plans/northbridge/events", "/plans/northbridge/events?item=6.3"),
    "search": (
        "/search?q=supervision",
        "/search?q=nothing+that+is+there",
        "/search?q=2.3&plan=northbridge",
    ),
    "record": ("/plans/northbridge/record", "/plans/northbridge/record?q=supervision"),
    "record-act": (
        "/plans/northbridge/record/move-date?milestone=6.3/2",
        "/plans/northbridge/record/move-date",
    ),
    "recorded": ("/plans/northbridge/recorded/730",),
}
"""Of each page by its name; the first is one of ordinary length."""

OTHERS: Final[tuple[str, ...]] = ("/documents", "/documents/page-plan")
"""Pages that are no document and template."""

DECLINED: Final[Mapping[str, int]] = {
    "/plans/nobody": 404,
    "/plans/northbridge/items/99": 404,
    "/plans/northbridge?known=never": 404,
    "/plans/northbridge?on=tomorrow": 400,
}
"""What cannot be shown, and the status that says so."""
