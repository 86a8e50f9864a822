"""Which entries are asked for, as the address of GET /events says it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request

from planledger.events.base import Event
from planledger.events.catalogue import EVENT_TYPES, stored_name
from planledger.events.envelope import Entry
from planledger.server.http import Refusal

DEFAULT_LIMIT, MOST = 1_000, 10_000
"""How many entries a page has where that is left out, and at the most."""
LONGEST_WAIT = 60
"""For how many seconds one may wait for an entry."""

_BIGGEST_POSITION = 10**15 - 1
_LONGEST_PLAN = 100
_NAMES = ("after", "plan", "types", "limit", "wait")
_TYPES: dict[str, list[type[Event]]] = {}
for _event in EVENT_TYPES:
    _TYPES.setdefault(stored_name(_event).partition(".")[0], []).append(_event)


class Wish(Struct, frozen=True):
    """What is wanted."""

    given: Mapping[str, str]
    """As the address has it."""
    after: int
    plan: str | None
    types: frozenset[type[Event]] | None
    limit: int
    wait: int

    def admits(self, entry: Entry) -> bool:
        """Tell whether an entry of the plan is wanted by its type."""
        return self.types is None or type(entry.event) in self.types

    def beyond(self, position: int) -> "Wish":
        """Give the same wish for what comes after a position."""
        return replace(self, after=position)

    def query(self) -> str:
        """Give it as an address has it."""
        return urlencode({**self.given, "after": str(self.after)})


def read_wish(request: Request) -> Wish:
    """Read what is wanted. Raises Refusal."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in _NAMES or name in given:
            what = "twice" if name in given else "which is unknown here"
            raise _bad(f"The address gives {name[:40]!r}, {what}. It may give {_listed(_NAMES)}.")
        given[name] = value
    plan = given.get("plan")
    if plan is not None and not 0 < len(plan) <= _LONGEST_PLAN:
        raise _bad(f"plan must be a plan's ref, of 1 to {_LONGEST_PLAN} characters.")
    return Wish(
        given=given,
        after=_number(given, "after", 0, 0, _BIGGEST_POSITION),
        plan=plan,
        types=_types(given.get("types")),
        limit=_number(given, "limit", DEFAULT_LIMIT, 1, MOST),
        wait=_number(given, "wait", 0, 0, LONGEST_WAIT),
    )


def _number(given: Mapping[str, str], name: str, otherwise: int, least: int, most: int) -> int:
    text = given.get(name)
    if text is None:
        return otherwise
    # Longer than the longest, and int() would take its time.
    fits = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
    if not fits or not least <= int(text) <= most:
        raise _bad(f"{name} must be a whole number, {least} to {most}.")
    return int(text)


def _types(text: str | None) -> frozenset[type[Event]] | None:
    if text is None:
        return None
    found: set[type[Event]] = set()
    for name in text.split(","):
        if name not in _TYPES:
            raise Refusal(
                400,
                "UNKNOWN_EVENT_TYPE",
                f"There is no type of entry {name[:80]!r}. Give names with commas between them, "
                "such as milestone-agreed,target-date-set; EventType in the schema has all.",
            )
        found.update(_TYPES[name])
    return frozenset(found)


def _bad(message: str) -> Refusal:
    return Refusal(400, "BAD_REQUEST", message)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1]
