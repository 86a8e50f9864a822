"""The reading room: every page of it, at its address."""

import logging
from collections.abc import Callable, Sequence
from functools import partial

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from planledger.graphql.execution.execution import ANSWER_SECONDS
from planledger.ledger import StoreError
from planledger.reports.desk import DeclinedError, Desk
from planledger.reports.pages import PAGES
from planledger.reports.pages.page import Page, Visit
from planledger.reports.pages.rendering import ASSETS, Rendering, asset, link
from planledger.server.http.answering import Answering
from planledger.server.http.kept import Answer, final
from planledger.server.http.statuses import RETRY_SECONDS
from planledger.server.requests import Asked, asked_of
from planledger.server.room.documents import Documents
from planledger.server.room.papers import Papers
from planledger.server.room.showing import GUARDED, heading_of, page, shown, status_of

LONGEST_ADDRESS = 4_000
"""How many characters the address of a page may have."""
MOST_AT_ONCE = 4
"""How many pages are made at once, and no more than half as many papers; who asks for more waits.

They may take a processor for seconds, so more at once would only make each of them later. Questions
to GraphQL and forms are never behind them, nor a page behind papers.
"""

_log = logging.getLogger(__name__)
_UNAVAILABLE = 503
_KEPT_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_TOO_LATE = "The ledger takes longer than anybody waits. Try again in a while."
_OURS = "This is not your doing. Tell who looks after this service, with the reference."


class Room:
    """Pages are made as somebody comes; one that was made is shown again as long as it holds."""

    def __init__(self, answering: Answering, desk: Desk, rendering: Rendering) -> None:
        """Make pages of what `desk` is answered, and keep them with the other kept answers."""
        self._answering = answering
        self._desk = desk
        self._rendering = rendering
        self._pages = CapacityLimiter(MOST_AT_ONCE)
        self._papers = CapacityLimiter(MOST_AT_ONCE // 2)

    def routes(self) -> Sequence[Route]:
        """Give where everything is."""
        papers = partial(self._answered, self._papers)
        return [
            *Papers(self._answering, self._desk, self._kept, papers).routes(),
            *(Route(x.path, partial(self._page, x), methods=["GET"]) for x in PAGES),
            Route("/plans/{plan}/reviews/{of}/{review}", self._review, methods=["GET"]),
            *Documents(self._desk.documents, self._rendering).routes(),
            Route("/assets/{version}/{name}", _asset, methods=["GET"]),
        ]

    def otherwise(self) -> Sequence[Route]:
        """Give what stands after every other route: addresses in the room that lead nowhere."""
        return [
            Route(f"/{part}{{rest:path}}", self._nowhere, methods=["GET"])
            for part in ("plans", "documents", "search", "assets")
        ]

    async def _nowhere(self, request: Request) -> Response:
        path = request.url.path
        if path != path.rstrip("/"):  # such as somebody types who is used to folders
            return RedirectResponse(request.url.replace(path=path.rstrip("/")), 308)
        if path == "/plans":
            return RedirectResponse("/", 308)
        message = "Look for what you want in the list of plans."
        return self.declined(DeclinedError("NOT_THERE", message), asked_of(request))

    async def _review(self, request: Request) -> Response:
        """Lead from a review's name with its plan, as papers take it, to its one page."""
        plan, of, review = (request.path_params[name] for name in ("plan", "of", "review"))
        if of == plan:
            short = link(["plans", plan, "reviews", review])
            return RedirectResponse(request.url.replace(path=short), 308)
        message = f"{of}/{review} is no review of {plan}. Look at the list of its reviews."
        return self.declined(DeclinedError("NOT_THERE", message), asked_of(request), request)

    async def _page(self, of: Page, request: Request) -> Response:
        visit = visit_of(request, of.under)

        def made(asked: Asked) -> Answer:
            return self._kept(request, lambda: self._made(of, visit, asked), asked)

        return await self.answer(request, made, "text/html")

    def _made(self, of: Page, visit: Visit, asked: Asked) -> bytes:
        answered = of.answered(self._desk, visit, self._answering.context(asked))
        asked.document = answered.document.id
        return self._rendering.page(of, answered, visit).encode("utf-8", "replace")

    def _kept(self, request: Request, make: Callable[[], bytes], asked: Asked) -> Answer:
        """Give what was made before of this address, head and day; else make it.

        What is shown may depend on all that is recorded, and on the day it is: as long as both are
        the same, so is the page. To be called in a thread: the store is asked for its head.
        """
        kept, ledger = self._answering.kept, self._answering.ledger
        state = f"{request.url.query}\n{ledger.head}\n{ledger.today}".encode()
        # The path as routes see it: that of `request.url` ends where a "?" within it was escaped.
        key = kept.key_of(f"page {request.scope['path']}", None, state)
        answer = self._answering.found(key, asked)
        if answer is None:
            answer = final(make())
            self._answering.keep(key, answer, asked)
        return answer

    async def answer(
        self, request: Request, made: Callable[[Asked], Answer], media_type: str
    ) -> Response:
        """Make something in a thread and show it, or a page that says why it cannot be shown."""
        return await self._answered(self._pages, request, made, media_type)

    async def _answered(
        self,
        threads: CapacityLimiter,
        request: Request,
        made: Callable[[Asked], Answer],
        media_type: str,
    ) -> Response:
        asked = asked_of(request)
        if len(request.scope["path"]) + len(request.url.query) > LONGEST_ADDRESS:
            message = "What is asked for is too long for an address. Ask for less of it."
            return self.declined(DeclinedError("TOO_LONG", message), asked)
        try:
            with fail_after(ANSWER_SECONDS):
                answer = await to_thread.run_sync(
                    partial(made, asked), limiter=threads, abandon_on_cancel=True
                )
        except Exception as error:  # noqa: BLE001 - who reads pages is to read of it on a page
            return self.troubled(error, asked, request)
        return shown(request, answer, media_type)

    def troubled(self, error: Exception, asked: Asked, request: Request) -> Response:
        """Say on a page why there is none, whatever came up as it was made."""
        if isinstance(error, DeclinedError):
            return self.declined(error, asked, request)
        if isinstance(error, TimeoutError | StoreError):
            _log.warning("A page was not made: %r", error)
            return self.declined(DeclinedError("STORE_UNAVAILABLE", _TOO_LATE), asked, request)
        _log.error("unexpected error", exc_info=error)
        return self.declined(DeclinedError("INTERNAL_SERVER_ERROR", _OURS), asked, request)

    def declined(
        self, declined: DeclinedError, asked: Asked, request: Request | None = None
    ) -> Response:
        """Say on a page why there is none, and lead back to the plan that it was to be about."""
        status = status_of(declined)
        # Where the plan's own page was asked for, with nothing more, there is no such plan.
        further = request is not None and (request.url.query or len(request.path_params) > 1)
        given = {
            "heading": heading_of(status),
            "message": declined.message,
            "way": declined.way,
            "plan": request.path_params.get("plan") if request is not None and further else None,
            "reference": asked.id if status >= 500 else None,  # noqa: PLR2004 - ours to look into
        }
        headers = {"Retry-After": str(RETRY_SECONDS)} if status == _UNAVAILABLE else {}
        return page(self._rendering.template("declined", given), status, headers)


def visit_of(request: Request, under: str = "") -> Visit:
    """Read what somebody asks for; of a parameter that is stated twice, the last not blank."""
    query = {name: value for name, value in request.query_params.multi_items() if value.strip()}
    return Visit(path=request.path_params, query=query, under=under)


async def _asset(request: Request) -> Response:
    """Give an asset as it is; what it was in another release is not there any more."""
    name = request.path_params["name"]
    there = name in {path.name for path in ASSETS.iterdir()}
    if not there or request.url.path != asset(name):
        return Response("There is no such file here.", 404, media_type="text/plain")
    return FileResponse(ASSETS / name, headers={**GUARDED, **_KEPT_FOR_EVER})
