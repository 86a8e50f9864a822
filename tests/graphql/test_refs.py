"""How plans and reviews are named: what is no name at all is told from what names nothing."""

import pytest

from tests.support.face import Face, code_of

PLAN = "query($ref: PlanRef!) { ledger { plan(ref: $ref) { ref } } }"
REVIEW = "query($ref: ReviewRef!) { ledger(knownAt: {review: $ref}) { basis { position } } }"
FEED = "query($ref: PlanRef!) { events(plan: $ref) { nodes { position } } }"
DRAFT = """mutation($plan: PlanRef!) { planDraft(input: {plan: $plan, title: "A plan"}) {
  ... on UserError { code path } } }"""


@pytest.mark.parametrize(
    ("document", "longest"),
    [(PLAN, 100), (FEED, 100), (REVIEW, 201)],
    ids=["plan", "feed", "review"],
)
def test_what_is_too_long_to_be_a_name_is_not_looked_for(
    face: Face, document: str, longest: int
) -> None:
    """A client that sends a title for a ref has a mistake, and no plan that is not there."""
    face.begin()
    wrong: list[object] = ["a" * (longest + 1), 7, True, ["alpha"], {}]
    for bad in wrong:
        _, (error,) = face.run(document, {"ref": bad})
        assert code_of(error) == "BAD_USER_INPUT"
        assert f"up to {longest} characters, such as plymouth-2015" in error.message


def test_what_could_be_a_name_and_names_nothing_is_answered_as_such(face: Face) -> None:
    """Null for a plan, a code of its own for a review: the ledger knows what there is."""
    face.begin()
    assert face.ask(PLAN, ref="a" * 100) == {"ledger": {"plan": None}}
    assert face.refusal(REVIEW, ref="a" * 201) == "UNKNOWN_REVIEW"
    assert face.refusal(REVIEW, ref="alpha/q1") == "UNKNOWN_REVIEW"


def test_a_name_that_no_plan_may_have_is_refused_by_the_rules_that_say_so(face: Face) -> None:
    """Who may name a plan how is for the domain to say, with a message of its own."""
    for name in ("Alpha", "a" * 65, "a_b", "a b", "-"):
        assert face.ask(DRAFT, plan=name)["planDraft"] == {"code": "NAME_UNUSABLE", "path": "plan"}


def test_plans_and_reviews_are_answered_by_the_names_that_they_are_asked_by(face: Face) -> None:
    """What one answer gives, the next question takes, without being taken apart."""
    face.begin()
    forum = {"plan": "alpha", "forum": "board", "name": "The board"}
    face.done("forumEstablish", forum)
    opened = {"review": "q1", "forum": "board", "label": "Q1", "asAt": "2026-02-12"}
    face.done("reviewOpen", {"plan": "alpha", **opened})
    face.done("reviewClose", {"plan": "alpha", "review": "q1"})
    shown = '{ ledger { plan(ref: "alpha") { ref reviews { ref } } } }'
    plan = face.ask(shown)["ledger"]["plan"]
    assert face.ask(PLAN, ref=plan["ref"])["ledger"]["plan"] == {"ref": "alpha"}
    (review,) = plan["reviews"]
    assert face.ask(REVIEW, ref=review["ref"])["ledger"]["basis"] == {"position": "7"}
