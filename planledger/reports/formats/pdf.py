"""A paper as PDF: PDF/A-2a, to be kept, and PDF/UA-1, to be read by everybody.

`paper.typ` sets it, from data alone. Nothing of the machine goes into it, neither its fonts nor its
clock, so the same paper gives the same bytes.
"""

import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

from planledger.reports.formats.again import command
from planledger.reports.formats.cells import said
from planledger.reports.formats.columns import INSET, SIZE, fitted, is_wide, lines, widths
from planledger.reports.formats.letterforms import (
    FAMILIES,
    Letterforms,
    fonts,
    name_of,
    number_of,
)
from planledger.reports.papers.paper import Column, Holds, Paper, Section, Table

if TYPE_CHECKING:
    import typst

_STANDARDS: "Final[list[typst.PDFStandard]]" = ["a-2a", "ua-1"]
_MARGIN: Final = 45.0
_ROOM: Final = {False: 595.28 - 2 * _MARGIN, True: 841.89 - 2 * _MARGIN}
"""How wide a table may be on A4, upright and on its side."""
_MEASURE: Final = _ROOM[False]
"""How long a line of running text is, on its side too."""
_LARGEST, _LARGE, _ORDINARY, _SMALL = 21.0, 14.0, 9.5, 8.0
"""The sizes of the title, of headings, of running text, and of what stands on every page."""
_SHORT: Final = 90
"""How many letters of a title stand above every page."""
_WHOLE: Final = 25
"""A row of so many lines at the most is not broken over two pages."""
_RUN: Final = 60
"""After so many rows a part begins on a new page. Runs of pages are set at the same time, by as
many processors as there are."""
_REMEMBERED: Final = 11
"""How many papers typst keeps in mind what it worked out for, and one more."""
_IDLE: "Final[deque[typst.Compiler]]" = deque()
"""Compilers that nobody uses; see `_compiler`."""

_MADE: Final = (
    "Everything in this paper is the answer to one question. Whoever has the ledger can ask it "
    "again; what was recorded since does not change the answer."
)
_REPLACED: Final = (
    "No font of this paper has these characters. They stand above by their numbers in Unicode, and "
    "as they are in the paper's other formats, such as ODS and JSON."
)


def pdf(paper: Paper) -> bytes:
    """Write a paper as PDF. Safe to use from many threads."""
    import typst  # noqa: PLC0415 - costly, and only a PDF needs it

    with _compiler() as compiler:
        try:
            return _set(compiler, _Leaf(paper, Letterforms()).data())
        except typst.TypstError:
            # A letter with marks that no font has together, in spite of all we asked the fonts.
            return _set(compiler, _Leaf(paper, Letterforms(everyday=True)).data())
        finally:
            _forget(compiler)


@contextmanager
def _compiler() -> "Iterator[typst.Compiler]":
    """Lend a compiler: none works for two threads at once, and all there are are used again.

    For every compiler that is made, typst keeps an id for as long as the process lives; after some
    65,000 of them it has none left, and no paper can be made any more.
    """
    import typst  # noqa: PLC0415 - costly, and only a PDF needs it

    try:
        compiler = _IDLE.pop()
    except IndexError:
        compiler = typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)
    try:
        yield compiler
    finally:
        _IDLE.append(compiler)


def _set(compiler: "typst.Compiler", data: Mapping[str, Any]) -> bytes:
    made = compiler.compile(
        _source(),
        format="pdf",
        sys_inputs={"paper": json.dumps(data, separators=(",", ":"))},
        pdf_standards=_STANDARDS,
        timestamp=datetime(**data["made_on"], tzinfo=UTC),
    )
    return cast("bytes", made)


def _forget(compiler: "typst.Compiler") -> None:
    """Have typst forget what it worked out, or ten papers' worth of it stay in memory."""
    for _ in range(_REMEMBERED):
        compiler.compile(b"", format="svg", sys_inputs=None)


@cache
def _source() -> bytes:
    return files("planledger.reports.formats").joinpath("paper.typ").read_bytes()


class _Leaf:
    """Lays a paper out as what `paper.typ` reads: strings, widths, and where pages begin."""

    def __init__(self, paper: Paper, letters: Letterforms) -> None:
        """Write the texts of a paper with these letters."""
        self._paper = paper
        self._write = letters.write
        self._missing = letters.missing
        self._room = _ROOM[False]
        self._run = 0

    def data(self) -> dict[str, Any]:
        paper, write = self._paper, self._write
        made_on = date.fromisoformat(paper.made_on)
        return {
            "kind": write(paper.kind),
            "plan": write(paper.plan),
            "title": self._flowing(paper.title, _LARGEST),
            "plan_title": self._flowing(paper.plan_title),
            "names": [write(paper.title), write(paper.plan_title)],
            "running": [self._running(paper.plan_title), self._running(paper.title)],
            "read_from": list(map(self._flowing, paper.read_from)),
            "basis": self._running("; ".join(paper.read_from), 3),
            "made_on": {"year": made_on.year, "month": made_on.month, "day": made_on.day},
            "fonts": FAMILIES,
            "margin": _MARGIN,
            "measure": _MEASURE,
            "inset": INSET,
            "table_size": SIZE,
            "opening": self._pages(paper.sections[:1], on_its_side=False),
            "rest": self._pages(paper.sections[1:], on_its_side=self._has_wide(paper.sections[1:])),
            "annex": {**self._annex(), **self._replaced()},  # last: by then all has been written
        }

    def _pages(self, sections: Sequence[Section], *, on_its_side: bool) -> dict[str, Any]:
        """Lay out what stands on pages of one kind; the first is upright, as a letter is."""
        self._room = _ROOM[on_its_side]
        parts = [part for section in sections for part in self._parts(section, 1)]
        return {"landscape": on_its_side, "parts": parts}

    def _has_wide(self, sections: Sequence[Section]) -> bool:
        return any(
            is_wide(table.columns, self._columns(table), _ROOM[False]) for table in _every(sections)
        )

    def _columns(self, table: Table) -> list[list[str]]:
        """Give a table column by column, as it will be written."""
        return [
            [self._write(said(row[place], column)) for row in table.rows]
            for place, column in enumerate(table.columns)
        ]

    def _parts(self, section: Section, level: int) -> Iterator[dict[str, Any]]:
        rows = sum(len(table.rows) for table in section.tables)
        new_page = self._run >= _RUN
        self._run = rows if new_page else self._run + rows
        yield {
            "heading": self._flowing(section.heading, _LARGE),
            "level": level,
            "new_page": new_page,
            "sentences": list(map(self._flowing, section.sentences)),
            "tables": [self._table(table, section.heading) for table in section.tables],
        }
        for part in section.sections:
            yield from self._parts(part, level + 1)

    def _table(self, table: Table, heading: str | None = None) -> dict[str, Any]:
        texts = self._columns(table)
        wide = widths(table.columns, texts, self._room)
        for width, held in zip(wide, texts, strict=True):
            held[:] = [fitted(text, width) for text in held]
        return {
            "title": None if table.title == heading else self._flowing(table.title),
            "heads": [
                fitted(self._write(column.heading), width)
                for column, width in zip(table.columns, wide, strict=True)
            ],
            "widths": [round(width, 2) for width in wide],
            "aligns": [
                "right" if column.holds is Holds.NUMBER else "left" for column in table.columns
            ],
            "cells": [text for row in zip(*texts, strict=True) for text in row],
            "whole_rows": all(
                lines(text, width) <= _WHOLE
                for held, width in zip(texts, wide, strict=True)
                for text in held
            ),
            "empty": self._flowing(table.empty),
        }

    def _flowing(self, text: str, size: float = _ORDINARY) -> str:
        return fitted(self._write(text), _MEASURE, size)

    def _running(self, text: str, lines: int = 1) -> str:
        """Shorten what stands on every page; the whole of it stands on the first."""
        line, most = " ".join(self._write(text).split()), lines * _SHORT
        short = line if len(line) <= most else f"{line[: most - 1]}…"
        return fitted(short, _MEASURE / 2, _SMALL)

    def _annex(self) -> dict[str, Any]:
        self._room = _ROOM[False]
        document, variables = self._paper.answered.document, self._paper.answered.variables
        return {
            "sentences": [_MADE],
            "variables": self._table(_variables(variables)),
            "again": self._write(command(self._paper, "pdf")),
            "asked": [
                f"It is registered as {self._write(document.name)}, and known by its SHA-256:",
                document.id,
            ],
            "document": self._write(document.text),
        }

    def _replaced(self) -> dict[str, Any]:
        rows = tuple((number_of(one), name_of(one)) for one in sorted(self._missing))
        return {
            "replaced_because": [_REPLACED],
            "replaced": self._table(
                Table(
                    key="replaced",
                    title="Characters",
                    columns=(Column("number", "Number", Holds.REF), Column("name", "Name")),
                    rows=rows,
                )
            ),
        }


def _variables(variables: Mapping[str, Any]) -> Table:
    return Table(
        key="variables",
        title="What was asked for",
        columns=(
            Column("name", "Variable", Holds.REF),
            Column("value", "Value, as JSON", weight=5),
        ),
        rows=tuple(
            (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
            for name, value in variables.items()
        ),
        empty="Nothing had to be said.",
    )


def _every(sections: Sequence[Section]) -> Iterator[Table]:
    for section in sections:
        yield from section.tables
        yield from _every(section.sections)
