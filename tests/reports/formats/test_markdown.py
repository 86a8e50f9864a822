"""Markdown: what people wrote is text in it, whatever marks it has."""

import re

import pytest
from markdown_it import MarkdownIt

from planledger.reports.formats.markdown import markdown
from tests.support.sample_paper import DOCUMENT, ROWS, sample
from tests.support.unruly import UNRULY

READER = MarkdownIt("gfm-like", {"linkify": False})
"""As GitHub reads it, with HTML let through."""
MARKS = {
    "a pipe": "a | b || c",
    "HTML": "<img src=x onerror=alert(1)> <b>bold</b> & &lt; <!-- gone -->",
    "a link": "[here](javascript:alert(1)) ![image](http://example.org/x.png) <http://a.example>",
    "emphasis": "*all* __of__ ~~it~~ `code` ``two``",
    "a heading": "# Heading",
    "a list": "- one",
    "a numbered list": "1. one",
    "a rule": "---",
    "a quotation": "> said",
    "a fence": "```\ncode",
    "an escape": "\\* \\\\",
    "a table": "| a | b |\n| --- | --- |",
    "an entity": "&copy; &#60;script&#62;",
    "mathematics": "$x$ $$y$$",
}


def _rendered(text: str) -> str:
    rows = [("1.1", text, "2015-03-31", 1, "after")]
    shown: str = READER.render(markdown(sample(rows, title=text or "-")).decode())
    return shown


def _cell(shown: str) -> list[str]:
    """Give the lines of the cell that the text was put in, without markup and escapes."""
    (row,) = re.findall(r"<tr>\s*<td>1\.1</td>(.*?)</tr>", shown, re.DOTALL)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    assert len(cells) == 4
    assert cells[1:] == ["31 March 2015", "1", "after"]
    lines: list[str] = cells[0].split("<br>")
    assert not [line for line in lines if "<" in line]
    entities = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}
    for entity, mark in entities.items():
        lines = [line.replace(entity, mark) for line in lines]
    return lines


@pytest.mark.parametrize("text", MARKS.values(), ids=MARKS)
def test_marks_in_a_text_stay_marks(text: str) -> None:
    """In the cell of a table, and in a heading."""
    shown = _rendered(text)
    assert _cell(shown) == text.split("\n")
    assert not re.search(r"<(img|a|script|b|em|strong|del|code|hr|blockquote|li)\b", _above(shown))


def _above(shown: str) -> str:
    """Give what stands before the annex, but for our own bold titles of tables."""
    above = shown.partition("How this paper was made")[0]
    return re.sub(r"<p><strong>(All items|All challenges)</strong></p>", "", above)


@pytest.mark.parametrize("text", UNRULY.values(), ids=UNRULY)
def test_unruly_texts_keep_to_their_cell(text: str) -> None:
    """Neither a line end nor a control makes another row of it."""
    assert _cell(_rendered(text)) is not None


def test_it_has_the_whole_paper_and_how_it_was_made() -> None:
    """Whoever is handed it can have it made again."""
    text = markdown(sample()).decode()
    assert text.startswith("# What changed between Q2 and Q3\n\nA Plan for Elsewhere\n")
    assert "There is nothing among challenges." in text
    assert str(ROWS[0][0]) in text
    assert DOCUMENT.id in text
    assert f"```graphql\n{DOCUMENT.text}```" in text
    assert '"review": "elsewhere/q2"' in text


def test_a_number_stands_to_the_right() -> None:
    """Numbers are compared by their last digits."""
    assert "| --- | --- | --- | ---: | --- |" in markdown(sample()).decode()
