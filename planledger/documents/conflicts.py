"""Two milestones that promise the same thing for different dates.

"Agree TOM" in one action and "Target operating model for phase two … agreed" in another are
one promise if the document's own abbreviations make their words the same, and if what the
longer says more is what the other's action is about (design page 2.1, "8.1 against 1.4").
Nothing is decided: both dates stay, and a query is left.
"""

from collections import defaultdict

from msgspec import Struct, structs

from planledger.documents import link_queries
from planledger.documents.notes import Notes
from planledger.documents.subjects import Subject, Subjects
from planledger.documents.words import listed, root, roots, spells
from planledger.domain.draft import DraftMilestone
from planledger.events.target_dates import TargetDate
from planledger.events.values import Definition

_VERBS = frozenset(
    root(word)
    for word in listed(
        "agree agreed approve approved appoint appointed complete completed commission "
        "commissioned consider considered deliver delivered develop developed establish "
        "established hold held identify identified implement implemented initiate initiated "
        "launch launched produce produced publish published put recruit recruited report "
        "review reviewed revise revised set sign signed undertake undertaken update updated"
    )
)
# A word that more milestones share than this does not tell what a milestone is about.
_MOST_SHARING = 40
_MOSTLY, _ENOUGH = 0.6, 0.5


class _Promise(Struct, frozen=True):
    subject: Subject
    milestone: DraftMilestone
    verbs: frozenset[str]
    things: frozenset[str]


def note_conflicts(subjects: Subjects, notes: Notes) -> None:
    """Leave a query for every two milestones whose dates conflict."""
    promises = [promise for subject in subjects.all for promise in _promises(subject, subjects)]
    sharing: dict[str, list[_Promise]] = defaultdict(list)
    for promise in promises:
        for thing in promise.things:
            sharing[thing].append(promise)
    for shorter in promises:
        rarest = min((len(sharing[thing]), thing) for thing in shorter.things)[1]
        if len(sharing[rarest]) > _MOST_SHARING:
            continue
        for longer in sharing[rarest]:
            if _conflict(shorter, longer, subjects):
                link_queries.conflict(
                    notes,
                    (longer.subject.action.ref, longer.milestone),
                    (shorter.subject.action.ref, shorter.milestone),
                )


def _promises(subject: Subject, subjects: Subjects) -> list[_Promise]:
    found = []
    for milestone in subject.action.milestones:
        words = frozenset(roots(milestone.text, subjects.expansions))
        verbs, things = words & _VERBS, words - _VERBS
        if milestone.definition is Definition.STATED and verbs and things:
            found.append(_Promise(subject, milestone, verbs, things))
    return found


def _conflict(shorter: _Promise, longer: _Promise, subjects: Subjects) -> bool:
    if shorter.subject is longer.subject or not shorter.verbs & longer.verbs:
        return False
    if _undated(shorter.milestone.target_date) == _undated(longer.milestone.target_date):
        return False
    if shorter.things == longer.things:
        # Each pair once, and only between actions on one subject: many agree "a framework".
        return shorter.milestone.line < longer.milestone.line and _same_subject(
            shorter.subject, longer.subject, subjects
        )
    return shorter.things < longer.things and _covers(
        shorter.subject, longer.things - shorter.things, longer.milestone.text
    )


def _covers(subject: Subject, more: frozenset[str], printed: str) -> bool:
    """Say whether an action's own subject holds most of what the longer milestone says more."""
    shorts = {root(word) for word in printed.split() if word.isupper()}
    covered = [
        word
        for word in more
        if word in subject.own or (word in shorts and spells(word, subject.own_text))
    ]
    return len(covered) >= _MOSTLY * len(more)


def _same_subject(one: Subject, other: Subject, subjects: Subjects) -> bool:
    weigh = subjects.rarity.weight
    least = min(weigh(one.own), weigh(other.own))
    return least > 0 and weigh(one.own & other.own) >= _ENOUGH * least


def _undated(target: TargetDate) -> TargetDate:
    """Give a target date without its wording, so that "tbc" and "TBC" are the same."""
    return structs.replace(target, as_printed="")
