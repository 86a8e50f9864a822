"""What became of a register is found, told and put right."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planledger.domain.commands import RewordItem
from planledger.ledger import Ledger
from planledger.readmodel.checking import MOST_TOLD, check, rebuild
from planledger.readmodel.filling import Filler
from planledger.readmodel.register import Register
from planledger.storage.port import EntryStore
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock, open_kind, recorded
from tests.support.registers import KINDS, MANY, copied, registered, rows_of
from tests.support.reviewed import PLAN, Reviewed
from tests.support.simulated import northbridge

EDITS = {
    "a date": "UPDATE {}milestones SET due_by = '2031-01-01' WHERE stretch = 5",
    "a text": "UPDATE {}milestones SET text = 'Another step' WHERE stretch = 1",
    "when it was known": "UPDATE {}milestones SET known_until = NULL WHERE stretch = "
    "(SELECT min(stretch) FROM {}milestones WHERE known_until IS NOT NULL)",
    "a row less": "DELETE FROM {}milestones WHERE stretch = 6",
    "a lead's name": "UPDATE {}leads SET name = 'Somebody' WHERE stretch = "
    "(SELECT max(stretch) FROM {}leads)",
    "a lead less": "DELETE FROM {}leads WHERE stretch = (SELECT min(stretch) FROM {}leads)",
    "a lead of nothing": "INSERT INTO {}leads (stretch, place, party, name, kind) "
    "VALUES (999999, 1, 'p', 'Somebody', 'person')",
    "when something was recorded": "UPDATE {}commits SET recorded_on = '2031-01-01' "
    "WHERE last = (SELECT min(last) FROM {}commits)",
    "a cut-off": "UPDATE {}reviews SET as_at = '2031-01-01' WHERE position = "
    "(SELECT min(position) FROM {}reviews)",
}
"""Each changes one row."""


LAST = 27
"""Position of the last entry of the small ledger."""


def edit(register: Register, statement: str) -> None:
    """Change a register behind its back."""
    with register._writing() as cursor:
        cursor.execute(statement.replace("{}", register.prefix))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EntryStore]:
    """Give the small ledger, in a store of each kind."""
    folder = tmp_path / "made"
    folder.mkdir()
    Reviewed(folder)
    with (
        closing(SqliteStore(folder / "planledger.db", SettableClock(), create=False)) as made,
        copied(request.param, tmp_path, made) as store,
    ):
        yield store


@pytest.fixture
def register(store: EntryStore) -> Iterator[Register]:
    """Give its register, filled."""
    with registered(store) as register:
        Filler(store, register).catch_up()
        yield register


def test_whatever_is_edited_is_found_and_rebuilding_puts_it_right(
    store: EntryStore, register: Register
) -> None:
    """A register that anybody could edit unnoticed would be worth less than none."""
    sound = rows_of(register)
    assert check(store, register).sound
    for what, statement in EDITS.items():
        edit(register, statement)
        assert rows_of(register) != sound, what
        compared = check(store, register)
        assert compared.wrong == len(compared.differences) == 1, what
        rebuilt = rebuild(store, register)
        assert rebuilt.differences == compared.differences, what
        assert rows_of(register) == sound, what
    assert check(store, register).sound


def test_a_difference_says_which_row_and_which_column(
    store: EntryStore, register: Register
) -> None:
    """Who looks for the cause needs the place, not a count."""
    edit(
        register,
        "UPDATE {}milestones SET text = 'Another step', leads = 'Nobody' WHERE stretch = 1",
    )
    edit(register, "DELETE FROM {}milestones WHERE stretch = 2")
    edit(register, "INSERT INTO {}leads VALUES (999999, 1, 'p', 'Somebody', 'person')")
    first, second, third = check(store, register).differences
    assert first.key.startswith(f"stretch 1: {PLAN} ")
    assert "text is 'Another step', should be '" in first.problem
    assert "leads is 'Nobody', should be '" in first.problem
    assert second.problem == "is missing"
    assert (third.key, third.problem) == ("stretch 999999, place 1", "should not be there")


def test_many_differences_are_counted_and_the_first_told(
    store: EntryStore, register: Register
) -> None:
    """A thousand lines tell nobody more than twenty and a count."""
    edit(register, "UPDATE {}milestones SET plan_title = 'Another plan'")
    compared = check(store, register)
    assert compared.wrong == len(rows_of(register)[0]) > MOST_TOLD == len(compared.differences)


def test_a_register_that_lost_track_says_so_and_goes_on_when_rebuilt(
    store: EntryStore, register: Register
) -> None:
    """Whoever fills it would else try for ever, or fill in twice."""
    with register._writing() as cursor:
        register._track_anew(cursor, 7)
    compared = check(store, register)
    assert [one.table for one in compared.differences] == ["tracking"]
    assert rebuild(store, register).differences == compared.differences
    assert check(store, register).sound
    assert Filler(store, register).catch_up() == LAST


def test_the_rule_of_timeliness_is_looked_at_too(
    store: EntryStore, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Building the same thing twice the same wrong way would find nothing: plans are asked too."""
    at = type(register).milestones_at

    def wrong(self: Register, position: int, day: date) -> Sequence[Mapping[str, Any]]:
        return [{**row, "timeliness": "overdue"} for row in at(self, position, day)]

    monkeypatch.setattr(type(register), "milestones_at", wrong)
    compared = check(store, register)
    assert compared.wrong > MOST_TOLD == len(compared.differences)
    assert "timeliness is 'overdue', should be " in compared.differences[0].problem


def test_whoever_fills_it_goes_on_in_the_new_register(
    store: EntryStore, register: Register
) -> None:
    """A service knows the rows of the old one, wrong as they were; it must not go on from those."""
    edit(register, "DELETE FROM {}milestones WHERE known_until IS NULL")
    filler = Filler(store, register)
    ledger = Ledger(store, SettableClock())
    reword(ledger, "Agree it first")
    assert filler.catch_up() == LAST + 1  # from what is there
    assert not check(store, register).sound
    with registered(store) as other:
        rebuild(store, other)
    reword(ledger, "Agree it twice")
    assert filler.catch_up() == LAST + 2
    assert check(store, register).sound


def reword(ledger: Ledger, to: str) -> None:
    """Change something in the small ledger."""
    recorded(ledger, RewordItem(plan=PLAN, item="1.1/1", to=to, material=False))


def test_readers_see_the_old_register_until_the_new_one_is_whole(
    store: EntryStore, register: Register
) -> None:
    """A dashboard that is refreshed in the middle of a rebuild must not show half of it."""
    seen: list[int] = []
    sound = rows_of(register)
    edit(register, EDITS["a row less"])
    with registered(store) as reader:
        rebuild(store, register, lambda _: seen.append(len(rows_of(reader)[0])))
        assert set(seen) == {len(sound[0]) - 1}
        assert rows_of(reader) == sound


def test_rebuilding_catches_up_with_a_register_that_is_filled_meanwhile(
    store: EntryStore, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebuild takes minutes where a register is large, and its follower goes on all the while."""
    fill: Callable[..., int] = Filler.catch_up
    tries: list[int | None] = []

    def behind(self: Filler, until: int | None = None, **more: Any) -> int:
        tries.append(until)
        return fill(self, 9 if len(tries) == 1 else until, **more)

    monkeypatch.setattr(Filler, "catch_up", behind)
    edit(register, EDITS["a text"])
    assert rebuild(store, register).wrong == 1
    assert len(tries) == 2
    reached = register.last_commit()
    assert reached is not None
    assert reached.last == LAST


def test_a_register_that_reaches_beyond_its_ledger_is_replaced(tmp_path: Path) -> None:
    """When an older backup is restored, what came after it must go from the register too."""
    made = northbridge()[0]._store
    commit = made.commit_at(position=600)
    assert commit is not None
    receipts = [one for one in made.receipts() if one.commit.last <= commit.last]
    with closing(open_kind("sqlite", tmp_path, SettableClock())) as older:
        older.adopt(made.read(until=commit.last, limit=MANY), receipts)
        with registered(older) as register:
            Filler(made, register).catch_up()
            full = rows_of(register)
            assert not check(older, register).sound
            rebuild(older, register)
            assert register.last_commit() == commit
            assert check(older, register).sound
            assert Filler(made, register).catch_up() == 1_304
            assert rows_of(register) == full
