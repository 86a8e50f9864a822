"""Every page of the reading room in a real browser: on a desk and a telephone, and plainly."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from interop import axe, keyboard
from interop.addresses import DECLINED, EXAMPLES, OTHERS
from interop.browsing import DESK, DESK_PLAIN, TELEPHONE, TELEPHONE_PLAIN, Look, Window, window
from planledger.reports.pages import PAGES, RECORDING
from tests.support.serving import Service

ADDRESSES = [
    *((address, 200) for addresses in EXAMPLES.values() for address in addresses),
    *((address, 200) for address in OTHERS),
    *DECLINED.items(),
]
WIDTHS = pytest.mark.parametrize(
    "looks",
    [(DESK, DESK_PLAIN), (TELEPHONE, TELEPHONE_PLAIN)],
    ids=lambda looks: f"{looks[0].width}",
)
FAULTY = """<!doctype html><title>Faulty</title><style>:focus {outline: none}</style>
<main style="width: 900px"><img src="data:,"><p style="color: #ccc">Hardly to be read</p>
<a href="/">Not to be seen where one is</a> <a href="/" tabindex="2">First, though it is last</a>
</main>"""

_TOO_WIDE = """() => {
  const {scrollWidth, clientWidth} = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > clientWidth
      && !element.closest(".wide, pre"))
    .map((element) => `wider than the page: ${element.outerHTML.slice(0, 200)}`)
    .concat(`the page is ${scrollWidth} px wide, and ${clientWidth} px are there`);
}"""


Windows = Mapping[Look, Window]


@pytest.fixture(name="windows", scope="module")
def _windows(started: Browser, northbridge: Service) -> Iterator[Windows]:
    """Open a window of each kind, for all pages one after the other."""
    looks = (DESK, DESK_PLAIN, TELEPHONE, TELEPHONE_PLAIN)
    with ExitStack() as opened:
        yield {look: opened.enter_context(window(started, northbridge.url, look)) for look in looks}


def too_wide(opened: Window) -> list[str]:
    """Give what of a page would have to be scrolled sideways."""
    found: list[str] = opened.examined(_TOO_WIDE)
    return found


def test_every_page_has_an_example_here() -> None:
    """A page that nobody looks at in a browser would be the one that fails in it."""
    assert EXAMPLES.keys() == {page.name for page in (*PAGES, *RECORDING)}
    assert [name for name, addresses in EXAMPLES.items() if not addresses] == []


@WIDTHS
@pytest.mark.parametrize(("address", "status"), ADDRESSES)
def test_a_page_has_no_fault(
    windows: Windows, address: str, status: int, looks: tuple[Look, Look]
) -> None:
    """Whoever cannot use a page has a right to it all the same: WCAG 2.2 AA is the law."""
    lively, plain = (windows[look] for look in looks)
    lively.visit(address, status)
    assert too_wide(lively) + axe.faults(lively) + lively.watch.told() == []
    plain.visit(address, status)
    assert too_wide(plain) + plain.watch.told() == []


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_a_page_has_no_fault_without_scripts(windows: Windows, name: str) -> None:
    """What a script might have put right is looked at as it came."""
    windows[TELEPHONE_PLAIN].visit(EXAMPLES[name][0])
    assert axe.faults(windows[TELEPHONE_PLAIN]) == []


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_a_page_is_gone_through_without_a_mouse(windows: Windows, name: str) -> None:
    """Every link and field is come to in order, shows that one is there, and lets one go on."""
    windows[DESK].visit(EXAMPLES[name][0])
    assert keyboard.faults(windows[DESK]) == []


def test_the_first_stop_skips_to_what_the_page_is_about(windows: Windows) -> None:
    """Who hears a page would else hear the same links on each."""
    opened = windows[DESK_PLAIN]
    opened.visit("/")
    opened.page.keyboard.press("Tab")
    assert opened.page.locator(":focus").inner_text() == "Skip to main content"
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    assert opened.page.locator("main :focus").count() == 1


def test_what_is_folded_and_what_is_wide_is_read_by_keys(windows: Windows) -> None:
    """A table that only a finger can move is half a table to whoever has a keyboard."""
    opened = windows[TELEPHONE]
    opened.visit("/plans/northbridge/kpis/re-referrals")
    keyboard.come_to(opened, "15 figures for 8 periods")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("ArrowRight")
    opened.page.wait_for_function("document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize("look", [TELEPHONE, TELEPHONE_PLAIN], ids=str)
def test_a_faulty_page_is_found_out(started: Browser, northbridge: Service, look: Look) -> None:
    """A check that cannot fail guards nothing."""
    with window(started, northbridge.url, look) as opened:
        opened.page.set_content(FAULTY)
        found = too_wide(opened) + axe.faults(opened)
        assert {fault.partition(":")[0] for fault in found} >= {
            "wider than the page",
            "color-contrast",
            "html-has-lang",
            "image-alt",
        }
        found = keyboard.faults(opened)
        assert {fault.partition(":")[0] for fault in found} == {
            "not seen where one is",
            "before what stands before it",
        }


@pytest.mark.parametrize(
    ("added", "complaint"),
    [
        ("<img src='http://elsewhere.example/x.png'>", "asked elsewhere"),
        ("<img src='/assets/none/none.png'>", "answered 404"),
        ("<p style='color: red'>", "Content Security Policy"),
    ],
)
def test_what_a_page_must_not_do_is_found_out(
    started: Browser, northbridge: Service, added: str, complaint: str
) -> None:
    """The watch over every page is a check too."""

    def look_at_it() -> None:
        with window(started, northbridge.url, DESK_PLAIN) as opened:
            opened.visit("/")
            opened.examined("(html) => document.body.insertAdjacentHTML('beforeend', html)", added)
            opened.page.wait_for_load_state("networkidle")

    with pytest.raises(AssertionError, match=complaint):
        look_at_it()
