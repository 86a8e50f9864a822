"""Reads a plan printed as text: areas with sections and tables, as converted from a page.

The reader knows the shape of such a document and no document by name (design page 2.1). It
corrects nothing, agrees nothing, and drops nothing: what it had to choose is a query, what it
could not read is a problem.
"""

import hashlib
from collections import Counter
from datetime import date

from msgspec import Struct

from planledger.documents import link_queries, queries
from planledger.documents.conflicts import note_conflicts
from planledger.documents.headings import number_value
from planledger.documents.layout import Layout, RawArea, lay_out
from planledger.documents.leads import known_people, read_lead_cell
from planledger.documents.markup import readable, shown
from planledger.documents.milestones import Slot, read_slots
from planledger.documents.notes import Notes
from planledger.documents.parties import Parties
from planledger.documents.preamble import introduction_of, stated_on_of, title_of
from planledger.documents.reading import READER, NotAPlanError, Reading
from planledger.documents.references import find_references
from planledger.documents.source_text import lines_of
from planledger.documents.statements import read_statements
from planledger.documents.subjects import Subjects
from planledger.documents.tables import Row, finish
from planledger.domain.draft import Draft, DraftAction, DraftArea, DraftMilestone

_NO_TITLE = "(no title printed)"
_NO_WORDING = "(no action printed)"


def read_document(data: bytes, filename: str, stated_on: date | None = None) -> Reading:
    """Read the bytes of a plan document.

    `stated_on` overrides the day the document bears. Raises NotAPlanError for what is no such
    document: too large, not text, without areas or tables of actions, or without any date.
    The same bytes always give the same reading.
    """
    notes = Notes()
    layout = lay_out(lines_of(data), notes)
    _check_shape(layout)
    on = stated_on or stated_on_of(layout.preamble, notes)
    rows = tuple(tuple(finish(row, notes) for row in area.rows) for area in layout.areas)
    reader = _AreaReader(on, rows, notes)
    areas = tuple(
        reader.read(area, own, ordinal)
        for ordinal, (area, own) in enumerate(zip(layout.areas, rows, strict=True), 1)
    )
    subjects = Subjects(areas)
    references = find_references(areas, subjects, notes)
    note_conflicts(subjects, notes)
    draft = Draft(
        title=title_of(layout.preamble, filename, notes),
        stated_on=on,
        sha256=hashlib.sha256(data).hexdigest(),
        filename=filename,
        reader=READER,
        introduction=introduction_of(layout.preamble),
        areas=areas,
        parties=reader.parties.drafts(),
        references=references,
        queries=notes.queries(),
    )
    return Reading(draft, notes.problems())


def _check_shape(layout: Layout) -> None:
    if not layout.areas:
        raise NotAPlanError(
            'No heading "AREA FOR IMPROVEMENT 1: …" was found, so this is some other document. '
            "Give the text of an improvement plan."
        )
    if not any(area.rows for area in layout.areas):
        raise NotAPlanError(
            "No table of actions was found: no row begins with a reference such as 1.1 and has "
            "tabs between its cells. Give the text of an improvement plan with its tables."
        )


class _ActionLeads(Struct, frozen=True):
    keys: tuple[str, ...]
    by_milestone: bool
    to_be_confirmed: str | None


class _AreaReader:
    def __init__(self, stated_on: date, rows: tuple[tuple[Row, ...], ...], notes: Notes) -> None:
        self.parties = Parties(notes)
        self._stated_on = stated_on
        self._notes = notes
        self._known = known_people(row.lead for own in rows for row in own)
        self._refs: Counter[str] = Counter()
        self._numbers: set[str] = set()

    def read(self, raw: RawArea, rows: tuple[Row, ...], ordinal: int) -> DraftArea:
        key, line = f"area/{ordinal}", raw.lines[0].number
        number = self._number(raw, key, ordinal)
        title = " ".join(raw.title)
        if not title:
            self._notes.problem(line, "This area has no title. Write it after the number.")
        if not rows:
            self._notes.problem(
                line,
                f"Area {number} has no table of actions. Check that its rows begin with a "
                "reference such as 1.1 and have tabs between their cells.",
            )
        if raw.rows and not raw.rows[0].headed:
            queries.no_columns(self._notes, key, raw.rows[0].lines[0].number, title)
        return DraftArea(
            key=key,
            line=line,
            as_printed="\n".join(each.text for each in raw.lines),
            number=number,
            ordinal=ordinal,
            title=title or _NO_TITLE,
            statements=read_statements(raw.statements, ordinal, self._notes),
            actions=tuple(self._action(row, number) for row in rows),
        )

    def _number(self, raw: RawArea, key: str, ordinal: int) -> str:
        line = raw.lines[0].number
        if raw.number is None:
            queries.unnumbered_area(self._notes, key, line, str(ordinal))
        number = raw.number or str(ordinal)
        value = number_value(number)
        if value in self._numbers:
            self._notes.problem(
                line, f"There is an area {number} already. Both are kept; give one a new number."
            )
        self._numbers.add(value)
        return number

    def _action(self, row: Row, number: str) -> DraftAction:
        key = self._key(row, number)
        if row.continued:
            queries.row_continues(self._notes, key, row)
        text = readable(row.action)
        if not text:
            self._notes.problem(
                row.line, f"Action {row.ref} has no wording. Write what is to be done."
            )
        found = read_slots(key, row, self._stated_on, self._notes)
        leads = self._leads(key, row, len(found.slots), found.dates)
        return DraftAction(
            key=key,
            line=row.line,
            as_printed=row.printed,
            ref=row.ref,
            text=text or _NO_WORDING,
            placeholder=found.placeholder,
            milestones=tuple(
                _milestone(slot, row, (leads.keys[place],) if leads.by_milestone else None)
                for place, slot in enumerate(found.slots)
            ),
            leads=tuple(dict.fromkeys(leads.keys)),
            lead_to_be_confirmed=leads.to_be_confirmed,
        )

    def _key(self, row: Row, number: str) -> str:
        self._refs[row.ref] += 1
        if row.ref.rpartition(".")[0].partition(".")[0] not in (number, number_value(number)):
            self._notes.problem(
                row.line,
                f"Action {row.ref} stands under area {number}, where its number does not belong. "
                "It is kept there; check the number or the heading above.",
            )
        if self._refs[row.ref] == 1:
            return row.ref
        self._notes.problem(
            row.line,
            f"There is an action {row.ref} already. Both are kept; give one of them a new number.",
        )
        return f"{row.ref} ({self._refs[row.ref]})"

    def _leads(self, key: str, row: Row, milestones: int, dates: int) -> _ActionLeads:
        cell = read_lead_cell(row.lead, milestones=milestones, dates=dates, known=self._known)
        if cell.too_long:
            self._notes.problem(
                row.line,
                f"The lead of action {row.ref} is too long to be a name: “{shown(cell.printed)}”. "
                "Nobody is recorded; write the names alone.",
            )
        names = [lead.name for lead in cell.leads]
        if cell.paired:
            link_queries.leads_in_order(self._notes, key, row, names)
        elif cell.split:
            link_queries.joint_leads(self._notes, key, row, names)
        keys = tuple(self.parties.add(lead, row.line, row.lead) for lead in cell.leads)
        awaited = cell.printed if cell.to_be_confirmed else None
        return _ActionLeads(keys, cell.paired, awaited)


def _milestone(slot: Slot, row: Row, leads: tuple[str, ...] | None) -> DraftMilestone:
    return DraftMilestone(
        key=slot.key,
        line=row.line,
        as_printed=row.milestones,
        text=slot.text,
        definition=slot.definition,
        target_date=slot.target_date,
        shared_with=slot.shared_with,
        leads=leads,
    )
