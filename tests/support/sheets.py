"""Sheets as spreadsheets write them."""

import csv
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Mapping[str, str]]


def headings(rows: Rows) -> list[str]:
    """Give every column that some row fills in."""
    return list(dict.fromkeys(name for row in rows for name in row))


def as_csv(rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Write rows as a spreadsheet exports CSV."""
    written = StringIO(newline="")
    writer = csv.DictWriter(written, headings(rows), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode(encoding)


def as_xlsx(rows: Rows) -> bytes:
    """Write rows as XLSX, every cell a text."""
    return workbook([headings(rows), *([row.get(n) for n in headings(rows)] for row in rows)])


def workbook(
    rows: Sequence[Sequence[object]], changed: Callable[[Worksheet], object] = lambda _: None
) -> bytes:
    """Write a workbook of one sheet, with something changed in it before it is saved."""
    book, saved = Workbook(), BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Changes"
    for row in rows:
        sheet.append(list(row))
    changed(sheet)
    book.save(saved)
    return saved.getvalue()


def repacked(data: bytes, part: str, changed: Callable[[bytes], bytes]) -> bytes:
    """Change one part of the package that an XLSX file is."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            held = source.read(name)
            target.writestr(name, changed(held) if name == part else held)
    return packed.getvalue()


_BOARD = {
    "authority_forum": "Improvement Board",
    "authority_meeting": "3 February 2026",
    "authority_minute": "4",
}
_ON = {"effective_on": "4/2/2026"}
EVERY_ACT: Rows = [
    {**row, **_ON}
    for row in (
        {"act": "agree", "milestone": "3.6/2", **_BOARD},
        {"act": "set-date", "milestone": "3.6/2", "date": "June 2027"},
        {
            "act": "move-date",
            "milestone": "2.3/2",
            "from_date": "March 2025",
            "to_date": "July to September 2026",
            "reason_code": "partner",
            "reason": "The supplier is late.",
            **_BOARD,
        },
        {
            "act": "defer-date",
            "milestone": "6.7/3",
            "decide_by": "May 2026",
            "decider": "Improvement Board",
            "reason": "It depends on the budget.",
            **_BOARD,
        },
        {
            "act": "lead",
            "item": "2.3",
            "from_parties": "Delia Frost",
            "to_parties": "priya nowak; Tom Achterberg",
            "reason": "She left.",
        },
        {
            "act": "progress",
            "milestone": "1.3/4",
            "state": "in progress",
            "narrative": "One post in nine.\nTwo to go.",
            "forecast": "September 2026",
        },
        {
            "act": "evidence",
            "title": "Approval panel, January 2026",
            "kind": "minutes",
            "uri": "https://example.org/panel",
            "items": "5.1/4; 5.2/3",
            "dated": "1/2026",
        },
        {
            "act": "sign-off",
            "milestone": "5.1/4",
            "level": "accepted",
            "signer": "Tom Achterberg",
            "evidence": "Approval panel, January 2026",
            **_BOARD,
        },
        {"act": "complete", "milestone": "5.2/3", "achieved_on": "January 2026"},
        {"act": "refuse-sign-off", "milestone": "5.2/3", "missing": "The contract."},
        {
            "act": "reopen",
            "milestone": "1.1/1",
            "trigger": "audit",
            "reason": "The audit found otherwise.",
        },
        {
            "act": "reading",
            "kpi": "re-referrals",
            "period": "January 2026",
            "numerator": "12",
            "denominator": "50",
            "status": "provisional",
            "extracted_on": "3/2/2026",
        },
        {
            "act": "revise-reading",
            "kpi": "Re-referrals within twelve months",
            "period": "January 2026",
            "numerator": "13",
            "denominator": "50",
            "status": "final",
            "extracted_on": "4/2/2026",
            "cause": "revision",
        },
        {
            "act": "answer-challenge",
            "challenge": "challenge-2c40c57c864b",
            "disposition": "accepted",
            "answer": "We will.",
        },
        {
            "act": "raise-query",
            "question": "Which form?",
            "taken": "The new one.",
            "instead": "The old one.",
            "item": "3.2",
        },
        {"act": "resolve-query", "query": "QUERY", "resolution": "The new one."},
        {
            "act": "open-review",
            "forum": "improvement-board",
            "review": "board-2026-q1",
            "label": "Q1 2026",
            "as_at": "4 February 2026",
        },
        {
            "act": "rate",
            "review": "board-2026-q1",
            "item": "2.3",
            "key": "delivery",
            "rating": "amber",
            "rationale": "The framework is late.",
        },
        {
            "act": "raise-challenge",
            "review": "board-2026-q1",
            "text": "When?",
            "item": "2.3",
            "response_due": "1 March 2026",
        },
        {"act": "close-review", "review": "board-2026-q1"},
    )
]
"""Every act once, on Northbridge as it was simulated; QUERY is the id of a query of it."""
