"""JSON: the tables as data, in a shape that programs can rely on."""

import json
from decimal import Decimal

from planledger.reports.formats.json import json as as_json
from tests.support.sample_paper import DOCUMENT, VARIABLES, sample, table
from tests.support.unruly import UNRULY


def test_its_shape_is_the_one_that_is_documented() -> None:
    """Programs are written for it."""
    shown = json.loads(as_json(sample()))
    assert list(shown) == [
        *("kind", "title", "plan", "plan_title", "made_on", "read_from", "document", "variables"),
        *("sections", "tables"),
    ]
    assert shown["document"] == {
        "id": DOCUMENT.id,
        "name": "paper-sample",
        "text": DOCUMENT.text,
    }
    assert shown["variables"] == VARIABLES
    (first, *_) = shown["sections"]
    assert list(first) == ["heading", "sentences", "tables", "sections"]
    (sheet, *_) = shown["tables"]
    assert list(sheet) == ["key", "title", "columns", "rows"]
    assert list(sheet["columns"][0]) == ["key", "heading", "holds"]


def test_it_holds_every_table_that_does_not_repeat_the_sheet() -> None:
    """The sheet comes first; what is set again for reading is no more data."""
    paper = sample()
    keys = [one["key"] for one in json.loads(as_json(paper))["tables"]]
    assert keys == [one.key for one in paper.tables]
    assert keys[0] == paper.sheet.key


def test_a_decimal_keeps_its_digits() -> None:
    """20.50 was measured more closely than 20.5, and a float would know neither."""
    (sheet, *_) = json.loads(as_json(sample()), parse_float=Decimal)["tables"]
    assert str(sheet["rows"][2][3]) == "-12.50"


def test_any_text_comes_back_as_it_was() -> None:
    """But for half a character, which UTF-8 has none for."""
    rows = [("1", text, None, None, None) for text in UNRULY.values()]
    (sheet, *_) = json.loads(as_json(sample(rows)))["tables"]
    whole = [text.encode("utf-8", "replace").decode() for text in UNRULY.values()]
    assert [row[1] for row in sheet["rows"]] == whole


def test_it_is_one_line() -> None:
    """So that many can lie in one file, a line each."""
    data = as_json(sample([], title="No rows"))
    assert data.count(b"\n") == 1
    assert data.endswith(b"\n")
    assert table([]).rows == ()
