"""What was asked for lately, and is kept in case it is asked for again."""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(OrderedDict[K, V], Generic[K, V]):
    """At most so many answers, the least recently asked for going first.

    Ask with `again`; what that does not have, work out and `keep`.
    """

    def __init__(self, most: int) -> None:
        """Begin with nothing kept; `most` is how many at the most."""
        super().__init__()
        self._most = most

    def again(self, key: K) -> V | None:
        """Give what is kept under a key, which is then the most recently asked for; else None."""
        kept = self.get(key)
        if kept is not None:
            self.move_to_end(key)
        return kept

    def keep(self, key: K, value: V) -> V:
        """Keep an answer, and give it."""
        self[key] = value
        self.move_to_end(key)
        if len(self) > self._most:
            self.popitem(last=False)
        return value
