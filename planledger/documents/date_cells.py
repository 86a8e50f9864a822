"""What a target date cell says: one date after another, a recurrence, or who is to decide.

The grammar reads several dates in one cell in their order (design page 2.1: "tokenise by date
grammar; pair in order"), "First report June 2015 and then quarterly" as one recurrence, and
"January … Board to agree target dates" as a decision due, which is not a target date.
"""

import re
from datetime import date

from msgspec import Struct

from planledger.documents.date_words import DateWord, WordKind, date_words
from planledger.documents.markup import pieces, plain
from planledger.documents.words import listed
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Ongoing,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)

# A longer cell is prose, and reading it word by word is a waste.
_LONGEST = 500
_MOST_DECIDER_WORDS = 12
_DECIDES = re.compile(
    r"(?P<who>.*?\S)\sto\s(?:agree|set|confirm|decide|determine|approve)\b(?P<what>.*)", re.DOTALL
)
_DECIDED_BY = re.compile(
    r"(?:tb[cad]|to be (?:agreed|confirmed|set|decided|determined))"
    r"[,:]?\s(?:by|at|through)\s(?P<who>.+)",
    re.IGNORECASE | re.DOTALL,
)
_FILLERS = listed("by the end of in on at no later than due and & , ; : / ( ) . - – — target date")
# These belong to the next date as printed; the other fillers only stand between dates.
_OF_A_DATE = listed(
    "by the end of in on at no later than due early mid mid- late start beginning from"
)
_SOFTENERS = frozenset({"early", "mid", "mid-", "start", "beginning", "before", "from", "after"})
_OPENERS = frozenset({"first", "from", "starting", "beginning", "commencing"})
_THEN = frozenset({"and", "then", ",", "thereafter", ";"})
_UNTIL = frozenset({"until", "till", "to"})


class DateReading(Struct, frozen=True):
    """One date of a cell."""

    target: TargetDate
    doubt: str
    """What was assumed to read it; empty where nothing was."""


class DateCell(Struct, frozen=True):
    """A target date cell, read."""

    printed: str
    """The cell without markup."""
    dates: tuple[DateReading, ...]
    """In the order printed; empty where nothing is printed or nothing could be read."""
    unread: str
    """Words that are no date and were not read; empty where all was."""
    each: bool
    """Whether its one entry is meant for each milestone by itself: a board is to decide."""


def read_date_cell(cell: str, stated_on: date) -> DateCell:
    """Read a target date cell of a document that bears the date `stated_on`."""
    text = " ".join(pieces(cell[: 4 * _LONGEST]))
    if len(cell) > _LONGEST:
        return DateCell(plain(cell), (), plain(cell), each=False)
    deferred = _deferred(text, stated_on)
    if deferred is not None:
        return DateCell(text, (deferred,), "", each=True)
    return _Parser(text, date_words(text, stated_on)).cell()


def not_stated(printed: str) -> DateReading:
    """Give the reading of a milestone for which no date could be read."""
    return DateReading(NotStated(as_printed=printed), "")


def _deferred(text: str, stated_on: date) -> DateReading | None:
    """Read "January Early Help Board to agree target dates" and "TBC by the Early Help Board"."""
    found = _DECIDES.fullmatch(text)
    if found is not None and not found["what"].strip(" .") and _is_body(found["who"]):
        pass
    elif found is None or "date" not in found["what"].casefold():
        found = _DECIDED_BY.fullmatch(text)
    if found is None:
        return None
    who = found["who"]
    when = _first_date(who, stated_on)
    if when is None:
        when = _first_date(found.groupdict().get("what") or "", stated_on)
    else:
        who = " ".join(_trimmed(part) for part in (who[: when.start], who[when.end :])).strip()
    if len(who.split()) > _MOST_DECIDER_WORDS:
        return None
    return DateReading(
        ToBeConfirmed(
            as_printed=text, decide_by=when.date if when else None, decider=_trimmed(who) or None
        ),
        when.doubt if when else "",
    )


def _first_date(text: str, stated_on: date) -> DateWord | None:
    words = date_words(text, stated_on)
    return next((word for word in words if word.kind is WordKind.DATE), None)


def _is_body(who: str) -> bool:
    return any(word[0].isupper() for word in who.split()[-1:])


def _trimmed(text: str) -> str:
    """Give a name without the small words that tie it to a date: "by the … in"."""
    words = text.strip(" .,;:()-–").split()
    while words and words[-1].casefold() in _OF_A_DATE:
        words.pop()
    while words and words[0].casefold() in _OF_A_DATE:
        words.pop(0)
    return " ".join(words)


class _Parser:
    def __init__(self, text: str, words: tuple[DateWord, ...]) -> None:
        self._text = text
        self._words = words
        self._at = 0
        self._waiting: list[DateWord] = []
        self._dates: list[DateReading] = []
        self._unread: list[str] = []

    def cell(self) -> DateCell:
        while self._at < len(self._words):
            word = self._words[self._at]
            if word.kind in (WordKind.OTHER, WordKind.UNCLEAR):
                self._waiting.append(word)
                self._at += 1
            else:
                self._take(word)
        self._drop_waiting()
        return DateCell(self._text, tuple(self._dates), " ".join(self._unread), each=False)

    def _take(self, word: DateWord) -> None:
        first, every, until, end = self._recurrence()
        opened = every is not None and any(_low(each) in _OPENERS for each in self._waiting[:1])
        start = self._waiting[0].start if opened else self._start(word)
        doubt = word.doubt
        if not opened:
            softener = next((w.text for w in self._waiting if _low(w) in _SOFTENERS), "")
            doubt = doubt or (f"“{softener}” was left out of account" if softener else "")
            self._drop_waiting()
        self._waiting = []
        printed = self._text[start : self._words[end - 1].end]
        if every is not None:
            target: TargetDate = Recurring(
                as_printed=printed,
                first=first.date if first else None,
                every_months=every.every_months,
                until=until.date if until else None,
            )
        elif word.kind is WordKind.DATE and word.date is not None:
            target = OneOff(as_printed=printed, date=word.date)
        elif word.kind is WordKind.ONGOING:
            target = Ongoing(as_printed=printed)
        else:
            target = ToBeConfirmed(as_printed=printed, decide_by=None, decider=None)
        self._dates.append(DateReading(target, doubt))
        self._at = end

    def _recurrence(self) -> tuple[DateWord | None, DateWord | None, DateWord | None, int]:
        """Read on from here: the first date, the recurrence, the last date, and where it ends."""
        first = every = until = None
        end = self._at + 1
        if self._words[self._at].kind is WordKind.EVERY:
            every = self._words[self._at]
            after = self._skip(end, _OPENERS)
            if after > end and self._kind(after) is WordKind.DATE:
                first, end = self._words[after], after + 1
        elif self._words[self._at].kind is WordKind.DATE:
            after = self._skip(end, _THEN)
            # "March 2015, quarterly from May 2015" is one date and a recurrence of its own.
            own_first = self._kind(self._skip(after + 1, _OPENERS)) is WordKind.DATE
            if self._kind(after) is WordKind.EVERY and not own_first:
                first, every, end = self._words[self._at], self._words[after], after + 1
        if every is None:
            return None, None, None, end
        end = self._skip(end, frozenset({"thereafter"}))
        after = self._skip(end, _UNTIL)
        if after > end and self._kind(after) is WordKind.DATE:
            until, end = self._words[after], after + 1
        return first, every, until, end

    def _skip(self, at: int, words: frozenset[str]) -> int:
        while at < len(self._words) and _low(self._words[at]) in words:
            at += 1
        return at

    def _kind(self, at: int) -> WordKind | None:
        return self._words[at].kind if at < len(self._words) else None

    def _start(self, word: DateWord) -> int:
        """Find where the words begin that belong to a date: "by the end of March 2015"."""
        start = word.start
        for before in reversed(self._waiting):
            if _low(before) not in _OF_A_DATE:
                break
            start = before.start
        return start

    def _drop_waiting(self) -> None:
        self._unread += [
            word.text
            for word in self._waiting
            if word.kind is WordKind.UNCLEAR or _low(word) not in _FILLERS | _SOFTENERS
        ]
        self._waiting = []


def _low(word: DateWord) -> str:
    return word.text.casefold()
