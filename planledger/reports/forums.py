"""Forums by their names: an authority gives the forum that decided by its short name."""

from collections.abc import Iterable, Mapping
from typing import Any

from planledger.reports import wording
from planledger.reports.desk import Data


class Forums:
    """The names of forums, for those an authority gives by short name."""

    def __init__(self, plans: Iterable[Data | None]) -> None:
        """Take them from `forums { ref name }` of plans; later ones say it better."""
        self._names: Mapping[str, str] = {
            forum["ref"]: forum["name"] for plan in plans if plan for forum in plan["forums"]
        }

    def named(self, found: Data | None) -> dict[str, Any] | None:
        """Give an authority with its forum named in full."""
        if found is None:
            return None
        forum = found.get("forum")
        return {**found, "forum": self._names.get(forum, forum) if forum else None}

    def authority(self, found: Data | None) -> str | None:
        """Say by what right something was done."""
        return wording.authority(self.named(found)) or None
