"""A paper as Markdown, to be pasted into a page or a message.

What people wrote stays text: marks that Markdown, HTML or a link begins with are escaped.
"""

import json
import re
from typing import Final

from planledger.reports.formats.again import command
from planledger.reports.formats.cells import said
from planledger.reports.papers.paper import Column, Holds, Paper, Section, Table, Value

_MARKS: Final = re.compile(r"[\\`*_{}\[\]<>|~!&$]")
_AT_BEGINNING: Final = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")
_LINKS: Final = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=\bwww)\.")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ENTITIES: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_DEEPEST: Final = 6
"""Headings go no deeper."""


def markdown(paper: Paper) -> bytes:
    """Give a paper as Markdown (GitHub's, for the tables), in UTF-8."""
    parts = [
        f"# {_text(paper.title)}",
        _text(paper.plan_title),
        *(_text(line) for line in paper.read_from),
    ]
    for section in paper.sections:
        parts += _section(section, 2)
    parts += _annex(paper)
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _section(section: Section, depth: int) -> list[str]:
    parts = [f"{'#' * min(depth, _DEEPEST)} {_text(section.heading)}"]
    parts += [_text(sentence) for sentence in section.sentences]
    for table in section.tables:
        if table.title != section.heading:
            parts.append(f"**{_text(table.title)}**")
        parts.append(_table(table) if table.rows else _text(table.empty))
    for part in section.sections:
        parts += _section(part, depth + 1)
    return parts


def _table(table: Table) -> str:
    right = [column.holds is Holds.NUMBER for column in table.columns]
    lines = [
        _row([_escaped(column.heading) for column in table.columns]),
        _row(["---:" if number else "---" for number in right]),
    ]
    lines += [
        _row([_cell(value, column) for value, column in zip(row, table.columns, strict=True)])
        for row in table.rows
    ]
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Value, column: Column) -> str:
    return "<br>".join(_escaped(line) for line in said(value, column).splitlines())


def _text(text: str) -> str:
    """Give a paragraph; lines of it stay lines."""
    lines = [_AT_BEGINNING.sub(r"\1\\\2", _escaped(line)) for line in text.splitlines()]
    return "\\\n".join(line for line in lines if line.strip())


def _escaped(text: str) -> str:
    shown = _MARKS.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), text)
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", _LINKS.sub(r"\\\g<0>", shown))


def _annex(paper: Paper) -> list[str]:
    answered = paper.answered
    variables = json.dumps(answered.variables, ensure_ascii=False, indent=2)
    return [
        "## How this paper was made",
        (
            "It is the answer to this question; whoever asks it again with these variables is "
            f"given the same. The question's id is {answered.document.id}."
        ),
        "Whoever has the ledger makes it again by this command:",
        _fenced("console", f"$ {command(paper, 'md')}"),
        _fenced("graphql", answered.document.text),
        _fenced("json", variables),
    ]


def _fenced(kind: str, text: str) -> str:
    longest = max((len(found) for found in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{kind}\n{text.rstrip()}\n{fence}"
