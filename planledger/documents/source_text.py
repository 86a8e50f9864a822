"""From the bytes of a file to its lines, or a refusal that says what the file is instead."""

from msgspec import Struct

from planledger.documents.reading import MAX_BYTES, MAX_LINES, NotAPlanError

_SAVE_AS_TEXT = "Save it as plain text (UTF-8) and import that."
_OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)


LONGEST_TEXT = 20_000
"""The most characters that are read of one cell or statement; real ones have hundreds."""


class Line(Struct, frozen=True):
    """One line of a document."""

    number: int
    """Counted from 1."""
    text: str
    """Untouched, without its line end."""


def lines_of(data: bytes) -> tuple[Line, ...]:
    """Decode a document and split it into lines.

    A byte order mark and any of the three line ends are accepted. Raises NotAPlanError for
    an empty file, one that is too large or too long, and one that is not text in UTF-8.
    """
    if len(data) > MAX_BYTES:
        size, most = len(data) / 1_000_000, MAX_BYTES // 1_000_000
        raise NotAPlanError(
            f"The file is {size:.1f} MB, larger than the {most} MB a plan may be. "
            "Check that it is the plan, or leave out what does not belong to it."
        )
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise NotAPlanError("The file is empty. Give a file that holds the text of a plan.")
    # Only real line ends count: str.splitlines would also break at form feeds and the like,
    # and the numbers would no longer be those that an editor shows.
    texts = text.split("\n")
    if len(texts) > MAX_LINES:
        raise NotAPlanError(
            f"The file has {len(texts)} lines, more than the {MAX_LINES} a plan may have. "
            "Check that it is the plan, or split it into several."
        )
    return tuple(Line(number, text) for number, text in enumerate(texts, 1))


def _decoded(data: bytes) -> str:
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            raise NotAPlanError(f"The file is {kind}, not plain text. {_SAVE_AS_TEXT}")
    if b"\0" in data:
        raise NotAPlanError(f"The file is binary, not plain text. {_SAVE_AS_TEXT}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotAPlanError(
            f"The file is not text in UTF-8: line {line} holds bytes that mean nothing in it. "
            f"{_SAVE_AS_TEXT}"
        ) from error
