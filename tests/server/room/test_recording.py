"""People record by forms: they see what it would change first, and it is recorded once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planledger.answers import plain
from planledger.domain.commands import SetTargetDate
from planledger.events.dates import Month
from planledger.ledger import Ledger
from planledger.recording.acts import ACTS
from planledger.reports.pages.item import acts_of
from planledger.server.room.fields import prefilled
from planledger.storage.port import StoreError
from planledger.storage.sqlite import SqliteStore
from tests.support.filled_in import BEGAN, NOW, begin, filled_in
from tests.support.forms import Form, form_of
from tests.support.ledgers import SettableClock, recorded
from tests.support.reading_room import Read, Room, reading, reading_file, said
from tests.support.stuck import StruckStore

SET = {"milestone": "1.1/1", "date": "30/4/2026"}
MOVE = {"to_date": "May 2026", "reason": "Two posts are vacant."}


class Service(NamedTuple):
    """A service, and what it is made of."""

    room: Room
    clock: SettableClock
    store: StruckStore


@pytest.fixture(name="path", scope="module")
def _path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recording") / "plans.db"


@pytest.fixture(name="ledger", scope="module")
def _ledger(path: Path) -> Iterator[Ledger]:
    """Give the ledger beside the service, as another process would open it."""
    clock = SettableClock(NOW)
    with closing(SqliteStore(path, clock, create=True)) as store:
        yield Ledger(store, clock)


@pytest.fixture(name="service", scope="module")
def _service(path: Path, ledger: Ledger) -> Iterator[Service]:
    """Serve the ledger, once for all tests here: to make a service takes long."""
    assert ledger.head == 0
    clock = SettableClock(NOW)
    store = StruckStore(SqliteStore(path, clock, create=False))
    with reading(store.store, clock) as room:
        yield Service(room, clock, store)


@pytest.fixture(name="plan")
def _plan(ledger: Ledger) -> str:
    """Give a new plan, whose first milestone is due by April 2026."""
    plan = f"plan-{ledger.head}"
    begin(ledger, plan)
    date = SetTargetDate(plan=plan, milestone="1.1/1", date=Month(2026, 4), effective_on=BEGAN)
    recorded(ledger, date)
    return plan


@pytest.fixture(name="room")
def _room(service: Service, plan: str) -> "Forms":
    return Forms(service.room, plan)


class Forms:
    """The forms of one plan."""

    def __init__(self, room: Room, plan: str) -> None:
        """Open those of `plan`."""
        self.room = room
        self.plan = plan

    def form(self, act: str, **query: str) -> Form:
        """Open the form of an act."""
        return form_of(self.room, act, self.plan, **query)

    def get(self, below: str, **query: str) -> Read:
        """Read a page of the plan."""
        return self.room.get(f"/plans/{self.plan}/{below}?{urlencode(query)}")


def test_every_act_is_recorded_by_its_form(service: Service, ledger: Ledger) -> None:
    """What cannot be done by a form is done by nobody here."""
    plan = f"plan-{ledger.head}"
    begin(ledger, plan)
    for act, texts in filled_in(ledger, plan):
        before = ledger.head
        item = {"item": texts["item"]} if "item" in texts else {}
        done = form_of(service.room, act, plan, **item).fill(texts).recorded()
        assert done.heading == "Recorded"
        assert ledger.head > before, act
        (entry, *_) = ledger.events(after=before, limit=1)
        assert plain(entry.envelope.author.name) == "Ann Officer"
        assert plain(entry.envelope.reason) == texts.get("reason")


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


def test_what_was_recorded_is_shown_with_a_way_on(room: Forms) -> None:
    """People need to see that it was done, by an address that can be loaded again."""
    done = room.form("move-date", milestone="1.1/1").fill(MOVE).recorded()
    assert "April 2026 May 2026" in done.text
    assert "Two posts are vacant." in done.text
    assert done.links["Look at 1.1/1"] == f"/plans/{room.plan}/items/1.1/1"
    assert "entryCorrect" in done.text
    assert done.headers["cache-control"] == "no-store"


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


def test_pressing_twice_records_once(room: Forms, ledger: Ledger) -> None:
    """A slow network makes people press again; so does coming back by the browser's history."""
    preview = room.form("move-date", milestone="1.1/1").fill(MOVE).sent()
    first, second = preview.send("record"), preview.send("record")
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert f"/recorded/{ledger.head}?" in first.headers["location"]


def test_a_form_that_was_recorded_and_is_changed_is_looked_at_again(
    room: Forms, ledger: Ledger
) -> None:
    """Coming back and putting in something else is another change, and never the first again."""
    preview = (
        room.form("raise-query")
        .fill({"question": "Which?", "taken": "This", "instead": "That"})
        .sent()
    )
    assert preview.send("record").status_code == 303
    before = ledger.head
    preview.fields["_position"] = [str(before)]
    changed = preview.fill({"question": "And which?"})
    again = changed.sent("record", status=409)
    assert "recorded once already" in again.page.text
    assert ledger.head == before
    assert again.send("record").status_code == 303
    assert ledger.head == before + 1


def test_of_two_at_once_one_is_told(room: Forms, ledger: Ledger) -> None:
    """Else the second would undo what the first decided without having seen it."""
    mine = room.form("move-date", milestone="1.1/1").fill(MOVE).sent()
    theirs = room.form("progress", milestone="1.1/1").fill({"state": "on-hold"}).sent()
    assert theirs.send("record").status_code == 303
    before = ledger.head
    again = mine.sent("record", status=409)
    assert "somebody recorded something else in this plan" in again.page.text
    assert f"from=@{before - 1}" in again.page.links["What changed since you looked"]
    assert ledger.head == before
    assert again.send("record").status_code == 303


def test_of_two_who_move_one_date_the_second_sees_the_first(room: Forms) -> None:
    """The date it was to be moved from is not in force any more."""
    mine = room.form("move-date", milestone="1.1/1").fill(MOVE).sent()
    room.form("move-date", milestone="1.1/1").fill({**MOVE, "to_date": "July 2026"}).recorded()
    again = mine.sent("record", status=422)
    assert "is due by July 2026" in again.problems["from_date"]


def test_changing_ones_mind_loses_nothing(room: Forms) -> None:
    """“Change it” leads back to the form as it was filled in."""
    filled = room.form("move-date", milestone="1.1/1").fill({**MOVE, "as_printed": "  May\t"})
    back = filled.sent().sent("change")
    for name in ("milestone", "from_date", "to_date", "reason", "as_printed"):
        assert back.fields[name] == filled.fields[name]


def test_what_is_recorded_is_the_day_that_was_looked_at(
    service: Service, room: Forms, ledger: Ledger
) -> None:
    """A preview before midnight must not become another change after it."""
    preview = room.form("move-date", milestone="1.1/1").fill(MOVE).sent()
    service.clock.now = NOW.replace(day=13)
    try:
        assert preview.send("record").status_code == 303
    finally:
        service.clock.now = NOW
    (entry,) = ledger.events(after=ledger.head - 1, limit=1)
    assert entry.effective_on == NOW.date()


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


def test_a_milestone_is_found_by_its_words(room: Forms) -> None:
    """Nobody knows refs by heart."""
    page = room.get("record", q="BOARD meets")
    (found,) = page.all("//section[@class='card']")
    assert "1.1/1 A board meets" in said(found)
    links = {said(link): link.get("href") for link in found.xpath(".//li/a")}
    assert links["Move its target date: 1.1/1"].startswith(
        f"/plans/{room.plan}/record/move-date?milestone=1.1/1"
    )
    assert "Set its target date: 1.1/1" not in links
    assert "No milestone of this plan" in room.get("record", q="zebra").text


def test_all_that_can_be_recorded_is_listed(room: Forms) -> None:
    """A form that no page leads to is not there."""
    links = room.get("record").links
    for act in ACTS.values():
        assert links[act.title] == f"/plans/{room.plan}/record/{act.name}"


@pytest.mark.parametrize("delivery", ["NOT_STARTED", "REPORTED_COMPLETE", "SIGNED_OFF"])
@pytest.mark.parametrize("date", [{"__typename": "OneOff"}, {"__typename": "Ongoing"}])
@pytest.mark.parametrize("agreed_on", [None, "2026-01-01"])
def test_what_an_item_offers_are_forms_there_are(
    delivery: str, date: dict[str, str], agreed_on: str | None
) -> None:
    """The room of pages names them, and cannot look them up: a link there must not lead nowhere."""
    item = {"__typename": "Milestone", "ref": "1.1/1", "withdrawn": None, "definition": "STATED"}
    offered = list(
        acts_of({**item, "delivery": delivery, "targetDate": date, "agreedOn": agreed_on})
    )
    assert len(offered) > 2
    for act, _, query in offered:
        assert set(query) <= {field.name for field in ACTS[act].fields}


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/plans/{plan}/record/destroy", "There is no form 'destroy'"),
        ("/plans/beta/record", "There is no plan 'beta'"),
        ("/plans/beta/record/agree", "There is no plan 'beta'"),
        ("/plans/{plan}/recorded/0", "numbered from 1"),
        ("/plans/{plan}/recorded/x", "numbered from 1"),
        ("/plans/{plan}/recorded/999999", "no position 999998"),
    ],
)
def test_what_is_not_there_is_said(room: Forms, address: str, says: str) -> None:
    """An old link must lead to a sentence, not to a trace."""
    response = room.room.client.get(address.format(plan=room.plan))
    assert response.status_code in {400, 404}
    assert says in Read(response).text


def test_pages_lead_to_the_forms_of_what_they_show(room: Forms) -> None:
    """Who reads that a challenge is not answered should not have to look for how to answer it."""
    review = {"forum": "board", "review": "q1", "label": "Q1", "as_at": "31/1/2026"}
    room.form("open-review").fill(review).recorded()
    asked = {"review": "q1", "text": "Why is it late?"}
    room.form("raise-challenge").fill(asked).recorded()
    query = {"question": "The 1st?", "taken": "The month", "instead": "The day"}
    room.form("raise-query").fill(query).recorded()
    for below, link, field, says in (
        ("reviews/q1", "Answer it: Why is it late?", "challenge", "Why is it late?"),
        ("reviews/q1", "Raise a challenge of this review", "review", "Raise a challenge"),
        ("reviews/q1", "Rate an item at this review", "review", "Rate an item"),
        ("reviews/q1", "close this review", "review", "Close a review"),
        ("queries", "Settle it: The 1st?", "query", "The month"),
        ("kpis/re-referrals", "Record a figure", "kpi", "No figure was recorded so far"),
        ("kpis/re-referrals", "revise one", "kpi", "Revise a KPI figure"),
        ("items/1.1/1", "Move its target date", "milestone", "April 2026"),
    ):
        form = Form(room.room, room.room.get(room.get(below).links[link]))
        assert form.fields[field] != [""], link
        assert says in form.page.text


def test_where_there_is_nothing_to_choose_from_the_form_says_so(room: Forms) -> None:
    """An empty list with no word to it looks like a fault."""
    form = room.form("close-review")
    assert "This plan has none to choose from at the moment." in form.page.text
    wrong = form.fill({"review": "q1"}).sent(status=422)
    assert "The plan has none yet" in wrong.problems["review"]


def test_an_unknown_milestone_is_said_on_the_form(room: Forms) -> None:
    """The form can still be filled in: another milestone may be meant."""
    assert "has no “7.7/7” today" in room.form("agree", milestone="7.7/7").page.text


def test_a_service_that_only_shows_has_no_forms(path: Path, plan: str) -> None:
    """Where nothing may be recorded, nothing leads there."""
    with reading_file(path, SettableClock(NOW), commands=False) as room:
        for below in ("record", "record/agree", "recorded/1"):
            assert room.client.get(f"/plans/{plan}/{below}").status_code == 404
        sent = room.client.post(f"/plans/{plan}/record/agree")
        assert sent.status_code in {404, 405}
        assert "Record" not in room.get(f"/plans/{plan}").links


def test_trouble_with_the_store_loses_nothing(service: Service, room: Forms) -> None:
    """A locked file must not cost anybody the minutes they typed."""
    preview = room.form("move-date", milestone="1.1/1").fill(MOVE).sent()
    service.store.error = StoreError("The ledger is locked.")
    try:
        again = preview.sent("record", status=503)
    finally:
        service.store.error = None
    assert "The ledger is locked. All that you filled in is still here." in again.page.text
    for name in ("reason", "from_date", "to_date", "_command"):
        assert again.fields[name] == preview.fields[name]
    assert again.recorded().heading == "Recorded"


def test_another_service_takes_a_form_and_a_preview_records_nothing(
    path: Path, room: Forms, ledger: Ledger
) -> None:
    """A service may end between the two: nothing is kept of a preview but what is in the form."""
    before = ledger.head
    preview = room.form("move-date", milestone="1.1/1").fill(MOVE).sent()
    assert ledger.head == before
    with reading_file(path, SettableClock(NOW)) as another:
        another.client.cookies.update(room.room.client.cookies)
        preview.room = another
        assert preview.send("record").status_code == 303
    assert ledger.head == before + 1


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


def test_pressing_twice_at_the_very_same_moment_records_once(room: Forms, ledger: Ledger) -> None:
    """Both presses arrive before either is answered; they are told of the one thing recorded."""
    preview = room.form("move-date", milestone="1.1/1").fill(MOVE).sent()
    before = ledger.head
    with ThreadPoolExecutor(6) as fingers:
        sent = [fingers.submit(preview.send, "record") for _ in range(6)]
        answers = [one.result(timeout=60) for one in sent]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert ledger.head == before + 1


def test_who_looks_while_it_is_recorded_sees_it_or_does_not(room: Forms) -> None:
    """A preview of what was recorded meanwhile says that it is so already; it is never an error."""
    preview = room.form("set-date", milestone="1.1/2").fill(SET | {"milestone": "1.1/2"})
    sent = preview.sent()
    with ThreadPoolExecutor(6) as fingers:
        looks = [fingers.submit(preview.send) for _ in range(5)]
        recorded_now = fingers.submit(sent.send, "record")
        statuses = {look.result(timeout=60).status_code for look in looks}
    assert recorded_now.result().status_code == 303
    assert statuses <= {200, 422}
