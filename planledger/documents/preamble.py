"""What stands before the first area: the title, the day the document bears, and all it says."""

import re
from datetime import date

from planledger.documents import queries
from planledger.documents.date_words import date_words
from planledger.documents.markup import plain
from planledger.documents.notes import Notes
from planledger.documents.reading import NotAPlanError
from planledger.documents.source_text import Line
from planledger.events.dates import Day, Month, PartialDate
from planledger.events.values import TEXT_LIMIT

# A longer line is prose whose dates speak of other things than the document.
_LONGEST = 400
_MOST_LINES = 400
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# As much as one text may hold, to the end of a word where there is one.
_PART = re.compile(rf"\S(?:.{{0,{TEXT_LIMIT - 1}}}(?!\S)|\S{{{TEXT_LIMIT - 1}}})", re.DOTALL)
_BEARS = re.compile(
    r"(?:date|dated|version|draft|published|as at|as of|updated|final|plan)?\s?:?\s?", re.IGNORECASE
)


def introduction_of(preamble: tuple[Line, ...]) -> tuple[str, ...]:
    """Give all of it, a text a paragraph: lines that no blank line parts, one below the other.

    A paragraph that is too long for one text is given in several: nothing of it is left out.
    """
    paragraphs: list[list[str]] = []
    last = None
    for line in preamble:
        if last != line.number - 1:
            paragraphs.append([])
        last = line.number
        words = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", plain(line.text))
        if any(letter.isalnum() for letter in words):
            paragraphs[-1].append(words)
    texts = ("\n".join(lines) for lines in paragraphs)
    return tuple(part for text in texts for part in _PART.findall(text))


def title_of(preamble: tuple[Line, ...], filename: str, notes: Notes) -> str:
    """Give the title: the first line that is not a date. Another in capitals leaves a query."""
    lines = [(line.number, plain(line.text).strip("# ")) for line in preamble[:_MOST_LINES]]
    titles = [(number, text) for number, text in lines if _has_words(text) and not _is_date(text)]
    if not titles:
        name = plain(filename) or "Untitled plan"
        queries.no_title(notes, 1, name)
        return name
    taken = titles[0][1][:_LONGEST]
    for number, text in titles[1:]:
        if taken.isupper() and text.isupper() and text != taken:
            queries.titles(notes, number, taken, text)
            break
    return taken


def stated_on_of(preamble: tuple[Line, ...], notes: Notes) -> date:
    """Give the day the document bears.

    A full date on a line of its own is the document's date. Failing that a full date within a
    line, and then the first day of a month, are taken and leave a query. Raises NotAPlanError
    where there is no date at all.
    """
    found = [each for line in preamble[:_MOST_LINES] for each in _dates(line)]
    for own_line, kind in ((True, Day), (False, Day), (True, Month), (False, Month)):
        for number, text, alone, when in found:
            if isinstance(when, kind) and alone is own_line:
                if kind is Month:
                    month = when.label
                    first = Day(when.earliest.year, when.earliest.month, 1).label
                    queries.stated_on(notes, number, text, first, f"On another day of {month}.")
                elif not own_line:
                    queries.stated_on(notes, number, text, when.label, "On another day.")
                return when.earliest
    raise NotAPlanError(
        "The document bears no date before its first area, so nothing says from when its plan "
        'holds. Give the date it was stated on, or put it in, such as "6 January 2015".'
    )


def _dates(line: Line) -> list[tuple[int, str, bool, PartialDate]]:
    text = plain(line.text[: 4 * _LONGEST])
    if len(text) > _LONGEST or not any(letter.isdigit() for letter in text):
        return []
    # No month without a year is read here, so the day it counts from does not matter.
    words = date_words(text, date.min)
    return [
        (line.number, text, _stands_alone(text, word.text), word.date)
        for word in words
        if word.date is not None and not word.doubt
    ]


def _stands_alone(text: str, printed: str) -> bool:
    return _BEARS.fullmatch(text.replace(printed, "", 1).strip(" #.()*")) is not None


def _is_date(text: str) -> bool:
    return len(text) <= _LONGEST and any(alone for _, _, alone, _ in _dates(Line(0, text)))


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
