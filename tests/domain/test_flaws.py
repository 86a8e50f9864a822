"""What one amendment would leave wrong: found by looking at little, as by looking at everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.commands import CorrectEntry, PlanCommand, VoidEntry
from planledger.domain.flaws import Flaw, Flaws, flaws, new_flaws
from planledger.domain.record import Record
from planledger.domain.refusals import Refusal
from planledger.events.record import EntryCorrected, EntryVoided
from tests.support.accepted_delivery import EVIDENCED, QUARTERLY, SIGNED
from tests.support.accepted_reviews import THREE, adopted, answered, challenged, rated
from tests.support.anything import any_command
from tests.support.domain_cases import BEGUN, Past, opened, reading

REVIEWED = SIGNED.happened(
    adopted(1, *THREE), opened(), rated(), challenged(), answered(), reading()
)


def amended_by(past: Past, command: PlanCommand) -> Past | None:
    """Give a past with an amendment in it, whatever the rules say; None for other commands."""
    match command:
        case VoidEntry():
            return past.happened(EntryVoided(entry=command.entry))
        case CorrectEntry():
            said = past.entries[command.entry - 1].effective_on
            event = EntryCorrected(entry=command.entry, event=command.event)
            return past.happened(event, on=command.effective_on or said)
        case _:
            return None


def beyond(was: tuple[Flaw, ...], now: tuple[Flaw, ...]) -> tuple[Flaw, ...]:
    """Give what is wrong now with facts that nothing was wrong with."""
    known = {flaw.fact.position for flaw in was}
    return tuple(flaw for flaw in now if flaw.fact.position not in known)


def by_looking_at_everything(past: Past, after: Past) -> Flaws:
    """Give what is wrong afterwards in the plainest way: with all that stands."""
    was, now = (flaws(Record(each.entries).live()) for each in (past, after))
    return Flaws(beyond(was.unmet, now.unmet), beyond(was.twice, now.twice))


@pytest.mark.parametrize("begun", [BEGUN, EVIDENCED, QUARTERLY, REVIEWED])
@given(data=st.data())
def test_what_an_amendment_leaves_wrong_is_found_by_looking_at_what_it_touches(
    begun: Past, data: st.DataObject
) -> None:
    """What is overlooked leaves an entry for ever without what it rests on."""
    past = begun
    record = Record(past.entries)  # one all the way: it catches up with what is added to it
    for number in range(8):
        command = any_command(data.draw, past)
        after = amended_by(past, command)
        if after is not None:
            root = Record(after.entries).root(after.entries[-1])
            assert root is not None
            now = record.stands(root.position, after.entries[-1])
            standing = [fact for fact in Record(after.entries).live() if fact == now]
            assert standing == ([now] if now else [])
            found = new_flaws(record, root.position, now)
            assert found == by_looking_at_everything(past, after)
        command_id = f"command-{number}"
        outcome = past.when(command, command_id=command_id)
        if outcome and not isinstance(outcome, Refusal):
            count = len(past.entries)
            past = past.did(command, command_id=command_id)
            record.extend(past.entries[count:])
