"""Reading a CSV file as spreadsheets of every kind and country write it."""

import csv
from collections.abc import Iterator
from io import StringIO

from planledger.recording.cells import (
    MOST_COLUMNS,
    MOST_ROWS_LOOKED_AT,
    Cell,
    Grid,
    NotASheetError,
    Row,
    is_blank,
    tidy,
)

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLD_ENCODING = (
    "The file is not UTF-8, so it was read as Windows-1252. Look whether every letter is right; if "
    "not, save the sheet as CSV UTF-8."
)
_DELIMITERS = ",;\t"
_STATED = "sep="
"""Excel's own first line, which it does not show: "sep=;"."""
_GUARD = "'"
"""What papers of ours put before a text that a spreadsheet could take for a formula."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - full width
_CONTROL = ("\t", "\r", "\n", "\0")


def csv_cells(data: bytes) -> Grid:
    """Read the bytes of a CSV file.

    Raises NotASheetError, saying what is wrong and what to do.
    """
    text, remarks = _decoded(data)
    if "\0" in text:
        raise NotASheetError(
            "This is no text file, so it is no CSV. Save the sheet as CSV UTF-8 or as XLSX."
        )
    delimiter, text = _delimiter(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return Grid(tuple(_rows(reader)), remarks)


def _rows(records: Iterator[list[str]]) -> Iterator[Row]:
    number = 0
    while True:
        number += 1
        try:
            record = next(records, None)
        except csv.Error:
            raise NotASheetError(
                f"Row {number} cannot be read as CSV: its quotation marks do not match. Save the "
                "sheet from the spreadsheet again, as CSV UTF-8 or as XLSX."
            ) from None
        if record is None:
            return
        if number > MOST_ROWS_LOOKED_AT or len(record) > MOST_COLUMNS:
            raise NotASheetError(
                f"It has more than {MOST_ROWS_LOOKED_AT:,} rows or {MOST_COLUMNS} columns, so it "
                "is no sheet of changes. Check the path."
            )
        cells = tuple(Cell(tidy(_unguarded(field))) for field in record)
        if not is_blank(cells):
            yield Row(number, cells)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError as error:
                raise NotASheetError(
                    f"It says that it is {encoding.removesuffix('-sig').upper()}, and byte "
                    f"{error.start} is not. Save the sheet again, as CSV UTF-8 or as XLSX."
                ) from None
    try:
        return data.decode(), ()
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise NotASheetError(
            f"It is neither UTF-8 nor Windows-1252: byte {error.start} is in neither. Save the "
            "sheet again, as CSV UTF-8 or as XLSX."
        ) from None
    return text, (_OLD_ENCODING,)


def _delimiter(text: str) -> tuple[str, str]:
    """Give what parts the fields, by the headings, and the text from the headings on."""
    first, _, rest = text.partition("\n")
    stated = first.rstrip("\r").lower()
    if stated.startswith(_STATED) and len(stated) == len(_STATED) + 1:
        return first[len(_STATED)], rest
    headings = next((line for line in text.splitlines() if line.strip(_DELIMITERS + ' "')), "")
    # No heading of ours has any of them in it, so whichever there is parts them.
    return max(_DELIMITERS, key=headings.count), text


def _unguarded(text: str) -> str:
    """Take off the guard of our papers, and no other apostrophe; see `reports/formats/csv`."""
    bare = text.lstrip(_GUARD)
    is_guarded = bare.startswith(_CONTROL) or bare.lstrip().startswith(_FORMULA)
    return text.removeprefix(_GUARD) if is_guarded else text
