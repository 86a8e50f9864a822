"""Pages over HTTP: when they change, what a browser may keep, and what is said where none is."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from planledger.ledger import Ledger, StoreError
from planledger.reports.pages.rendering import ASSETS
from planledger.server.room.room import MOST_AT_ONCE
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import NOON, SettableClock, begin_plan
from tests.support.reading_room import Room, reading, reading_file
from tests.support.stuck import StruckStore

PLAN = "/plans/alpha"
CLOCK = SettableClock()


@pytest.fixture(name="clock")
def _clock() -> SettableClock:
    return SettableClock()


@pytest.fixture(name="path")
def _path(tmp_path: Path, clock: SettableClock) -> Path:
    """Give a ledger with the plan alpha."""
    path = tmp_path / "plans.db"
    with closing(SqliteStore(path, clock, create=True)) as store:
        begin_plan(Ledger(store, clock))
    return path


@pytest.fixture(name="room")
def _room(path: Path, clock: SettableClock) -> Iterator[Room]:
    with reading_file(path, clock) as room:
        yield room


def _reword(room: Room, text: str) -> None:
    room.done("itemReword", plan="alpha", item="1.1", to=text, material=False)


def test_a_page_changes_as_soon_as_something_is_recorded(room: Room) -> None:
    """Whoever records and then looks must see it; a page that lags is not believed again."""
    before = room.get(PLAN)
    assert room.get(PLAN).html == before.html
    _reword(room, "Recruit twelve social workers")
    assert "Recruit twelve social workers" in room.get(PLAN).text
    assert "Recruit twelve social workers" not in before.text


def test_a_page_changes_as_soon_as_another_process_records(
    room: Room, path: Path, clock: SettableClock
) -> None:
    """Workers share nothing but the store."""
    room.get(PLAN)
    with reading_file(path, clock) as other:
        _reword(other, "Recruit twelve social workers")
    assert "Recruit twelve social workers" in room.get(PLAN).text


def test_a_page_is_another_one_on_another_day(room: Room, clock: SettableClock) -> None:
    """What was due this month is overdue in the next, though nobody recorded anything."""
    today = room.get(PLAN).text
    clock.now = NOON + timedelta(days=400)
    then = room.get(PLAN).text
    assert "effective on 12 February 2026" in today
    assert "effective on 19 March 2027" in then


def test_a_browser_that_has_a_page_is_not_sent_it_again(room: Room) -> None:
    """A plan is 100 kB; a telephone on a train should not load it twice."""
    first = room.client.get(PLAN)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    again = room.client.get(PLAN, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    _reword(room, "Recruit twelve social workers")
    changed = room.client.get(PLAN, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_head_says_what_get_does_without_the_page(room: Room) -> None:
    """Checkers of links ask so."""
    got, head = room.client.get(PLAN), room.client.head(PLAN)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "content-length", "content-security-policy"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/plans/nowhere", "There is no plan 'nowhere' at this point."),
        ("/plans/alpha/items/9.9", "There is no '9.9' in alpha at this point."),
        ("/plans/alpha/nothing/such", "list of plans"),
        ("/plans/alpha?known=2020-01-01", "There is no plan 'alpha' at this point."),
        ("/plans/alpha?known=board-2020", "There is no review 'alpha/board-2020'."),
        ("/plans/%00", "There is no plan"),
        ("/plans/%F0%9F%A6%8A", "There is no plan"),
        ("/documents/nothing", "Look for it among those that are registered."),
        ("/plansx", "list of plans"),
    ],
)
def test_what_is_not_there_is_said_on_a_page(room: Room, address: str, said: str) -> None:
    """Somebody with an old link in an old paper is to be helped on, and not shown JSON."""
    page = room.get(address, status=404)
    assert said in page.text
    assert page.links["the list of plans"] == "/"
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "query",
    ["on=2024-13-01", "on=x", "known=@0x1", "known=2999-01-01", "on=2300-01-01", "known=@999999"],
)
def test_a_point_that_cannot_be_is_said_on_a_page(room: Room, query: str) -> None:
    """The sentence says how a point is written, or why there is none."""
    page = room.get(f"{PLAN}?{query}", status=400)
    assert page.heading == "This cannot be shown"
    assert page.all("//p[@class='lead']")


def test_who_cannot_be_shown_a_point_is_led_back_to_the_plan(room: Room) -> None:
    """The point was wrong, and not the plan."""
    page = room.get(f"{PLAN}?known=@999999", status=400)
    assert page.links["alpha as it is now"] == PLAN
    assert "nowhere as it is now" not in room.get("/plans/nowhere", status=404).links


def test_trouble_with_the_ledger_is_said_on_a_page_and_passes(path: Path) -> None:
    """A disk that is away for a minute must leave nothing behind that is wrong for longer."""
    struck = StruckStore(SqliteStore(path, CLOCK, create=False))
    with reading(struck.store, CLOCK) as room:
        whole = room.get(PLAN).html
        struck.error = StoreError("The disk is away.")
        page = room.get(PLAN, status=503)
        assert page.heading == "The ledger cannot be read at the moment"
        assert "The disk is away." not in page.html
        struck.error = ValueError("Nobody thought of this.")
        page = room.get(PLAN, status=500)
        assert page.heading == "Something went wrong"
        assert "Nobody thought of this." not in page.html
        assert page.headers["x-request-id"] in page.text
        struck.error = None
        assert room.get(PLAN).html == whole


def test_an_address_that_is_too_long_is_declined(room: Room) -> None:
    """What is kept is kept by its address."""
    for address in (f"{PLAN}?known={'x' * 4_000}", f"{PLAN}/items/{'x' * 4_000}"):
        page = room.get(address, status=400)
        assert "too long" in page.text
        assert len(page.html) < 4_000  # what was too long is not said again


@pytest.mark.parametrize(
    ("address", "to"),
    [("/plans/alpha/", "/plans/alpha"), ("/plans", "/"), ("/plans/alpha/?on=2026-02-12", PLAN)],
)
def test_an_address_that_is_nearly_right_leads_on(room: Room, address: str, to: str) -> None:
    """People add a stroke, and cut addresses off at one."""
    response = room.client.get(address)
    assert response.status_code == 200
    assert response.url.path == to
    assert response.url.query == address.partition("?")[2].encode()


def test_the_room_takes_nothing_from_the_other_addresses(room: Room) -> None:
    """Programs read JSON there, also where they ask for what is not there."""
    assert room.client.get("/healthz").json() == {"status": "up"}
    assert room.client.get("/readyz").status_code == 200
    assert room.client.get("/events?after=0&limit=1").json()
    answer = room.client.get("/graphql", params={"query": "{ __typename }"})
    assert answer.json()["data"] == {"__typename": "Query"}
    assert room.client.get(f"/graphql/d/{'0' * 64}").json()["errors"]
    nowhere = room.client.get("/nowhere")
    assert (nowhere.status_code, nowhere.text) == (404, "Not Found")


def test_assets_are_kept_for_ever_under_the_name_of_their_bytes_only(room: Room) -> None:
    """A stylesheet kept under another's name would dress every page wrongly for a year."""
    html = room.get("/").html
    addresses = re.findall(r'"(/assets/[^"]+)"', html)
    assert {address.rpartition("/")[2] for address in addresses} == {
        path.name for path in ASSETS.iterdir()
    }
    for address in addresses:
        name = address.rpartition("/")[2]
        given = room.client.get(address)
        assert given.content == (ASSETS / name).read_bytes()
        assert "immutable" in given.headers["cache-control"]
        for other in (f"/assets/000000000000/{name}", f"/assets/{name}", f"{address}x"):
            missing = room.client.get(other)
            assert missing.status_code == 404
            assert "immutable" not in missing.headers.get("cache-control", "")
    assert room.client.get("/assets/x/..%2f..%2fpage.py").status_code == 404


def test_a_service_that_records_nothing_offers_nothing_to_record(
    path: Path, clock: SettableClock
) -> None:
    """A button that cannot work is a promise broken; a reader has to be able to trust the rest."""
    with reading_file(path, clock, commands=False) as room:
        for address in (PLAN, f"{PLAN}/items/1.1", f"{PLAN}/items/1.1/1"):
            assert "/record" not in room.get(address).html
    with reading_file(path, clock) as room:
        assert "/record/" in room.get(f"{PLAN}/items/1.1/1").html


def test_texts_that_people_wrote_stay_texts(room: Room) -> None:
    """Whatever stands in a plan, a page says it and does nothing of it."""
    text = "<script>alert(1)</script> =1+1 \u202egnp.exe\u202c &amp; {{ 7 * 7 }} " + "x" * 9_000
    _reword(room, text)
    for address in (PLAN, f"{PLAN}/items/1.1"):
        page = room.get(address)
        assert not page.all("//main//script")
        assert "<script>alert(1)</script> =1+1" in page.text
        assert "&amp; {{ 7 * 7 }}" in page.text
        (held,) = {x.tag for x in page.all("//*[contains(text(), 'alert(1)')]")} - {"option"}
        assert held == "bdi"


def test_an_empty_ledger_says_how_to_begin(tmp_path: Path, clock: SettableClock) -> None:
    """The first thing anybody sees must say what to do."""
    path = tmp_path / "empty.db"
    SqliteStore(path, clock, create=True).close()
    with reading_file(path, clock) as room:
        page = room.get("/")
        assert "This ledger holds no plan yet." in page.text
        assert "planledger import" in page.text
        room.done("planDraft", plan="alpha", title="A plan without anything in it")
        empty = room.get(PLAN)
        assert "no area yet" in empty.text
        assert empty.heading == "A plan without anything in it"
        assert room.get("/").links["A plan without anything in it"] == PLAN


def test_every_document_has_a_page_with_its_text_and_how_to_ask_it(room: Room) -> None:
    """A page says how it was made, and whoever doubts it must be able to follow."""
    listed = room.get("/documents")
    made = room.get(PLAN).one("//details[@class='made']//a[1]").get("href")
    assert made == "/documents/page-plan"
    names = [str(x.get("href")) for x in listed.all("//main//table//a")]
    assert made in names
    for name in names:
        page = room.get(name)
        assert page.one("//p[@class='lead']").text_content().strip(), "It says what it is for."
        assert page.one("//main//pre[1]").text_content().startswith("# ")


def test_the_answer_that_a_page_names_is_the_one_it_was_made_of(room: Room) -> None:
    """The link at its foot gives the same as JSON."""
    page = room.get(f"{PLAN}?on=2026-02-12")
    link = page.links["Its answer as JSON"]
    data = room.client.get(link, headers={"accept": "application/json"}).json()["data"]
    assert data["ledger"]["plan"]["title"] == page.heading
    assert data["ledger"]["basis"]["effectiveOn"] == "2026-02-12"


@pytest.mark.parametrize("wrong", [f"{PLAN}%0A", f"{PLAN}%3Fon=2026-02-12", f"{PLAN}/items/1.1%23"])
def test_a_page_that_is_kept_is_not_shown_at_another_address(room: Room, wrong: str) -> None:
    """An address that leads nowhere today must not lead somewhere after others read there."""
    room.get(PLAN)
    room.get(f"{PLAN}/items/1.1")
    room.get(wrong, status=404)


def test_pages_that_take_long_keep_nobody_else_waiting(path: Path) -> None:
    """A crowd that opens the largest plan must not stop programs, or those who look after it."""
    struck = StruckStore(SqliteStore(path, CLOCK, create=False))
    with reading(struck.store, CLOCK) as room, ThreadPoolExecutor(50) as crowd:
        room.get(PLAN)
        struck.free.clear()
        try:
            pages = [crowd.submit(room.get, PLAN, x=str(number)) for number in range(45)]
            for _ in range(MOST_AT_ONCE):
                assert struck.waiting.acquire(timeout=60)
            for _ in range(20):  # by the last of them, the whole crowd is there
                answer = crowd.submit(room.ask, "{ __typename }")
                assert answer.result(timeout=60) == {"__typename": "Query"}
            assert not any(page.done() for page in pages)
        finally:
            struck.free.set()


def test_what_nobody_thought_of_is_said_on_a_page_where_a_form_is_filled_in(path: Path) -> None:
    """A clerk amid a form must not be shown JSON, nor what went wrong inside."""
    struck = StruckStore(SqliteStore(path, CLOCK, create=False))
    with reading(struck.store, CLOCK) as room:
        struck.error = ValueError("Nobody thought of this.")
        for address in (f"{PLAN}/record", f"{PLAN}/record/move-date"):
            page = room.get(address, status=500)
            assert page.heading == "Something went wrong"
            assert "Nobody thought of this." not in page.html
            assert page.headers["x-request-id"] in page.text
        struck.error = None


def test_trouble_says_when_to_ask_again(path: Path) -> None:
    """Proxies and programs wait as long as they are told."""
    struck = StruckStore(SqliteStore(path, CLOCK, create=False))
    with reading(struck.store, CLOCK) as room:
        struck.error = StoreError("The disk is away.")
        assert room.get(PLAN, status=503).headers["retry-after"] == "5"
        struck.error = None
