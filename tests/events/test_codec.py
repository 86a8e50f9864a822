"""Stored bytes: what is written is read back, and what cannot be read is refused, never guessed."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from planledger.events.base import Event
from planledger.events.catalogue import EVENT_TYPES, stored_name
from planledger.events.codec import UnreadableEntryError, decode, decode_happenings, encode
from planledger.events.envelope import Envelope, Happening
from planledger.events.kpi import KpiTargetSet
from planledger.events.milestone import MilestoneAgreed
from planledger.events.record import EntryCorrected
from planledger.events.values import Author, Period, Personal
from tests.support.event_strategies import envelopes, strategy_for

NAME = "milestone-agreed.v1"
AGREED = Envelope(
    event=MilestoneAgreed(milestone="milestone-1"),
    effective_on=date(2025, 2, 12),
    author=Author(id="clerk", name=Personal(words="Clerk")),
    command_id="command-1",
)
STORED = encode(AGREED)


EVENTS = {kind: strategy_for(kind) for kind in EVENT_TYPES}


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=stored_name)
@given(data=st.data())
def test_what_is_written_is_read_back_whatever_the_event_holds(
    kind: type[Event], data: st.DataObject
) -> None:
    """The ledger is these bytes: what does not survive them never happened."""
    _survives(replace(AGREED, event=data.draw(EVENTS[kind])))


@given(envelopes())
def test_what_is_written_is_read_back_whatever_its_envelope_states(envelope: Envelope) -> None:
    """Who, why and by what right is what an auditor asks for; it must survive with the event."""
    _survives(envelope)


def _survives(envelope: Envelope) -> None:
    stored = encode(envelope)
    read = decode(stored, name=stored_name(type(envelope.event)), position=1)
    assert read == envelope
    assert encode(read) == stored
    assert decode_happenings([stored, stored]) == [_happening(envelope)] * 2


def _happening(envelope: Envelope) -> Happening:
    return Happening(
        event=envelope.event, effective_on=envelope.effective_on, source=envelope.source
    )


def test_a_decimal_is_kept_as_it_was_written() -> None:
    """As "90.0" it says how precise a figure is, as "90" it does not; both are 90."""
    year = Period(first=date(2025, 1, 1), last=date(2025, 12, 31), label="2025")

    def target(figure: str) -> KpiTargetSet:
        return KpiTargetSet(
            kpi="visits", period=year, baseline=None, target=Decimal(figure), floor=None,
            tolerance=None,
        )  # fmt: skip

    for figure in ("90", "90.0", "0.1", "-0.30000000000000000000000000001", "1E+3"):
        read = decode(
            encode(replace(AGREED, event=target(figure))), name="kpi-target-set.v1", position=1
        )
        assert isinstance(read.event, KpiTargetSet)
        assert str(read.event.target) == figure


def test_what_was_not_stated_is_left_out_of_the_bytes() -> None:
    """Every entry of every ledger pays for each byte, and a field added later reads as unsaid."""
    assert json.loads(STORED).keys() == {"event", "effective_on", "author", "command_id"}


@pytest.mark.parametrize("name", ["entry-voided.v1", "entry-corrected.v1"])
def test_a_correction_of_anything_but_the_world_is_refused(name: str) -> None:
    """Corrections of corrections would nest without an end, and mean nothing."""
    inner = {"type": name, "entry": 1}
    stored = _changed(event={"type": "entry-corrected.v1", "entry": 1, "event": inner})
    with pytest.raises(UnreadableEntryError, match=r"Entry 7 \(entry-corrected.v1\) is damaged"):
        decode(stored, name="entry-corrected.v1", position=7)
    assert decode_happenings([stored]) is None


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("milestone-agreed.v2", "Entry 7 is version 2 of milestone-agreed, but this planledger"),
        ("milestone-celebrated.v1", "Entry 7 is a 'milestone-celebrated.v1', which this"),
    ],
)
def test_a_correction_by_a_newer_program_is_refused_as_newer_and_not_as_damaged(
    name: str, says: str
) -> None:
    """Whoever restores a backup for want of an update loses what was recorded since."""
    stored = _changed(event={"type": "entry-corrected.v1", "entry": 1, "event": {"type": name}})
    with pytest.raises(UnreadableEntryError) as refused:
        decode(stored, name="entry-corrected.v1", position=7)
    assert str(refused.value).startswith(says)
    assert "Update planledger" in str(refused.value)
    assert decode_happenings([stored]) is None


def test_a_correction_holds_the_whole_event_it_has_the_entry_say() -> None:
    """What stands in an entry's place is read from these bytes alone."""
    corrected = EntryCorrected(entry=3, event=MilestoneAgreed(milestone="milestone-1"))
    stored = encode(replace(AGREED, event=corrected))
    assert json.loads(stored)["event"] == {
        "type": "entry-corrected.v1",
        "entry": 3,
        "event": {"type": NAME, "milestone": "milestone-1"},
    }
    assert decode(stored, name="entry-corrected.v1", position=7).event == corrected


@pytest.mark.parametrize("version", [0, 2, 10])
def test_an_entry_of_another_version_is_refused_and_says_which(version: int) -> None:
    """Half-reading what a newer program wrote would show a plan that never was."""
    with pytest.raises(UnreadableEntryError) as refused:
        decode(STORED, name=f"milestone-agreed.v{version}", position=7)
    assert str(refused.value) == (
        f"Entry 7 is version {version} of milestone-agreed, but this planledger knows it only up "
        "to version 1. Update planledger to read it."
    )


@pytest.mark.parametrize("name", ["milestone-celebrated.v1", "Milestone Agreed", "", "item.v"])
def test_an_entry_of_an_unknown_name_is_refused_by_name(name: str) -> None:
    """An event that this program leaves out would be missing from every answer it gives."""
    with pytest.raises(UnreadableEntryError) as refused:
        decode(STORED, name=name, position=7)
    assert str(refused.value) == (
        f"Entry 7 is a {name!r}, which this planledger does not know. "
        "Update planledger to read this ledger."
    )


def _changed(**fields: object) -> bytes:
    return json.dumps({**json.loads(STORED), **fields}).encode()


def _event(**fields: object) -> bytes:
    return _changed(event={**json.loads(STORED)["event"], **fields})


def _dated(**parts: int) -> bytes:
    one_off = {"kind": "one-off", "as_printed": "", "date": {"precision": "day", **parts}}
    return _changed(
        event={
            "type": "target-date-set.v1",
            "milestone": "milestone-1",
            "target_date": one_off,
            "shared_with": [],
        }
    )


DAMAGED = {
    "nothing": b"",
    "cut off": STORED[:-1],
    "not JSON": b"\x00" * 40,
    "no UTF-8": STORED.replace(b"Clerk", b"\xff\xfe"),
    "no UTF-8 in the event": STORED.replace(b"milestone-1", b"\xff\xfe"),
    "two entries": STORED + STORED,
    "a field too many": _changed(note="hello"),
    "a field too many in the event": _event(note="hello"),
    "a field too few": STORED.replace(b',"command_id":"command-1"', b""),
    "a field of the event too few": _changed(event={"type": NAME}),
    "a field of another type": _changed(effective_on=20250212),
    "an event of no type": _changed(event={"milestone": "milestone-1"}),
    "an event of a later type": _event(type="milestone-agreed.v2"),
    "a day that is not in the calendar": _dated(year=2015, month=2, day=29),
    "a day too far away for any calendar": _dated(year=10**30, month=1, day=1),
    "nesting without an end": b"[" * 100_000,
}


PASSED_OVER_BY_FOLDS = {"no UTF-8", "a field too many", "a field too few"}
"""Damage to what folds do not look at; reading the entry itself still refuses it."""


@pytest.mark.parametrize("stored", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_entry_is_refused_and_says_what_to_do(stored: bytes) -> None:
    """Whoever runs the ledger must learn which entry is broken, not see a stack trace."""
    with pytest.raises(UnreadableEntryError) as refused:
        decode(stored, name=NAME, position=7)
    assert str(refused.value).startswith(f"Entry 7 ({NAME}) is damaged: ")
    assert str(refused.value).endswith(". Restore the ledger from a backup.")


def test_an_entry_that_holds_another_event_than_its_name_says_is_refused() -> None:
    """A swapped entry must not be read as what it is not."""
    with pytest.raises(UnreadableEntryError) as refused:
        decode(STORED, name="item-withdrawn.v1", position=7)
    assert str(refused.value) == (
        "Entry 7 is stored as item-withdrawn.v1 but holds milestone-agreed.v1. "
        "Restore the ledger from a backup."
    )


@given(st.integers(0, len(STORED) - 1), st.binary(max_size=3))
def test_bytes_changed_anywhere_give_an_entry_or_a_refusal(at: int, other: bytes) -> None:
    """A fault of a disk can hit any byte; none may crash the reader in some other way."""
    stored = STORED[:at] + other + STORED[at + 1 :]
    try:
        read = decode(stored, name=NAME, position=1)
    except UnreadableEntryError:
        return
    assert isinstance(read, Envelope)


UNREADABLE_BY_FOLDS = {
    name: stored for name, stored in DAMAGED.items() if name not in PASSED_OVER_BY_FOLDS
}


@pytest.mark.parametrize("stored", UNREADABLE_BY_FOLDS.values(), ids=UNREADABLE_BY_FOLDS.keys())
def test_a_damaged_entry_among_many_is_left_to_be_named(stored: bytes) -> None:
    """A fold over what is damaged would show a plan that never was."""
    assert decode_happenings([STORED, stored, STORED]) is None


def test_many_entries_are_read_in_their_order() -> None:
    """The order of entries is the history itself."""
    agreed = [MilestoneAgreed(milestone=f"milestone-{number}") for number in range(9)]
    stored = [encode(replace(AGREED, event=event)) for event in agreed]
    read = decode_happenings(stored)
    assert read is not None
    assert [happening.event for happening in read] == agreed
    assert decode_happenings([]) == []


@given(st.integers(0, len(STORED) - 1), st.binary(max_size=3))
def test_what_the_whole_reader_reads_folds_read_alike(at: int, other: bytes) -> None:
    """The two readers of one entry must never tell two stories."""
    stored = STORED[:at] + other + STORED[at + 1 :]
    lean = decode_happenings([stored])
    try:
        whole = decode(stored, name=NAME, position=1)
    except UnreadableEntryError:
        return
    assert lean is not None
    assert (lean[0].event, lean[0].effective_on) == (whole.event, whole.effective_on)
