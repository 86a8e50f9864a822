"""Files made to be slow: the time to read grows with the size and no faster.

The bound is generous, because machines differ; a pattern that backtracks, or a loop within a
loop, takes minutes or hours on these and not seconds.
"""

from collections.abc import Callable
from time import perf_counter

import pytest

from planledger.documents import read_document
from tests.documents.plans import HEADER, row, small_plan

SIZE = 2_000_000
SECONDS = 60.0
_ROW = row("1.1", "Mend roads", "Roads mended", "May 2024", "Amina Rook")


def _cell(column: int, text: str) -> str:
    """Give a plan with one cell filled to the size with a text."""
    cells = _ROW.split("\t")
    cells[column] = text * (SIZE // len(text))
    return small_plan("\t".join(cells))


def _many(line: Callable[[int], str], length: int) -> str:
    return small_plan(*(line(number) for number in range(min(19_000, SIZE // length))))


@pytest.mark.parametrize(
    "text",
    [
        small_plan(_ROW, "a" * SIZE),
        small_plan(_ROW, " " * SIZE + "x"),
        small_plan(_ROW, "AREA FOR IMPROVEMENT " * (SIZE // 21)),
        small_plan(_ROW, "AREA FOR IMPROVEMENT" + " " * SIZE),
        small_plan(_ROW, "OBJECTIVES" + " " * SIZE + "x"),
        small_plan(_ROW, "<" * SIZE),
        small_plan(_ROW, "\t" * SIZE + "x"),
        small_plan(_ROW + "\t" * SIZE + "x"),
        _cell(1, "see (1.1) dependent on the above "),
        _cell(1, "a. "),
        _cell(1, "(TOM) "),
        _cell(2, "▪ Plan agreed; "),
        _cell(2, "Plan agreed. Plan agreed "),
        _cell(2, "&#1"),
        _cell(2, "<ul "),
        _cell(2, "; and "),
        _cell(3, "TBC "),
        _cell(3, "first report "),
        _cell(4, "Amina Rook and "),
        _cell(4, "Chair of PSCB "),
        "6 January 2015 " * (SIZE // 15) + "\n" + small_plan(_ROW),
    ],
    ids=lambda text: repr(text[-40:]),
)
def test_one_very_long_line_is_read_in_time(text: str) -> None:
    """A pattern that backtracks would take hours on any of these."""
    started = perf_counter()
    reading = read_document(text.encode(), "long.txt")
    assert perf_counter() - started < SECONDS
    assert reading.draft.areas[0].title == "Better roads"


@pytest.mark.parametrize(
    "text",
    [
        _many(lambda n: _ROW.replace("1.1", f"1.{n % 900}"), 50),
        _many(
            lambda n: row(
                f"{n % 9 + 1}.{n % 900}",
                f"Mend road {n}, see ({n % 7 + 1}.{n % 90}), dependent on the above, area {n % 9}",
                f"▪ Plan {n} agreed; ▪ Plan agreed",
                f"{n % 28 + 1} May 2024 TBC",
                f"Post{n} Roads Programme Manager",
            ),
            130,
        ),
        _many(lambda n: f"\t\tgoes on {n} {'x' * 80}\t\t", 100).replace(
            HEADER, f"{HEADER}\n{_ROW}"
        ),
        _many(lambda n: _ROW.replace("1.1", f"1.{n}").replace("Roads mended", "▪ a;" * 30), 160),
        small_plan(_ROW).replace(
            "- Roads are safe", "\n".join(" " * depth + "- x" for depth in range(1_900))
        ),
        small_plan(_ROW) + "AREA FOR IMPROVEMENT 2: Roads\n" * 19_000,
    ],
    ids=["rows", "pointers", "continued", "milestones", "nested", "areas"],
)
def test_very_many_lines_are_read_in_time(text: str) -> None:
    """A loop over all rows for every row would take hours on any of these."""
    started = perf_counter()
    reading = read_document(text.encode(), "many.txt")
    assert perf_counter() - started < SECONDS
    assert reading.draft.areas[0].title == "Better roads"
