"""People record a change in a real browser: by keyboard alone, by telephone, and in a hurry."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from interop import axe, keyboard
from interop.browsing import (
    DESK,
    DESK_PLAIN,
    PATIENCE_MS,
    TELEPHONE,
    TELEPHONE_PLAIN,
    Look,
    Window,
    window,
)
from interop.test_reading_room import too_wide
from planledger.recording.acts import ACTS
from tests.support.serving import Caller, Service

MOVE = "/plans/northbridge/record/move-date"
LOOKS = pytest.mark.parametrize("look", [DESK, DESK_PLAIN, TELEPHONE, TELEPHONE_PLAIN], ids=str)
SCRIPTS = pytest.mark.parametrize("look", [DESK, DESK_PLAIN], ids=str)

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(name="opened")
def _opened(started: Browser, northbridge: Service, look: Look) -> Iterator[Window]:
    with window(started, northbridge.url, look) as opened:
        yield opened


@pytest.fixture(name="caller")
def _caller(northbridge: Service) -> Iterator[Caller]:
    with Caller(northbridge.url) as caller:
        yield caller


def press(page: Page, button: str) -> None:
    """Press a button, and wait for what comes of it."""
    page.get_by_role("button", name=button, exact=True).click()


def lead_to(opened: Window, called: str) -> None:
    """Come to a link or a button by the Tab key, and press Enter."""
    keyboard.come_to(opened, called)
    with opened.page.expect_navigation():
        opened.page.keyboard.press("Enter")


def fill_in(page: Page, milestone: str, date: str) -> None:
    """Say on the form of a milestone that its date is moved."""
    page.goto(f"/plans/northbridge/items/{milestone}")
    page.get_by_role("link", name="Move its target date").click()
    page.get_by_label("New date").fill(date)
    page.get_by_label("Reason", exact=True).fill("Two teams still wait for it.")
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before you record")


def recorded(page: Page) -> None:
    """Wait until it is said that something was recorded."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Recorded")


@pytest.mark.parametrize("look", [DESK, TELEPHONE_PLAIN], ids=str)
def test_no_form_has_a_fault_even_when_it_is_sent_back(opened: Window) -> None:
    """Whoever made a mistake must learn of it by any means they read with."""
    found = []
    for act in ACTS:
        opened.visit(f"/plans/northbridge/record/{act}")
        found += too_wide(opened)
        opened.watch.expects(422, f"/plans/northbridge/record/{act}")
        press(opened.page, "Continue")
        expect(opened.page.get_by_role("alert")).to_be_focused()
        found += too_wide(opened) + axe.faults(opened)
    assert found == []


@LOOKS
def test_a_mistake_is_said_first_and_leads_to_its_field(opened: Window) -> None:
    """A form that comes back without a word is filled in the same way again."""
    opened.visit(f"{MOVE}?milestone=2.3/2")
    opened.watch.expects(422, MOVE)
    opened.page.get_by_label("Reason", exact=True).fill("Two teams still wait for it.")
    press(opened.page, "Continue")
    expect(opened.page).to_have_title(re.compile("^Error: "))
    opened.page.get_by_role("alert").get_by_role("link", name="New date").click()
    expect(opened.page.get_by_label("New date")).to_be_focused()
    expect(opened.page.get_by_label("Reason", exact=True)).to_have_value(
        "Two teams still wait for it."
    )


@LOOKS
def test_what_is_looked_at_before_and_after_has_no_fault(opened: Window) -> None:
    """What will be recorded, and what was, is the matter of the whole thing."""
    fill_in(opened.page, "2.3/2", "March 2027")
    assert too_wide(opened) + axe.faults(opened) == []
    press(opened.page, "Change it")
    expect(opened.page.get_by_label("New date")).to_have_value("March 2027")
    assert too_wide(opened) + axe.faults(opened) == []


@pytest.mark.parametrize("look", [DESK_PLAIN], ids=str)
def test_a_change_is_recorded_by_keyboard_alone(opened: Window, caller: Caller) -> None:
    """From the plan to the confirmation, without a mouse and without a script."""
    before = caller.position()
    opened.visit("/plans/northbridge")
    lead_to(opened, "1.3/4")
    lead_to(opened, "Move its target date")
    keyboard.come_to(opened, "New date")
    opened.page.keyboard.type("May 2027")
    keyboard.come_to(opened, "Reason")
    opened.page.keyboard.type("Two posts are still vacant.")
    lead_to(opened, "Continue")
    lead_to(opened, "Record it")
    recorded(opened.page)
    assert axe.faults(opened) == []
    assert caller.position() == before + 1
    lead_to(opened, "Look at 1.3/4")
    expect(opened.page.locator("main")).to_contain_text("May 2027")


@pytest.mark.parametrize("look", [DESK_PLAIN], ids=str)
def test_enter_in_a_field_goes_on_and_records_nothing(opened: Window, caller: Caller) -> None:
    """Enter is pressed by mistake more often than any button."""
    before = caller.position()
    opened.visit(f"{MOVE}?milestone=2.3/2")
    opened.page.get_by_label("Reason", exact=True).fill("Two teams still wait for it.")
    opened.page.get_by_label("New date").fill("March 2027")
    opened.page.keyboard.press("Enter")
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Check before you record")
    assert caller.position() == before


@SCRIPTS
def test_a_double_click_records_once(opened: Window, caller: Caller) -> None:
    """A slow connection makes people click again."""
    before = caller.position()
    fill_in(opened.page, "3.2/2", f"{'June' if opened.look.scripts else 'July'} 2027")
    opened.page.get_by_role("button", name="Record it").dblclick()
    recorded(opened.page)
    assert caller.position() == before + 1


@SCRIPTS
def test_looking_again_and_going_back_record_nothing_more(opened: Window, caller: Caller) -> None:
    """Whoever is not sure goes back to see, and sends it again to be sure."""
    before = caller.position()
    fill_in(opened.page, "5.2/3", f"{'June' if opened.look.scripts else 'July'} 2027")
    press(opened.page, "Record it")
    recorded(opened.page)
    opened.page.reload()
    recorded(opened.page)
    opened.page.go_back()
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Check before you record")
    press(opened.page, "Record it")
    recorded(opened.page)
    assert caller.position() == before + 1
