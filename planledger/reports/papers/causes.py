"""Why something changed: the entries that made it, said once however many there are."""

from collections.abc import Sequence

from planledger.reports import wording
from planledger.reports.desk import Data
from planledger.reports.forums import Forums
from planledger.reports.papers.parts import lines

MOST_ENTRIES = 6
"""How many entries are named in a sentence; a sheet names all."""


def why(causes: Sequence[Data], forums: Forums, *, expected: bool) -> str | None:
    """Say who changed something, when, why and by whose authority, a line each.

    Where a reason is `expected`, it is said that there is none.

    Entries with one author, reason and authority are one line: a date that was moved ten times for
    the same reason reads no longer for it.
    """
    alike: dict[tuple[str | None, str | None, str], list[Data]] = {}
    for cause in causes:
        reason = cause["reason"]
        key = (reason, forums.authority(cause["authority"]), cause["author"]["name"])
        alike.setdefault(key, []).append(cause)
    return lines(_line(*key, entries, expected) for key, entries in alike.items())


def _line(
    reason: str | None,
    authority: str | None,
    author: str,
    entries: list[Data],
    expected: bool,  # noqa: FBT001 - as above
) -> str:
    what = reason or ("No reason recorded." if expected and not authority else "")
    right = f"{authority}." if authority else ""
    numbers = [str(entry["position"]) for entry in entries]
    some = numbers[:MOST_ENTRIES]
    more = [f"{len(numbers) - len(some)} more"] if len(numbers) > len(some) else []
    word = "entry" if len(numbers) == 1 else "entries"
    recorded = f"{author}, {_when(entries[-1])}, {word} {wording.listed([*some, *more])}."
    return " ".join(part for part in (_ended(what), right, recorded) if part)


def _when(entry: Data) -> str:
    """Say the day it took effect, and the day it was recorded where that is another one."""
    effective, recorded = entry["effectiveOn"], wording.civil(entry["recordedAt"])
    late = f", recorded {wording.day(recorded)}" if recorded != effective else ""
    return f"{wording.day(effective)}{late}"


def _ended(text: str) -> str:
    """End a sentence that somebody wrote with no full stop."""
    return f"{text}." if text and text[-1] not in ".!?…" else text
