"""How the room on a page is shared out among columns."""

from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # it does not say its types

from planledger.reports.formats.columns import INSET, SIZE, fitted, is_wide, widths
from planledger.reports.papers.paper import Column, Holds

REF, DAY = Column("ref", "Item", Holds.REF), Column("due", "Due", Holds.DAY)
SAID, WHY = Column("said", "What it says", weight=3), Column("why", "Why", weight=2)
LONG = "word " * 40


@pytest.mark.parametrize("text", ["10.14/23", "board-2024-q2", "30 September 2024", "MWMW/99"])
def test_a_ref_and_a_day_fit_on_one_line(text: str) -> None:
    """A ref in two pieces cannot be looked for; the font itself says how wide its letters are."""
    with TTFont(files("manimgx_fonts").joinpath("NotoSans[wght].ttf")) as font:
        letters, advances = font.getBestCmap(), font["hmtx"]
        units = sum(advances[letters[ord(letter)]][0] for letter in text)
        needed = SIZE * units / font["head"].unitsPerEm
    found = widths([REF, SAID], [[text], [LONG]], 500)
    assert needed <= found[0] - 2 * INSET < needed * 1.6


def test_texts_share_what_is_left_by_weight() -> None:
    """What needs most room to be read has it, and a table fills the page."""
    ref, said, why = widths([REF, SAID, WHY], [["1.1"], [LONG], [LONG]], 500)
    assert ref + said + why == pytest.approx(500)
    assert said / why == pytest.approx(3 / 2)


def test_a_small_table_stays_small() -> None:
    """A figure at the other side of the page is read in the wrong row."""
    assert sum(widths([SAID, REF], [["Moved later"], ["12"]], 500)) < 200


def test_more_columns_than_there_is_room_for_are_all_there() -> None:
    """Narrow is better than cut off."""
    many = [REF] * 30
    found = widths(many, [["a-rather-long-ref"]] * 30, 500)
    assert sum(found) == pytest.approx(500)
    assert is_wide(many, [["a-rather-long-ref"]] * 30, 500)


def test_only_what_does_not_fit_may_be_broken() -> None:
    """A word of ten thousand letters must not run off the page; any other stays as it is."""
    text = f"An ordinary sentence and {'x' * 60}"
    assert fitted(text, 500) == text
    assert fitted(text, 100) == f"An ordinary sentence and {chr(0x200B).join('x' * 60)}"


def test_a_letter_stays_with_its_marks() -> None:
    """A mark by itself on the next line says nothing, and no font can set it."""
    parted = fitted("e\u0301" * 60, 100)
    assert parted == "\u200b".join(["e\u0301"] * 60)
