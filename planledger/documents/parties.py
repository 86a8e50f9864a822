"""Everybody who leads, each once, in the order of their first appearance.

Names that differ only in capitals or marks are one party. Two titles that differ by one word
in the middle are taken as one post with an alias, and flagged (design page 2.1: "one post,
alias flagged").
"""

from msgspec import Struct

from planledger.documents import link_queries
from planledger.documents.leads import Lead
from planledger.documents.markup import shown
from planledger.documents.notes import Notes
from planledger.documents.party_words import kind_of, words_of
from planledger.domain.draft import DraftParty
from planledger.events.values import PartyKind

_FEWEST_SHARED = 3
_MOST_WORDS = 12


class _Entry(Struct):
    key: str
    kind: PartyKind
    name: str
    line: int
    printed: str
    aliases: list[str]


class Parties:
    """The parties met so far."""

    def __init__(self, notes: Notes) -> None:
        """Begin with nobody."""
        self._notes = notes
        self._entries: list[_Entry] = []
        self._by_words: dict[tuple[str, ...], _Entry] = {}
        # Titles of posts with one word left out, to find those that differ by that word.
        self._shortened: dict[tuple[str, ...], _Entry] = {}

    def add(self, lead: Lead, line: int, printed: str) -> str:
        """Give the key of a party that a lead cell on a line names."""
        words = words_of(lead.name)
        entry = self._by_words.get(words) or self._alias(lead, words, line)
        if entry is None:
            entry = self._register(lead, words, line, printed)
        self._by_words[words] = entry
        if lead.full != lead.name and lead.full not in entry.aliases:
            entry.aliases.append(lead.full)
            link_queries.named_with_post(self._notes, entry.key, line, lead)
        elif lead.name != entry.name and lead.name not in entry.aliases:
            entry.aliases.append(lead.name)
        return entry.key

    def drafts(self) -> tuple[DraftParty, ...]:
        """Give them all."""
        return tuple(
            DraftParty(
                key=entry.key,
                line=entry.line,
                as_printed=entry.printed,
                kind=entry.kind,
                name=entry.name,
                aliases=tuple(entry.aliases),
            )
            for entry in self._entries
        )

    def _register(self, lead: Lead, words: tuple[str, ...], line: int, printed: str) -> _Entry:
        kind = kind_of(lead.name)
        key = f"party/{len(self._entries) + 1}"
        if kind is None:
            link_queries.unknown_kind(self._notes, key, line, shown(lead.name))
        entry = _Entry(key, kind or PartyKind.ORGANISATION, lead.name, line, printed, [])
        self._entries.append(entry)
        if kind is PartyKind.POST:
            for shorter in _one_word_left_out(words):
                self._shortened.setdefault(shorter, entry)
        return entry

    def _alias(self, lead: Lead, words: tuple[str, ...], line: int) -> _Entry | None:
        """Find a post whose title has one word more, or one word less, in the middle."""
        if kind_of(lead.name) is not PartyKind.POST:
            return None
        known = self._shortened.get(words) if len(words) >= _FEWEST_SHARED else None
        for shorter in _one_word_left_out(words):
            known = known or self._by_words.get(shorter)
        if known is None or known.kind is not PartyKind.POST:
            return None
        link_queries.alias(self._notes, known.key, line, known.name, lead.name)
        return known


def _one_word_left_out(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Give a title without each of the words between its first and its last."""
    if not _FEWEST_SHARED < len(words) <= _MOST_WORDS:
        return []
    return [words[:place] + words[place + 1 :] for place in range(1, len(words) - 1)]
