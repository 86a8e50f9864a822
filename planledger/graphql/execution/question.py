"""What a client asks, however it came here."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Question(Struct, frozen=True):
    """A document with what was sent beside it."""

    document: str
    variables: Mapping[str, Any] | None = None
    """By name, as JSON has them."""
    operation: str | None = None
    """Which of the document's operations, where it has several."""
