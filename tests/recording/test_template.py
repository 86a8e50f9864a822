"""The template explains itself, says the same for the same plan, and harms no spreadsheet."""

import re
import warnings
from contextlib import closing
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from planledger.domain.commands import (
    AddAction,
    AddArea,
    DraftPlan,
    ProposeMilestone,
    RegisterParty,
)
from planledger.events.values import PartyKind, Personal
from planledger.ledger import Ledger
from planledger.recording import template
from planledger.recording.act import Kind
from planledger.recording.acts import ACTS
from planledger.recording.naming import find
from planledger.recording.refs import refs
from planledger.recording.sheet import read_sheet
from planledger.storage.memory import MemoryStore
from tests.support import simulated
from tests.support.ledgers import SettableClock, recorded


def _book(data: bytes) -> Any:  # noqa: ANN401 - openpyxl's
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return load_workbook(BytesIO(data))


def _cells(book: Any, sheet: str) -> list[tuple[str | None, ...]]:  # noqa: ANN401 - openpyxl's
    return list(book[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize("data", [template.csv_template(), template.xlsx_template()])
def test_an_empty_template_has_every_column_and_no_change_yet(data: bytes) -> None:
    """A heading that the reader does not know would make every sheet from it an error."""
    sheet = read_sheet(data)
    assert [problem.message.partition(".")[0] for problem in sheet.problems] == [
        "There is no row below the headings"
    ]


def test_every_act_and_every_column_is_explained_with_an_example() -> None:
    """The sheet goes to people who have never seen a page of ours."""
    cells = _cells(_book(template.xlsx_template()), "Acts")
    told = {(row[0], row[2]) for row in cells[1:] if row[2]}
    assert told == {(act.name, field.name) for act in ACTS.values() for field in act.every}
    assert all(row[5] and row[7] for row in cells[1:] if row[2])
    assert {row[0]: row[5] for row in cells[1:] if not row[2]} == {
        act.name: act.about for act in ACTS.values()
    }


def test_drop_downs_offer_acts_choices_and_what_the_plan_has() -> None:
    """What is chosen is not mistyped."""
    plan = simulated.northbridge()[0].known("northbridge")
    assert plan is not None
    book = _book(template.xlsx_template(plan))
    heads = _cells(book, "Changes")[0]
    offers = {}
    for offer in book["Changes"].data_validations.dataValidation:
        place = next(iter(offer.sqref.ranges)).min_col - 1
        sheet, _, cells = offer.formula1.partition("!")
        offers[heads[place]] = [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]
    assert offers["act"] == list(ACTS)
    assert offers["rating"] == ["blue", "green", "amber", "red"]
    assert offers["milestone"][:2] == ["1.1/1", "1.1/2"]
    assert {"1", "2.3", "1.1/1"} <= set(offers["item"])
    assert offers["forum"] == ["improvement-board", "scrutiny-panel"]
    assert "Delia Frost" in offers["signer"]
    assert len(_cells(book, "Refs")) == len(list(refs(plan))) + 1


def test_cells_are_text_so_that_no_spreadsheet_makes_a_date_of_a_ref() -> None:
    """Excel takes "1/4" for the first of April as soon as it is typed."""
    sheet = _book(template.xlsx_template())["Changes"]
    assert {sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]} == {"@"}


def test_the_same_plan_gives_the_same_bytes() -> None:
    """A template that differs each time cannot be kept, compared or signed."""
    plan = simulated.northbridge()[0].known("northbridge")
    data = template.xlsx_template(plan)
    assert data == template.xlsx_template(plan)
    with ZipFile(BytesIO(data)) as package:
        # Nothing of when it was made, which two made within a second would not show.
        assert {part.date_time[0] for part in package.infolist()} == {2000}
        assert set(re.findall(rb"\d{4}-\d\d-", package.read("docProps/core.xml"))) == {b"2000-01-"}


def test_only_the_columns_of_some_acts_can_be_asked_for() -> None:
    """Whoever moves dates all day wants no column of KPIs."""
    acts = [ACTS["move-date"]]
    heads = template.csv_template(acts).decode("utf-8-sig").strip().split(",")
    assert heads == ["act", *(field.name for field in ACTS["move-date"].every)]
    book = _book(template.xlsx_template(acts=acts))
    assert [cell for cell in _cells(book, "Changes")[0] if cell] == heads
    assert {row[0] for row in _cells(book, "Acts")[1:]} == {"move-date"}


def test_a_party_is_offered_by_what_names_it_and_no_other() -> None:
    """What is chosen from the list must be taken when the sheet is sent."""
    clock, shared = SettableClock(), "Partnership board"
    named = {shared: 2, "Finance; estates": 1, "Head of " + "x" * 300: 1, "Head of service": 1}
    with closing(Ledger(MemoryStore(clock), clock)) as ledger:
        recorded(ledger, DraftPlan(plan="p", title="P"))
        for name, kinds in named.items():
            for kind in (PartyKind.POST, PartyKind.BODY)[:kinds]:
                party = RegisterParty(plan="p", kind=kind, name=Personal(words=name))
                recorded(ledger, party)
        plan = ledger.known("p")
    assert plan is not None
    parties = [ref for ref in refs(plan) if ref.what == "Party"]
    assert [ref.write for ref in parties if not ref.is_about] == ["Head of service"]
    assert {ref.is_about for ref in parties if ref.is_about} == named.keys() - {"Head of service"}
    assert len({find(Kind.PARTY, plan, ref.write) for ref in parties}) == len(plan.parties)


def test_names_that_look_like_formulas_stay_texts() -> None:
    """A plan's own texts must not be carried out by whoever opens the template."""
    clock = SettableClock()
    hostile = '=HYPERLINK("http://example.org","x")'
    with closing(Ledger(MemoryStore(clock), clock)) as ledger:
        recorded(ledger, DraftPlan(plan="p", title="P"))
        recorded(ledger, AddArea(plan="p", number="1", title=hostile))
        recorded(
            ledger, AddAction(plan="p", area="1", ref="1.1", text="_x0041_\ufffe" + "x" * 9_000)
        )
        recorded(ledger, ProposeMilestone(plan="p", action="1.1", text="@SUM(1)\n\u202eabc"))
        party = RegisterParty(plan="p", kind=PartyKind.POST, name=Personal(words=hostile))
        recorded(ledger, party)
        plan = ledger.known("p")
    sheet = _book(template.xlsx_template(plan))["Refs"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    written = [cell.value for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
    assert written.count(hostile) == 2
    assert "_x005F_x0041_\ufffd" + "x" * 191 + "…" in written
