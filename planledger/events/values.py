"""Values that several events share. Class and field names are the storage format."""

import re
from datetime import date
from enum import Enum

from msgspec import Struct

TEXT_LIMIT = 10_000
"""The most characters that any one text of the ledger may have."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Unicode's control characters, but for tab and new line, and halves of surrogate pairs."""


def text_problem(text: str) -> str | None:
    """Say what makes a text unusable, if anything does: too long, or with control characters."""
    if len(text) > TEXT_LIMIT:
        return f"it has {len(text):,} characters; {TEXT_LIMIT:,} is the most"
    found = _CONTROL.search(text)
    if found is not None:
        return f"it has a control character (U+{ord(found[0]):04X}); take it out"
    return None


def blank_problem(text: str) -> str | None:
    """Say that a text is empty, if it is: nobody can look up a reason of three spaces."""
    return None if text.strip() else "it is empty; write something, or leave it out"


class _Value(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """A frozen value; `gc=False` is safe since values hold no cycles, and makes reading fast."""


class Personal(_Value, frozen=True, kw_only=True, gc=False):
    """A text that names a person or is free prose.

    It has a type of its own so that it can be kept apart and erased later (design page 3.6).
    Only `planledger.answers` turns it into text, when an answer is given.
    """

    words: str

    def problem(self) -> str | None:
        """Say what makes the text unusable, if anything does, without giving it away."""
        return text_problem(self.words) or blank_problem(self.words)


class Author(_Value, frozen=True, kw_only=True, gc=False):
    """Who recorded an entry: a stable id, and the name to show."""

    id: str
    name: Personal


class Authority(_Value, frozen=True, kw_only=True, gc=False):
    """By what right a change was decided: a forum's meeting and minute, or a delegated officer."""

    forum: str | None
    meeting: date | None
    minute: str | None
    officer: Personal | None


class Source(_Value, frozen=True, kw_only=True, gc=False):
    """The place in a document that an entry was read from."""

    document: str
    """SHA-256 of the document's bytes, 64 hexadecimal digits."""
    line: int
    """Line in the document, counted from 1."""
    as_printed: Personal
    """The text there, untouched; personal because it may name people."""


class Period(_Value, frozen=True, kw_only=True, gc=False):
    """A stretch of days that a figure speaks of, both ends included."""

    first: date
    last: date
    label: str
    """As the council calls it: "Q4 2014-15"."""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"The period ends on {self.last}, before it begins on {self.first}.")


class ItemKind(Enum):
    """The kinds of item a plan is made of."""

    AREA = "area"
    STATEMENT = "statement"
    ACTION = "action"
    MILESTONE = "milestone"


class StatementKind(Enum):
    """What a statement under an area states."""

    OBJECTIVE = "objective"
    OUTCOME = "outcome"
    MEASURE = "measure"


class Definition(Enum):
    """How far a proposed milestone is defined."""

    STATED = "stated"
    """It says what is to be reached."""
    UNDEFINED = "undefined"
    """It promises that something will be defined later ("TBC", "To be set through …")."""
    CROSS_REFERENCE = "cross-reference"
    """It only points at milestones elsewhere in the plan."""


class PartyKind(Enum):
    """What can lead, decide or report."""

    PERSON = "person"
    POST = "post"
    BODY = "body"
    ORGANISATION = "organisation"
    COLLECTIVE = "collective"


class Polarity(Enum):
    """Which way a KPI is better."""

    HIGH = "high"
    LOW = "low"
    TARGET = "target"
    """Close to the target is best."""


class ReadingStatus(Enum):
    """Whether a reading may still change for ordinary reasons."""

    PROVISIONAL = "provisional"
    FINAL = "final"


class RevisionCause(Enum):
    """Why a reading was published again."""

    ERROR = "error"
    REVISION = "revision"
    FINALISED = "finalised"


class ReasonCode(Enum):
    """The kind of reason for which a target date moved."""

    RESOURCES = "resources"
    RECRUITMENT = "recruitment"
    DEPENDENCY = "dependency"
    PARTNER = "partner"
    SCOPE = "scope"
    INFORMATION = "information"
    DECISION = "decision"
    OTHER = "other"


class SuppressionRule(Enum):
    """Which figures public papers must hide (design page 2.3).

    Stored by its value. A definition may carry another text, from before rules had names; the
    stricter rule is then taken.
    """

    NONE = "none"
    """Nothing is hidden: it counts no people."""
    SMALL_NUMBERS = "small-numbers"
    """Counts of five or fewer, and percentages on a denominator of ten or fewer."""


class Progress(Enum):
    """How far a milestone's lead says the work has come, short of complete."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"


class SignOffLevel(Enum):
    """What a sign-off vouches for."""

    ACCEPTED = "accepted"
    """A forum or officer accepts that it is complete."""
    ASSURED = "assured"
    """It was tested independently that it is embedded."""


class ReopenTrigger(Enum):
    """What showed that a milestone was not complete after all."""

    AUDIT = "audit"
    OFSTED = "ofsted"
    KPI = "kpi"
    ERROR = "error"
    OTHER = "other"


class EvidenceKind(Enum):
    """What a piece of evidence is."""

    DOCUMENT = "document"
    MINUTES = "minutes"
    DATA = "data"
    AUDIT = "audit"
    OBSERVATION = "observation"
    OTHER = "other"


class VersionKind(Enum):
    """What a version of the plan was issued as."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    APPROVED = "approved"
    PUBLISHED = "published"
    REFRESHED = "refreshed"


class Rating(Enum):
    """A judgement given at a review; what it means is said by the key it is given under."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class RatingMeaning(_Value, frozen=True, kw_only=True, gc=False):
    """What one rating means under a key."""

    rating: Rating
    meaning: str


class Disposition(Enum):
    """What came of a challenge."""

    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly-accepted"
    DECLINED = "declined"


class ReferenceKind(Enum):
    """What a cross-reference means."""

    REFERENCE = "reference"
    DEPENDS_ON = "depends-on"


class Confidence(Enum):
    """How sure the reader of a document was of a reading."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"
