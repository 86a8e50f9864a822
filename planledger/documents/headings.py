"""The words that divide a document: headings of areas, and labels of sections.

A heading is known by its words, not by where its line starts: in a converted page it may be
fused to a running title before it and to a label after it (design page 2.1).
"""

import re

from msgspec import Struct

from planledger.documents.markup import plain
from planledger.documents.words import listed
from planledger.events.values import StatementKind

# Gaps are bounded, so that a line of a million spaces costs no more than any other line.
_GAP = r"[\s*]{0,8}"
_NUMBERED = rf"(?P<digits>\d{{1,3}}[A-Za-z]?)(?![\w]){_GAP}[:.\-–—]?"
_LETTERED = rf"(?P<letters>[IVXLC]{{1,7}}|[A-Z])(?![\w]){_GAP}[:.\-–—]"
_IN_CAPITALS = re.compile(
    rf"\bAREAS?\s{{1,4}}FOR\s{{1,4}}IMPROVEMENT\b{_GAP}(?:NO\.?\s{{0,4}})?"
    rf"(?:{_NUMBERED}|{_LETTERED}|:)"
)
# In small letters the words may be prose, so a heading needs its own line and a mark.
_IN_SMALL = re.compile(
    rf"[\s*#>]{{0,16}}areas?\s{{1,4}}for\s{{1,4}}improvement\b{_GAP}(?:no\.?\s{{0,4}})?"
    rf"(?:(?P<digits>\d{{1,3}}[a-z]?)|(?P<letters>[ivxlc]{{1,7}}|[a-z])){_GAP}[:\-–—]",
    re.IGNORECASE,
)
# "see AREA FOR IMPROVEMENT 2" is a mention.
_MENTIONS = listed("see in under of to per for and or the with from by this that each every")
_KINDS = {
    "objective": StatementKind.OBJECTIVE,
    "outcome": StatementKind.OUTCOME,
    "measure": StatementKind.MEASURE,
}
_LABEL_WORDS = r"(?P<label>OBJECTIVES?|OUTCOMES?|MEASURED\s{1,4}BY|(?:SUCCESS\s{1,4})?MEASURES?)"
_FUSED_LABEL = re.compile(rf"\b{_LABEL_WORDS}{_GAP}:")
_OWN_LABEL = re.compile(rf"[\s*#>]{{0,16}}{_LABEL_WORDS}{_GAP}:")
_WHOLE_LABEL = re.compile(
    rf"{_LABEL_WORDS}(?:\s?\((?:continued|cont\.?|cont['’]d)\))?\s?:?", re.IGNORECASE
)
_OTHER_LABEL = re.compile(r"[A-Z][A-Z &/,'’-]{2,60}:")
_PAGE_NUMBER = re.compile(r"(?:page\s)?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Heading(Struct, frozen=True):
    """The heading of an area, found in a line."""

    start: int
    end: int
    """Where its words and number lie in the line; the title follows."""
    number: str | None
    """As printed, or None where it has none."""


class Label(Struct, frozen=True):
    """The label of a section."""

    kind: StatementKind
    before: str
    after: str


def headings_in(text: str) -> tuple[Heading, ...]:
    """Find the headings of areas in a line; a converted page may hold several in one."""
    small = _IN_SMALL.match(text)
    found = [match for match in _IN_CAPITALS.finditer(text) if not _is_mention(text, match.start())]
    if small is not None and (not found or found[0].start() > small.end()):
        found.insert(0, small)
    return tuple(
        Heading(match.start(), match.end(), match["digits"] or match["letters"]) for match in found
    )


def label_in_heading(text: str) -> Label | None:
    """Find a label in capitals fused to a heading: "…workloads****OBJECTIVES:**"."""
    found = _FUSED_LABEL.search(text)
    return None if found is None else _label(found, text)


def label_of(text: str) -> Label | None:
    """Find the label a line begins with: in capitals, or in any case if it is the whole line."""
    whole = plain(text[:80]).strip("# ")
    found = _WHOLE_LABEL.fullmatch(whole) if len(text) < len(whole) + 40 else None
    if found is not None:
        return _label(found, whole)
    found = _OWN_LABEL.match(text)
    return None if found is None else _label(found, text)


def is_other_label(text: str) -> bool:
    """Say whether a line is a label in capitals that this reader does not know."""
    return len(text) < 100 and _OTHER_LABEL.fullmatch(plain(text)) is not None  # noqa: PLR2004


def is_page_number(text: str) -> bool:
    """Say whether a line is only the number of a page."""
    return len(text) < 40 and _PAGE_NUMBER.fullmatch(plain(text)) is not None  # noqa: PLR2004


def number_value(number: str) -> str:
    """Give a number as digits where it is one, roman or arabic: "I" is "1"; else as it is."""
    roman = number.upper()
    if not _ROMAN.fullmatch(roman):
        return number.lstrip("0") or number
    values = [_ROMAN_VALUES[letter] for letter in roman]
    following = [*values[1:], 0]
    return str(
        sum(
            -value if value < after else value
            for value, after in zip(values, following, strict=True)
        )
    )


def _label(found: re.Match[str], text: str) -> Label:
    words = found["label"].casefold()
    kind = next(kind for stem, kind in _KINDS.items() if stem in words)
    return Label(kind, text[: found.start()], text[found.end() :])


def _is_mention(text: str, start: int) -> bool:
    words = text[max(0, start - 20) : start].split()
    return bool(words) and text[start - 1] == " " and words[-1].casefold() in _MENTIONS
