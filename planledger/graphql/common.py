"""What several nouns show, such as where something was printed."""

from datetime import date
from typing import Any

import strawberry

from planledger.events.values import Personal, Rating


def described(description: str) -> Any:  # noqa: ANN401 - as strawberry.field itself
    """Describe a field that is read straight from the object shown."""
    return strawberry.field(description=description)


@strawberry.type(description="The place in a document that something was read from.")
class Source:
    document: str = described("SHA-256 of the document, 64 hexadecimal digits.")
    line: int = described("Line in the document, from 1.")
    as_printed: Personal = described("The text there, untouched.")


@strawberry.type(description="That an item was taken out of the plan.")
class Withdrawal:
    on: date = described("The civil day from which it is no longer in the plan.")
    replaced_by: list[str] = described("Refs of what took its place; empty if nothing did.")


@strawberry.type(description="By what right a change was decided.")
class Authority:
    forum: str | None = described("The forum that decided.")
    meeting: date | None = described("The day it met.")
    minute: str | None = described("The minute, as the forum numbers them.")
    officer: Personal | None = described("The officer who decided under delegated authority.")


@strawberry.type(description="Who recorded an entry.")
class Author:
    id: strawberry.ID = described("Stable id of the account.")
    name: Personal = described("The name to show.")


@strawberry.type(description="A stretch of days that a figure speaks of, both ends included.")
class Period:
    first: date = described("Its first day.")
    last: date = described("Its last day.")
    label: str = described('What the council calls it, such as "Q4 2014-15".')


@strawberry.type(description="What one rating means under a key.")
class RatingMeaning:
    rating: Rating = described("The rating.")
    meaning: str = described("What it means, in words.")
