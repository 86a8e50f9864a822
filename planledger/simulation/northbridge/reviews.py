"""The forums' reviews: what they looked at, how they judged it, what they asked."""

from collections.abc import Iterator
from typing import NamedTuple

from planledger.domain.commands import (
    AdoptRatingKey,
    AnswerChallenge,
    CloseReview,
    GiveRating,
    OpenReview,
    RaiseChallenge,
)
from planledger.events.values import Rating, RatingMeaning
from planledger.simulation.acts import Act, act, made
from planledger.simulation.northbridge.accounts import (
    BOARD,
    CLERK,
    DIRECTOR,
    OFFICE,
    SCRUTINY,
    board,
)
from planledger.simulation.northbridge.challenges import CHALLENGES
from planledger.simulation.northbridge.judgements import JUDGED, WHY

B, G, A, R = Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED
LETTERS = {"B": B, "G": G, "A": A, "R": R}

FIRST_KEY = (
    (B, "Complete and signed off"),
    (G, "On course for its dates"),
    (A, "Complete and awaiting sign-off, or behind"),
    (R, "Behind, with no plan to recover"),
)
SECOND_KEY = ((B, FIRST_KEY[0][1]), (G, FIRST_KEY[1][1]), (A, "Behind, with a plan to recover"),
              (R, FIRST_KEY[3][1]))  # fmt: skip
IMPACT_KEY = (
    (G, "Families notice a difference"),
    (A, "Work is done; families do not notice it yet"),
    (R, "Nothing has changed for families"),
)


class Held(NamedTuple):
    """A review: its short name, label, data cut-off, and the days it was opened and closed."""

    review: str
    forum: str
    label: str
    as_at: str
    opened: str
    closed: str


REVIEWS = (
    Held("board-2024-q1", BOARD, "Q1 2024", "2024-04-14", "2024-04-16", "2024-04-23"),
    Held("scrutiny-2024-q1", SCRUTINY, "Q1 2024", "2024-04-30", "2024-05-02", "2024-05-09"),
    Held("board-2024-q2", BOARD, "Q2 2024", "2024-07-14", "2024-07-16", "2024-07-23"),
    Held("scrutiny-2024-q2", SCRUTINY, "Q2 2024", "2024-07-31", "2024-08-27", "2024-09-05"),
    Held("board-2024-q3", BOARD, "Q3 2024", "2024-10-14", "2024-10-15", "2024-10-22"),
    Held("scrutiny-2024-q3", SCRUTINY, "Q3 2024", "2024-10-31", "2024-11-05", "2024-11-14"),
    Held("board-2024-q4", BOARD, "Q4 2024", "2025-01-14", "2025-01-15", "2025-01-21"),
    Held("scrutiny-2024-q4", SCRUTINY, "Q4 2024", "2025-01-31", "2025-02-04", "2025-02-13"),
    Held("board-2025-q1", BOARD, "Q1 2025", "2025-04-14", "2025-04-15", "2025-04-22"),
    Held("scrutiny-2025-q1", SCRUTINY, "Q1 2025", "2025-04-30", "2025-05-01", "2025-05-08"),
    Held("board-2025-q2", BOARD, "Q2 2025", "2025-07-14", "2025-07-15", "2025-07-22"),
    Held("scrutiny-2025-q2", SCRUTINY, "Q2 2025", "2025-07-31", "2025-08-26", "2025-09-04"),
    Held("board-2025-q3", BOARD, "Q3 2025", "2025-10-14", "2025-10-15", "2025-10-21"),
    Held("scrutiny-2025-q3", SCRUTINY, "Q3 2025", "2025-10-31", "2025-11-04", "2025-11-13"),
    Held("board-2025-q4", BOARD, "Q4 2025", "2026-01-14", "2026-01-14", "2026-01-20"),
    Held("scrutiny-2025-q4", SCRUTINY, "Q4 2025", "2026-01-23", "2026-01-26", "2026-01-29"),
)


def acts() -> Iterator[Act]:
    """Tell how the plan is reviewed."""
    yield from _keys()
    for number, held in enumerate(REVIEWS):
        yield act(
            held.opened, CLERK, OpenReview, review=held.review, forum=held.forum,
            label=held.label, as_at=held.as_at,
        )  # fmt: skip
        yield from _ratings(held, number // 2)
        yield from _challenges(held)
        yield act(held.closed, CLERK, CloseReview, review=held.review)


def _keys() -> Iterator[Act]:
    yield act(
        "2024-01-23", OFFICE, AdoptRatingKey, key="delivery", name="Delivery key",
        meanings=_meanings(FIRST_KEY), authority=board("2024-01-23", "8"),
    )  # fmt: skip
    yield act(
        "2024-09-17", OFFICE, AdoptRatingKey, key="delivery", name="Delivery key",
        meanings=_meanings(SECOND_KEY), authority=board("2024-09-17", "3"),
        reason="Amber meant two things; what awaits sign-off is now told by itself.",
    )  # fmt: skip
    yield act(
        "2024-03-04", CLERK, AdoptRatingKey, key="impact", name="Impact key",
        meanings=_meanings(IMPACT_KEY),
    )  # fmt: skip


def _meanings(stated: tuple[tuple[Rating, str], ...]) -> tuple[RatingMeaning, ...]:
    return tuple(RatingMeaning(rating=rating, meaning=meaning) for rating, meaning in stated)


def _ratings(held: Held, turn: int) -> Iterator[Act]:
    """Judge on the day of the meeting; "-" is no judgement."""
    for item, letters in JUDGED[held.forum].items():
        if letters[turn] == "-":
            continue
        # Area I is printed as 1 from version 2.0 on; either name finds it.
        yield act(
            held.closed, DIRECTOR if held.forum == BOARD else CLERK, GiveRating,
            review=held.review, item=item, rating=LETTERS[letters[turn]],
            key="delivery" if held.forum == BOARD else "impact",
            rationale=WHY.get((held.review, item)) or WHY.get((held.forum, item, letters[turn])),
        )  # fmt: skip


def _challenges(held: Held) -> Iterator[Act]:
    for number, challenge in enumerate(CHALLENGES.get(held.review, ()), start=1):
        name = f"challenge {number} of {held.review}"
        yield act(
            held.closed, CLERK, RaiseChallenge, called=name, review=held.review,
            item=challenge.item, text=challenge.text, response_due=challenge.due,
        )  # fmt: skip
        if challenge.answered is not None:
            yield act(
                challenge.answered, DIRECTOR, AnswerChallenge,
                challenge=made("challenge", name), disposition=challenge.disposition,
                answer=challenge.answer,
            )  # fmt: skip
