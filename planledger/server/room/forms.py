"""Forms as they come in: read within bounds, and only from pages of this very service.

A form is taken when it holds the token that is in a cookie of the browser. The cookie is sent with
requests that begin on this site alone, and no script and no other site can read it; what the
browser itself says of where a request comes from is looked at first. The service remembers nothing,
so any worker takes a form that another one gave out.
"""

import re
from collections.abc import Mapping
from secrets import compare_digest, token_urlsafe
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from planledger.server.http.reading import body_of
from planledger.server.http.refusals import Refusal

TOKEN: Final = "_token"  # noqa: S105 - the name of a field, no secret
MOST_FIELDS = 100
"""How many fields a form may have; those that are filled in several times count each time."""

_COOKIE = "planledger_form"
_SANE = re.compile(r"[A-Za-z0-9_-]{43}")
_URLENCODED = "application/x-www-form-urlencoded"


def token_of(request: Request) -> str:
    """Give the token of a browser: the one that it has, or a new one."""
    token = request.cookies.get(_COOKIE, "")
    return token if _SANE.fullmatch(token) else token_urlsafe(32)


def with_token(response: Response, request: Request, token: str) -> Response:
    """Have the browser keep the token until it is closed."""
    response.set_cookie(
        _COOKIE,
        token,
        path="/plans/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return response


async def sent(request: Request) -> Mapping[str, str]:
    """Give the fields of a form that one of our pages sent; a field's several values with "; ".

    Raises Refusal, which says what to do, or ClientDisconnect.
    """
    _check_from_here(request)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != _URLENCODED:
        raise Refusal(
            415, "UNSUPPORTED_MEDIA_TYPE", f"A form is sent as {_URLENCODED}. Use the page's own."
        )
    fields = _fields(await body_of(request))
    stated, kept = fields.get(TOKEN, ""), request.cookies.get(_COOKIE, "")
    if not (_SANE.fullmatch(kept) and compare_digest(stated.encode(), kept.encode())):
        raise _forged(
            "It does not go with this browser. That happens when cookies are not allowed, or the "
            "browser was closed since the form was opened."
        )
    return fields


def _fields(body: bytes) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:  # too many of them, or no UTF-8
        message = "The form cannot be read. Open it anew, and use the page's own fields."
        raise Refusal(400, "BAD_REQUEST", message) from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return {
        name: values[0] if len(values) == 1 else "; ".join(x for x in values if x.strip())
        for name, values in fields.items()
    }


def _check_from_here(request: Request) -> None:
    """Refuse what a browser sends for a page of another site, or of another service beside this.

    What a browser says of it no page can change. What is no browser says nothing.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        foreign = site != "same-origin"
    else:
        origin = request.headers.get("origin")
        foreign = origin is not None and _place(origin) != request.headers.get("host")
    if foreign:
        raise _forged("It was sent by a page that is not of this service.")


def _place(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _forged(why: str) -> Refusal:
    return Refusal(
        403,
        "FORM_NOT_OURS",
        f"{why} Nothing was recorded. Open the form anew, fill it in, and send it from there.",
    )
