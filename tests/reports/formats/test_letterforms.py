"""Which letters a PDF can show, and what stands for those it cannot."""

import re
from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # it does not say its types

from planledger.reports.formats import letterforms
from planledger.reports.formats.letterforms import FAMILIES, Letterforms, fonts, name_of


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Zoë O’Brien – £5", "Zoë O’Brien – £5"),
        ("محمد, שלום, ਗੁਰਪ੍ਰੀਤ, Ελένη, Юлія", "محمد, שלום, ਗੁਰਪ੍ਰੀਤ, Ελένη, Юлія"),
        ("王 and 明", "[U+738B] and [U+660E]"),
        ("\0\x1b", "[U+0000][U+001B]"),
        ("\ud800", "[U+D800]"),
        ("a\tb\r\nc\u2028d", "a b\nc\nd"),
        ("\U000fe82c", "[U+FE82C]"),
        ("क\u05b0", "क[U+05B0]"),
        ("a" + 8 * "\u0301", "a" + 6 * "\u0301" + 2 * "[U+0301]"),
    ],
)
def test_what_no_font_has_is_written_by_its_number(text: str, written: str) -> None:
    """A name is never lost and never refused: who has the number finds the letter."""
    assert Letterforms().write(text) == written


def test_what_was_written_by_number_is_remembered() -> None:
    """The paper lists it, so that nobody takes "[U+738B]" for what somebody typed."""
    letters = Letterforms()
    letters.write("王 明 王")
    letters.write("Tower")
    assert letters.missing == {"王", "明"}
    assert name_of("王") == "CJK UNIFIED IDEOGRAPH-738B"
    assert name_of("\0") == "a control character"


def test_what_is_not_looked_at_closely_is_in_the_first_font() -> None:
    """Most texts are passed on as they are, which is only right if that font has all of them."""
    with TTFont(files("manimgx_fonts").joinpath("NotoSans[wght].ttf")) as font:
        first = set(map(chr, font.getBestCmap()))
    everyday = re.compile(f"[{letterforms._EVERYDAY}]")
    assert {one for one in map(chr, range(0x3000)) if everyday.match(one)} - first == {"\n"}


def test_all_fonts_are_there_and_none_of_the_machine() -> None:
    """A font that only some machines have would change the bytes of a paper."""
    found = {font.family for font in fonts().fonts()}
    assert set(FAMILIES) <= found
    inside_typst = {"DejaVu Sans Mono", "Libertinus Serif"}
    assert {one for one in found if not one.startswith(("Noto", "New Computer"))} == inside_typst
