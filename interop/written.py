"""Scripts written for people, carried out in a browser word by word.

A script is Markdown: a heading for each question, then numbered steps, each of one or more of the
sentences below. A sentence of any other form is an error, so that nothing a person is told to do or
to see is left out here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct
from playwright.sync_api import Locator, Page, expect

_HEADING = re.compile(r"## (?:\d+\. )?(.+)")
_STEP = re.compile(r"(\d+)\. (.+)")
_SENTENCE = re.compile(r"(?:[^“”.]|“[^”]*”)+\.")


class Step(Struct, frozen=True):
    """What is to be done or seen."""

    number: int
    """As numbered in its part; a step of several sentences has its number in each."""
    sentence: str


class Part(Struct, frozen=True):
    """One question, and the steps that answer it."""

    title: str
    text: str
    """All of it, as written, on one line."""
    steps: tuple[Step, ...]


def parts_of(path: Path) -> tuple[Part, ...]:
    """Read a script. Raises ValueError where steps are not numbered 1, 2, 3 …."""
    return tuple(_part(title, lines) for title, lines in _sections(path))


def _sections(path: Path) -> Iterator[tuple[str, list[str]]]:
    title, lines = "", list[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = _HEADING.fullmatch(line)
        if heading is None:
            lines.append(line)
            continue
        if title:
            yield title, lines
        title, lines = heading[1], []
    if title:
        yield title, lines


def _part(title: str, lines: list[str]) -> Part:
    items = list[str]()
    for line in lines:
        if _STEP.match(line):
            items.append(line)
        elif items and line.startswith("   "):
            items[-1] += " " + line.strip()
    steps = list[Step]()
    for number, item in enumerate(items, 1):
        step = _STEP.fullmatch(item)
        if step is None or int(step[1]) != number:
            raise ValueError(f"In “{title}”, step {number} is not numbered so: {item}")
        if _SENTENCE.sub("", step[2]).strip():
            raise ValueError(f"In “{title}”, step {number} does not end with a full stop: {item}")
        steps += [Step(number, said.strip()) for said in _SENTENCE.findall(step[2])]
    if not steps:
        raise ValueError(f"“{title}” has no steps.")
    return Part(title, " ".join(" ".join(lines).split()), tuple(steps))


def carry_out(page: Page, step: Step) -> None:
    """Do or see what a step says. Raises AssertionError where it cannot be done or is not so."""
    for form, does in _FORMS.items():
        said = re.fullmatch(form, step.sentence)
        if said is not None:
            does(page, *said.groups())
            return
    raise AssertionError(f"Nobody knows how to do step {step.number}: {step.sentence}")


def _begin(page: Page) -> None:
    page.goto("/")


def _follow(page: Page, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()


def _follow_in(page: Page, link: str, place: str) -> None:
    _place(page, place).get_by_role("link", name=link, exact=True).click()


def _choose(page: Page, option: str, label: str) -> None:
    page.get_by_label(label, exact=True).select_option(label=option)


def _write(page: Page, text: str, label: str) -> None:
    page.get_by_label(label, exact=True).fill(text)


def _choose_day(page: Page, day: str, label: str) -> None:
    written = datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007 - a civil day, of no zone
    page.get_by_label(label, exact=True).fill(written.isoformat())


def _press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def _press_in(page: Page, button: str, place: str) -> None:
    _place(page, place).get_by_role("button", name=button, exact=True).click()


def _unfold(page: Page, summary: str) -> None:
    page.locator("summary", has_text=summary).click()


def _is_headed(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def _reads(page: Page, text: str) -> None:
    assert text in _shown(page.locator("main")), f"“{text}” is not to be read on {page.url}"


def _reads_in(page: Page, place: str, text: str) -> None:
    assert text in _shown(_place(page, place)), f"“{text}” is not to be read in “{place}”"


def _reads_in_row(page: Page, row: str, text: str) -> None:
    rows = [_shown(found) for found in page.locator("main tr").all()]
    found = [shown for shown in rows if row in shown]
    assert found, f"No row has “{row}” on {page.url}"
    assert any(text in shown for shown in found), f"“{text}” is not to be read in {found}"


def _reads_beside(page: Page, term: str, text: str) -> None:
    beside = page.locator("main dt", has_text=re.compile(rf"^\s*{re.escape(term)}\s*$"))
    shown = _shown(beside.first.locator("xpath=following-sibling::dd[1]"))
    assert text in shown, f"Beside “{term}” stands {shown}"


def _place(page: Page, name: str) -> Locator:
    """Give the part of a page that goes by a name, or that stands under a heading."""
    named = page.get_by_role("region", name=name, exact=True)
    named = named.or_(page.get_by_role("navigation", name=name, exact=True))
    named = named.or_(page.get_by_role("search", name=name, exact=True))
    heading = page.get_by_role("heading", name=name, exact=True)
    return named.or_(page.locator("main section").filter(has=heading)).last


def _shown(place: Locator) -> str:
    """Give the text that can be seen, on one line."""
    return " ".join(place.inner_text().split())


_FORMS: Final[Mapping[str, Callable[..., None]]] = {
    r"Open the first page\.": _begin,
    r"Follow the link “([^”]+)”\.": _follow,
    r"Follow the link “([^”]+)” under “([^”]+)”\.": _follow_in,
    r"Choose “([^”]+)” for “([^”]+)”\.": _choose,
    r"Choose the day “([^”]+)” for “([^”]+)”\.": _choose_day,
    r"Write “([^”]+)” into “([^”]+)”\.": _write,
    r"Press “([^”]+)”\.": _press,
    r"Press “([^”]+)” under “([^”]+)”\.": _press_in,
    r"Open “([^”]+)”\.": _unfold,
    r"The page is headed “([^”]+)”\.": _is_headed,
    r"You read “([^”]+)”\.": _reads,
    r"Under “([^”]+)” you read “([^”]+)”\.": _reads_in,
    r"Beside “([^”]+)” you read “([^”]+)”\.": _reads_beside,
    r"In the row of “([^”]+)” you read “([^”]+)”\.": _reads_in_row,
}
