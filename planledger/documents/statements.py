"""Objectives, outcomes and measures: from the lines of a section to statements.

Bullets make statements, and deeper bullets nested ones (design page 2.1: "an outcome ending
'through:' with three indented bullets"); a paragraph without a bullet is one statement.
"""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from planledger.documents import queries
from planledger.documents.layout import StatementLine
from planledger.documents.markup import goes_on, is_finished, plain, without_list_end
from planledger.documents.notes import Notes
from planledger.domain.draft import DraftStatement
from planledger.events.values import StatementKind

_DEEPEST = 4


class _Node(Struct):
    kind: StatementKind
    indent: int | None
    lines: list[StatementLine]
    children: "list[_Node]"
    key: str = ""

    @property
    def last(self) -> StatementLine:
        return self.lines[-1]


def read_statements(
    lines: Iterable[StatementLine], ordinal: int, notes: Notes
) -> tuple[DraftStatement, ...]:
    """Read the statements of the area with an ordinal, in the order of the document."""
    builder = _Builder(ordinal, notes)
    for line in lines:
        builder.take(line)
    builder.close()
    return tuple(_draft(node, notes) for node in builder.tops)


class _Builder:
    def __init__(self, ordinal: int, notes: Notes) -> None:
        self.tops: list[_Node] = []
        self._ordinal = ordinal
        self._notes = notes
        self._open: list[_Node] = []
        self._counts: Counter[StatementKind] = Counter()

    def take(self, line: StatementLine) -> None:
        if self._open and self._open[0].kind is not line.kind:
            self.close()
        if self._open and line.indent is None and self._continues(line):
            self._open[-1].lines.append(line)
            return
        node = _Node(line.kind, line.indent, [line], [])
        while self._open and not self._holds(self._open[-1], node):
            self._open.pop()
        if self._open:
            self._nest(node)
        else:
            self._counts[line.kind] += 1
            node.key = f"{self._ordinal}/{line.kind.value}/{self._counts[line.kind]}"
            self.tops.append(node)
        self._open.append(node)

    def close(self) -> None:
        """End a section. A list that promises another item may have lost one."""
        if self._open and goes_on(self._open[-1].last.text):
            queries.list_goes_on(self._notes, self._open[-1].key, self._open[-1].last.line.number)
        self._open = []

    def _nest(self, node: _Node) -> None:
        parent = self._open[-1]
        parent.children.append(node)
        node.key = f"{parent.key}/{len(parent.children)}"
        if not plain(parent.last.text).endswith(":"):
            queries.nested(self._notes, node.key, node.last.line.number)

    def _holds(self, parent: _Node, node: _Node) -> bool:
        if parent.indent is None or node.indent is None or len(self._open) >= _DEEPEST:
            return False
        return node.indent > parent.indent

    def _continues(self, line: StatementLine) -> bool:
        """Say whether a line without a bullet goes on from the statement above it."""
        node = self._open[-1]
        finished = is_finished(plain(node.last.text))
        starts_small = plain(line.text)[:1].islower()
        if finished and not (starts_small and not line.after_blank):
            return False
        if line.after_blank and not starts_small:
            return False
        if line.after_blank or not starts_small:
            queries.statement_continues(self._notes, node.key, line.line.number, line.text)
        return True


def _draft(node: _Node, notes: Notes) -> DraftStatement:
    first = node.lines[0].line
    words = plain(" ".join(line.text for line in node.lines))
    text = without_list_end(words) or words
    if "(TBC)" in text.upper():
        queries.unconfirmed(notes, node.key, first.number, text)
    return DraftStatement(
        key=node.key,
        line=first.number,
        as_printed="\n".join(line.line.text for line in node.lines),
        kind=node.kind,
        text=text,
        children=tuple(_draft(child, notes) for child in node.children),
    )
