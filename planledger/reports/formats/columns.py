"""How wide the columns of a table are on paper, reckoned from what they hold.

All widths are points. They are reckoned here and not by whoever sets the page, since to try widths
out costs more than all the rest, and since a ref and a day must not be broken over two lines.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from planledger.reports.formats.letterforms import clusters
from planledger.reports.papers.paper import Column, Holds

SIZE: Final = 8.5
"""The size of the letters in tables."""
INSET: Final = 4.0
"""The room to the left and right of what is in a cell."""

_TEXT_WANTED: Final = 50.0
"""How wide a column of texts wants to be, for each of its weight."""
_TEXT_LEAST: Final = 40.0
"""How narrow it may become, so that what may not be broken has its room."""
_WHOLE_MOST: Final = 130.0
"""How wide a column of refs, days or numbers may be before what it holds is broken after all."""
_HEAD_MOST: Final = 75.0
"""How wide such a column may be so that its heading, too, is on one line."""
_LETTER: Final = r"[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
"""What words are made of; but for Thai, Lao, Burmese and Khmer, whose words typst finds itself."""
_BREAK_HERE: Final = "\u200b"
_AVERAGE: Final = 0.58
"""How wide a letter is in running text, beside its size."""
_NARROW: Final = frozenset("iIjl.,:;'|!()[] ftr/-")
_WIDE: Final = frozenset("mwMW@%")

Texts = Sequence[Sequence[str]]
"""What a table holds as it will be written, column by column."""


def is_wide(columns: Sequence[Column], texts: Texts, room: float) -> bool:
    """Tell whether a table is too wide to be read well where there is this much room."""
    return room < sum(
        _whole(column, held)
        if whole
        else min(column.weight * _TEXT_WANTED, _unbroken(column, held))
        for column, held, whole in _each(columns, texts)
    )


def widths(columns: Sequence[Column], texts: Texts, room: float) -> tuple[float, ...]:
    """Share out the room: first to what may not be broken, the rest by weight, none to waste."""
    whole = {
        place: _whole(column, held)
        for place, (column, held, is_whole) in enumerate(_each(columns, texts))
        if is_whole
    }
    most = {
        place: _unbroken(column, held)
        for place, (column, held, is_whole) in enumerate(_each(columns, texts))
        if not is_whole
    }
    left = room - sum(whole.values())
    if left < _TEXT_LEAST * len(most):
        return (room / len(columns),) * len(columns)
    shared = _shared(left, {place: columns[place].weight for place in most}, most)
    found = whole | shared
    return tuple(found[place] for place in range(len(columns)))


def lines(text: str, width: float) -> int:
    """Reckon how many lines a text takes in a column, rather too many than too few."""
    letters = max(int((width - 2 * INSET) / (SIZE * _em("a"))), 1)
    return sum(1 + len(line) // letters for line in text.split("\n"))


def fitted(text: str, width: float, size: float = SIZE) -> str:
    """Let a word that is wider than its column be broken anywhere; nothing else changes."""
    room = (width - 2 * INSET) / size
    longest = int(room / max(_em("W"), 1.0))
    if len(text) <= longest:
        return text

    def parted(word: re.Match[str]) -> str:
        return word[0] if _em(word[0]) <= room else _BREAK_HERE.join(clusters(word[0]))

    return re.sub(rf"{_LETTER}{{{max(longest, 1)},}}", parted, text)


def _each(columns: Sequence[Column], texts: Texts) -> Iterator[tuple[Column, Sequence[str], bool]]:
    for column, held in zip(columns, texts, strict=True):
        yield column, held, column.holds is not Holds.TEXT


def _shared(room: float, weights: Mapping[int, int], most: Mapping[int, float]) -> dict[int, float]:
    """Share room out by weight; what one does not need goes to the others."""
    each = room / max(sum(weights.values()), 1)
    content = {
        place: most[place] for place, weight in weights.items() if most[place] <= each * weight
    }
    if not content:
        return {place: each * weight for place, weight in weights.items()}
    others = {place: weight for place, weight in weights.items() if place not in content}
    return content | _shared(room - sum(content.values()), others, most)


def _whole(column: Column, held: Sequence[str]) -> float:
    """Give how wide a column of refs, days or numbers is."""
    longest = max(map(_em, (*held, *_words(column))), default=0.0) * SIZE
    return max(min(longest, _WHOLE_MOST), min(_head(column), _HEAD_MOST)) + 2 * INSET


def _unbroken(column: Column, held: Sequence[str]) -> float:
    """Give how wide a column of texts would be with every text on one line, roughly."""
    longest = max(map(len, held), default=0) * _AVERAGE * SIZE
    return max(longest, _head(column), _TEXT_LEAST) + 2 * INSET


def _words(column: Column) -> list[str]:
    return [f"{word}." for word in column.heading.split()]  # as headings are bold


def _head(column: Column) -> float:
    return _em(column.heading) * SIZE


def _em(text: str) -> float:
    """Reckon how wide a text is beside the size of its letters, rather too much than too little."""
    return sum(
        0.42
        if letter in _NARROW
        else 0.96
        if letter in _WIDE
        else 0.66
        if letter < "\u0250"
        else 1.1
        for letter in text
    )
