"""What an act is: one kind of change that people record, and the fields it is filled in by."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct

from planledger.domain.commands import PlanCommand

Texts = Mapping[str, str]
"""What somebody filled in, by the names of fields; blank ones are left out."""


class Kind(Enum):
    """What a field holds, and so how it is asked for."""

    TEXT = "a line"
    WORDS = "a text of several lines"
    DAY = "a civil day, 2015-03-31"
    PARTIAL_DATE = "a year, quarter, month or day: 2015, 2015-Q1, 2015-03 or 2015-03-31"
    NUMBER = "a number"
    CHOICE = "one of several values"
    MILESTONE = "the ref of a milestone, such as 1.4/2"
    ITEM = "the ref of an area, action or milestone"
    PARTIES = "names of parties, with ; between them; blank for nobody"
    KPI = "the short name of a KPI"
    REVIEW = "the short name of a review"
    FORUM = "the short name of a forum"
    CHALLENGE = "the id of a challenge"
    EVIDENCE = "ids of evidence, with ; between them"


class Field(Struct, frozen=True, kw_only=True):
    """One thing to fill in."""

    name: str
    """In forms and as the heading of a column: "to_date"; the same for ever."""
    label: str
    kind: Kind
    hint: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """Of a CHOICE: each value, and how it is said."""
    path: str | None = None
    """What refusals call it ("toDate"), where it is not the name in camel case."""


class Problem(Struct, frozen=True, kw_only=True):
    """What is wrong with what was filled in."""

    field: str | None
    """The name of a field of the act; None where it is about all of it."""
    message: str
    """For people: what is wrong, and what to do next."""
    code: str | None = None
    """Of the refusal, where the ledger refused it."""


class Act(Struct, frozen=True, kw_only=True):
    """One kind of change that people record."""

    name: str
    """In addresses and in sheets: "move-date"; the same for ever."""
    title: str
    """As a form is headed: "Move a target date"."""
    about: str
    """One sentence on what is recorded and when to use it."""
    fields: tuple[Field, ...]
    """Its own; the fields that every act has (effective day, reason, authority) come after them."""
    command: Callable[[str, Mapping[str, Any]], PlanCommand]
    """Makes the command of a plan's ref and the fields' values, every one of them readable."""
