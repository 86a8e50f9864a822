"""How a paper is made again: the command, with the points that it was read from."""

import shlex
from typing import Final

from planledger.reports.papers.paper import Paper
from planledger.reports.points import written

_POINTS: Final = {"from": "--from", "to": "--to", "knownAt": "--at", "now": "--at"}
_WORDS: Final = {"name": "--review", "effectiveOn": "--on"}
"""The variables of documents, and the options that say the same."""


def command(paper: Paper, format_: str) -> str:
    """Give the command that makes the same paper in a format, for whoever has the ledger."""
    variables = paper.answered.variables
    words = ["planledger", "report", paper.kind, paper.plan]
    for name, option in _WORDS.items():
        if name in variables:
            words += [option, str(variables[name])]
    for name, option in _POINTS.items():
        if name in variables:
            words += [option, written(dict(variables[name]))]
    return shlex.join([*words, "-o", f"{paper.kind}.{format_}"])
