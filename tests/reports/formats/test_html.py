"""HTML: one page that needs nothing else, with the cells of the paper."""

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest
from lxml import html as reader  # type: ignore[import-untyped]  # it has none

from planledger.reports.formats.cells import said
from planledger.reports.formats.html import html, policy
from tests.support.sample_paper import COLUMNS, ROWS, sample
from tests.support.unruly import UNRULY


def _page(data: bytes) -> reader.HtmlElement:
    return reader.document_fromstring(data.decode())


def test_every_cell_stands_in_it_with_days_in_words() -> None:
    """It is the paper for whoever has no reader for anything else."""
    page = _page(html(sample()))
    shown = [
        ["\n".join(cell.itertext()).strip() for cell in row.xpath("./th|./td")]
        for row in page.xpath("//table//tr")
    ]
    assert shown[0] == [column.heading for column in COLUMNS]
    for cells, row in zip(shown[1:], ROWS, strict=True):
        for cell, value, column in zip(cells, row, COLUMNS, strict=True):
            assert cell == said(value, column)


def test_it_needs_nothing_else_and_lets_nothing_in() -> None:
    """It is opened from a folder or a message, where no header guards it."""
    page = _page(html(sample()))
    (meta,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = page.xpath("//style/text()")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert meta == policy()
    assert f"style-src 'sha256-{digest}'" in meta
    assert "default-src 'none'" in meta
    assert not page.xpath("//script|//link|//img|//@style|//@src|//@href|//*[@onclick]")


def test_it_can_be_found_ones_way_in_without_seeing_it() -> None:
    """Headings in order, tables with captions and scopes, wide ones reached by the keyboard."""
    page = _page(html(sample()))
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.xpath("/html/@lang") == ["en-GB"]
    for table in page.xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath("./thead/tr/th[@scope='col']")
        assert table.xpath("./tbody/tr/th[@scope='row']")
        assert table.getparent().get("tabindex") == "0"


@pytest.mark.parametrize("text", UNRULY.values(), ids=UNRULY)
def test_unruly_texts_are_texts(text: str) -> None:
    """Escaped, and with marks of direction that end where they end."""
    data = html(sample([("1.1", text, None, None, None)], title=text, plan_title=text))
    assert not re.search(rb"<script|<img|onerror=", data)
    cell = _page(data).xpath("//tbody/tr/td")[0]
    assert all(child.tag in {"bdi", "br"} for child in cell)
