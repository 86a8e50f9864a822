"""Resolving a point to a position and a day: what every answer is read from (design page 3.2)."""

from datetime import date, datetime

from planledger.events.envelope import instant
from planledger.ledger.loading import Histories
from planledger.projections.points import (
    AtEndOf,
    AtHead,
    AtInstant,
    AtPosition,
    AtReview,
    Point,
    civil_day,
    day_of,
    last_instant,
)
from planledger.projections.view import Basis
from planledger.storage.port import Commit, EntryStore

LAST_YEAR = 2199


class QuestionError(Exception):
    """A question that cannot be answered as put; `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        """Say what is wrong with the question and what to ask instead."""
        super().__init__(message)
        self.code = code


class Resolver:
    """Resolves the points of one question, at one moment."""

    def __init__(self, store: EntryStore, histories: Histories, now: datetime) -> None:
        """Resolve against what `store` holds; `now` is the present moment."""
        self._store = store
        self._histories = histories
        self._now = now
        self._today = civil_day(now)

    def basis(self, point: Point, effective_on: date | None = None) -> Basis:
        """Give what an answer for a point is read from. Raises QuestionError."""
        if effective_on is not None and effective_on.year > LAST_YEAR:
            raise QuestionError("DATE_IMPOSSIBLE", f"Ask for a day up to the year {LAST_YEAR}.")
        head = self._store.head()
        if isinstance(point, AtHead):
            return _basis_of(head, effective_on or self._today, final=False)
        if isinstance(point, AtReview):
            return self._of_review(point, effective_on, head)
        if isinstance(point, AtPosition):
            commit = self._store.commit_at(position=point.position) if point.position else None
            if point.position and commit is None:
                last = head.last if head else 0
                raise QuestionError(
                    "POINT_IN_FUTURE",
                    f"The ledger has no position {point.position} yet; its last is {last}.",
                )
            day = day_of(commit.recorded_us) if commit else self._today
            # Before the first entry only a day that was named stays the same.
            final = commit is not None or effective_on is not None
            return _basis_of(commit, effective_on or day, final=final)
        return self._of_clock(point, effective_on, head)

    def _of_clock(
        self, point: AtInstant | AtEndOf, effective_on: date | None, head: Commit | None
    ) -> Basis:
        day = point.day if isinstance(point, AtEndOf) else civil_day(point.moment)
        # What is recorded is past, also when the clock has been set back since.
        now = max(self._now, instant(head.recorded_us if head else 0))
        # The end of today is still to come, but today is a fair thing to ask for.
        ahead = point.day > civil_day(now) if isinstance(point, AtEndOf) else point.moment > now
        if ahead:
            raise QuestionError(
                "POINT_IN_FUTURE",
                f"Nobody knows yet what the ledger will hold then; today is {self._today}. "
                "For what is agreed for a later day, ask for that effective day.",
            )
        last = last_instant(point)
        commit = self._store.commit_at(recorded_us=last)
        final = head is not None and last <= head.recorded_us
        return _basis_of(commit, effective_on or day, final=final)

    def _of_review(self, point: AtReview, effective_on: date | None, head: Commit | None) -> Basis:
        ref, _, name = point.review.partition("/")
        plan = self._histories.state(ref, head.last if head else 0)
        review = plan.reviews.get(name) if plan else None
        if review is None:
            raise QuestionError(
                "UNKNOWN_REVIEW",
                f"There is no review {point.review[:80]!r}. Reviews are named plan/review, such as "
                '"plymouth-2015/scrutiny-2015-q1".',
            )
        if review.closed_at is None:
            raise QuestionError(
                "REVIEW_NOT_CLOSED",
                f"{point.review} is still open, so what it will have seen is not settled. "
                "Ask for a position or a day instead.",
            )
        commit = self._store.commit_at(position=review.closed_at)
        return _basis_of(commit, effective_on or review.as_at, final=True, review=point.review)


def _basis_of(
    commit: Commit | None, effective_on: date, *, final: bool, review: str | None = None
) -> Basis:
    return Basis(
        position=commit.last if commit else 0,
        recorded_at=instant(commit.recorded_us) if commit else None,
        review=review,
        effective_on=effective_on,
        final=final,
    )
