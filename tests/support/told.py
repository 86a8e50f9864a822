"""What the documentation says: commands with what they print, questions with their answers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent

_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


class Step(NamedTuple):
    """One thing to do, and what it is said to answer."""

    line: int
    """Where it stands in the document, from 1."""
    kind: str
    """ "console" for a command line, "graphql" for a document to run."""
    text: str
    answer: str


def steps(document: Path) -> Iterator[Step]:
    """Give what a document tells its reader to do, in its order.

    Raises ValueError for a question without an answer: nobody would notice when it breaks.
    """
    text = document.read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(text))
    for index, block in enumerate(blocks):
        line = text.count("\n", 0, block.start()) + 1
        if block["kind"] == "console":
            yield from _commands(line, block["text"])
        if block["kind"] == "graphql":
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            if following is None or following["kind"] != "json":
                raise ValueError(f"{document.name}:{line}: a question without its answer")
            yield Step(line, "graphql", block["text"], following["text"])


def _commands(line: int, text: str) -> Iterator[Step]:
    for command in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        first, _, answer = command.partition("\n")
        yield Step(line, "console", first, answer)
