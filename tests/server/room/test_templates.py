"""The sheet of changes is to be had where people look for it, with what the plan has."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from planledger.ledger import Ledger
from planledger.recording.sheet import read_sheet
from planledger.storage.memory import MemoryStore
from tests.support.ledgers import SettableClock, begin_plan
from tests.support.reading_room import Room, reading

RECORD = "/plans/alpha/record"


@pytest.fixture(name="room", scope="module")
def _room() -> Iterator[Room]:
    """Serve a ledger with a small plan."""
    clock = SettableClock()
    store = MemoryStore(clock)
    begin_plan(Ledger(store, clock))
    with reading(store, clock) as room:
        yield room


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_record_page_leads_to_a_sheet_that_can_be_filled_in(room: Room, kind: str) -> None:
    """Whoever has twenty changes is not to press through twenty forms."""
    (address,) = [a for a in room.get(RECORD).links.values() if a.endswith(f"template.{kind}")]
    given = room.client.get(address)
    assert given.status_code == 200
    assert given.headers["content-disposition"] == f'attachment; filename="alpha-changes.{kind}"'
    (problem,) = read_sheet(given.content).problems
    assert problem.message.startswith("There is no row below the headings.")
    again = room.client.get(address, headers={"If-None-Match": given.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_sheet_holds_the_refs_of_the_plan_and_the_columns_asked_for(room: Room) -> None:
    """What has to be looked up elsewhere is mistyped."""
    given = room.client.get(f"{RECORD}/template.xlsx?act=agree")
    book = load_workbook(BytesIO(given.content))
    assert [row[:3] for row in book["Refs"].iter_rows(min_row=4, values_only=True)] == [
        ("Milestone", "1.1/1", "A board meets")
    ]
    assert [cell.value for cell in book["Changes"][1]][:3] == ["act", "milestone", "effective_on"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"{RECORD}/template.ods", "There is no template as 'ods'. There is xlsx and csv."),
        (f"{RECORD}/template.csv?act=paint", "There is no act 'paint'."),
        ("/plans/beta/record/template.csv", "There is no plan 'beta'."),
    ],
)
def test_what_is_not_there_is_told_on_a_page(room: Room, address: str, told: str) -> None:
    """A download that ends in a page of code tells nobody what to do."""
    assert told in room.get(address, status=404).text
