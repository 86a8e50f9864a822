"""The page at /graphql for people: GraphiQL, built into the package's own files by `make ide`.

Nothing of it is fetched from elsewhere when it is shown, so it works where there is no internet.
"""

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

BUILT: Final = Path(__file__).parents[1] / "_ide"
"""Where the page lies once it is built."""

PAGE: Final = "page.html"

NOT_BUILT: Final = """There is no page to ask with here: this planledger was installed without it.

In a checkout, `make ide` builds it (it needs Node.js 20.19 or newer); then start the service again.
A planledger that was installed from a wheel has it.

Programs need no page: they send questions and commands here, as POST with a JSON body
{"query": "…"}.
"""

_MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
}
_GUARDED = {
    # The editors write styles into the page as one types; all else comes from this service.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
        "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ALWAYS_ASKED_FOR = {"Cache-Control": "no-cache", "Vary": "Accept"}
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}  # other bytes have another name


class Ide:
    """The page in front of the endpoint that takes documents: one address for both."""

    def __init__(self, endpoint: ASGIApp, built: Path = BUILT) -> None:
        """Show what is `built` to people; everything else is the `endpoint`'s."""
        self._endpoint = endpoint
        self._files = {file.name: file for file in built.iterdir()} if built.is_dir() else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request to /graphql."""
        if scope["type"] == "http" and _is_of_a_person(Request(scope)):
            await self._page()(scope, receive, send)
        else:
            await self._endpoint(scope, receive, send)

    def assets(self) -> Route:
        """Give the route to what the page consists of."""
        return Route("/ide/{name}", self._asset)

    def _page(self) -> Response:
        if PAGE not in self._files:
            return PlainTextResponse(NOT_BUILT, 404, _ALWAYS_ASKED_FOR)
        return _shown(self._files[PAGE], _ALWAYS_ASKED_FOR)

    async def _asset(self, request: Request) -> Response:
        file = self._files.get(request.path_params["name"])
        if file is None or file.name == PAGE:
            return PlainTextResponse("There is no such file here.", 404)
        return _shown(file, _KEPT)


def _is_of_a_person(request: Request) -> bool:
    """Tell whether a browser shows the answer to somebody: HTML is wanted first, nothing asked."""
    return (
        request.method in {"GET", "HEAD"}
        and not request.url.query
        and request.headers.get("accept", "").startswith("text/html")
    )


def _shown(file: Path, headers: dict[str, str]) -> Response:
    media_type = _MEDIA_TYPES[file.suffix]
    return FileResponse(file, headers={**_GUARDED, **headers}, media_type=media_type)
