"""Search: which things of some plans say certain words, the closest first.

Small letters and capitals are alike, and so are letters with accents and without, and quotes and
hyphens of every shape: what a document prints is found as people type it. Every word must be said
by the thing itself, in any order: in its number, its wording, its leads' names …
"""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from unicodedata import category, normalize

from msgspec import Struct

from planledger.events.values import Personal
from planledger.projections.passages import Passage, Said, passages
from planledger.projections.view import PlanView

SHORT = 2
"""Words of so many letters or fewer are looked for as whole words only: most others hold them."""

_ALIKE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u201a", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
"""Quotes and hyphens of every shape, as keyboards have them."""
_AROUND = "\"'()[]{}<>,;:!?.…*"
"""What stands around a word and is not looked for."""

Say = Callable[[Personal], str]
"""Gives the text of a personal value, to look for words in it."""


class Closeness(Enum):
    """How close something found comes to what was looked for, the closest first."""

    NUMBER = 0
    """It goes by the very number or short name that was looked for."""
    WORDS = 1
    """It says every word as a whole word."""
    PARTS = 2
    """Some word is only a part of one that it says."""


class Match(Struct, frozen=True):
    """A text of a thing that says one of the words, or several."""

    said: Said
    text: str | Personal


class Hit(Struct, frozen=True):
    """A thing that says all of the words."""

    passage: Passage
    closeness: Closeness
    matches: tuple[Match, ...]


class Found(Struct, frozen=True):
    """What was found, and what there was to be looked through."""

    hits: tuple[Hit, ...]
    """The closest first; those that come as close as each other in the order of the plans."""
    places: dict[str, int]
    """Where everything that was looked through stands, by its id."""


def search(plans: Iterable[PlanView], words: Sequence[str], say: Say) -> Found:
    """Find what says all `words`, which are as `words_of` gives them; no words are said by nothing.

    `say` gives the texts of personal values, which are not read here.
    """
    there = [passage for plan in plans for passage in passages(plan)]
    wanted = [_Word(word) for word in words]
    hits = [hit for passage in there if (hit := _hit(passage, wanted, say)) is not None]
    return Found(
        tuple(sorted(hits, key=lambda hit: hit.closeness.value)),
        {passage.id: place for place, passage in enumerate(there)},
    )


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of what somebody looks for, folded, each once, without what is around them."""
    words = (word.strip(_AROUND) for word in fold(text).split())
    return tuple(dict.fromkeys(word for word in words if word))


def fold(text: str) -> str:
    """Fold away what makes no difference: capitals, accents, shapes of quotes, unseen marks."""
    if text.isascii():
        return text.lower()
    plain = normalize("NFKD", text).casefold().translate(_ALIKE)
    if plain.isascii():  # most are now, and the rest takes longer
        return plain
    return "".join(sign for sign in plain if category(sign) not in {"Mn", "Cf"})


def marks(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Give where `words` stand in a text, from a place to before another, in order and apart."""
    folded = [fold(sign) for sign in text]
    whole = "".join(folded)
    origin = [place for place, sign in enumerate(folded) for _ in sign]
    marked = bytearray(len(text))
    for word in words:
        for found in _Word(word).pattern.finditer(whole):
            first, last = origin[found.start()], origin[found.end() - 1]
            while last + 1 < len(text) and category(text[last + 1]) == "Mn":
                last += 1  # an accent that stands by itself belongs to its letter
            marked[first : last + 1] = b"\1" * (last + 1 - first)
    return [found.span() for found in re.finditer(b"\1+", bytes(marked))]


class _Word:
    """A word that is looked for, folded."""

    def __init__(self, text: str) -> None:
        """Look for it as a whole where a part would be in most others: 1.1 is no part of 11.1."""
        escaped = re.escape(text)
        self.text = text
        self.whole = re.compile(rf"(?<!\w){escaped}(?!\w)")
        is_short = len(text) <= SHORT or any(sign.isdigit() for sign in text)
        self.pattern = self.whole if is_short else re.compile(escaped)

    def is_said(self, said: Said, folded: str) -> bool:
        """Say whether a text says it; a number only as a whole, or with what stands under it."""
        if said.is_number:
            return folded == self.text or folded.startswith(f"{self.text}/")
        return self.text in folded and self.pattern.search(folded) is not None

    def is_whole(self, said: Said, folded: str) -> bool:
        """Say whether a text says it as a whole word."""
        return self.is_said(said, folded) and (
            said.is_number or self.whole.search(folded) is not None
        )


def _hit(passage: Passage, words: Sequence[_Word], say: Say) -> Hit | None:
    texts = [(said, text, fold(_plain(text, say))) for said, text in passage.texts]
    matching = set[int]()
    for word in words:
        here = [at for at, (said, _, folded) in enumerate(texts) if word.is_said(said, folded)]
        if not here:
            return None
        matching.update(here)
    if not matching:
        return None
    matches = tuple(Match(texts[at][0], texts[at][1]) for at in sorted(matching))
    return Hit(passage, _closeness(texts, words), matches)


def _closeness(texts: Sequence[tuple[Said, object, str]], words: Sequence[_Word]) -> Closeness:
    asked = " ".join(word.text for word in words)
    if any(said is Said.REF and folded == asked for said, _, folded in texts):
        return Closeness.NUMBER
    whole = all(any(word.is_whole(said, folded) for said, _, folded in texts) for word in words)
    return Closeness.WORDS if whole else Closeness.PARTS


def _plain(text: str | Personal, say: Say) -> str:
    return text if isinstance(text, str) else say(text)
