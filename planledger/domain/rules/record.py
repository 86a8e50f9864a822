"""Rules for putting the record right: what was wrong, and what never happened (design page 3.2).

The world changed is one thing, the record was wrong another. An entry may be corrected or voided
as long as nothing that stands loses what it depends on, and no review loses what it reported.
"""

from typing import cast

from msgspec.structs import replace

from planledger.domain.case import Case, need_reason
from planledger.domain.commands import CorrectEntry, VoidEntry
from planledger.domain.decided import Decided
from planledger.domain.evolve import fold
from planledger.domain.record import key_of
from planledger.domain.refusals import Code, Refusal
from planledger.domain.rules.consequences import Amended, amended, left_behind, out_of_time
from planledger.domain.rules.corrected import Correction, bad_values
from planledger.domain.rules.correction import bad_event, derived
from planledger.events.envelope import Fact, Happening
from planledger.events.plan import PlanDrafted
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.review import ReviewClosed, ReviewOpened
from planledger.events.world import WorldEvent

_WHY = "Others rely on the record as it stands."


def void_entry(command: VoidEntry, case: Case) -> tuple[Decided, ...] | Refusal:
    """Say that an entry is void: what it says never happened, and all it did is undone."""
    found = case.record.at(command.entry)
    root = case.record.root(found) if found is not None else None
    if found is None or root is None:
        return unknown_entry(command.entry)
    if command.effective_on is not None:
        return Refusal(
            code=Code.EFFECTIVE_UNEXPECTED,
            message="What never happened did not happen on any day. Leave the effective day out.",
            path="effectiveOn",
        )
    if found.position in case.record.voided():
        return ()
    refusal = _settled(case, root)
    if refusal is None and isinstance(found.event, PlanDrafted):
        refusal = Refusal(
            code=Code.DEPENDED_ON,
            message=f"The plan began with entry {found.position}, and everything in it depends on "
            "that. Correct the entry if it is wrong.",
            path="entry",
        )
    event = EntryVoided(entry=found.position)
    happening = Happening(event=event, effective_on=found.effective_on)
    refusal = refusal or need_reason(command, _WHY)
    if refusal is None:
        with_it = amended(case, root, happening)
        refusal = left_behind(with_it) or _comes_back(command, case, with_it)
    return refusal or (Decided(event=event, effective_on=found.effective_on),)


def correct_entry(command: CorrectEntry, case: Case) -> tuple[Decided, ...] | Refusal:
    """Have an entry say what it should have said, on its own day or another."""
    now = _to_correct(command, case)
    if isinstance(now, Refusal):
        return now
    refusal = bad_event(now.event, command.event, now.position)
    if refusal is not None:
        return refusal
    event = derived(now.event, command.event)
    on = command.effective_on or now.effective_on
    if (now.event, now.effective_on) == (event, on):
        return ()
    refusal = _settled(case, now) or need_reason(command, _WHY)
    if refusal is not None:
        return refusal
    corrected = EntryCorrected(entry=now.position, event=event)
    with_it = amended(case, now, Happening(event=corrected, effective_on=on))
    refusal = (
        out_of_time(with_it)
        or _bad_values(command, case, now, with_it)
        or left_behind(with_it, "event")
    )
    return refusal or (Decided(event=corrected, effective_on=on),)


def _comes_back(command: VoidEntry, case: Case, with_it: Amended) -> Refusal | None:
    """Refuse that an entry says again what it cannot say beside all that was recorded since."""
    if with_it.now is None or with_it.now == with_it.was:
        return None
    if case.record.positions[-1] == command.entry:
        return None  # at once: it stood beside all there is, whatever a rule would say of that now
    refusal = _bad_values(command, case, with_it.was or with_it.now, with_it)
    if refusal is None or refusal.path == "authority":
        return refusal
    return replace(refusal, path="entry")


def _bad_values(
    command: CorrectEntry | VoidEntry, case: Case, now: Fact, with_it: Amended
) -> Refusal | None:
    """Ask what the ordinary rule asks, of the plan as if the entry were only now recorded."""
    corrected = cast("Fact", with_it.now)
    timeline = case.timeline
    was, place = timeline.before(key_of(now)), timeline.before(key_of(corrected))
    # Where its place is a later one, what lies between is folded without it.
    plan = fold(timeline.order[was + 1 : place], timeline.after(min(was, place)))
    if plan is None:
        return None  # it is the drafting of the plan, which no rule judges
    return bad_values(
        Correction(
            command=command,
            now=now,
            event=cast("WorldEvent", corrected.event),
            case=replace(case, plan=plan, on=corrected.effective_on),
            amended=with_it,
        )
    )


def _to_correct(command: CorrectEntry, case: Case) -> Fact | Refusal:
    """Find what stands in the place of an entry; a correction means the entry it corrects."""
    found = case.record.at(command.entry)
    root = case.record.root(found) if found is not None else None
    if found is None or root is None:
        return unknown_entry(command.entry)
    if isinstance(found.event, EntryVoided):
        return Refusal(
            code=Code.DIFFERENT_EVENT,
            message=f"Entry {found.position} voids another, and says nothing that could be "
            "corrected. Void it if it is wrong.",
            path="entry",
        )
    now = case.record.standing().get(root.position, root)
    if now is not None:
        return now
    return Refusal(
        code=Code.ENTRY_VOID,
        message=f"Entry {root.position} is void: what it says never happened. Void the void if it "
        "did, or record what happened.",
        path="entry",
    )


def unknown_entry(position: int) -> Refusal:
    """Say that the plan has no entry at a position."""
    return Refusal(
        code=Code.UNKNOWN_ENTRY,
        message=f"This plan has no entry {position}. Check the position.",
        path="entry",
    )


def _settled(case: Case, root: Fact) -> Refusal | None:
    """Refuse what would change which review saw what: as reported stays as reported."""
    event = root.event
    if not isinstance(event, ReviewOpened | ReviewClosed):
        return None
    review = case.known.reviews.get(event.review)
    if review is None or review.closed_at is None:
        return None
    return Refusal(
        code=Code.ENTRY_SETTLED,
        message=f"{review.id} was closed on {review.closed_on}, and what a review reported stays "
        "reported. Open another review.",
        path="entry",
    )
