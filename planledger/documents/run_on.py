"""Milestones that run together in one cell without bullets.

A lost line break is a likely cause only where exactly as many parts result as dates are
printed beside them (design page 2.1: "split where the dates confirm it").
"""

import re
from itertools import pairwise

_LONGEST = 2000
_SEMICOLON = re.compile(r";\s(?:and\s)?")
_SENTENCE = re.compile(r"(?<=[.;])\s(?=[A-Z])")
# What a milestone that has been reached ends with, before the capital that begins the next.
_DONE = (
    "agreed approved appointed achieved adopted completed commissioned considered delivered "
    "designed developed drafted embedded established finalised held identified implemented "
    "initiated issued launched made met place procured produced published recruited reported "
    "reviewed revised scoped set signed started submitted trained undertaken updated"
)
_AFTER_DONE = re.compile(rf"\b(?:{'|'.join(_DONE.split())})(\s)(?=[A-Z])")


def split_run_on(text: str, count: int) -> tuple[str, ...] | None:
    """Split a text into exactly so many milestones, or not at all."""
    if len(text) > _LONGEST:
        return None
    by_mark = tuple(part.strip() for part in _SEMICOLON.split(text) if part.strip())
    sentences = {found.end() for found in _SENTENCE.finditer(text)}
    after_done = {found.end(1) for found in _AFTER_DONE.finditer(text)}
    for parts in (by_mark, _cut(text, sentences), _cut(text, sentences | after_done)):
        if len(parts) == count:
            return parts
    return None


def _cut(text: str, places: set[int]) -> tuple[str, ...]:
    ends = [0, *sorted(places), len(text)]
    return tuple(text[start:end].strip() for start, end in pairwise(ends))
