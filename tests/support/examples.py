"""The documented examples: documents with their variables, and what they answer.

Run as a program, it writes the answers anew: `python -m tests.support.examples`.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from planledger.answers import to_json
from planledger.examples import load_example
from tests.support import simulated
from tests.support.face import Asker, Face
from tests.support.ledgers import AUTHOR
from tests.support.told import ROOT

FOLDER = ROOT / "docs" / "examples" / "questions"


class Example(NamedTuple):
    """A document with its variables, and where its answer stands."""

    name: str
    document: str
    variables: dict[str, Any]
    answer: Path

    @property
    def is_command(self) -> bool:
        """Whether it records something."""
        return "\nmutation " in self.document


def examples() -> Iterator[Example]:
    """Give the examples in their order."""
    for path in sorted(FOLDER.glob("*.graphql")):
        given = path.with_suffix(".variables.json")
        yield Example(
            name=path.stem,
            document=path.read_text(encoding="utf-8"),
            variables=json.loads(given.read_text(encoding="utf-8")) if given.exists() else {},
            answer=path.with_suffix(".json"),
        )


def answered(example: Example) -> str:
    """Answer an example: a question of Northbridge, a command of a Plymouth plan of its own."""
    if not example.is_command:
        return _said(Asker(simulated.northbridge()[0]), example)
    with TemporaryDirectory() as folder, closing(Face(Path(folder) / "plans.db")) as face:
        load_example(face.ledger, "plymouth-2015", AUTHOR)
        return _said(face, example)


def _said(asker: Asker, example: Example) -> str:
    data = asker.ask(example.document, **example.variables)
    return to_json({"data": data}, indent=2).decode() + "\n"


if __name__ == "__main__":
    for one in examples():
        one.answer.write_text(answered(one), encoding="utf-8")
