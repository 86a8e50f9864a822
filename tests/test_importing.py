"""Taking a document in: what cannot be read is left as a query, and nothing is left half-done."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from planledger.answers import reveal
from planledger.domain.refusals import Code, Refusal
from planledger.events.query import QueryRaised
from planledger.importing import (
    Imported,
    NotAPlanError,
    declined,
    import_document,
    import_prepared,
    prepare,
)
from planledger.ledger import Ledger, Recorded
from planledger.projections.points import AtHead
from planledger.storage.sqlite import SqliteStore
from tests.support.acts import DOCUMENT
from tests.support.ledgers import AUTHOR, NOON, SettableClock, begin_plan

TODAY = NOON.date()
DATA = DOCUMENT.encode()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Give an empty ledger on a disk."""
    clock = SettableClock()
    with closing(Ledger(SqliteStore(tmp_path / "plans.db", clock, create=True), clock)) as ledger:
        yield ledger


def _import(ledger: Ledger, data: bytes = DATA, plan: str = "roads", **more: object) -> Imported:
    given = {"filename": "roads.txt", "author": AUTHOR, **more}
    return import_document(ledger, data, plan=plan, **given)  # type: ignore[arg-type]


def _recorded(imported: Imported) -> Recorded:
    assert isinstance(imported.outcome, Recorded)
    return imported.outcome


def _head(ledger: Ledger) -> int:
    return ledger.at(AtHead()).basis.position


def test_what_could_not_be_read_is_imported_round_and_left_as_a_query(ledger: Ledger) -> None:
    """A clerk who never sees the import's messages finds the line in the plan."""
    imported = _import(ledger)
    (problem,) = imported.problems
    assert problem.line == 9
    assert "Priya Dell" in problem.message
    raised = [entry.event for entry in _recorded(imported).entries]
    (query,) = [event for event in raised if isinstance(event, QueryRaised)]
    assert query.line == problem.line
    assert reveal(query.question) == problem.message
    plan = ledger.at(AtHead()).plan("roads")
    assert plan is not None
    assert [shown.line for shown in plan.queries] == [9]
    assert plan.totals.open_queries == 1


def test_a_strict_import_of_what_cannot_be_read_records_nothing(ledger: Ledger) -> None:
    """Who asks for all or nothing gets nothing, and is told of every line."""
    imported = _import(ledger, strict=True)
    assert imported.outcome is None
    assert [problem.line for problem in imported.problems] == [9]
    assert _head(ledger) == 0


def test_a_strict_import_of_what_can_be_read_is_an_import(ledger: Ledger) -> None:
    """Strict is no other reading."""
    data = DOCUMENT.replace("\tPriya Dell", "").encode()
    assert _recorded(_import(ledger, data, strict=True)).position == 9
    plan = ledger.at(AtHead()).plan("roads")
    assert plan is not None
    assert plan.queries == ()


def test_everything_is_effective_on_the_day_the_document_bears(ledger: Ledger) -> None:
    """It is recorded today, and was true then: those are the two clocks."""
    entries = _recorded(_import(ledger)).entries
    assert {entry.effective_on for entry in entries} == {date(2024, 3, 3)}
    assert {entry.recorded_at for entry in entries} == {NOON}
    assert ledger.at(AtHead(), date(2024, 3, 2)).plan("roads") is None
    assert ledger.at(AtHead(), date(2024, 3, 3)).plan("roads") is not None


def test_the_command_id_given_makes_it_safe_to_repeat(ledger: Ledger) -> None:
    """A script that was cut off sends the same again and is given the first answer."""
    first = _recorded(_import(ledger, command_id="import-1"))
    assert {entry.envelope.command_id for entry in first.entries} == {"import-1"}
    again = _recorded(_import(ledger, command_id="import-1"))
    assert (again.repeated, again.entries) == (True, first.entries)
    other = _import(ledger, DATA.replace(b"Mend", b"Widen"), command_id="import-1").outcome
    assert isinstance(other, Refusal)
    assert other.code is Code.COMMAND_ID_REUSED


def test_the_same_document_again_is_already_so_and_another_is_refused(ledger: Ledger) -> None:
    """One changed byte makes another document; a plan is begun by one."""
    _import(ledger)
    head = _head(ledger)
    assert _recorded(_import(ledger)).entries == ()
    other = _import(ledger, DATA + b"\n").outcome
    assert isinstance(other, Refusal)
    assert (other.code, other.path) == (Code.PLAN_EXISTS, "plan")
    assert _head(ledger) == head


def test_one_document_may_begin_two_plans(ledger: Ledger) -> None:
    """A trial run under another ref takes nothing away from the real one."""
    begin_plan(ledger, "other")
    first, second = (_recorded(_import(ledger, plan=plan)) for plan in ("roads", "trial"))
    assert len(first.entries) == len(second.entries)
    ids = [set(map(str, (entry.event for entry in each.entries))) for each in (first, second)]
    assert ids[0] != ids[1]


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"Dear all,\n\nthank you.\n", b"\xff\xfe"])
def test_what_is_no_plan_is_said_before_any_ledger_is_needed(data: bytes) -> None:
    """A wrong file must not leave an empty ledger behind."""
    with pytest.raises(NotAPlanError):
        prepare(data, filename="letter.txt", plan="roads")


@pytest.mark.parametrize(
    ("data", "plan", "filename", "code"),
    [
        (DATA, "Roads!", "roads.txt", Code.NAME_UNUSABLE),
        (DATA, "", "roads.txt", Code.NAME_UNUSABLE),
        (DATA, "roads", "\udcff.txt", Code.TEXT_UNUSABLE),
        (DATA.replace(b"2024", b"2099"), "roads", "roads.txt", Code.EFFECTIVE_TOO_LATE),
    ],
)
def test_what_no_ledger_would_take_is_known_without_one_and_refused_by_each(
    ledger: Ledger, data: bytes, plan: str, filename: str, code: Code
) -> None:
    """Asking beforehand and asking the ledger must come to the same."""
    prepared = prepare(data, filename=filename, plan=plan)
    before = declined(prepared, author=AUTHOR, today=TODAY)
    assert before is not None
    assert isinstance(before.outcome, Refusal)
    assert before.outcome.code is code
    assert import_prepared(ledger, prepared, author=AUTHOR) == before.outcome
    assert _head(ledger) == 0


def test_what_a_ledger_would_take_is_not_declined_beforehand(ledger: Ledger) -> None:
    """Also not where this one ledger has a plan of that ref: that is for the ledger to say."""
    prepared = prepare(DATA, filename="roads.txt", plan="roads")
    assert declined(prepared, author=AUTHOR, today=TODAY) is None
    strict = declined(prepared, author=AUTHOR, today=TODAY, strict=True)
    assert strict is not None
    assert strict.outcome is None
    begin_plan(ledger, "roads")
    outcome = import_prepared(ledger, prepared, author=AUTHOR)
    assert isinstance(outcome, Refusal)
    assert outcome.code is Code.PLAN_EXISTS
