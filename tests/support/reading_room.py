"""The reading room as somebody reads it: its pages over a ledger, taken apart."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx2
from lxml import html  # type: ignore[import-untyped]  # it has none
from starlette.testclient import TestClient

from planledger.examples import load_example
from planledger.ledger import Ledger
from planledger.server import make_app
from planledger.storage.port import Clock, EntryStore
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import AUTHOR, SettableClock

PLYMOUTH = "plymouth-2015"


class Read:
    """A page that was read."""

    def __init__(self, response: httpx2.Response) -> None:
        """Take a response apart."""
        self.response = response
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.html = response.text
        self.tree = html.document_fromstring(response.text)

    @property
    def text(self) -> str:
        """What the main part of it says, with single spaces."""
        return said(self.one("//main"))

    @property
    def heading(self) -> str:
        """Its one heading of the first level."""
        return said(self.one("//h1"))

    @property
    def links(self) -> dict[str, str]:
        """Every link by what it says; the last, where several say the same."""
        return {said(link): str(link.get("href")) for link in self.all("//a[@href]")}

    def all(self, path: str) -> list[html.HtmlElement]:
        """Give the elements at an XPath."""
        found: list[html.HtmlElement] = self.tree.xpath(path)
        return found

    def one(self, path: str) -> html.HtmlElement:
        """Give the only element at an XPath."""
        (found,) = self.all(path)
        return found

    def part(self, heading: str) -> html.HtmlElement:
        """Give the section under a heading that says this."""
        found = self.all("//section[h2 or h3 or h4]")
        (part,) = [part for part in found if said(part.xpath("./h2|./h3|./h4")[0]) == heading]
        return part

    def facts(self, path: str = "//main") -> dict[str, str]:
        """Give what stands in lists of facts, by its terms."""
        return {
            said(term): said(term.getnext()) for term in self.all(f"{path}//dl[@class='facts']/dt")
        }


def said(element: html.HtmlElement) -> str:
    """Give what an element says, with single spaces."""
    return " ".join(element.text_content().split())


def rows(table: html.HtmlElement) -> list[list[str]]:
    """Give the cells of a table, row by row, the headings first."""
    return [[said(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]


class Room:
    """The reading room over a ledger, without a socket."""

    def __init__(self, client: TestClient) -> None:
        """Read by `client`."""
        self.client = client

    def get(self, address: str, *, status: int = 200, **query: str) -> Read:
        """Read the page at an address, which must have this status."""
        response = self.client.get(address, params=query or None)
        assert response.status_code == status, response.text[:2_000]
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        return Read(response)

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """Ask GraphQL the same ledger."""
        answer = self.client.post("/graphql", json={"query": document, "variables": variables})
        assert "errors" not in answer.json(), answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    def done(self, mutation: str, **given: Any) -> None:
        """Record something."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
        document = f"""mutation($input: {kind}) {{ it: {mutation}(input: $input) {{ __typename
            ... on UserError {{ code message }} }} }}"""
        answer = self.ask(document, input=given)["it"]
        assert "code" not in answer, answer


@contextmanager
def reading(store: EntryStore, clock: Clock, **options: Any) -> Iterator[Room]:
    """Serve a ledger, which is closed with it."""
    app = make_app(store, clock, AUTHOR, **options)
    with TestClient(app, base_url="http://localhost") as client:
        yield Room(client)


@contextmanager
def reading_file(path: Path, clock: Clock | None = None, **options: Any) -> Iterator[Room]:
    """Serve the SQLite ledger of a file."""
    clock = clock or SettableClock()
    with reading(SqliteStore(path, clock, create=False), clock, **options) as room:
        yield room


@contextmanager
def reading_plymouth(folder: Path, **options: Any) -> Iterator[Room]:
    """Serve a new ledger with the real plan of 2015 in it."""
    clock, path = SettableClock(), folder / "plymouth.db"
    with closing(SqliteStore(path, clock, create=True)) as store:
        load_example(Ledger(store, clock), PLYMOUTH, AUTHOR)
    with reading_file(path, clock, **options) as room:
        yield room
