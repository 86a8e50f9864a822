"""People see what a form would change before it is recorded, and lose nothing they typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planledger.ledger import Ledger
from planledger.recording.acts import ACTS
from planledger.server.room.fields import prefilled
from tests.support.filled_in import begin
from tests.support.forms import Form
from tests.support.reading_room import Read, said
from tests.support.recording_room import MOVE, Forms, Service

SET = {"milestone": "1.1/1", "date": "30/4/2026"}


def test_what_would_change_is_shown_old_beside_new_and_nothing_is_recorded(
    room: Forms, ledger: Ledger
) -> None:
    """A slip is found by whoever sees what will stand in the plan."""
    before = ledger.head
    texts = {
        **MOVE,
        "effective_on": "10/2/2026",
        "authority_forum": "Improvement Board",
        "authority_meeting": "10 February 2026",
        "authority_minute": "4.2",
    }
    preview = room.form("move-date", milestone="1.1/1").fill(texts).sent()
    assert preview.page.heading == "Check before you record"
    for text in (
        "April 2026 May 2026",
        "10 February 2026",
        "Two posts are vacant.",
        "Improvement Board",
        "4.2",
        "Ann Officer",
        "Date moved later",
    ):
        assert text in preview.page.text
    assert ledger.head == before


def test_the_form_shows_what_the_plan_says_now_and_fills_it_in(room: Forms) -> None:
    """So that nobody moves a date they have not seen."""
    form = room.form("move-date", milestone="1.1/1")
    assert form.fields["from_date"] == ["April 2026"]
    assert form.page.facts()["Due by"] == "April 2026"
    blank = room.form("move-date").fill({"milestone": "1.1/1", "reason": "Ill."})
    looked = blank.sent("look")
    assert looked.fields["from_date"] == ["April 2026"]
    assert looked.fields["reason"] == ["Ill."]
    room.form("lead", item="1.1").fill({"to_parties": "Ines Okoro"}).recorded()
    lead = room.form("lead", item="1.1")
    (chosen,) = [text for text in lead.fields["from_parties"] if text]
    assert chosen.startswith("party-")


def test_the_last_figures_of_a_kpi_are_said_with_their_unit(room: Forms) -> None:
    """27.5 of what? Who revises it would have to look elsewhere."""
    reading = {"kpi": "re-referrals", "period": "Q3 2025-26", "extracted_on": "5/1/2026"}
    figure = {"value": "27.5", "numerator": "1112", "denominator": "4044", "status": "final"}
    room.form("reading").fill({**reading, **figure}).recorded()
    again = room.form("revise-reading", kpi="re-referrals").page
    assert again.facts()["Q3 2025-26"] == "27.5%, 1,112 of 4,044, final"


def test_what_is_wrong_stands_beside_its_field_and_at_the_top(room: Forms, ledger: Ledger) -> None:
    """People who cannot see colours, or the page at all, must find what to put right."""
    before = ledger.head
    form = room.form("move-date").fill(
        {"milestone": "1.1/1", "from_date": "then", "to_date": "31/6/2026", "effective_on": "soon"}
    )
    again = form.sent(status=422)
    assert list(again.problems) == ["from_date", "to_date", "effective_on", "reason"]
    assert again.page.one("//title").text.startswith("Error: ")
    summary = again.page.one("//div[@class='errors']")
    assert summary.get("role") == "alert"
    links = {link.get("href"): said(link) for link in summary.xpath(".//a")}
    for name, message in again.problems.items():
        assert f"Error: {links[f'#field-{name}']}" == message
        field = again.page.one(f"//*[@id='field-{name}']")
        assert field.get("aria-invalid") == "true"
        assert f"field-{name}-error" in field.get("aria-describedby").split()
    assert again.fields["to_date"] == ["31/6/2026"], "Nothing that was typed is lost."
    assert ledger.head == before


@pytest.mark.parametrize(
    ("act", "texts", "field", "says"),
    [
        ("move-date", {"from_date": "March 2026", **MOVE}, "from_date", "is due by April 2026"),
        ("move-date", {"milestone": "9.9/9", "from_date": "2026", **MOVE}, "milestone", "9.9/9"),
        ("set-date", SET, "date", "Move a target date"),
        ("complete", {"milestone": "1.1/1", "achieved_on": "2026"}, "milestone", "not agreed"),
        ("agree", {"milestone": "1.1/1"}, "authority_forum", "Name the forum"),
        ("move-date", {**MOVE, "authority_minute": "4"}, "authority_forum", "forum or a delegated"),
        ("move-date", {**MOVE, "effective_on": "1/1/2020"}, "effective_on", "later effective day"),
        ("open-review", {"forum": "board", "review": "Q 1", "label": "x", "as_at": "1/1/2026"},
         "review", "short name"),
    ],
)  # fmt: skip
def test_a_refusal_of_the_ledger_stands_beside_its_field(
    room: Forms, act: str, texts: dict[str, str], field: str, says: str
) -> None:
    """Rules of the plan are told as slips of the keyboard are: where they can be put right."""
    form = room.form(act, milestone="1.1/1").fill(texts).sent(status=422)
    assert says in form.problems[field]


def test_what_is_so_already_is_not_recorded_again(room: Forms) -> None:
    """Two clerks with one minute of a meeting between them."""
    form = room.form("set-date").fill({"milestone": "1.1/1", "date": "April 2026"})
    assert "It is so already" in form.sent(status=422).page.text


def test_changing_ones_mind_loses_nothing(room: Forms) -> None:
    """“Change it” leads back to the form as it was filled in."""
    filled = room.form("move-date", milestone="1.1/1").fill({**MOVE, "as_printed": "  May\t"})
    back = filled.sent().sent("change")
    for name in ("milestone", "from_date", "to_date", "reason", "as_printed"):
        assert back.fields[name] == filled.fields[name]


def test_what_deserves_a_second_look_is_pointed_out(room: Forms) -> None:
    """A date that is moved on the eve of a review is what an inspector asks about."""
    review = {"forum": "board", "review": "q1", "label": "Q1 2026", "as_at": "13 February 2026"}
    room.form("open-review").fill(review).recorded()
    texts = {**MOVE, "effective_on": "11/2/2026"}
    page = room.form("move-date", milestone="1.1/1").fill(texts).sent().page
    warnings = said(page.one("//section[@class='warnings']"))
    assert "It takes effect on 11 February 2026, which was yesterday" in warnings
    assert "within 5 working days before Q1 2026" in warnings
    later = (
        room.form("set-date")
        .fill({"milestone": "1.1/2", "date": "2027", "effective_on": "1/3/2026"})
        .sent()
    )
    assert "Until then the plan stays as it is" in later.page.text


HOSTILE = "<script>alert(1)</script> \"' \u202e &amp; =1+1 {{ 7*7 }}"


def test_hostile_texts_are_texts(room: Forms) -> None:
    """Whatever is typed comes back as it was typed, on every page of the way."""
    form = room.form("raise-query").fill(
        {"question": HOSTILE, "taken": HOSTILE, "instead": "x", "item": HOSTILE}
    )
    wrong = form.sent(status=422)
    assert wrong.fields["question"] == [HOSTILE]
    preview = wrong.fill({"item": "1.1"}).sent()
    assert preview.fields["taken"] == [HOSTILE]
    assert HOSTILE in preview.page.one("//dl[@class='facts']").text_content()
    assert [x.get("src") for x in preview.page.all("//script")] == [
        x.get("src") for x in room.room.get("/").all("//script")
    ]
    response = preview.send("record")
    assert response.status_code == 303
    assert HOSTILE in room.room.get(response.headers["location"]).one("//main").text_content()


def test_the_longest_text_is_recorded_and_a_longer_one_told_of(room: Forms) -> None:
    """Minutes are pasted whole."""
    form = room.form("move-date", milestone="1.1/1").fill({**MOVE, "reason": "ä" * 10_001})
    again = form.sent(status=422)
    assert "10,000 is the most" in again.problems["reason"]
    assert len(again.fields["reason"][0]) == 10_001
    assert again.fill({"reason": "ä" * 10_000}).recorded().heading == "Recorded"


@pytest.fixture(name="standing", scope="module")
def _standing(service: Service, ledger: Ledger) -> Forms:
    """Give the forms of a plan that stays as it is."""
    begin(ledger, "standing")
    return Forms(service.room, "standing")


@settings(max_examples=40)
@given(st.sampled_from(sorted(ACTS)), st.data())
def test_whatever_is_typed_comes_back_as_it_was(
    standing: Forms, name: str, data: st.DataObject
) -> None:
    """People paste anything anywhere: it must end in words, and in no field be lost or changed."""
    form = standing.form(name)
    typed = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
    texts = {field: data.draw(typed) for field in form.fields if not field.startswith("_")}
    response = form.fill(texts).send()
    assert response.status_code in {200, 422}
    again = Form(standing.room, Read(response)).fields
    several = {"from_parties", "to_parties", "evidence"}
    for field, text in texts.items():
        if response.status_code == 422 and field not in several:
            assert again[field] == [text]


def test_where_there_is_nothing_to_choose_from_the_form_says_so(room: Forms) -> None:
    """An empty list with no word to it looks like a fault."""
    form = room.form("close-review")
    assert "This plan has none to choose from at the moment." in form.page.text
    wrong = form.fill({"review": "q1"}).sent(status=422)
    assert "The plan has none yet" in wrong.problems["review"]


def test_an_unknown_milestone_is_said_on_the_form(room: Forms) -> None:
    """The form can still be filled in: another milestone may be meant."""
    assert "has no “7.7/7” today" in room.form("agree", milestone="7.7/7").page.text


def test_only_what_is_blank_is_filled_in() -> None:
    """What somebody typed stands, whatever the plan says."""
    lists = {"item": {"targetDate": {"date": "2026-04", "label": "April 2026"}, "leads": []}}
    filled = prefilled(ACTS["move-date"], {"from_date": "May 2026"}, lists)
    assert filled == {"from_date": "May 2026"}
    assert prefilled(ACTS["agree"], {}, lists) == {}


def test_a_form_is_taken_apart_as_it_was_sent(room: Forms) -> None:
    """The helper that these tests rest on sends what a browser would."""
    form = room.form("lead", item="1.1")
    assert isinstance(form, Form)
    assert form.fields["to_parties"] == ["", ""]
    assert form.fields["item"] == ["1.1"]
