"""Who leads: from a delivery lead cell to the names in it.

Names may be joint ("Ann Lee and Bo Ray"), one a line, or run together without a separator.
Run-together names are split only where as many names as milestones and dates result, for only
then is a lost line break a likely cause (design page 2.1: "lead n with milestone n").
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from planledger.documents.markup import pieces
from planledger.documents.party_words import (
    ends_party,
    is_awaited,
    is_person,
    is_role,
    is_vacant,
    kind_of,
    opens_post,
    words_of,
)
from planledger.events.values import PartyKind

_LONGEST = 400
_SEPARATOR = re.compile(r"\s?;\s?|\s/\s|\s?/\s|\s/\s?")
_JOINT = re.compile(r"\s?(?:,|&|/|;)\s?|\s(?:and|with)\s", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
_COMMA = re.compile(r"\s?,\s?")
_HOLDER = re.compile(r"(?P<one>[^()]{2,200}?)\s?(?:\((?P<two>[^()]{2,200})\)|[,–—-]\s(?P<more>.+))")


class Lead(Struct, frozen=True):
    """One lead, as a cell names it."""

    name: str
    full: str
    """Its name with the post or the holder printed beside it; the name itself where none is."""


class LeadCell(Struct, frozen=True):
    """A delivery lead cell, read."""

    printed: str
    """The cell without markup."""
    leads: tuple[Lead, ...]
    """Empty where nobody is named."""
    paired: bool
    """Whether lead n goes with milestone n."""
    split: bool
    """Whether names were told apart that nothing separates, or that "and" may hold together."""
    too_long: bool = False
    to_be_confirmed: bool = False
    """Whether it names nobody yet, but says that somebody is to be named: "TBC"."""


def known_people(cells: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Give the words of every name that fills a place of its own and is a person's."""
    return frozenset(
        words_of(name)
        for cell in cells
        if len(cell) <= _LONGEST
        for piece in pieces(cell)
        for name in _JOINT.split(piece)
        if is_person(name)
    )


def read_lead_cell(
    cell: str, *, milestones: int, dates: int, known: frozenset[tuple[str, ...]]
) -> LeadCell:
    """Read a cell beside so many milestones and printed dates, knowing some people's names."""
    lines = pieces(cell[: 4 * _LONGEST])
    printed = " ".join(lines)
    if len(cell) > _LONGEST:
        return LeadCell(printed, (), paired=False, split=False, too_long=True)
    parts = [part for line in lines for part in _separated(line)]
    split = any(_doubtful(line) for line in lines)
    paired = len(lines) == len(parts) == milestones > 1
    if len(parts) == 1 and dates == milestones > 1:
        apart = run_together(parts[0], milestones, known)
        if apart is not None:
            parts, paired, split = list(apart), True, True
    leads = tuple(_lead(part, known) for part in parts if not is_vacant(part))
    return LeadCell(
        printed,
        leads,
        paired=paired and len(leads) == milestones,
        split=split,
        to_be_confirmed=not leads and any(map(is_awaited, parts)),
    )


def run_together(
    text: str, count: int, known: frozenset[tuple[str, ...]]
) -> tuple[str, ...] | None:
    """Split names that nothing separates, if that gives exactly so many."""
    words = text.split()
    borders = sorted(_person_borders(words, known) | _role_borders(words))
    if len(borders) != count - 1:
        return None
    ends = [0, *borders, len(words)]
    return tuple(" ".join(words[start:end]) for start, end in pairwise(ends))


def _person_borders(words: list[str], known: frozenset[tuple[str, ...]]) -> set[int]:
    """Find the borders before and after people who are named elsewhere too, or after a role."""
    borders: set[int] = set()
    for length in (2, 3):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            is_rest = start + length == len(words) and start > 0
            if words_of(name) in known or (
                is_rest and ends_party(words[start - 1]) and is_person(name)
            ):
                borders |= {start, start + length}
    return borders - {0, len(words)}


def _role_borders(words: list[str]) -> set[int]:
    """Find the borders between titles: after "Chair of RSB", and after "Programme Manager"."""
    borders: set[int] = set()
    for place in range(1, len(words) - 1):
        rest = words[place + 1 :]
        names_more = any(ends_party(word) for word in rest)
        of_acronym = (
            place > 1
            and words[place].isupper()
            and words[place - 1] in ("of", "for")
            and is_role(words[place - 2])
        )
        # "Chair of" goes on; "Manager Team Leader" begins another title.
        after_role = is_role(words[place]) and not opens_post(" ".join(words[place : place + 2]))
        if names_more and (of_acronym or (after_role and ends_party(words[place]))):
            borders.add(place + 1)
    return borders


def _separated(line: str) -> list[str]:
    """Split a line at its separators, where what stands between them are names of their own."""
    joint = [part for part in _JOINT.split(line) if part]
    if len(joint) > 1 and all(is_person(part) for part in joint):
        return joint
    parts: list[str] = []
    for part in _SEPARATOR.split(line):
        both = _AND.split(part)
        own = len(both) > 1 and _are_parties(both)
        for one in both if own else [part]:
            names = _COMMA.split(one)
            many = len(names) > 1 and all(
                is_person(name) or kind_of(name) is PartyKind.BODY for name in names
            )
            parts += names if many else [one]
    return [part.strip() for part in parts if part.strip()]


def _are_parties(names: list[str]) -> bool:
    """Say whether each name stands by itself: a person, or a post that begins with its role."""
    return all(
        is_person(name) or opens_post(name) or kind_of(name) is PartyKind.POST for name in names
    )


def _doubtful(line: str) -> bool:
    """Say whether a split rests on "and" or "/" between names that are not all people's."""
    parts = _separated(line)
    return len(parts) > 1 and ";" not in line and not all(is_person(part) for part in parts)


def _lead(part: str, known: frozenset[tuple[str, ...]]) -> Lead:
    """Take a person named with a post as that person, keeping both as printed."""
    found = _HOLDER.fullmatch(part)
    if found is not None:
        sides = [found["one"].strip(), (found["two"] or found["more"]).strip()]
        people = [side for side in sides if is_person(side)]
        if len(people) == 1:
            return Lead(people[0], part)
    words = part.split()
    for length in (2, 3):
        name, post = " ".join(words[-length:]), " ".join(words[:-length])
        if words_of(name) in known and kind_of(post) is PartyKind.POST:
            return Lead(name, part)
    return Lead(part, part)
