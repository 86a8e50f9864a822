"""Forms of the reading room, filled in and sent as a browser does it."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import httpx2

from tests.support.reading_room import Read, Room, said

FROM_HERE: Final = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form that one of our own pages holds."""


class Form:
    """The form on a page, with what stands in it."""

    def __init__(self, room: Room, page: Read) -> None:
        """Take the form of a page."""
        self.room = room
        self.page = page
        (form,) = page.all("//form[@method='post']")
        self.address = str(form.get("action"))
        self.fields: dict[str, list[str]] = {}
        for control in form.xpath(".//input|.//select|.//textarea"):
            if control.get("type") != "checkbox" or control.get("checked") is not None:
                self.fields.setdefault(control.get("name"), []).append(_text(control))

    def fill(self, texts: Mapping[str, str]) -> "Form":
        """Fill fields in; each must be there."""
        for name, text in texts.items():
            assert name in self.fields, f"The form has no field {name}."
            self.fields[name] = [text]
        return self

    def send(self, step: str = "preview", **headers: str) -> httpx2.Response:
        """Press a button."""
        pairs = [(name, text) for name, texts in self.fields.items() for text in texts]
        return post(self.room, self.address, [*pairs, ("_step", step)], **headers)

    def sent(self, step: str = "preview", *, status: int = 200) -> "Form":
        """Press a button that leads to another form, which comes with this status."""
        response = self.send(step)
        assert response.status_code == status, response.text[:3_000]
        return Form(self.room, Read(response))

    def recorded(self) -> Read:
        """Look at what would be recorded, record it, and go where one is sent."""
        response = self.sent().send("record")
        assert response.status_code == 303, response.text[:3_000]
        return self.room.get(response.headers["location"])

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, by field, as it stands beside the fields."""
        return {
            str(error.get("id")).removeprefix("field-").removesuffix("-error"): said(error)
            for error in self.page.all("//p[@class='error']")
        }


def form_of(room: Room, act: str, plan: str = "alpha", **query: str) -> Form:
    """Open the form of an act."""
    return Form(room, room.get(f"/plans/{plan}/record/{act}?{urlencode(query)}"))


def post(room: Room, address: str, pairs: list[tuple[str, str]], **headers: str) -> httpx2.Response:
    """Send a form as a browser does; headers as they are, with "_" for "-", blank to leave out."""
    stated = FROM_HERE | {name.replace("_", "-"): value for name, value in headers.items()}
    stated = {"Content-Type": "application/x-www-form-urlencoded"} | stated
    return room.client.post(
        address,
        content=urlencode(pairs, errors="surrogatepass"),
        headers={name: value for name, value in stated.items() if value},
        follow_redirects=False,
    )


def _text(control: Any) -> str:  # noqa: ANN401 - lxml's
    if control.tag == "select":
        chosen = control.xpath("./option[@selected]") or control.xpath("./option[1]")
        return str(chosen[0].get("value"))
    if control.tag == "textarea":
        return (control.text or "").removeprefix("\n")
    return str(control.get("value") or "")
