"""A plan in bytes is the same plan when it is read back, or it is not read at all."""

import subprocess
import sys
from contextlib import suppress
from datetime import date
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map
from msgspec.structs import replace

from planledger.domain import evolve
from planledger.domain.plan import Area, Plan
from planledger.events.envelope import AmendedFact, Fact, Happening
from planledger.projections.history import History
from planledger.projections.snapshots import Snapshot, UnusableSnapshotError, codec, seal, unseal
from planledger.projections.snapshots.codec import Contents
from tests.support.books import Book, area
from tests.support.depth import rounds
from tests.support.event_strategies import strategy_for
from tests.support.program import environment
from tests.support.simulated import northbridge
from tests.support.snapshots import snapshot_of
from tests.support.told import ROOT

HAPPENINGS = strategy_for(Happening)


@st.composite
def _facts(draw: st.DrawFn) -> Fact:
    """Give any fact or amended fact; which of them it is follows from its position."""
    position = draw(st.integers(1, 10**15))
    place = (position, position % 2**40, "alpha", position, draw(HAPPENINGS))
    return AmendedFact(*place, position + 7) if position % 2 else Fact(*place)


FIELDS = {name: strategy_for(hint, {Fact: _facts()}) for name, hint in get_type_hints(Plan).items()}


@pytest.mark.parametrize("field", Plan.__struct_fields__)
@settings(max_examples=rounds(ci=10, deep=500))
@given(data=st.data())
def test_every_field_of_a_plan_is_read_back_as_it_was(field: str, data: st.DataObject) -> None:
    """A field that snapshots forget would be empty in every large plan, and in no small one."""
    known = Plan(ref="alpha", title="A plan", drafted_on=date(2026, 1, 6))
    contents = Contents(base=replace(known, **{field: data.draw(FIELDS[field])}), ahead=())
    assert codec.decode(codec.encode(contents)) == contents


@settings(max_examples=rounds(ci=50, deep=2_000))
@given(facts=st.lists(_facts(), max_size=2).map(tuple))
def test_facts_ahead_are_read_back_as_they_were(facts: tuple[Fact, ...]) -> None:
    """A corrected fact that came back as an uncorrected one would answer for the wrong time."""
    contents = Contents(base=None, ahead=facts)
    assert codec.decode(codec.encode(contents)) == contents


def test_northbridge_is_read_back_as_it_was_at_many_points() -> None:
    """What councils do is stranger than what chance makes up, corrections among it."""
    ledger, _ = northbridge()
    history = ledger.history("northbridge")
    for position in range(history.position, 0, -23):
        spine = history.spine(position)
        count = spine.count(position, None)
        contents = Contents(base=spine.after(count), ahead=tuple(spine.order[:count]))
        assert codec.decode(codec.encode(contents)) == contents


def test_a_number_of_any_size_is_kept_or_refused() -> None:
    """A number cut short would be a wrong answer; one that no snapshot can hold makes none."""
    kept, too_large = (
        Plan(
            ref="alpha",
            title="A plan",
            drafted_on=date(2026, 1, 6),
            areas=Map({"a": replace(AREA, ordinal=number)}),
        )
        for number in (2**64 - 1, 2**64)
    )
    contents = Contents(base=kept, ahead=())
    assert codec.decode(codec.encode(contents)) == contents
    with pytest.raises(OverflowError):
        codec.encode(Contents(base=too_large, ahead=()))


AREA = Area(id="a", number="1", ordinal=1, title="First", added_on=date(2026, 1, 6), source=None)


def _small() -> Snapshot:
    book = Book()
    book.write(area("a", "1", 1))
    return snapshot_of(History(book.entries), window=1, plan="alpha")


SMALL = _small()


def test_a_snapshot_is_read_back_as_it_was() -> None:
    """Else every test of damage below would pass for the wrong reason."""
    assert unseal(seal(SMALL), "alpha") == SMALL


def test_a_snapshot_with_any_one_byte_changed_is_not_used() -> None:
    """A disk that loses a bit must cost time, and never an answer."""
    data = seal(SMALL)
    for place in range(len(data)):
        for flip in (1, 0x80):
            damaged = bytearray(data)
            damaged[place] ^= flip
            with pytest.raises(UnusableSnapshotError):
                unseal(bytes(damaged), "alpha")


def test_a_snapshot_that_is_cut_short_or_grown_is_not_used() -> None:
    """A process that is killed, or a full disk, leaves the beginning of a file."""
    data = seal(SMALL)
    for length in range(len(data)):
        with pytest.raises(UnusableSnapshotError) as told:
            unseal(data[:length], "alpha")
        assert told.value.damaged
    with pytest.raises(UnusableSnapshotError):
        unseal(data + b"\0", "alpha")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"plan": "beta"}, "plan beta"),
        ({"fold_version": evolve.FOLD_VERSION - 1}, "Another version"),
        ({"shape": bytes(32)}, "Another version"),
    ],
)
def test_a_whole_snapshot_of_something_else_is_not_damage(
    changed: dict[str, object], said: str
) -> None:
    """After an update every snapshot is of the older program; nobody is to look for a bad disk."""
    with pytest.raises(UnusableSnapshotError, match=said) as told:
        unseal(seal(replace(SMALL, **changed)), "alpha")
    assert not told.value.damaged


def test_a_snapshot_of_a_newer_format_is_not_damage() -> None:
    """Two versions of planledger may use one cache while one is being brought in."""
    data = seal(SMALL).replace(b"snapshot 1\n", b"snapshot 2\n", 1)
    with pytest.raises(UnusableSnapshotError, match="another format") as told:
        unseal(data, "alpha")
    assert not told.value.damaged


@settings(max_examples=rounds(ci=200, deep=20_000))
@given(places=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1))
def test_sealed_bytes_that_hold_no_plan_are_damage(places: list[tuple[int, int]]) -> None:
    """Whoever can write a cache can seal anything: it is a plan or refused, and runs no code."""
    body = bytearray(SMALL.body)
    for place, byte in places:
        body[place % len(body)] = byte
    with suppress(UnusableSnapshotError):
        assert isinstance(replace(SMALL, body=bytes(body)).contents.base, Plan | None)


def test_what_a_plan_is_made_of_has_one_digest_on_every_run() -> None:
    """A digest that changed with the hash seed would make every snapshot useless at once."""
    ask = "from planledger.projections.snapshots.codec import shape; print(shape().hex())"
    for seed in ("1", "2"):
        other = subprocess.run(
            [sys.executable, "-c", ask],
            cwd=ROOT,
            env=environment(PYTHONHASHSEED=seed),
            capture_output=True,
            text=True,
            check=True,
        )
        assert other.stdout.strip() == codec.shape().hex()
