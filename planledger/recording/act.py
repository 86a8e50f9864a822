"""What an act is: one kind of change that people record, and the fields it is filled in by."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from planledger.domain.commands import PlanCommand

Texts = Mapping[str, str]
"""What somebody filled in, by the names of fields; a blank text is the same as none."""
Values = Mapping[str, Any]
"""What the texts say, by the names of fields; None where nothing was filled in."""


class Kind(Enum):
    """What a field holds, and so how it is asked for."""

    TEXT = "a line"
    NAME = "a line that may name people"
    WORDS = "a text of several lines"
    DAY = "a day: 31 March 2015, 31/3/2015 or 2015-03-31"
    PARTIAL_DATE = "a year, quarter, month or day: 2015, 2015-Q1, March 2015 or 31 March 2015"
    TARGET_DATE = 'a year, quarter, month or day as of a partial date, or "ongoing"'
    PERIOD = "a stretch of days: Q1 2014-15, 2014-15, March 2015 or 1/4/2014 to 30/6/2014"
    NUMBER = "a number"
    WHOLE = "a whole number from 1"
    CHOICE = "one of several values"
    MILESTONE = "the ref of a milestone, such as 1.4/2"
    ITEM = "the ref of an area, action or milestone"
    ITEMS = "refs of areas, actions or milestones, with ; between them"
    PARTY = "the name of a party"
    PARTIES = "names of parties, with ; between them; blank for nobody"
    KPI = "the short name or the name of a KPI"
    REVIEW = "the short name of a review"
    FORUM = "the short name or the name of a forum"
    BODY = "the short name or the name of a forum, or what another body is called"
    RATING_KEY = "the short name of a rating key"
    CHALLENGE = "the id of a challenge"
    QUERY = "the id of a query"
    EVIDENCE = "titles or ids of evidence, with ; between them"


SEVERAL = frozenset({Kind.ITEMS, Kind.PARTIES, Kind.EVIDENCE})
"""What holds several things, with ";" between them."""


class Field(Struct, frozen=True, kw_only=True):
    """One thing to fill in."""

    name: str
    """In forms and as the heading of a column: "to_date"; the same for ever."""
    label: str
    kind: Kind
    hint: str = ""
    required: bool = False
    among: type[Enum] | None = None
    """Of a CHOICE: what there is to choose from."""
    paths: tuple[str, ...] = ()
    """What else refusals call it, where that is not its name in camel case ("figure")."""

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Of a CHOICE: each value, and how it is said; the same but for hyphens."""
        return tuple((one.value, one.value.replace("-", " ")) for one in self.among or ())

    @property
    def path(self) -> str:
        """What the schema and refusals call it: "toDate"."""
        first, *rest = self.name.split("_")
        return first + "".join(part.capitalize() for part in rest)


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
    command: Callable[[str, Values], PlanCommand | Problem]
    """Makes the command of a plan's ref and the fields' values, every one of them readable."""
    needs: frozenset[str] = frozenset()
    """What of the fields that every act has it is never recorded without: "reason", "authority"."""
    hints: Mapping[str, str] = {}
    """Hints of its own for fields that every act has, by their names."""
    instead: Mapping[str, str] = {}
    """What to say of a refusal, by its code, where its own message speaks of another way in."""

    @property
    def every(self) -> tuple[Field, ...]:
        """Its own fields, and those that every act has."""
        common = (
            replace(
                field,
                required=field.name in self.needs,
                hint=self.hints.get(field.name, field.hint),
            )
            for field in COMMON
        )
        return (*self.fields, *common)


COMMON = (
    Field(
        name="effective_on",
        label="Effective on",
        kind=Kind.DAY,
        hint="The day it is true from in the world. Leave it blank for today.",
    ),
    Field(name="reason", label="Reason", kind=Kind.WORDS, hint="Why, in a sentence or two."),
    Field(
        name="authority_forum",
        label="Decided by",
        kind=Kind.BODY,
        hint="The forum that decided it, if one did.",
        paths=("authority",),
    ),
    Field(name="authority_meeting", label="At its meeting on", kind=Kind.DAY),
    Field(name="authority_minute", label="Minute", kind=Kind.TEXT),
    Field(
        name="authority_officer",
        label="Or by an officer, under delegated authority",
        kind=Kind.NAME,
        hint="Name and post.",
    ),
)
"""What every act is asked for."""
