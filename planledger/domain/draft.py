"""A plan as a document states it, before it is imported.

Readers of documents give this; importing it proposes everything in it and agrees nothing.
Items point at each other by `key`: any text that is unique within the draft.
"""

from datetime import date

from msgspec import Struct

from planledger.events.target_dates import TargetDate
from planledger.events.values import (
    Confidence,
    Definition,
    PartyKind,
    ReferenceKind,
    StatementKind,
)


class _Draft(Struct, frozen=True, kw_only=True):
    """Where in the document it stands, and the text there, untouched."""

    line: int
    """Line in the document, counted from 1."""
    as_printed: str


class DraftMilestone(_Draft, frozen=True, kw_only=True):
    """One slot in the list of milestones of an action."""

    key: str
    text: str
    definition: Definition
    target_date: TargetDate
    """Its `decider` is the name of the body that is to decide, as printed."""
    shared_with: tuple[str, ...]
    """Keys of the other milestones that the one printed date governs."""
    leads: tuple[str, ...] | None
    """Keys of parties, where this milestone has leads of its own; None inherits the action's."""


class DraftAction(_Draft, frozen=True, kw_only=True):
    """One numbered row of a table."""

    key: str
    ref: str
    text: str
    placeholder: bool
    milestones: tuple[DraftMilestone, ...]
    leads: tuple[str, ...]
    """Keys of parties; empty where the document names none or says TBC."""
    lead_to_be_confirmed: str | None = None
    """Where it says TBC: that, as printed."""


class DraftStatement(_Draft, frozen=True, kw_only=True):
    """An objective, an outcome or a measure, with those nested in it."""

    key: str
    kind: StatementKind
    text: str
    children: "tuple[DraftStatement, ...]"


class DraftArea(_Draft, frozen=True, kw_only=True):
    """An area for improvement."""

    key: str
    number: str
    ordinal: int
    title: str
    statements: tuple[DraftStatement, ...]
    actions: tuple[DraftAction, ...]


class DraftParty(_Draft, frozen=True, kw_only=True):
    """Somebody or something that leads."""

    key: str
    kind: PartyKind
    name: str
    aliases: tuple[str, ...]
    """Other spellings taken to mean the same party."""


class DraftReference(_Draft, frozen=True, kw_only=True):
    """A pointer from one item to another. `as_printed` is the pointer itself: "2.1"."""

    item: str
    """Key of the item that points."""
    kind: ReferenceKind
    printed_target: str | None
    """Key of the item that the pointer names as numbered, if there is one."""
    resolved_target: str | None
    """Key of the item it is taken to mean, if known."""
    confidence: Confidence


class DraftQuery(Struct, frozen=True, kw_only=True):
    """What the reader could not decide, with the reading it took and the other one."""

    item: str | None
    """Key of the item it is about, if one."""
    line: int
    question: str
    taken: str
    instead: str


class Draft(Struct, frozen=True, kw_only=True):
    """A whole plan document, read."""

    title: str
    stated_on: date
    """The day the document bears; everything in it is effective on it."""
    sha256: str
    filename: str
    reader: str
    """Name and version of the reader, such as "text/1"."""
    introduction: tuple[str, ...] = ()
    """What stands before the first area, a text a paragraph."""
    areas: tuple[DraftArea, ...]
    parties: tuple[DraftParty, ...]
    references: tuple[DraftReference, ...]
    queries: tuple[DraftQuery, ...]
