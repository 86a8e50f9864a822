"""People record by forms: they see what it would change first, and it is recorded once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planledger.answers import plain
from planledger.ledger import Ledger
from planledger.recording.acts import ACTS
from planledger.reports.pages.item import acts_of
from planledger.storage.port import StoreError
from tests.support.filled_in import NOW, begin, filled_in
from tests.support.forms import Form, form_of
from tests.support.ledgers import SettableClock
from tests.support.reading_room import Read, reading_file, said
from tests.support.recording_room import MOVE, Forms, Service

SET = {"milestone": "1.1/1", "date": "30/4/2026"}


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


def test_what_was_recorded_is_shown_with_a_way_on(room: Forms) -> None:
    """People need to see that it was done, by an address that can be loaded again."""
    done = room.form("move-date", milestone="1.1/1").fill(MOVE).recorded()
    assert "April 2026 May 2026" in done.text
    assert "Two posts are vacant." in done.text
    assert done.links["Look at 1.1/1"] == f"/plans/{room.plan}/items/1.1/1"
    assert "entryCorrect" in done.text
    assert done.headers["cache-control"] == "no-store"


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
        ("/plans/{plan}/recorded/999999", "There is no entry 999999 yet"),
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
