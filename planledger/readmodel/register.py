# ruff: noqa: S608 - names of tables and columns are ours; every value is a parameter
"""A stored register, and what registers in every database have in common.

What is recorded of a batch, rows and the position they reach to, is there whole or not at all. Two
fillers at once do no harm: one records a batch, the other is told that it came too late.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol, Self

from msgspec.structs import astuple

from planledger.events.envelope import microseconds
from planledger.readmodel.batch import Batch, Difference, OvertakenError
from planledger.readmodel.differing import difference, differing, up_to
from planledger.readmodel.rows import Column, Lead, row_from
from planledger.readmodel.schema import KEYS, NAME, REPLACED, SHOWN, TABLES, Dialect, Name, names
from planledger.readmodel.stretches import Stretch
from planledger.storage.port import Commit

_AT = (
    Column("stretch", int, nullable=False, description=""),
    *SHOWN,
    Column("timeliness", str, nullable=True, description=""),
    Column("days_overdue", int, nullable=True, description=""),
)
_FETCHED = 500
"""Parameters of one statement at most; SQLite takes 999 everywhere."""


class Cursor(Protocol):
    """What statements are run with, inside a transaction."""

    def execute(self, statement: str, parameters: Sequence[Any] = (), /) -> object:
        """Run a statement."""

    def executemany(self, statement: str, parameters: Sequence[Sequence[Any]], /) -> object:
        """Run a statement for each of some rows."""

    def fetchall(self) -> Sequence[Sequence[Any]]:
        """Give the rows of the last statement."""


class Register(ABC):
    """A register in a database. Used by one thread at a time; raises RegisterError in trouble."""

    name: str
    """What messages call it."""
    dialect: Dialect
    prefix: str
    """What the names of its tables begin with."""
    tracking: str
    """The library's table that says how far it reaches."""

    def replaced(self) -> int:
        """Give how often it was replaced by one that was built beside it.

        Whoever filled it before may know rows that are gone.
        """
        mark = self.dialect.mark
        rows = self._rows(
            f"SELECT notification_id FROM {self.tracking} WHERE application_name = {mark}", REPLACED
        )
        return rows[0][0] if rows else 0

    def last_commit(self) -> Commit | None:
        """Give the commit that it reaches to; None where it is empty."""
        rows = self._rows(
            f"SELECT first, last, recorded_at FROM {self.prefix}commits ORDER BY last DESC LIMIT 1"
        )
        for row in rows:
            first, last, recorded_at = self._read(TABLES["commits"], row)
            return Commit(first=first, last=last, recorded_us=microseconds(recorded_at))
        return None

    def next_number(self) -> int:
        """Give the number that the next stretch is to have."""
        ((last,),) = self._rows(f"SELECT max(stretch) FROM {self.prefix}milestones")
        return (last or 0) + 1

    def open_stretches(self, plan: str) -> Sequence[Stretch]:
        """Give the stretches of a plan that are known now, each milestone's by their days."""
        of_plan = f"FROM {self.prefix}milestones AS m WHERE m.plan = {self.dialect.mark} "
        where = f"{of_plan} AND m.known_until IS NULL"
        led = f"SELECT l.stretch, l.party, l.name, l.kind FROM {self.prefix}leads AS l "
        leads: defaultdict[int, list[Lead]] = defaultdict(list)
        for stretch, *lead in self._rows(
            f"{led} WHERE l.stretch IN (SELECT m.stretch {where}) ORDER BY l.stretch, l.place", plan
        ):
            leads[stretch].append(Lead(*lead))
        rows = self._rows(
            f"SELECT {names('milestones')} {where} ORDER BY m.milestone, m.effective_from", plan
        )
        return [self._stretch(row, leads[row[0]]) for row in rows]

    def record(self, batch: Batch, after: int, replaced: int) -> None:
        """Record a batch that follows position `after`, in what was `replaced` so often.

        Raises OvertakenError, and records nothing, where the register is not that any more.
        """
        with self._writing() as cursor:
            now = tuple(self._tracked(cursor, of, hold=True) for of in (NAME, REPLACED))
            if now != (after, replaced):
                raise OvertakenError(
                    f"The register {self.name} reaches to position {now[0]} by now, not {after}, "
                    f"and was replaced {now[1]} times, not {replaced}."
                )
            self._write(cursor, batch)
            self._track(cursor, NAME, batch.last)

    def milestones_at(self, position: int, day: date) -> Sequence[Mapping[str, Any]]:
        """Give the milestones at a point as the database says them, with `days_overdue`."""
        found = [column.name for column in _AT]
        return [
            dict(zip(found, self._read(_AT, row), strict=True))
            for row in self._rows_at(position, day)
        ]

    def leads_of(self, stretches: Sequence[int]) -> Mapping[int, Sequence[Lead]]:
        """Give (party, name, kind) of the leads of stretches, in their order."""
        leads: defaultdict[int, list[Lead]] = defaultdict(list)
        for start in range(0, len(stretches), _FETCHED):
            some = stretches[start : start + _FETCHED]
            marks = ", ".join([self.dialect.mark] * len(some))
            for stretch, *lead in self._rows(
                f"SELECT stretch, party, name, kind FROM {self.prefix}leads "
                f"WHERE stretch IN ({marks}) ORDER BY stretch, place",
                *some,
            ):
                leads[stretch].append(Lead(*lead))
        return leads

    def differences(self, other: Self, most: int) -> tuple[int, Sequence[Difference]]:
        """Compare with one built beside, as far as both reach.

        Gives how many rows differ, and at most `most` of them.
        """
        with self._joined(other, writing=False) as (cursor, prefix):
            return self._compared(cursor, prefix, most)

    def take_over(
        self, other: Self, most: int, *, anyway: bool
    ) -> tuple[int, Sequence[Difference]] | None:
        """Put what was built beside in the place of what there is, at once for every reader.

        Gives what differed, as `differences` does. Where this one reaches further by now than the
        other, nothing is done and None given, unless it is to be done `anyway`.
        """
        with self._joined(other, writing=True) as (cursor, prefix):
            reaches = other.last_commit()
            tracked = self._tracked(cursor, NAME, hold=True)
            if tracked > (reaches.last if reaches else 0) and not anyway:
                return None
            found = self._compared(cursor, prefix, most)
            for table in TABLES:
                columns = names(table)
                cursor.execute(f"DELETE FROM {self.prefix}{table}")
                cursor.execute(
                    f"INSERT INTO {self.prefix}{table} ({columns}) "
                    f"SELECT {columns} FROM {prefix}{table}"
                )
            self._track_anew(cursor, reaches.last if reaches else 0)
            self._track(cursor, REPLACED, self._tracked(cursor, REPLACED, hold=True) + 1)
        return found

    @abstractmethod
    def shown(self) -> int | None:
        """Give the version of the register that the views are over; None where there are none."""

    @abstractmethod
    def show(self) -> None:
        """Put the views over this register, unless they are over it or a newer version."""

    @abstractmethod
    def beside(self) -> AbstractContextManager[Self]:
        """Give an empty register to build beside this one; it is gone afterwards."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections. Safe to repeat."""

    @abstractmethod
    def _rows(self, statement: str, *parameters: object) -> Sequence[Sequence[Any]]:
        """Run one reading statement, of one moment."""

    @abstractmethod
    def _rows_at(self, position: int, day: date) -> Sequence[Sequence[Any]]:
        """Give the columns of _AT at a point."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Cursor]:
        """Give a cursor in a transaction in which nobody else writes; it is committed after."""

    @abstractmethod
    def _joined(self, other: Self, *, writing: bool) -> AbstractContextManager[tuple[Cursor, str]]:
        """Give a cursor in a transaction that sees another register too, and its prefix."""

    @abstractmethod
    def _track(self, cursor: Cursor, of: str, position: int) -> None:
        """Have the library track that a position is reached, which lies beyond the one before."""

    @abstractmethod
    def _written(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """Give values as the database takes them."""

    @abstractmethod
    def _read(self, columns: Iterable[Column], values: Iterable[Any]) -> tuple[Any, ...]:
        """Read the values of the first so many columns back."""

    def _tracked(self, cursor: Cursor, of: str, *, hold: bool) -> int:
        """Give what tracking has; `hold` keeps everybody else from recording meanwhile."""
        statement = (
            f"SELECT notification_id FROM {self.tracking} "
            f"WHERE application_name = {self.dialect.mark}"
        )
        cursor.execute(f"{statement}{self.dialect.hold if hold else ''}", (of,))
        rows = cursor.fetchall()
        return rows[0][0] if rows else 0

    def _track_anew(self, cursor: Cursor, position: int) -> None:
        """Set the position that tracking has, whatever it was."""
        mark = self.dialect.mark
        cursor.execute(
            f"UPDATE {self.tracking} SET notification_id = {mark} WHERE application_name = {mark}",
            (position, NAME),
        )

    def _write(self, cursor: Cursor, batch: Batch) -> None:
        opened = batch.opened.values()
        self._insert(cursor, "milestones", (_row(one, batch.closed) for one in opened))
        self._insert(cursor, "leads", (lead for one in opened for lead in _leads(one)))
        self._insert(cursor, "commits", batch.commits)
        self._insert(cursor, "reviews", batch.reviews)
        mark = self.dialect.mark
        before = [
            (until, number) for number, until in batch.closed.items() if number not in batch.opened
        ]
        if before:
            cursor.executemany(
                f"UPDATE {self.prefix}milestones SET known_until = {mark} WHERE stretch = {mark}",
                before,
            )

    def _insert(self, cursor: Cursor, table: Name, rows: Iterable[Iterable[Any]]) -> None:
        values = [self._written(row) for row in rows]
        if values:
            marks = ", ".join([self.dialect.mark] * len(TABLES[table]))
            cursor.executemany(
                f"INSERT INTO {self.prefix}{table} ({names(table)}) VALUES ({marks})", values
            )

    def _stretch(self, row: Sequence[Any], leads: Iterable[Lead]) -> Stretch:
        number, known_from, _, start, until, *values = self._read(TABLES["milestones"], row)
        return Stretch(number, known_from, start, until, row_from(values, leads))

    def _compared(self, cursor: Cursor, prefix: str, most: int) -> tuple[int, Sequence[Difference]]:
        cursor.execute(
            f"SELECT (SELECT max(last) FROM {self.prefix}commits), "
            f"(SELECT max(last) FROM {prefix}commits)"
        )
        ends = [last or 0 for last in cursor.fetchall()[0]]
        until, tracked = min(ends), self._tracked(cursor, NAME, hold=False)
        found: list[Difference] = []
        if tracked != ends[0]:
            problem = f"says that position {tracked} is reached, should be {ends[0]}"
            found.append(Difference(table="tracking", key=NAME, problem=problem))
        count = len(found)
        for table in TABLES:
            ours, theirs = up_to(table, self.prefix, until), up_to(table, prefix, until)
            cursor.execute(differing(table, ours, theirs))
            keys = cursor.fetchall()
            count += len(keys)
            for key in keys[: most - len(found)]:
                is_, should = (self._one(cursor, table, of, key) for of in (ours, theirs))
                found.append(difference(table, is_, should))
        return count, found

    def _one(
        self, cursor: Cursor, table: Name, selected: str, key: Sequence[Any]
    ) -> tuple[Any, ...] | None:
        marks = " AND ".join(f"{name} = {self.dialect.mark}" for name in KEYS[table])
        cursor.execute(f"SELECT * FROM ({selected}) AS one WHERE {marks}", tuple(key))
        rows = cursor.fetchall()
        return tuple(rows[0]) if rows else None


def _row(stretch: Stretch, closed: Mapping[int, int]) -> Iterator[Any]:
    yield stretch.number
    yield stretch.known_from
    yield closed.get(stretch.number)
    yield stretch.effective_from
    yield stretch.effective_until
    yield from stretch.row.values()


def _leads(stretch: Stretch) -> Iterator[tuple[Any, ...]]:
    for place, lead in enumerate(stretch.row.led_by, 1):
        yield (stretch.number, place, *astuple(lead))
