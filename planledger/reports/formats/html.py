"""A paper as one page of HTML that needs nothing else: to be read, printed or sent on."""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from planledger.reports.formats.again import command
from planledger.reports.formats.cells import said
from planledger.reports.papers.paper import Column, Paper, Value

HERE: Final = Path(__file__).parent


def html(paper: Paper) -> bytes:
    """Give a paper as HTML, in UTF-8. All that people wrote is escaped."""
    variables = json.dumps(paper.answered.variables, ensure_ascii=False, indent=2)
    shown = _template().render(
        paper=paper,
        variables=variables,
        policy=policy(),
        lines_of=_lines,
        command=command(paper, "html"),
    )
    return shown.encode("utf-8", "replace")


def policy() -> str:
    """Give the content security policy of the page: its own style, and nothing else."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    """Give the style as it stands in the page: what is included ends without its line feed."""
    return (HERE / "paper.css").read_text(encoding="utf-8").removesuffix("\n")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template("paper.html")


def _lines(value: Value, column: Column) -> list[str]:
    """Give the lines of a cell."""
    return said(value, column).splitlines()
