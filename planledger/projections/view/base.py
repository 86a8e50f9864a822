"""What the shapes of a view share."""

from msgspec import Struct


class View(Struct, frozen=True, kw_only=True, gc=False):
    """A frozen part of a view; `gc=False` is safe since views hold no cycles."""
