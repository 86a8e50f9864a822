"""Forms are taken from our own pages only, within bounds, and from nowhere else."""

from collections.abc import Iterator

import httpx2
import pytest

from planledger.ledger import Ledger
from planledger.server.http.reading import MOST_IN_BODY
from planledger.server.room.forms import MOST_FIELDS
from planledger.storage.memory import MemoryStore
from tests.support.filled_in import NOW, begin
from tests.support.forms import Form, form_of, post
from tests.support.ledgers import SettableClock
from tests.support.reading_room import Read, Room, reading

DATE = {"milestone": "1.1/1", "date": "March 2026"}
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture(name="room", scope="module")
def _room() -> Iterator[Room]:
    clock = SettableClock(NOW)
    store = MemoryStore(clock)
    begin(Ledger(store, clock))
    with reading(store, clock) as room:
        yield room


@pytest.fixture(name="preview")
def _preview(room: Room) -> Form:
    """Give a form that only needs to be sent to be recorded."""
    return form_of(room, "set-date").fill(DATE).sent()


def refused(response: httpx2.Response) -> str:
    """Check that a form was not taken, and give what people are told."""
    page = Read(response)
    assert page.heading == "The form was not taken"
    assert page.headers["cache-control"] == "no-store"
    assert page.links["Open the form anew"] == "/plans/alpha/record/set-date"
    return page.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": ""},
        {"Origin": "http://localhost:9999", "Sec_Fetch_Site": "same-site"},
        {"Origin": "http://localhost:9999", "Sec_Fetch_Site": ""},
        {"Origin": "null", "Sec_Fetch_Site": ""},
        {"Origin": "http://[", "Sec_Fetch_Site": ""},
        {"Origin": "", "Sec_Fetch_Site": "none"},
    ],
)
def test_a_page_elsewhere_cannot_record(preview: Form, headers: dict[str, str]) -> None:
    """Else whoever sends a clerk a link would record as that clerk."""
    response = preview.send("record", **headers)
    assert response.status_code == 403
    assert "not of this service" in refused(response)


@pytest.mark.parametrize("token", ["", "x" * 43, "ä", "x" * 5_000])
def test_a_form_without_its_token_is_not_taken(preview: Form, token: str) -> None:
    """A browser that says nothing of where a form comes from is an old one."""
    preview.fields["_token"] = [token]
    response = preview.send("record", Origin="", Sec_Fetch_Site="")
    assert response.status_code == 403
    assert "Open the form anew" in refused(response)


def test_a_token_is_of_one_browser(room: Room, preview: Form) -> None:
    """One that was read in another browser is worth nothing in this one."""
    cookies = dict(room.client.cookies)
    room.client.cookies.clear()
    try:
        response = preview.send("record")
        assert response.status_code == 403
        room.client.cookies.set(
            "planledger_form", "y" * 43, domain="localhost.local", path="/plans/"
        )
        assert preview.send("record").status_code == 403
    finally:
        room.client.cookies.clear()
        room.client.cookies.update(cookies)


def test_the_token_goes_nowhere_else(room: Room) -> None:
    """No script can read it, and no other site has it sent along."""
    room.client.cookies.clear()
    cookie = room.client.get("/plans/alpha/record/agree").headers["set-cookie"]
    assert cookie.startswith("planledger_form=")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert parts == {"httponly", "samesite=strict", "path=/plans/"}
    again = room.client.get("/plans/alpha/record/agree").headers["set-cookie"]
    assert again.partition(";")[0] == cookie.partition(";")[0], "Two windows share it."


def test_a_program_may_send_a_form_that_it_was_given(preview: Form) -> None:
    """What is no browser says nothing of origins, and has to have opened the form all the same."""
    assert preview.send("preview", Origin="", Sec_Fetch_Site="").status_code == 200


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("", b"_step=record", 415),
        (URLENCODED, b"x=" + b"a" * MOST_IN_BODY, 413),
        (URLENCODED, b"&".join([b"a=b"] * (MOST_FIELDS + 1)), 400),
        (URLENCODED, b"reason=%ff%fe", 400),
        (URLENCODED, "reason=ä".encode(), 400),
        (URLENCODED, b"", 403),
        (f"{URLENCODED}; charset=utf-8", b"_step=record", 403),
    ],
)
def test_what_is_no_form_is_refused(
    room: Room, content_type: str, body: bytes, status: int
) -> None:
    """Whatever comes in costs little and ends in a sentence."""
    headers = {"Content-Type": content_type} if content_type else {}
    response = room.client.post("/plans/alpha/record/set-date", content=body, headers=headers)
    assert response.status_code == status
    assert refused(response)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_taken(room: Room, method: str) -> None:
    """Only what a browser's form can do is done; the answer says what that is."""
    response = room.client.request(method, "/plans/alpha/record/set-date")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_what_stands_in_hidden_fields_is_not_trusted(room: Room) -> None:
    """Ids and positions come back from the browser, where anybody can change them."""
    form = form_of(room, "set-date").fill(DATE)
    form.fields["_command"] = ["x" * 1_000]
    form.fields["_position"] = ["minus one"]
    preview = form.sent("record")
    assert preview.page.heading == "Check before you record"
    assert preview.fields["_command"][0].startswith("form:")
    assert preview.fields["_position"][0].isdecimal()


def test_fields_that_the_form_does_not_have_are_told_of(room: Room) -> None:
    """What somebody sends must not be left out without a word."""
    form = form_of(room, "set-date").fill(DATE)
    form.fields["signer"] = ["Ines Okoro"]
    assert "“signer” is not asked for" in form.sent(status=422).page.text


def test_nothing_was_recorded_by_any_of_these(room: Room) -> None:
    """It is told once more, of the ledger itself."""
    asked = 'plan(ref: "alpha") { milestones { targetDate { label } } }'
    found = room.ask(f"{{ ledger {{ {asked} }} }}")
    labels = [x["targetDate"]["label"] for x in found["ledger"]["plan"]["milestones"]]
    assert labels == ["No date stated", "No date stated"]
    assert post(room, "/plans/alpha/record/destroy", []).status_code == 404
