"""Papers over HTTP: what a page shows, as a file to hand on."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, Protocol

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from planledger.reports.desk import DeclinedError, Desk
from planledger.reports.formats import FORMATS
from planledger.reports.formats.csv import table_as_csv
from planledger.reports.formats.html import policy
from planledger.reports.pages.rendering import link
from planledger.reports.papers import REPORTS, written
from planledger.reports.papers.paper import Paper
from planledger.reports.papers.report import Wanted
from planledger.reports.wording import listed
from planledger.server.http.answering import Answering
from planledger.server.http.kept import Answer
from planledger.server.requests import Asked

_WORDS: Final = {"from": "from", "to": "to", "known": "at", "on": "on"}
"""What stands behind the "?" of a page, and the word that a report goes by."""
_UNFIT: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME: Final = 120
_SHOWN: Final = 400
"""From this status on, a response says why there is no paper."""


class _Place(Struct, frozen=True):
    """Where a kind of paper is served: under the page that it belongs to."""

    kind: str
    under: str


_PLACES: Final = (
    _Place("plan", "/plans/{plan}"),
    _Place("changes", "/plans/{plan}/changes"),
    _Place("review", "/plans/{plan}/reviews/{review:path}"),
    _Place("milestones", "/plans/{plan}/milestones"),
    _Place("kpis", "/plans/{plan}/kpis"),
    _Place("findings", "/plans/{plan}/findings"),
)

Keep = Callable[[Request, Callable[[], bytes], Asked], Answer]
"""Give what was made before of an address, else make it; see `Room`."""


class Answers(Protocol):
    """Makes something in a thread and shows it, or a page that says why it cannot be shown."""

    async def __call__(
        self, request: Request, made: Callable[[Asked], Answer], media_type: str
    ) -> Response:
        """Answer a request."""


class Papers:
    """Papers are made as somebody asks; one that was made is given again as long as it holds."""

    def __init__(self, answering: Answering, desk: Desk, keep: Keep, answer: Answers) -> None:
        """Make papers of what `desk` is answered, kept and shown as pages are."""
        self._answering = answering
        self._desk = desk
        self._keep = keep
        self._answer = answer

    def routes(self) -> Sequence[Route]:
        """Give where they are; to stand before the pages, whose names they could else be."""
        return [
            Route(f"{place.under}/report.{{format}}", partial(self._paper, place), methods=["GET"])
            for place in _PLACES
        ]

    async def _paper(self, place: _Place, request: Request) -> Response:
        name = request.path_params["format"]

        def made(asked: Asked) -> Answer:
            if name not in FORMATS:
                message = f"There is no paper as {name[:20]!r}. There is {listed(list(FORMATS))}."
                raise DeclinedError("NOT_THERE", message)
            return self._keep(request, lambda: self._made(place, request, asked), asked)

        media_type = FORMATS[name].media_type if name in FORMATS else "text/html"
        response = await self._answer(request, made, media_type)
        if response.status_code < _SHOWN:
            response.headers.update(_headers(place, request))
        return response

    def _made(self, place: _Place, request: Request, asked: Asked) -> bytes:
        wanted = _wanted(place, request)
        try:
            paper = written(self._desk, self._answering.context(asked), place.kind, wanted)
        except DeclinedError as declined:
            if declined.code != "POINT_MISSING":
                raise
            way = (
                link(["plans", wanted.plan, place.kind]),
                "Choose the two points on the page of changes",
            )
            raise DeclinedError(
                declined.code, "A paper of changes is between two points.", way
            ) from None
        asked.document = paper.answered.document.id
        name = request.path_params["format"]
        table = request.query_params.get("table")
        if table:
            return _table(paper, name, table)
        return FORMATS[name].write(paper)


def _wanted(place: _Place, request: Request) -> Wanted:
    """Read what is wanted; what else stands behind the "?" of the page is not the paper's."""
    report = REPORTS[place.kind]
    words: dict[str, str | None] = {"review": request.path_params.get("review")}
    for name, text in request.query_params.multi_items():
        word = _WORDS.get(name)
        if word in report.takes and text.strip():
            words[word] = text
    return report.wanted(request.path_params["plan"], words)


def _table(paper: Paper, name: str, key: str) -> bytes:
    tables = {table.key: table for table in paper.tables}
    if name != "csv":
        message = f"A table by itself is given as csv; as {name} there are all. Leave it out."
        raise DeclinedError("NOT_TAKEN", message)
    if key not in tables:
        there = listed(list(tables))
        raise DeclinedError("NOT_THERE", f"There is no table {key[:40]!r} in it. There is {there}.")
    return table_as_csv(tables[key])


def _headers(place: _Place, request: Request) -> Mapping[str, str]:
    """Give what a browser does with a paper: a page is shown, anything else becomes a file."""
    name = request.path_params["format"]
    if name == "html":
        return {"Content-Security-Policy": f"{policy()}; frame-ancestors 'none'"}
    query = request.query_params
    said = [request.path_params["plan"], place.kind, request.path_params.get("review")]
    said += [query.get(word) for word in ("from", "to", "known", "on", "table")]
    parts = (_UNFIT.sub("-", part).strip("-.") for part in said if part)
    stem = "-".join(part for part in parts if part)
    return {"Content-Disposition": f'attachment; filename="{stem[:_LONGEST_NAME]}.{name}"'}
