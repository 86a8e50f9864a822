"""What an act is, and what several of them share.

A text "$name" in an input stands for what an earlier act's answer gave under that name.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

PLAN = "northbridge"
REASON = "The board said so."
AUTHORITY = {"forum": "board", "meeting": "2026-02-12", "minute": "4"}
DOCUMENT = """ROADS PLAN
3 March 2024

AREA FOR IMPROVEMENT 1: Better roads
OBJECTIVES:
- Roads are safe

ACTION\t\tPROGRESS MILESTONES\tTARGET DATE\tDELIVERY LEAD
1.1\tMend roads\tRoads mended\tMay 2024\tAmina Rook\tPriya Dell
"""
"""A document with one cell too many on line 9, which leaves a query."""


class Act(NamedTuple):
    """A mutation, what it is given, and what is to come of it."""

    mutation: str
    given: Mapping[str, Any]
    noun: str
    """The field of the answer that holds the object."""
    shown: str
    """What to ask of the object, and of the events."""
    then: Mapping[str, Any]
    """The object afterwards."""
    events: tuple[Mapping[str, Any], ...]
    """The events recorded, with what `payload` asks of them."""
    payload: str
    refused: tuple[Mapping[str, Any], str, str | None]
    """Changes to the input that have it refused, with the code and path of the refusal."""
    save: str = ""
    """The name under which the object's id within the plan is kept for later acts."""
    save_position: str = ""
    """The name under which the position of what it recorded is kept for later acts."""
    plan: str = PLAN


def filled(given: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Put what earlier acts gave in the places of their names."""
    return {field: _filled(value, names) for field, value in given.items()}


def _filled(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str) and value.startswith("$"):
        return names[value[1:]]
    if isinstance(value, dict):
        return filled(value, names)
    return [_filled(inner, names) for inner in value] if isinstance(value, list) else value
