"""Words that carry meaning, their roots, and how rare they are in a document.

Two texts are compared by the words they share; a word that few actions use says more than one
that most do. Abbreviations count as what the document says they stand for: "Target Operating
Model (TOM)".
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping


def listed(words: str) -> frozenset[str]:
    """Give the words of a text as a set, so that long lists of words stay readable."""
    return frozenset(words.split())


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]{1,3})?")
_DEFINED = re.compile(r"\((?P<short>[A-Z]{2,8})s?\)")
_COMMON = listed(
    "a an and any are as at be been being by can for from has have how if in into is it its no not "
    "of on or our so such than that the their them then there these they this those through to "
    "was we were which while who will with within"
)
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_ENDINGS = ("ing", "ed", "es", "s", "e")
_FEWEST_LETTERS = 3
_MOST_WORDS = 400

Expansions = Mapping[str, tuple[str, ...]]
"""Abbreviations as printed, with the roots of the words they stand for."""


def roots(text: str, expansions: Expansions) -> tuple[str, ...]:
    """Give the roots of the words of a text that carry meaning, in order."""
    found: list[str] = []
    for match in _WORD.finditer(text[: 20 * _MOST_WORDS]):
        word = match[0]
        stands_for = expansions.get(word) or expansions.get(word.removesuffix("s"))
        if stands_for:
            found += stands_for
        elif word.casefold() not in _COMMON:
            found.append(root(word))
    return tuple(found[:_MOST_WORDS])


def root(word: str) -> str:
    """Cut a word to its root: "agreed" and "agree" both to "agre", "two" to "2"."""
    small = word.casefold().replace("’", "'")
    small = small.removesuffix("'s")
    small = _NUMBERS.get(small, small)
    for ending in _ENDINGS:
        if small.endswith(ending) and len(small) - len(ending) >= _FEWEST_LETTERS:
            return small.removesuffix(ending)
    return small


def abbreviations(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Find what the texts say their abbreviations stand for, by initials before brackets."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for match in _DEFINED.finditer(text):
            short = match["short"]
            before = _WORD.findall(text[max(0, match.start() - 25 * len(short)) : match.start()])
            full = _spelled(short, before)
            if full:
                found.setdefault(short, tuple(root(word) for word in full))
    return found


def spells(short: str, text: str) -> bool:
    """Say whether words in a row spell an abbreviation of three letters or more."""
    initials = "".join(match[0][0] for match in _WORD.finditer(text[: 20 * _MOST_WORDS]))
    return len(short) >= _FEWEST_LETTERS and short.casefold() in initials.casefold()


class Rarity:
    """How much each word says, counted over the actions of a document."""

    def __init__(self, documents: Iterable[Iterable[str]]) -> None:
        """Count in how many documents each word is."""
        self._counts: Counter[str] = Counter()
        self._size = 1
        for words in documents:
            self._counts.update(set(words))
            self._size += 1

    @property
    def most(self) -> float:
        """What a word says that only one action uses."""
        return math.log(self._size)

    def weight(self, words: Iterable[str]) -> float:
        """Add up what words say: a word in one action says most, one in all says nothing."""
        # Sorted, so that the sum is the same to the last bit in every run.
        return sum(math.log(self._size / max(1, self._counts[word])) for word in sorted(words))


def _spelled(short: str, before: list[str]) -> list[str]:
    """Take words from the end for as long as they spell the abbreviation backwards."""
    letters = list(short.casefold())
    taken: list[str] = []
    while letters and before:
        word = before.pop()
        if word[0].casefold() == letters[-1]:
            letters.pop()
            taken.insert(0, word)
        elif word.casefold() not in _COMMON:
            return []
    return [] if letters else taken
