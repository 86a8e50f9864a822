"""Which letters the fonts of a paper have, and what is written for those they have not.

PDF/A forbids a character without a letterform. The fonts are Noto's, for Latin, Greek, Cyrillic and
the scripts of India, the Near East and others, so that names look as they should; Chinese, Japanese
and Korean have none here. What no font has is written by its number, such as "[U+738B]": nothing is
lost, and nothing is refused.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import typst

FAMILIES: Final = (
    "Noto Sans",
    *("Noto Sans Arabic", "Noto Sans Hebrew"),
    *("Noto Sans Bengali", "Noto Sans Devanagari", "Noto Sans Gujarati", "Noto Sans Gurmukhi"),
    *("Noto Sans Kannada", "Noto Sans Malayalam", "Noto Sans Oriya", "Noto Sans Sinhala"),
    *("Noto Sans Tamil", "Noto Sans Telugu"),
    *("Noto Sans Armenian", "Noto Sans Ethiopic", "Noto Sans Georgian"),
    *("Noto Sans Khmer", "Noto Sans Lao", "Noto Sans Myanmar", "Noto Sans Thai"),
    *("Noto Sans Symbols", "Noto Emoji"),
)
"""The fonts, in the order in which a letter is looked for."""

_EVERYDAY = r"\n\x20-\x7e\xa0-\xac\xae-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u20ac"
_UNUSUAL: Final = re.compile(f"[^{_EVERYDAY}]")
"""What is not certain to be in the first font, so that most texts need not be looked at closely."""

_MARKS: Final = 7
"""How many characters one letter may be made of; more marks would tower over what is around it."""
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\t\u1680\u3000]")
_FORBIDDEN: Final = frozenset("\0\ufeff\ufffe")
"""What PDF/UA does not allow, whatever the font."""


@cache
def fonts() -> "typst.Fonts":
    """Open the fonts, and those inside typst for its monospace; none that this machine has."""
    import typst  # noqa: PLC0415 - costly, and only a PDF needs it

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[_folder()]
    )


class Letterforms:
    """Writes texts with letters that the fonts have, and remembers those they have not."""

    def __init__(self, *, everyday: bool = False) -> None:
        """Write every letter of the fonts, or `everyday` ones only."""
        self.missing: set[str] = set()
        """The characters that had to be written by their numbers."""
        self._everyday = everyday

    def write(self, text: str) -> str:
        """Give a text that can be set. Lines end in a line feed; a tab is a space."""
        if _UNUSUAL.search(text) is None:
            return text
        text = _SPACES.sub(" ", _BREAKS.sub("\n", text))
        if self._everyday:
            return _UNUSUAL.sub(lambda found: self._numbered(found[0]), text)
        return "".join(self._written(cluster) for cluster in clusters(text))

    def _written(self, cluster: str) -> str:
        """Write a letter with its marks, which have to be in one font together."""
        first, marks, more = cluster[0], cluster[1:_MARKS], cluster[_MARKS:]
        known = [letters for letters in _alphabets() if first in letters]
        if any(letters.issuperset(marks) for letters in known):
            return first + marks + "".join(map(self._numbered, more))
        if not known and first != "\n":
            first = self._numbered(first)
        return first + "".join(map(self._numbered, marks + more))

    def _numbered(self, character: str) -> str:
        self.missing.add(character)
        return f"[{number_of(character)}]"


def number_of(character: str) -> str:
    """Give the number of a character as Unicode writes it: "U+738B"."""
    return f"U+{ord(character):04X}"


def name_of(character: str) -> str:
    """Give the name of a character, or what kind of thing it is where it has none."""
    kinds = {"Cc": "a control character", "Cs": "half of a character", "Co": "for private use"}
    unnamed = kinds.get(unicodedata.category(character), "not a character of this Unicode")
    return unicodedata.name(character, unnamed)


def clusters(text: str) -> Iterator[str]:
    """Part a text before every character that does not hang on the one before it."""
    start = 0
    for place, character in enumerate(text):
        if place > start and unicodedata.category(character) not in {"Mn", "Mc", "Me"}:
            yield text[start:place]
            start = place
    yield text[start:]


@cache
def _alphabets() -> tuple[frozenset[str], ...]:
    """Read which characters each font has."""
    # Costly, and only unusual letters need it; fontTools does not say the types it has.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # noqa: PLC0415

    found = []
    for family in FAMILIES:
        with TTFont(_folder() / f"{family.replace(' ', '')}[wght].ttf", lazy=True) as font:
            characters = frozenset(map(chr, font.getBestCmap()))
        found.append(frozenset(filter(_allowed, characters)))
    return tuple(found)


def _allowed(character: str) -> bool:
    return character not in _FORBIDDEN and unicodedata.category(character) not in {"Cc", "Co", "Cs"}


def _folder() -> Path:
    return Path(str(files("manimgx_fonts")))
