"""The ledger with others about: other writers, other processes, a wrong clock, a damaged file."""

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest

from planledger.domain.commands import (
    AddAction,
    AddArea,
    DraftPlan,
    ImportPlan,
    PlanCommand,
    ProposeMilestone,
    WithdrawItem,
)
from planledger.domain.refusals import Refusal
from planledger.events.codec import UnreadableEntryError, encode
from planledger.ledger import ConflictError, Ledger, Recorded
from planledger.ledger.submitting import TRIES
from planledger.projections.points import AtEndOf, AtHead, AtInstant, AtPosition
from planledger.storage.port import EntryStore
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import (
    AUTHOR,
    AUTHORITY,
    MICROSECOND,
    NOON,
    REASON,
    InterruptedStore,
    SettableClock,
    begin_plan,
    open_kind,
    recorded,
    serialised,
    small_draft,
)

TODAY = date(2026, 2, 12)
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> SettableClock:
    """Give the clock that all share."""
    return SettableClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Say where the SQLite file lies."""
    return tmp_path / "plans.db"


@pytest.fixture
def reopen(path: Path, clock: SettableClock) -> Iterator[Callable[[], Ledger]]:
    """Give what opens one more ledger on one SQLite file, as another process would."""
    with ExitStack() as closing_all:

        def opened() -> Ledger:
            store = SqliteStore(path, clock, create=not path.exists())
            closing_all.callback(store.close)
            return Ledger(store, clock)

        yield opened


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, clock: SettableClock
) -> Iterator[EntryStore]:
    """Give an empty store of each kind in turn."""
    with closing(open_kind(request.param, tmp_path, clock)) as store:
        yield store


def area(number: int) -> PlanCommand:
    """Add an area."""
    return AddArea(plan="alpha", number=str(number), title=f"Area {number}")


def step(text: str) -> PlanCommand:
    """Propose a milestone."""
    return ProposeMilestone(plan="alpha", action="1.1", text=text)


# -- other writers


def test_each_of_two_ledgers_is_as_new_as_every_write_of_the_other(
    reopen: Callable[[], Ledger],
) -> None:
    """A clerk who was told "recorded" must see it on any page, whichever process serves it."""
    one, other = reopen(), reopen()
    begin_plan(one)
    for number in range(2, 8):
        writer, reader = (one, other) if number % 2 else (other, one)
        position = recorded(writer, area(number)).position
        at = reader.at(AtHead())
        assert at.basis.position == position
        plan = at.plan("alpha")
        assert plan is not None
        assert [area.number for area in plan.areas][-1] == str(number)
        assert serialised(writer.at(AtPosition(position))) == serialised(
            reader.at(AtPosition(position))
        )
    assert one.events(limit=99) == other.events(limit=99)


def test_a_command_is_answered_once_through_whichever_ledger_it_comes(
    reopen: Callable[[], Ledger],
) -> None:
    """A client that is sent to another process with its second try must not record twice."""
    one, other = reopen(), reopen()
    begin_plan(one)
    first = recorded(one, area(2), "mine")
    again = recorded(other, area(2), "mine")
    assert (again.entries, again.position, again.repeated) == (first.entries, 5, True)


def test_a_decision_is_made_again_on_the_newer_plan(
    store: EntryStore, clock: SettableClock
) -> None:
    """Two milestones proposed at once must not both become 1.1/2."""
    interrupted = InterruptedStore(store)
    mine, other = Ledger(interrupted, clock), Ledger(store, clock)
    begin_plan(mine)
    interrupted.before_append = lambda: recorded(other, step("Theirs"))
    answer = recorded(mine, step("Mine"))
    assert (answer.position, answer.repeated) == (6, False)
    plan = mine.at(AtHead()).plan("alpha")
    assert plan is not None
    assert [(m.ref, m.text) for m in plan.milestones] == [
        ("1.1/1", "A board meets"),
        ("1.1/2", "Theirs"),
        ("1.1/3", "Mine"),
    ]


def test_what_somebody_else_has_made_so_meanwhile_is_already_so(
    store: EntryStore, clock: SettableClock
) -> None:
    """The second decision is a real one: it may come out as nothing to do, or as a refusal."""
    interrupted = InterruptedStore(store)
    mine, other = Ledger(interrupted, clock), Ledger(store, clock)
    begin_plan(mine)
    interrupted.before_append = lambda: recorded(other, area(2))
    assert recorded(mine, area(2)) == Recorded(entries=(), position=5, repeated=False)
    taken = AddArea(plan="alpha", number="3", title="Otherwise")
    interrupted.before_append = lambda: recorded(other, area(3))
    answer = mine.submit(taken, author=AUTHOR)
    assert isinstance(answer, Refusal)
    assert answer.code.value == "REF_IN_USE"
    assert len(mine.events(limit=99)) == 6


def test_the_same_command_sent_twice_at_once_is_recorded_once(
    store: EntryStore, clock: SettableClock
) -> None:
    """An impatient client sends again before the first answer is there."""
    interrupted = InterruptedStore(store)
    mine, other = Ledger(interrupted, clock), Ledger(store, clock)
    begin_plan(mine)
    interrupted.before_append = lambda: recorded(other, area(2), "mine")
    answer = recorded(mine, area(2), "mine")
    assert (answer.position, answer.repeated) == (5, True)
    assert len(mine.events(limit=99)) == 5


@pytest.mark.parametrize("looked_at", [None, 4])
def test_a_command_that_is_recorded_elsewhere_once_it_was_looked_up_is_answered_as_there(
    store: EntryStore, clock: SettableClock, looked_at: int | None
) -> None:
    """Who presses twice, and comes to two processes, is not told that somebody else was first."""
    interrupted = InterruptedStore(store)
    mine, other = Ledger(interrupted, clock), Ledger(store, clock)
    begin_plan(mine)
    interrupted.after_receipt = lambda: recorded(other, area(2), "mine")
    answer = mine.submit(area(2), author=AUTHOR, command_id="mine", expected_position=looked_at)
    assert isinstance(answer, Recorded)
    assert (answer.position, answer.repeated) == (5, True)
    assert len(mine.events(limit=99)) == 5


def test_a_caller_who_states_a_position_loses_to_whoever_was_first(
    store: EntryStore, clock: SettableClock
) -> None:
    """Deciding again would record over a change that the caller has not seen."""
    interrupted = InterruptedStore(store)
    mine, other = Ledger(interrupted, clock), Ledger(store, clock)
    begin_plan(mine)
    interrupted.before_append = lambda: recorded(other, area(2))
    with pytest.raises(ConflictError):
        mine.submit(area(3), author=AUTHOR, expected_position=4)
    assert len(mine.events(limit=99)) == 5


def test_a_writer_who_is_always_overtaken_is_told_and_records_nothing(
    store: EntryStore, clock: SettableClock
) -> None:
    """Trying for ever would hang a request; recording on an old plan would be wrong."""
    interrupted = InterruptedStore(store)
    mine, other = Ledger(interrupted, clock), Ledger(store, clock)
    begin_plan(mine)
    overtaken = 0

    def overtake() -> None:
        nonlocal overtaken
        overtaken += 1
        recorded(other, step(f"Theirs {overtaken}"))
        interrupted.before_append = overtake

    interrupted.before_append = overtake
    with pytest.raises(ConflictError, match="Look again"):
        mine.submit(step("Mine"), author=AUTHOR)
    assert overtaken == TRIES
    assert len(mine.events(limit=99)) == 4 + TRIES


def test_threads_that_write_at_once_all_get_a_place_of_their_own(
    store: EntryStore, clock: SettableClock
) -> None:
    """A server answers many clerks from one process: none may be turned away or overwritten."""
    slow = InterruptedStore(store)

    def hesitate() -> None:
        slow.before_append = hesitate
        sleep(0.002)  # as a disk does: time for all the others to decide on what will be old

    slow.before_append = hesitate
    ledger = Ledger(slow, clock)
    begin_plan(ledger)
    threads, each = 8, 4
    barrier = Barrier(threads)

    def write(thread: int) -> list[Recorded | Refusal]:
        barrier.wait(timeout=30)
        return [ledger.submit(step(f"{thread}-{n}"), author=AUTHOR) for n in range(each)]

    with ThreadPoolExecutor(threads) as pool:
        answers = [answer for some in pool.map(write, range(threads)) for answer in some]
    assert all(isinstance(answer, Recorded) and len(answer.entries) == 1 for answer in answers)
    plan = ledger.at(AtHead()).plan("alpha")
    assert plan is not None
    assert [m.ordinal for m in plan.milestones] == list(range(1, threads * each + 2))
    log = ledger.events(limit=99)
    assert [entry.version for entry in log] == [entry.position for entry in log]
    assert all(one.recorded_us < other.recorded_us for one, other in pairwise(log))


def test_of_threads_that_import_one_plan_at_once_one_does(
    store: EntryStore, clock: SettableClock
) -> None:
    """An import is all or nothing: eight at once leave one plan, whole, and seven already-sos."""
    ledger = Ledger(store, clock)
    threads = 8
    barrier = Barrier(threads)

    def write(_: int) -> int:
        barrier.wait(timeout=30)
        command = ImportPlan(plan="beta", draft=small_draft())
        return len(recorded(ledger, command).entries)

    with ThreadPoolExecutor(threads) as pool:
        counts = Counter(pool.map(write, range(threads)))
    assert counts == {8: 1, 0: 7}
    assert len(ledger.events(limit=99)) == 8


def test_readers_never_see_half_a_commit_while_others_write(
    reopen: Callable[[], Ledger],
) -> None:
    """An answer made from half an import would show a plan that nobody ever issued."""
    writer, reader = reopen(), reopen()
    recorded(writer, DraftPlan(plan="alpha", title="First"))
    done = False

    def read() -> set[int]:
        seen: set[int] = set()
        while not done:
            at = reader.at(AtHead())
            seen |= {plan.totals.milestones for plan in at.plans() if plan.ref != "alpha"}
            assert (at.basis.position - 1) % 8 == 0
        return seen

    with ThreadPoolExecutor(2) as pool:
        reading = [pool.submit(read) for _ in range(2)]
        try:
            for number in range(20):
                recorded(writer, ImportPlan(plan=f"plan-{number}", draft=small_draft()))
        finally:
            done = True
        for seen in reading:
            assert seen.result(timeout=30) <= {2}
    assert reader.at(AtHead()).basis.position == 161


# -- a wrong clock


def test_a_clock_set_back_neither_reorders_nor_hides(
    store: EntryStore, clock: SettableClock
) -> None:
    """MariaDB loses the versions in between; here times go on, a microsecond at a time."""
    ledger = Ledger(store, clock)
    begin_plan(ledger)
    last = ledger.events(limit=99)[-1].recorded_at
    clock.now = NOON - timedelta(days=400)
    assert ledger.at(AtHead(), TODAY).basis.position == 4
    answer = recorded(ledger, AddArea(plan="alpha", number="2", title="Second", effective_on=TODAY))
    assert answer.entries[0].recorded_at == last + MICROSECOND
    for point, position in (
        (AtInstant(last), 4),
        (AtInstant(last + MICROSECOND), 5),
        (AtEndOf(TODAY - DAY), 0),
        (AtEndOf(TODAY), 5),
        (AtPosition(5), 5),
    ):
        assert ledger.at(point).basis.position == position
    assert ledger.at(AtPosition(5)).basis.effective_on == TODAY


def test_an_answer_given_for_ever_is_given_also_after_the_clock_was_set_back(
    store: EntryStore, clock: SettableClock
) -> None:
    """What was printed as the end of a day must stay the end of that day."""
    ledger = Ledger(store, clock)
    begin_plan(ledger)
    clock.now = NOON + 2 * DAY
    recorded(ledger, area(2))
    points = (AtEndOf(TODAY), AtInstant(NOON + DAY), AtPosition(4), AtPosition(5))
    before = [serialised(ledger.at(point)) for point in points]
    assert all(ledger.at(point).basis.final for point in points)
    clock.now = datetime(2020, 2, 29, 12, tzinfo=UTC)
    assert [serialised(ledger.at(point)) for point in points] == before
    assert [serialised(Ledger(store, clock).at(point)) for point in points] == before


# -- reopening, and damage


def test_answers_are_the_same_bytes_after_reopening(
    reopen: Callable[[], Ledger], clock: SettableClock
) -> None:
    """The question a board asked last year is asked again by a new process."""
    first = reopen()
    begin_plan(first)
    clock.now += DAY
    recorded(first, ImportPlan(plan="beta", draft=small_draft()))
    answers = {
        (position, day): serialised(first.at(AtPosition(position), day))
        for position in range(1, 13)
        for day in (TODAY, TODAY + DAY)
    }
    first.close()
    second = reopen()
    recorded(second, area(2))
    for (position, day), answer in answers.items():
        assert serialised(second.at(AtPosition(position), day)) == answer


ANSWER = """
import sys
from pathlib import Path
from planledger.ledger import Ledger
from planledger.projections.points import AtPosition
from planledger.storage.sqlite import SqliteStore
from planledger.ledger.submitting import TRIES
from tests.support.ledgers import SettableClock, serialised

clock = SettableClock()
store = SqliteStore(Path(sys.argv[1]), clock, create=False)
ledger = Ledger(store, clock)
sys.stdout.buffer.write(serialised(ledger.at(AtPosition(int(sys.argv[2])))))
store.close()
"""


def test_another_process_gives_the_same_bytes(reopen: Callable[[], Ledger], path: Path) -> None:
    """Maps are laid out by a hash that every process salts anew; no answer may follow it."""
    ledger = reopen()
    begin_plan(ledger)
    for number in range(2, 8):
        recorded(ledger, area(number))
        recorded(ledger, step(f"Step {number}"))
        recorded(
            ledger,
            WithdrawItem(plan="alpha", item="1.1", reason=REASON, authority=AUTHORITY),
        )
        recorded(ledger, AddAction(plan="alpha", area="1", ref="1.1", text=f"Again {number}"))
    position = recorded(ledger, area(8)).position
    expected = serialised(ledger.at(AtPosition(position)))
    ledger.close()
    for seed in ("1", "2"):
        answer = subprocess.run(
            [sys.executable, "-c", ANSWER, str(path), str(position)],
            cwd=Path(__file__).parent.parent,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            check=True,
            stdout=subprocess.PIPE,
        )
        assert answer.stdout == expected


def tamper(path: Path, position: int, **columns: str | bytes) -> None:
    """Change an entry behind the ledger's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for column, value in columns.items():
            connection.execute(
                f"UPDATE entries SET {column} = ? WHERE position = ?",  # noqa: S608 - ours
                (value, position),
            )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"\x00\xff\xfe",
        b'{"event":{"type":"area-added.v1","title":"\xff"}}',
        b"{},{}",
        b'{"event":{"type":"plan-drafted.v1","title":"T"},"effective_on":"2026-02-30"}',
    ],
)
@pytest.mark.parametrize("read", ["events", "view"])
def test_a_damaged_entry_is_named_and_never_skipped(
    reopen: Callable[[], Ledger], path: Path, read: str, data: bytes
) -> None:
    """A plan folded without the entry would look right and be wrong."""
    first = reopen()
    begin_plan(first)
    first.close()
    tamper(path, 2, data=data)
    ledger = reopen()
    with pytest.raises(UnreadableEntryError, match=r"Entry 2 \(area-added.v1\) is damaged"):
        ledger.events(limit=9) if read == "events" else ledger.at(AtHead()).plan("alpha")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("area-added.v2", r"Entry 2 is version 2 of area-added, .* Update planledger"),
        ("area-painted.v1", r"Entry 2 is a 'area-painted.v1', .* Update planledger"),
    ],
)
@pytest.mark.parametrize("read", ["events", "view", "submit"])
def test_an_entry_of_a_newer_planledger_is_not_guessed_at(
    reopen: Callable[[], Ledger], path: Path, read: str, name: str, said: str
) -> None:
    """An older program that passed it over would show, and decide on, a plan that is not so."""
    first = reopen()
    begin_plan(first)
    (_, entry, *_) = first.events(limit=9)
    first.close()
    data = encode(entry.envelope).replace(b"area-added.v1", name.encode())
    tamper(path, 2, name=name, data=data)
    ledger = reopen()
    asking: dict[str, Callable[[], object]] = {
        "events": lambda: ledger.events(limit=9),
        "view": lambda: ledger.at(AtHead()).plans(),
        "submit": lambda: ledger.submit(area(2), author=AUTHOR),
    }
    with pytest.raises(UnreadableEntryError, match=said):
        asking[read]()


def test_a_plan_that_cannot_be_read_does_not_stop_the_others(
    reopen: Callable[[], Ledger], path: Path
) -> None:
    """One damaged plan must not take the whole council's ledger down."""
    first = reopen()
    begin_plan(first)
    begin_plan(first, "beta")
    first.close()
    tamper(path, 6, data=b"{}")
    ledger = reopen()
    assert ledger.at(AtHead()).plan("alpha") is not None
    assert recorded(ledger, area(2)).position == 9
    with pytest.raises(UnreadableEntryError, match="Entry 6"):
        ledger.at(AtHead()).plan("beta")
