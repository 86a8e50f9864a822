"""What answers about changes are made of."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from msgspec import Struct

from planledger.domain.plan import Action, Area, Item, Milestone, Plan, Span, Statement
from planledger.events.values import Personal
from planledger.projections.timing import Slippage
from planledger.projections.view import Basis


class Kind(Enum):
    """The kinds of thing that a plan holds; a thing is named by its kind and its id."""

    PLAN = "plan"
    AREA = "area"
    STATEMENT = "statement"
    ACTION = "action"
    MILESTONE = "milestone"
    PARTY = "party"
    KPI = "KPI"
    FORUM = "forum"
    REVIEW = "review"
    RATING_KEY = "rating key"
    RATING = "rating"
    CHALLENGE = "challenge"
    EVIDENCE = "evidence"
    REFERENCE = "reference"
    QUERY = "query"
    VERSION = "version"
    BASELINE = "baseline"
    INSPECTION = "inspection"


class Track(Enum):
    """What of a thing is told together; which fields those are is said in `tracks`."""

    WORDING = "wording"
    REF = "ref"
    PLACE = "place"
    """What it lies under, and where among its siblings."""
    PLACEHOLDER = "placeholder"
    AGREEMENT = "agreement"
    TARGET_DATE = "target date"
    LEAD = "lead"
    DELIVERY = "delivery"
    """How far it is delivered, and every claim that it is reached."""
    PROGRESS = "progress"
    """What was last reported of it: in words, and when it is expected."""
    WITHDRAWAL = "withdrawal"
    NAME = "name"
    DEFINITIONS = "definitions"
    TARGETS = "targets"
    """Of a KPI: one target a span."""
    READINGS = "readings"
    """Of a KPI: the vintages of one figure a span."""
    RESOLUTION = "resolution"
    ANSWER = "answer"
    CLOSING = "closing"
    APPROVALS = "approvals"
    SUBMISSIONS = "submissions"
    DOCUMENTS = "documents"
    DETAILS = "details"
    """What it was recorded with and no ordinary event changes."""
    ORIGIN = "origin"
    """When it came to be, and where it is printed."""


class ChangeClass(Enum):
    """What kind of change it is; `classes.INVERSE` says what each is backwards."""

    ADDED = "added"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    """It lies under another item, or elsewhere among its siblings; never said of a date."""
    DEFINED = "defined"
    UNDEFINED = "undefined"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    AGREED = "agreed"
    AGREEMENT_WITHDRAWN = "agreement withdrawn"
    DATE_SET = "date set"
    DATE_WITHDRAWN = "date withdrawn"
    SLIPPED = "slipped"
    BROUGHT_FORWARD = "brought forward"
    NARROWED = "narrowed"
    WIDENED = "widened"
    RECURRENCE_CHANGED = "recurrence changed"
    DATE_RESTATED = "date restated"
    """Only the words, the decider or what shares the date differ; nothing moved."""
    LEAD_ASSIGNED = "lead assigned"
    LEAD_VACANT = "lead vacant"
    LEAD_REASSIGNED = "lead reassigned"
    PROGRESSED = "progressed"
    """A later report of progress, whatever it says; what it says of delivery is told apart."""
    REGRESSED = "regressed"
    STARTED = "started"
    NOT_STARTED = "not started"
    PUT_ON_HOLD = "put on hold"
    RESUMED = "resumed"
    COMPLETED = "completed"
    SIGN_OFF_REFUSED = "sign-off refused"
    SIGNED_OFF = "signed off"
    REOPENED = "reopened"
    ASSURED = "assured"
    ASSURANCE_ENDED = "assurance ended"
    RATED = "rated"
    UNRATED = "unrated"
    RATING_CHANGED = "rating changed"
    TARGET_SET = "target set"
    TARGET_REMOVED = "target removed"
    TARGET_CHANGED = "target changed"
    READING_ADDED = "reading added"
    READING_REMOVED = "reading removed"
    READING_REVISED = "reading revised"
    REDEFINED = "redefined"
    RENAMED = "renamed"
    ALIASED = "aliased"
    UNALIASED = "unaliased"
    CLOSED = "closed"
    OPENED = "opened"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    APPROVED = "approved"
    UNAPPROVED = "unapproved"
    SUBMITTED = "submitted"
    UNSUBMITTED = "unsubmitted"
    DOCUMENT_IMPORTED = "document imported"
    DOCUMENT_REMOVED = "document removed"
    ALTERED = "altered"
    """Told otherwise, in a way that has no name of its own."""
    CORRECTED = "corrected"
    """The record was put right. Never counted with changes."""
    VOIDED = "voided"
    """What was recorded never happened, or was voided wrongly. Never counted with changes."""


CORRECTIONS = frozenset((ChangeClass.CORRECTED, ChangeClass.VOIDED))
"""The classes that say that the record changed, and not the world."""

Id = str | tuple[str, str]
"""A thing's key in the plan's map: its id; item and review for a rating; "" for the plan itself."""
Thing = tuple[Kind, Id]
THE_PLAN: Thing = (Kind.PLAN, "")
"""The plan as a thing: what it is apart from the things it holds."""

_KIND_OF: Mapping[type[Item], Kind] = {
    Area: Kind.AREA,
    Statement: Kind.STATEMENT,
    Action: Kind.ACTION,
    Milestone: Kind.MILESTONE,
}
ITEM_KINDS = tuple(_KIND_OF.values())
"""The kinds of item, in an order that no hash decides."""


def item_thing(item: Item) -> Thing:
    """Give an item as a thing: by its kind and its id."""
    return (_KIND_OF[type(item)], item.id)


class _Shape(Struct, frozen=True, kw_only=True, gc=False):
    """A frozen part of an answer."""


class Change(_Shape, frozen=True, kw_only=True, gc=False):
    """One difference between two states of a plan: of a thing's track, or of a thing as a whole."""

    kind: Kind
    id: Id
    track: Track | None
    """None for a whole thing that is there on one side only."""
    span: Span | None = None
    """First and last day of the period, for a KPI's targets and readings."""
    before: object
    """The values of the track's fields, as a tuple in the order of `tracks.TRACKS`; the thing,
    where it is whole; the target or the vintages of a span. None where there was nothing."""
    after: object
    what: ChangeClass
    slippage: Slippage | None = None
    """By how much, where it slipped or was brought forward."""
    causes: tuple[int, ...] = ()
    """Positions of the entries that made it, ascending; a corrected entry's correction too."""
    late: bool = False
    """In STEPS: recorded after the civil day of the start, of something in force by then."""


class ChangeSet(_Shape, frozen=True, kw_only=True, gc=False):
    """Everything that changed between two points."""

    start: Basis
    end: Basis
    steps: bool
    """Whether it is every move between, and not the difference of the ends."""
    changes: tuple[Change, ...]
    """NET: first what was corrected, then what changed, each by area, action and milestone, then
    the rest of the plan by kind. STEPS: in the order of the path, one entry after the other."""
    known: Plan | None
    """What `words.say` looks names up in: the plan at the end, with what was removed on the way."""
    states: tuple[Plan | None, Plan | None]
    """The plan at the start, and at the end."""


class EntryStanding(Enum):
    """How an entry stands at a point."""

    STANDS = "stands"
    AHEAD = "ahead"
    """It stands, and is effective after the day that is looked at."""
    CORRECTED = "corrected"
    VOID = "void"


class HistoryEntry(_Shape, frozen=True, kw_only=True, gc=False):
    """One entry in the history of a thing.

    Values follow the effective order: of the entries that stand, ordered by `place`, what each left
    is what the next one found, and the last one left what the state holds.
    """

    position: int
    recorded_at: datetime
    effective_on: date
    """The day it states; an amendment's own, which is where a correction stands."""
    place: tuple[date, int] | None
    """Where it stands in effective order, a correction in place of what it corrects; None for one
    that only voids another."""
    late_days: int
    """Days from the effective day to the civil day of recording; 0 where it was not late, or puts
    the record right."""
    standing: EntryStanding
    by: int | None
    """Position of the entry that corrected or voided it, if one did."""
    about: int | None
    """Of a correction or void: position of the entry it is about."""
    changes: tuple[Change, ...]
    """What it did to the thing; nothing where it does not stand, or not yet, or only voids. With a
    track, what it did to that, also where the thing came to be."""
    former: tuple[Change, ...]
    """Of an entry that was corrected or voided: what it did as it was recorded."""


class ItemHistory(_Shape, frozen=True, kw_only=True, gc=False):
    """Every entry that touches a thing, or one track of it, in ledger order."""

    basis: Basis
    kind: Kind
    id: Id
    track: Track | None
    inside: bool
    """Whether entries of what is under the item, or about it, are there too."""
    entries: tuple[HistoryEntry, ...]
    known: Plan | None
    """What `words.say` looks names up in."""


class Said(_Shape, frozen=True, kw_only=True, gc=False):
    """A change in words, the same for every face."""

    ref: str
    """What people call the thing: "1.4/2", "improvement-board/q1"; its id where it has no ref."""
    area: str | None
    """Ref of the area it belongs to, if to one."""
    title: Personal | None
    """Its wording, title or name, as last known."""
    before: tuple[Personal, ...]
    """One line a value; none where there was nothing."""
    after: tuple[Personal, ...]
