"""What surrounds the items of a plan, as values: versions, reviews, ratings, evidence, queries."""

from datetime import date

from msgspec import Struct

from planledger.events.dates import PartialDate
from planledger.events.values import (
    Confidence,
    Disposition,
    EvidenceKind,
    Personal,
    Rating,
    RatingMeaning,
    ReferenceKind,
    VersionKind,
)


class _Value(Struct, frozen=True, kw_only=True, gc=False):
    """A frozen value without cycles."""


class Approval(_Value, frozen=True, kw_only=True, gc=False):
    """That a body approved a version."""

    body: str
    on: date
    at: int
    """Position of its entry."""


class Submission(_Value, frozen=True, kw_only=True, gc=False):
    """That a version was sent to those it is owed to."""

    recipients: tuple[Personal, ...]
    method: str
    on: date
    at: int


class Version(_Value, frozen=True, kw_only=True, gc=False):
    """A version of the plan as it was given out; `at` is how it stood."""

    id: str
    label: str
    kind: VersionKind
    on: date
    at: int
    approvals: tuple[Approval, ...] = ()
    submissions: tuple[Submission, ...] = ()


class Baseline(_Value, frozen=True, kw_only=True, gc=False):
    """A point that slippage is also measured against; `at` is how the plan stood."""

    id: str
    label: str
    on: date
    at: int


class Closing(_Value, frozen=True, kw_only=True, gc=False):
    """That the plan came to its end."""

    on: date
    at: int
    outcome: Personal
    successor: str | None


class Inspection(_Value, frozen=True, kw_only=True, gc=False):
    """A report that the plan answers."""

    id: str
    framework: str
    judgement: str
    received_on: date
    published_on: date | None
    working_days: int
    statement_due_on: date
    on: date


class Forum(_Value, frozen=True, kw_only=True, gc=False):
    """A body that reviews the plan."""

    id: str
    name: str
    remit: Personal | None
    every_months: int | None
    added_on: date


class Review(_Value, frozen=True, kw_only=True, gc=False):
    """A forum's dated look at the plan."""

    id: str
    forum: str
    label: str
    as_at: date
    opened_on: date
    closed_on: date | None = None
    closed_at: int | None = None
    """Position at which it was closed: what it saw, for ever."""


class RatingKey(_Value, frozen=True, kw_only=True, gc=False):
    """One version of what ratings mean."""

    id: str
    version: int
    name: str
    meanings: tuple[RatingMeaning, ...]
    on: date

    @property
    def ratings(self) -> frozenset[Rating]:
        """The ratings it knows."""
        return frozenset(meaning.rating for meaning in self.meanings)


class GivenRating(_Value, frozen=True, kw_only=True, gc=False):
    """What a review judged of an item."""

    item: str
    review: str
    key: str
    key_version: int
    rating: Rating
    rationale: Personal | None
    on: date
    at: int


class Challenge(_Value, frozen=True, kw_only=True, gc=False):
    """What a review asked, and what was answered."""

    id: str
    review: str
    item: str | None
    text: Personal
    response_due: date | None
    raised_on: date
    disposition: Disposition | None = None
    answer: Personal | None = None
    answered_on: date | None = None


class Evidence(_Value, frozen=True, kw_only=True, gc=False):
    """A link to what shows that something was done."""

    id: str
    title: Personal
    kind: EvidenceKind
    dated: PartialDate | None
    uri: str
    sha256: str | None
    items: tuple[str, ...]
    on: date
    withdrawn_on: date | None = None


class Reference(_Value, frozen=True, kw_only=True, gc=False):
    """A pointer from one item to another, as printed and as read."""

    id: str
    item: str
    kind: ReferenceKind
    as_printed: str
    printed_target: str | None
    resolved_target: str | None
    confidence: Confidence


class Query(_Value, frozen=True, kw_only=True, gc=False):
    """What the importer or a person could not decide."""

    id: str
    item: str | None
    line: int | None
    question: Personal
    taken: Personal
    instead: Personal
    raised_on: date
    resolution: Personal | None = None
    resolved_on: date | None = None
