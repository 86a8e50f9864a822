"""What each action is about, in a form that can be compared."""

import re
from collections import defaultdict

from msgspec import Struct

from planledger.documents.words import Expansions, Rarity, abbreviations, roots
from planledger.domain.draft import DraftAction, DraftArea

POINTER = re.compile(
    r"\((?:see |action |ref\.? )?(?P<bracketed>\d{1,3}\.\d{1,3}[a-z]?)\)"
    r"|\b(?:see|actions?|refs?|reference|milestones?|items?|under|per"
    r"|(?:depend(?:s|ent|ing)?\s(?:up)?on)|subject\sto)\s"
    r"(?P<named>\d{1,3}\.\d{1,3}[a-z]?)(?![\d%])",
    re.IGNORECASE,
)
"""A number of an action in running text: in brackets, or after a word that announces it."""

_SENTENCE_END = re.compile(r"[.!?]\s")


class Subject(Struct, frozen=True):
    """One action of a draft, with its words."""

    action: DraftAction
    area: DraftArea
    number: str
    """Its number within its area: "4" of "1.4". An area that moves keeps it."""
    place: int
    """How many actions stand before it in its area."""
    terms: frozenset[str]
    """The roots of its wording and of its milestones."""
    own_text: str
    """Its wording without what only leads up to a pointer: that speaks of another action."""
    own: frozenset[str]


class Subjects:
    """Every action of a document, the abbreviations it defines, and how rare its words are."""

    def __init__(self, areas: tuple[DraftArea, ...]) -> None:
        """Compare the actions of these areas."""
        texts = [action.text for area in areas for action in area.actions]
        texts += [area.title for area in areas]
        self.expansions: Expansions = abbreviations(texts)
        self.all = tuple(
            self._subject(action, area, place)
            for area in areas
            for place, action in enumerate(area.actions)
        )
        self.by_key = {subject.action.key: subject for subject in self.all}
        self.rarity = Rarity(subject.terms for subject in self.all)
        self.by_number: dict[str, list[Subject]] = defaultdict(list)
        for subject in self.all:
            self.by_number[subject.number].append(subject)

    def _subject(self, action: DraftAction, area: DraftArea, place: int) -> Subject:
        whole = " ".join((action.text, *(milestone.text for milestone in action.milestones)))
        own_text = without_pointers(action.text)
        return Subject(
            action,
            area,
            action.ref.rpartition(".")[2],
            place,
            frozenset(roots(whole, self.expansions)),
            own_text,
            frozenset(roots(own_text, self.expansions)),
        )


def sentence_start(text: str, end: int) -> int:
    """Find where the sentence begins in which a place in a text lies."""
    # A bounded look back: a pointer's sentence is not longer than this.
    low = max(0, end - 400)
    starts = [found.end() for found in _SENTENCE_END.finditer(text, low, end)]
    return starts[-1] if starts else low


def without_pointers(text: str) -> str:
    """Give a text without the sentence parts that end in a pointer."""
    kept: list[str] = []
    at = 0
    for found in POINTER.finditer(text):
        kept.append(text[at : max(at, sentence_start(text, found.start()))])
        at = found.end()
    return " ".join((*kept, text[at:]))
