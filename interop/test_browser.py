"""The page at /graphql for people, as a browser shows it that reaches nothing but this machine."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from interop.browsing import DESK, PATIENCE_MS, Window, window
from interop.programs import ROOT
from tests.support.serving import Service

EXAMPLES = sorted((ROOT / "docs" / "examples" / "questions").glob("*.graphql"))
EXECUTE = re.compile("^Execute query")

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(name="opened")
def _opened(started: Browser, northbridge: Service) -> Iterator[Window]:
    """Open the page anew, and let it complain of nothing and ask nothing of anywhere else."""
    with window(started, northbridge.url, DESK) as opened:
        opened.visit("/graphql")
        yield opened


@pytest.fixture(name="page")
def _page(opened: Window) -> Page:
    return opened.page


def listed(page: Page) -> Locator:
    """Give the buttons of the examples."""
    return page.get_by_role("region", name="Examples").get_by_role("button")


def carried_out(page: Page) -> Any:  # noqa: ANN401 - whatever is answered
    """Have the page carry out what its editor holds; give the answer that came."""
    with page.expect_response(lambda response: response.request.method == "POST") as came:
        page.get_by_role("button", name=EXECUTE).click()
    return came.value.json()


def shows(page: Page, text: str) -> None:
    """Wait until the page shows a text in its answer."""
    answer = page.locator(".graphiql-response .view-line")
    expect(answer.filter(has_text=text).first).to_be_visible()


def types(page: Page, name: str, document: str) -> None:
    """Write a document, and wait until the page has read the operation's name."""
    page.locator(".graphiql-query-editor .view-lines").click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(document)
    page.get_by_role("tab", name=name).wait_for()


def test_it_opens_and_lists_the_examples_of_the_documentation(opened: Window) -> None:
    """Who comes to look at a plan begins here, perhaps on a network that is closed."""
    listed(opened.page).first.wait_for()
    names = [text.replace(" ", "-") for text in listed(opened.page).all_text_contents()]
    assert names == [path.stem.partition("-")[2] for path in EXAMPLES]
    assert len(opened.watch.asked) > 5


def test_an_example_opens_in_a_tab_and_is_answered(page: Page) -> None:
    """An example that does not run teaches that nothing here does."""
    (path,) = (path for path in EXAMPLES if path.stem.endswith("as-a-review-saw-it"))
    named = re.search(r"^query (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    page.get_by_role("button", name="as a review saw it").click()
    page.get_by_role("tab", name=named[1]).wait_for()
    answer = carried_out(page)
    assert "errors" not in answer
    shows(page, f'"{next(iter(answer["data"]))}"')


def test_what_one_types_is_answered(page: Page) -> None:
    """The editor, its tabs and the answer must work together in the page as it was built."""
    types(page, "Typed", 'query Typed { ledger { plan(ref: "northbridge") { ref title } } }')
    assert carried_out(page)["data"]["ledger"]["plan"]["ref"] == "northbridge"
    shows(page, '"title"')


def test_what_is_wrong_is_said(page: Page) -> None:
    """Who has mistyped a name must read which."""
    types(page, "Wrong", "query Wrong { ledger { nothingOfThatName } }")
    assert "nothingOfThatName" in carried_out(page)["errors"][0]["message"]
    shows(page, '"errors"')


def test_the_documentation_of_the_schema_is_there_to_read(page: Page) -> None:
    """Nobody knows the names of a schema by heart."""
    page.get_by_role("button", name="Show Documentation Explorer").click()
    documentation = page.locator(".graphiql-doc-explorer")
    documentation.get_by_text("Query", exact=True).first.click()
    documentation.get_by_text("restatements", exact=True).wait_for()


def test_what_happens_is_shown_as_it_happens(page: Page) -> None:
    """Subscriptions go another way than questions, which a closed network may not let through."""
    types(page, "Live", 'subscription Live { planEvents(after: "1300") { position type } }')
    page.get_by_role("button", name=EXECUTE).click()
    shows(page, '"position"')
    page.get_by_role("button", name=re.compile("^Stop query")).click()
