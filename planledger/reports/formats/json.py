"""A paper as JSON: its tables as data, and all that is needed to have it made again.

The shape is as stable as the schema's. What a release adds is new members; a table's rows are lists
in the order of its columns, and a column is known by its key.

    {kind, title, plan, plan_title, made_on, read_from: [text],
     document: {id, name, text}, variables: {name: value},
     sections: [{heading, sentences: [text], tables: [key], sections: […]}],
     tables: [{key, title, columns: [{key, heading, holds}], rows: [[value]]}]}

`holds` is "text", "number", "day" or "ref"; a day is EDTF ("2015-03-31", "2015-03"). A value is a
text, a number with all its digits, or null where there is nothing to say. The first table is the
sheet, which CSV gives; a table that a section names and `tables` does not have repeats the sheet.
"""

from typing import Any, Final

from msgspec.json import Encoder

from planledger.reports.papers.paper import Paper, Section, Table

_ENCODER: Final = Encoder(decimal_format="number")


def json(paper: Paper) -> bytes:
    """Give a paper as JSON, in UTF-8, ended by a line feed."""
    document = paper.answered.document
    shown = {
        "kind": paper.kind,
        "title": paper.title,
        "plan": paper.plan,
        "plan_title": paper.plan_title,
        "made_on": paper.made_on,
        "read_from": paper.read_from,
        "document": {"id": document.id, "name": document.name, "text": document.text},
        "variables": paper.answered.variables,
        "sections": [_section(section) for section in paper.sections],
        "tables": [_table(table) for table in paper.tables],
    }
    try:
        return _ENCODER.encode(shown) + b"\n"
    except UnicodeEncodeError:  # half a character somewhere, which UTF-8 has none for
        return _ENCODER.encode(_whole(shown)) + b"\n"


def _whole(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Put "?" in place of half characters, as the other formats do."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {_whole(name): _whole(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_whole(inner) for inner in value]
        case _:
            return value


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "sentences": section.sentences,
        "tables": [table.key for table in section.tables],
        "sections": [_section(part) for part in section.sections],
    }


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {"key": column.key, "heading": column.heading, "holds": column.holds.value}
        for column in table.columns
    ]
    return {"key": table.key, "title": table.title, "columns": columns, "rows": table.rows}
