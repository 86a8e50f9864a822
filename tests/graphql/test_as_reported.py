"""What a review saw, and what is known of that day now: side by side, without arithmetic."""

from datetime import UTC, datetime
from typing import Any

from tests.support.face import Asker, Face

BASIS = "basis { position effectiveOn review { ref } final }"
REVIEW = f"""query($at: LedgerPoint) {{ ledger(knownAt: $at) {{ plan(ref: "alpha") {{
  review(ref: "q1") {{ ref asReported {{ {BASIS} ...words }} asNowKnown {{ {BASIS} ...words }} }}
  }} }} }}
  fragment words on Ledger {{ plan(ref: "alpha") {{ milestones {{ id text }} }} }}"""


def _review(face: Face, at: dict[str, Any] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = face.ask(REVIEW, at=at)["ledger"]["plan"]["review"]
    return found


def _open(face: Face) -> None:
    face.begin()
    face.done("forumEstablish", {"plan": "alpha", "forum": "board", "name": "The Board"})
    opened = {"review": "q1", "forum": "board", "label": "Q1", "asAt": "2026-02-12"}
    face.done("reviewOpen", {"plan": "alpha", **opened})


def _reworded_late(face: Face) -> None:
    """Close the review, and learn in April what the words had been in February."""
    _open(face)
    face.done("reviewClose", {"plan": "alpha", "review": "q1"})
    face.clock.now = datetime(2026, 4, 2, 9, tzinfo=UTC)
    words = {"item": "1.1/1", "to": "A board decides", "material": False}
    face.done("itemReword", {"plan": "alpha", **words, "effectiveOn": "2026-02-12"})


def _text(ledger: dict[str, Any]) -> str:
    (milestone,) = ledger["plan"]["milestones"]
    text: str = milestone["text"]
    return text


def test_an_open_review_has_reported_nothing_yet(face: Face) -> None:
    """What it will have seen is not settled; what is known of its day can be asked already."""
    _open(face)
    review = _review(face)
    assert review["asReported"] is None
    assert review["asNowKnown"]["basis"]["effectiveOn"] == "2026-02-12"


def test_what_a_review_saw_stays_and_what_is_known_of_its_day_moves_on(face: Face) -> None:
    """The two columns of every restatement; the first one never changes."""
    _reworded_late(face)
    review = _review(face)
    reported, known = review["asReported"], review["asNowKnown"]
    assert reported["basis"] == {
        "position": "7", "effectiveOn": "2026-02-12", "review": {"ref": "alpha/q1"}, "final": True,
    }  # fmt: skip
    assert known["basis"] == {
        "position": "8", "effectiveOn": "2026-02-12", "review": None, "final": False,
    }  # fmt: skip
    assert (_text(reported), _text(known)) == ("A board meets", "A board decides")


def test_it_is_what_the_root_field_answers_for_the_same_review(face: Face) -> None:
    """Two ways to ask one thing must not give two answers."""
    _reworded_late(face)
    whole = 'plan(ref: "alpha") { id title milestones { id text timeliness } } basis { position }'
    data = face.ask(
        f"""{{ then: ledger(knownAt: {{review: "alpha/q1"}}) {{ {whole} }}
        now: ledger(effectiveOn: "2026-02-12") {{ {whole} }}
        ledger {{ plan(ref: "alpha") {{ review(ref: "q1") {{
          asReported {{ {whole} }} asNowKnown {{ {whole} }} }} }} }} }}"""
    )
    review = data["ledger"]["plan"]["review"]
    assert review == {"asReported": data["then"], "asNowKnown": data["now"]}


def test_things_seen_twice_in_one_answer_have_two_ids(face: Face) -> None:
    """A client's cache that saw both under one id shows one value in both columns."""
    _reworded_late(face)
    review = _review(face)
    ids = {review[column]["plan"]["milestones"][0]["id"] for column in ("asReported", "asNowKnown")}
    assert len(ids) == 2


def test_asked_from_a_point_before_it_closed_it_was_open(face: Face) -> None:
    """At that point nobody could know what it would have seen."""
    _reworded_late(face)
    review = _review(face, {"position": "6"})
    assert review["asReported"] is None
    assert _text(review["asNowKnown"]) == "A board decides"


def test_every_review_of_two_years_can_be_seen_as_reported(northbridge: Asker) -> None:
    """Each says the position it saw, and all of them together are one question."""
    found = northbridge.ask(
        """{ ledger { plan(ref: "northbridge") { reviews { ref closedAt asReported { basis {
          position review { ref } } findings(plan: "northbridge") { on } } } } } }"""
    )["ledger"]["plan"]["reviews"]
    closed = [review for review in found if review["closedAt"]]
    assert len(closed) > 10
    for review in closed:
        basis = review["asReported"]["basis"]
        assert basis == {"position": review["closedAt"], "review": {"ref": review["ref"]}}
