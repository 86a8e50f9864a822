"""Pointers from one item to another: "(2.1)", "improvement 2", "dependent on the above".

A printed pointer may be wrong as numbered, because areas were put in another order after it
was written (design page 2.1). So the words before a pointer are compared with the action it
names and with the action of the same number in every other area; if another fits clearly
better, it is taken as likely, the printed target is kept beside it, and a query is left.
Pointers taken so vote on which area a printed area number means.
"""

import re
from collections import Counter

from msgspec import Struct

from planledger.documents import link_queries
from planledger.documents.headings import number_value
from planledger.documents.notes import Notes
from planledger.documents.subjects import POINTER, Subject, Subjects, sentence_start
from planledger.documents.words import roots
from planledger.domain.draft import DraftArea, DraftMilestone, DraftReference
from planledger.events.values import Confidence, Definition, ReferenceKind

_AREA = re.compile(
    r"\b(?i:areas?(?:\sfor\simprovement)?|improvement(?:\sarea)?)\s(?P<number>\d{1,3}|[IVX]{1,5})\b"
)
_DEPENDS = re.compile(
    r"\b(?:depend(?:s|ent|ing|ant)?\s(?:up)?on|subject\sto)\b(?P<on>.{0,80})",
    re.IGNORECASE | re.DOTALL,
)
_THE_ABOVE = re.compile(r"\bthe\sabove\b|\babove\b", re.IGNORECASE)
_AS_ABOVE = re.compile(r"(?:see|as)\s(?:per\s)?above\.?", re.IGNORECASE)
# Where the phrase begins that a pointer stands behind: "informed by | analysis of current work".
_PHRASE_START = re.compile(
    r"\b(?:by|on|from|to|with|in|into|and|or|is|are|that|which|than|as|at|through|see|per|under)\b"
    r"|[,;:]",
    re.IGNORECASE,
)
# Another action fits clearly better only by so many times the weight of the shared words, and
# by at least so much of what a word says that only one action uses.
_CLEARLY, _AT_LEAST, _THAN_NEXT = 1.5, 0.6, 1.2
_MOST_POINTERS = 2000
_MOST_CANDIDATES = 200
_MOST_ABOVE = 20
_MOST_CONTEXT = 16


class _Text(Struct, frozen=True):
    """A text that may point: an action's wording, or a milestone's."""

    item: str
    line: int
    text: str
    subject: Subject
    milestone: DraftMilestone | None


def find_references(
    areas: tuple[DraftArea, ...], subjects: Subjects, notes: Notes
) -> tuple[DraftReference, ...]:
    """Find every pointer in the wording of actions and milestones, and what it means."""
    finder = _Finder(areas, subjects, notes)
    texts = [each for subject in subjects.all for each in _texts(subject)]
    for text in texts:
        finder.numbers(text)
    # Areas after numbers, whose votes they need.
    for text in texts:
        finder.areas(text)
        finder.the_above(text)
    return tuple(sorted(finder.found, key=lambda reference: reference.line))


def _texts(subject: Subject) -> list[_Text]:
    action = subject.action
    return [
        _Text(action.key, action.line, action.text, subject, None),
        *(
            _Text(milestone.key, milestone.line, milestone.text, subject, milestone)
            for milestone in action.milestones
        ),
    ]


class _Finder:
    def __init__(self, areas: tuple[DraftArea, ...], subjects: Subjects, notes: Notes) -> None:
        self.found: list[DraftReference] = []
        self._subjects = subjects
        self._notes = notes
        self._votes: dict[str, Counter[str]] = {}
        self._by_ref: dict[str, Subject] = {}
        for subject in subjects.all:
            self._by_ref.setdefault(subject.action.ref, subject)
        self._areas: dict[str, DraftArea] = {}
        for area in areas:
            self._areas.setdefault(number_value(area.number), area)
        self._areas_by_key = {area.key: area for area in areas}
        self._pointers = 0

    def numbers(self, text: _Text) -> None:
        """Read the numbers of actions in a text."""
        since = 0
        for found in POINTER.finditer(text.text):
            ref = found["bracketed"] or found["named"]
            start = max(since, sentence_start(text.text, found.start()))
            self._number(text, ref, text.text[start : found.start()], found[0])
            since = found.end()

    def areas(self, text: _Text) -> None:
        """Read the numbers of areas in a text."""
        for found in _AREA.finditer(text.text):
            number = number_value(found["number"])
            printed = self._areas.get(number)
            votes = self._votes.get(number, Counter()).most_common(2)
            clear = bool(votes) and (len(votes) == 1 or votes[0][1] > votes[1][1])
            resolved = votes[0][0] if clear else printed.key if printed else None
            moved = resolved != (printed.key if printed else None)
            self._add(text, found[0], printed.key if printed else None, resolved, likely=moved)
            if moved and resolved is not None:
                taken = self._areas_by_key[resolved]
                link_queries.area_pointer(
                    self._notes, text.item, text.line, found[0], printed=printed, taken=taken
                )
            elif resolved is None:
                link_queries.no_target(self._notes, text.item, text.line, found[0])

    def the_above(self, text: _Text) -> None:
        """Read "dependent on the above" and a milestone that is only "As above"."""
        depends = _DEPENDS.search(text.text)
        above = None if depends is None else _THE_ABOVE.search(depends["on"])
        earlier = self._earlier(text.subject)
        if above is not None:
            if not earlier or len(earlier) > _MOST_ABOVE:
                self._add(text, above[0], None, None, kind=ReferenceKind.DEPENDS_ON)
                link_queries.no_target(self._notes, text.item, text.line, above[0])
                return
            for action in earlier:
                self._add(
                    text, above[0], None, action.action.key,
                    kind=ReferenceKind.DEPENDS_ON, likely=len(earlier) > 1,
                )  # fmt: skip
            if len(earlier) > 1:
                refs = [each.action.ref for each in earlier]
                link_queries.the_above(self._notes, text.item, text.line, above[0], refs)
        elif (
            text.milestone is not None
            and text.milestone.definition is Definition.CROSS_REFERENCE
            and _AS_ABOVE.fullmatch(text.text)
        ):
            resolved = earlier[-1].action if earlier else None
            self._add(text, text.text, None, resolved.key if resolved else None, likely=True)
            if resolved is None:
                link_queries.no_target(self._notes, text.item, text.line, text.text)
            else:
                link_queries.as_above(self._notes, text.item, text.line, text.text, resolved.ref)

    def _number(self, text: _Text, ref: str, before: str, pointer: str) -> None:
        depends = _DEPENDS.search(f"{before} {pointer}") is not None
        kind = ReferenceKind.DEPENDS_ON if depends else ReferenceKind.REFERENCE
        printed = self._by_ref.get(ref)
        self._pointers += 1
        better = None
        if self._pointers <= _MOST_POINTERS:
            better = self._better(text.subject, ref, before, printed)
        taken = better or printed
        self._add(
            text, ref, printed.action.key if printed else None,
            taken.action.key if taken else None, kind=kind, likely=better is not None,
        )  # fmt: skip
        if better is not None:
            area = number_value(ref.partition(".")[0])
            self._votes.setdefault(area, Counter())[better.area.key] += 1
            link_queries.number_pointer(
                self._notes, text.item, text.line, ref, printed=printed, taken=better
            )
        elif taken is None:
            link_queries.no_target(self._notes, text.item, text.line, ref)

    def _better(
        self, at: Subject, ref: str, before: str, printed: Subject | None
    ) -> Subject | None:
        """Find the action that the words before a pointer fit clearly better, if there is one."""
        phrase = _PHRASE_START.split(before)[-1]
        context = set(roots(phrase, self._subjects.expansions)[-_MOST_CONTEXT:])
        others = [
            each
            for each in self._subjects.by_number.get(ref.rpartition(".")[2], ())
            if each is not printed and each is not at
        ]
        if not context or not others or len(others) > _MOST_CANDIDATES:
            return None
        weigh = self._subjects.rarity.weight
        scores = sorted(
            ((weigh(context & each.terms), -place) for place, each in enumerate(others)),
            reverse=True,
        )
        best, place = scores[0]
        second = scores[1][0] if len(scores) > 1 else 0.0
        as_printed = weigh(context & printed.terms) if printed else 0.0
        clear = best >= _AT_LEAST * self._subjects.rarity.most and best > max(
            as_printed * _CLEARLY, second * _THAN_NEXT
        )
        return others[-place] if clear else None

    def _earlier(self, subject: Subject) -> list[Subject]:
        # One more than may be meant, so that too many can be told.
        low = max(0, subject.place - _MOST_ABOVE - 1)
        before = subject.area.actions[low : subject.place]
        return [self._subjects.by_key[action.key] for action in before]

    def _add(  # noqa: PLR0913
        self,
        text: _Text,
        pointer: str,
        printed: str | None,
        resolved: str | None,
        *,
        kind: ReferenceKind = ReferenceKind.REFERENCE,
        likely: bool = False,
    ) -> None:
        certain = Confidence.LIKELY if likely else Confidence.CERTAIN
        self.found.append(
            DraftReference(
                line=text.line,
                as_printed=pointer,
                item=text.item,
                kind=kind,
                printed_target=printed,
                resolved_target=resolved,
                confidence=Confidence.UNSURE if resolved is None else certain,
            )
        )
