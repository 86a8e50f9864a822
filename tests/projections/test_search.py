"""Search: what people type is found as documents print it, and nothing by half a number."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.answers import reveal
from planledger.events.catalogue import PlanEvent
from planledger.events.party import LeadAssigned, PartyAliased, PartyRegistered
from planledger.events.structure import ActionAdded, ItemRenumbered
from planledger.events.values import PartyKind, Personal
from planledger.projections.passages import Said
from planledger.projections.search import Closeness, Found, fold, marks, search, words_of
from planledger.projections.view import PlanView, view_plan
from tests.support.books import Book, action, area, milestone
from tests.support.deeds import withdrawn

ON = date(2026, 4, 15)


def _plan(*events: PlanEvent, ref: str = "alpha") -> PlanView:
    book = Book(ref)
    book.write_all(list(events))
    return view_plan(book.folded(), ON)


def _worded(*texts: str) -> PlanView:
    """Give a plan with an area, and an action for each of some texts, 1.1 and on."""
    actions = (
        ActionAdded(action=f"b{number}", area="a1", ref=f"1.{number}", text=text, placeholder=False)
        for number, text in enumerate(texts, start=1)
    )
    return _plan(area("a1", "1", 1), *actions)


def _found(plans: Sequence[PlanView], text: str) -> Found:
    return search(plans, words_of(text), reveal)


def _refs(plan: PlanView, text: str) -> list[str]:
    return [hit.passage.ref for hit in _found([plan], text).hits]


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Children’s social care", "children's"),
        ("“Front door” – agreed", '"front door"'),
        ("Re‑referrals", "re-referrals"),
        ("Zoë Müller leads", "zoe MULLER"),
        ("Straße", "STRASSE"),
        ("Zoe\u0308 in two signs", "Zoë"),
        ("\u202eעברית\u202c here", "עברית"),
        ("a\u00adcross a soft hyphen", "across"),
        ("Ｗｉｄｅ letters", "wide"),
        ("<b>bold</b> & =1+1", "<b>bold</b>"),
        ("<b>bold</b> & =1+1", "=1+1"),
        ("100% (of all)", "100%"),
    ],
)
def test_what_is_typed_is_found_as_it_is_printed(printed: str, typed: str) -> None:
    """Keyboards have one quote and one hyphen; documents have a dozen, and marks nobody sees."""
    assert "1.1" in _refs(_worded(printed), typed)


def test_all_words_are_needed_in_any_order() -> None:
    """Each word more narrows it down; that is what people expect of one more word."""
    plan = _worded("Review every audit", "Audit the plan", "Review the plan")
    assert _refs(plan, "audit") == ["1.1", "1.2"]
    assert _refs(plan, "audit review") == ["1.1"]
    assert _refs(plan, "review   audit") == ["1.1"]
    assert _refs(plan, "audit review budget") == []


def test_the_very_number_comes_first_then_whole_words_then_parts() -> None:
    """Who types 1.2 wants 1.2; and "worker" before "workers"."""
    plan = _worded("Social workers", "Each worker", "See 1.2 and the worker")
    assert _refs(plan, "1.2") == ["1.2", "1.3"]
    assert _refs(plan, "worker") == ["1.2", "1.3", "1.1"]
    closeness = [hit.closeness for hit in _found([plan], "worker").hits]
    assert closeness == [Closeness.WORDS, Closeness.WORDS, Closeness.PARTS]


def test_those_that_come_as_close_stand_in_the_order_of_the_plans() -> None:
    """Twice the same question must not give two orders."""
    events: list[PlanEvent] = [
        area("a1", "1", 1),
        action("b1", "1.1", "a1"),
        action("b2", "1.2", "a1"),
    ]
    plans = [_plan(*events, ref="alpha"), _plan(*events, ref="beta")]
    hits = _found(plans, "do").hits
    names = [(hit.passage.plan, hit.passage.ref) for hit in hits]
    assert names == sorted(names)
    assert len(names) == 4
    assert _found(plans, "do") == _found(plans, "do")


def test_a_number_is_found_whole_and_with_what_stands_under_it() -> None:
    """1.1 is no part of 11.1, and 1.1/1 belongs to it."""
    plan = _plan(
        area("a1", "1", 1),
        action("b1", "1.1", "a1"),
        milestone("m1", "b1", 1),
        action("b2", "11.1", "a1"),
        action("b3", "1.10", "a1"),
    )
    assert _refs(plan, "1.1") == ["1.1", "1.1/1"]


def test_a_former_number_still_finds_it() -> None:
    """Minutes name the number that it had when they were written."""
    renumbered = ItemRenumbered(item="b1", from_ref="1.1", to_ref="2.7")
    plan = _plan(area("a1", "1", 1), action("b1", "1.1", "a1"), renumbered)
    (hit,) = _found([plan], "1.1").hits
    assert hit.passage.ref == "2.7"
    assert Said.FORMER_REF in {match.said for match in hit.matches}


def test_a_former_number_of_an_area_finds_it_as_it_was_printed_and_as_it_was_referred_to() -> None:
    """ "II" stands in the minutes and 2 in the links, and both became 7."""
    renumbered = ItemRenumbered(item="a1", from_ref="II", to_ref="7")
    plan = _plan(area("a1", "II", 2), renumbered)
    assert _refs(plan, "II") == ["7"]
    (hit,) = _found([plan], "2").hits
    assert hit.passage.ref == "7"
    assert Said.FORMER_REF in {match.said for match in hit.matches}


def test_a_milestone_is_found_by_the_number_that_its_action_had() -> None:
    """Minutes name 1.1/2, and know nothing of an action that was renumbered since."""
    renumbered = ItemRenumbered(item="b1", from_ref="1.1", to_ref="2.7")
    steps = (milestone("m1", "b1", 1), milestone("m2", "b1", 2))
    plan = _plan(area("a1", "1", 1), action("b1", "1.1", "a1"), *steps, renumbered)
    assert _refs(plan, "1.1/2") == ["2.7/2"]
    assert _refs(plan, "1.1") == ["2.7", "2.7/1", "2.7/2"]


@pytest.mark.parametrize(("typed", "there"), [("a", True), ("ct", False), ("act", True)])
def test_a_word_of_two_letters_is_looked_for_whole(typed: str, *, there: bool) -> None:
    """Every text has an "a" in some word of it."""
    assert bool(_refs(_worded("Enact a protocol"), typed)) is there


def test_a_lead_is_found_by_any_name_and_so_is_what_they_lead() -> None:
    """ "What was Ann Baker to do?" is asked years after she became Ann Carter."""
    ann = PartyRegistered(party="p1", kind=PartyKind.PERSON, name=Personal(words="Ann Carter"))
    plan = _plan(
        area("a1", "1", 1),
        action("b1", "1.1", "a1"),
        milestone("m1", "b1", 1),
        action("b2", "1.2", "a1"),
        ann,
        PartyAliased(party="p1", alias=Personal(words="Ann Baker")),
        LeadAssigned(item="b1", party="p1"),
    )
    hits = _found([plan], "baker").hits
    assert [(hit.passage.kind.value, hit.passage.ref) for hit in hits] == [
        ("action", "1.1"),
        ("party", "p1"),
    ]
    assert [match.said for hit in hits for match in hit.matches] == [Said.LEAD, Said.OTHER_NAME]


def test_what_left_the_plan_is_found_and_said_to_have_left() -> None:
    """Nothing disappears; a search that hides it would say that it never was."""
    plan = _plan(
        area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1", 1), withdrawn("m1")
    )
    (hit,) = _found([plan], "1.1/1").hits
    assert hit.passage.withdrawn


@pytest.mark.parametrize("text", ["", "  ", '"', "()", "…", "\u202e\u202c"])
def test_without_a_word_nothing_is_found(text: str) -> None:
    """Everything says nothing; a list of everything would be no answer."""
    assert words_of(text) == ()
    assert _refs(_worded("Some text"), text) == []


def test_a_plan_with_nothing_in_it_is_found_by_its_name() -> None:
    """A plan that was only drafted has a title."""
    assert _refs(_plan(), "plan") == ["alpha"]
    assert _found([], "plan").hits == ()


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Children’s care", "children's", ["Children’s"]),
        ("Zoe\u0308 and Zoë", "zoe", ["Zoe\u0308", "Zoë"]),
        ("Straße", "ss", []),
        ("Straße", "strass", ["Straß"]),
        ("audit, audits", "audit", ["audit", "audit"]),
        ("ababa", "aba bab", ["abab"]),
        ("a cat at a", "a", ["a", "a"]),
        ("", "a", []),
        ("<b>", "<b>", ["b"]),
        ("İstanbul", "istanbul", ["İstanbul"]),
    ],
)
def test_what_was_found_can_be_marked_in_the_text_as_it_is_printed(
    text: str, typed: str, marked: list[str]
) -> None:
    """A person sees why it is there; a mark that is one sign off would cut a letter in two."""
    spans = marks(text, words_of(typed))
    assert [text[start:end] for start, end in spans] == marked


@given(st.text(max_size=40))
def test_signs_are_folded_one_by_one_as_in_the_whole_text(text: str) -> None:
    """Else marks would stand elsewhere than what was found."""
    assert fold(text) == "".join(map(fold, text))
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40), st.text(max_size=10))
def test_marks_are_in_order_apart_and_inside(text: str, typed: str) -> None:
    """Whatever people write, a page is cut into pieces that make the text again."""
    places = [place for span in marks(text, words_of(typed)) for place in span]
    assert places == sorted(set(places))
    assert all(0 <= place <= len(text) for place in places)


@given(st.lists(st.sampled_from(["audit", "Plan", "é", "re-referral", "’s"]), max_size=4))
def test_whatever_is_found_has_every_word_marked(typed: list[str]) -> None:
    """A hit without a mark in it would leave people guessing."""
    words = words_of(" ".join(typed))
    plan = _worded("Audit plan: é", "Plan’s audits", "re-referrals, é and plans")
    for hit in search([plan], words, reveal).hits:
        texts = [match.text for match in hit.matches if isinstance(match.text, str)]
        for word in words:
            assert any(marks(text, [word]) for text in texts)
