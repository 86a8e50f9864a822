"""What HTTP says of a page: its status, its tag, and what a browser may do with it."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from planledger.reports.desk import DeclinedError
from planledger.server.http.kept import Answer
from planledger.server.http.tags import has

GUARDED: Final = {
    # Everything a page needs comes from this service; nothing written into a page is carried out.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

_STATUSES = {"STORE_UNAVAILABLE": 503, "INTERNAL_SERVER_ERROR": 500, "NOT_THERE": 404}
_HEADINGS = {
    400: "This cannot be shown",
    404: "There is no such page",
    500: "Something went wrong",
    503: "The ledger cannot be read at the moment",
}


def shown(request: Request, answer: Answer, media_type: str = "text/html") -> Response:
    """Give what was made, or say that the browser has it already."""
    tag = f'"{answer.digest}"'
    headers = {**GUARDED, "ETag": tag, "Cache-Control": "private, no-cache"}
    if has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(answer.body, headers=headers, media_type=media_type)


def status_of(declined: DeclinedError) -> int:
    """Give the status for what was declined: not there, not possible so, or trouble of ours."""
    if declined.code.startswith("UNKNOWN_"):
        return 404
    return _STATUSES.get(declined.code, 400)


def heading_of(status: int) -> str:
    """Give what a page is headed that says only why there is none."""
    return _HEADINGS[status]


def page(html: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Give a page that nobody should keep."""
    return Response(
        html.encode("utf-8", "replace"),
        status_code=status,
        headers={**GUARDED, "Cache-Control": "no-store", **(headers or {})},
        media_type="text/html",
    )
