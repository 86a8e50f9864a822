"""What several nouns show, such as where something was printed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import strawberry
from strawberry.schema_directive import Location, schema_directive
from strawberry.schema_directives import OneOf

from planledger.events.values import Personal, Rating

ABOUT, WORK, DEARER = "about", "work", "dearer"
"""What the metadata of a field may say of what it costs; see `sized`."""

POINT = 1_000
"""The work of looking at one point of the ledger: some 10 ms where a plan has 10,000 entries."""


def sized(
    *, about: int | None = None, work: int | None = None, dearer: Mapping[str, int] | None = None
) -> dict[str, Any] | None:
    """Give the metadata that says what asking for a field costs besides the fields below it.

    `about` is how long its list is in a large plan, and no promise; lists that are asked for in
    pages need none. `work` is for what has to be worked out before there is anything to be read,
    in a plan of 10,000 entries: 80 for each millisecond; `dearer` is the work where an argument is
    given one of some enum values.
    """
    said = {ABOUT: about, WORK: work, DEARER: dearer}
    return {name: value for name, value in said.items() if value is not None} or None


def described(description: str, *, about: int | None = None) -> Any:  # noqa: ANN401 - as strawberry
    """Describe a field that is read straight from the object shown; for `about`, see `sized`."""
    return strawberry.field(description=description, metadata=sized(about=about))


@schema_directive(locations=[Location.INPUT_OBJECT], name="oneOf", print_definition=False)
class ExactlyOne(OneOf):
    """GraphQL's own @oneOf, which is not to be defined in a schema: `strawberry` would do so."""


def resolved(
    resolver: Callable[..., Any],
    description: str,
    *,
    kind: Any = None,  # noqa: ANN401 - any type of the schema
    about: int | None = None,
    work: int | None = None,
) -> Any:  # noqa: ANN401 - as strawberry.field itself
    """Describe a field that `resolver` gives, such as one with arguments.

    `kind` is its type, where the resolver does not say it; for the others, see `sized`.
    """
    return strawberry.field(
        resolver=resolver,
        graphql_type=kind,
        description=description,
        metadata=sized(about=about, work=work),
    )


@strawberry.type(description="The place in a document that something was read from.")
class Source:
    document: str = described("SHA-256 of the document, 64 hexadecimal digits.")
    line: int = described("Line in the document, from 1.")
    as_printed: Personal = described("The text there, untouched.")


@strawberry.type(description="That an item was taken out of the plan.")
class Withdrawal:
    on: date = described("The civil day from which it is no longer in the plan.")
    replaced_by: list[str] = described(
        "Refs of what took its place; empty if nothing did.", about=1
    )


@strawberry.type(description="By what right a change was decided.")
class Authority:
    forum: str | None = described("The forum that decided.")
    meeting: date | None = described("The day it met.")
    minute: str | None = described("The minute, as the forum numbers them.")
    officer: Personal | None = described("The officer who decided under delegated authority.")


@strawberry.type(description="Who recorded an entry.")
class Author:
    # Not `id`: the account's name may have been another when it recorded something else.
    id: strawberry.ID = strawberry.field(name="account", description="Stable id of the account.")
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
