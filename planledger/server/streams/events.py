"""GET /events: the entries of the ledger for programs, in pages or as they are recorded."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterator, Sequence
from time import monotonic

from anyio import fail_after, to_thread
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from planledger.answers import plain_entry, to_json
from planledger.events.envelope import Entry
from planledger.graphql.errors import UNAVAILABLE, unavailable
from planledger.ledger import QuestionError, StoreError
from planledger.server.http import Refusal
from planledger.server.http.media import JSON, wanted
from planledger.server.requests import asked_of
from planledger.server.streams.cloud_events import BATCH, cloud_event
from planledger.server.streams.event_stream import MEDIA_TYPE, EventStream, Part, resumed_after
from planledger.server.streams.streaming import Streaming
from planledger.server.streams.wish import Wish, read_wish

NDJSON = "application/x-ndjson"
POSITION = "Planledger-Position"
READ_SECONDS = 20.0
"""How long reading a page may take."""

_OFFERED = (NDJSON, BATCH, MEDIA_TYPE)
_READ = 500
"""Entries read at a time."""
_WRITTEN = 100
"""Entries written at a time."""
_KEPT = 2_000
"""How many entries all who follow share as text, before they are told anew."""
_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept", "X-Content-Type-Options": "nosniff"}

_log = logging.getLogger(__name__)


class Page(Struct, frozen=True):
    """Entries, and up to where there are no others that are wanted."""

    entries: Sequence[Entry]
    position: int


class Events:
    """The endpoint that gives entries."""

    def __init__(self, streaming: Streaming, ledger: str) -> None:
        """Give those of the ledger of this name."""
        self._streams = streaming.streams
        self._ledger = streaming.ledger
        self._streaming = streaming
        self._name = ledger
        self._kept: dict[int, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._response(request)
        except Refusal as refusal:
            response = refusal.response(JSON)
        response.headers.update({name: _HEADERS[name] for name in _HEADERS})
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        media_type = wanted(",".join(request.headers.getlist("accept")), _OFFERED)
        if media_type is None:
            given = f"{', '.join(_OFFERED[:-1])} or {_OFFERED[-1]}"
            raise Refusal(406, "NOT_ACCEPTABLE", f"Entries are given as {given}.")
        wish = read_wish(request)
        after = resumed_after(request) if media_type == MEDIA_TYPE else None
        wish = wish if after is None else wish.beyond(after)
        try:
            await self._streams.feed.wait(wish.after, 0)
            if media_type == MEDIA_TYPE:
                return EventStream(self._streams, self._followed(wish))
            return self._paged(await self._page(wish), wish, media_type)
        except QuestionError as error:
            raise Refusal(400, error.code, str(error)) from None
        except (StoreError, TimeoutError) as error:
            _log.error("trouble with the store: %s", str(error) or "it does not answer")
            message = unavailable(self._streaming.context(asked_of(request))).message
            raise Refusal(503, UNAVAILABLE, message, {"Retry-After": "5"}) from None

    async def _page(self, wish: Wish) -> Page:
        """Give what there is; where there is nothing, wait for it as long as is wished."""
        until = monotonic() + wish.wait
        while True:
            with fail_after(READ_SECONDS):
                page = await to_thread.run_sync(self._read, wish, abandon_on_cancel=True)
            left = until - monotonic()
            if page.entries or left <= 0 or self._streams.ending:
                return page
            await self._streams.feed.wait(page.position, left)
            wish = wish.beyond(page.position)

    def _read(self, wish: Wish) -> Page:
        found: list[Entry] = []
        # By the time we read, whatever lies up to here is there to be read.
        position = max(wish.after, self._streams.feed.head)
        after, more = wish.after, True
        while more:
            read = self._ledger.events(after=after, plan=wish.plan, limit=_READ)
            found.extend(entry for entry in read if wish.admits(entry))
            if len(found) >= wish.limit:
                return Page(found[: wish.limit], found[wish.limit - 1].position)
            more = len(read) == _READ
            after = read[-1].position if read else after
        return Page(found, max(after, position))

    def _paged(self, page: Page, wish: Wish, media_type: str) -> Response:
        body = self._lines(page) if media_type == NDJSON else self._batch(page)
        headers = {
            POSITION: str(page.position),
            "Link": f'<?{wish.beyond(page.position).query()}>; rel="next"',
        }
        return StreamingResponse(body, headers=headers, media_type=media_type)

    def _lines(self, page: Page) -> Iterator[bytes]:
        for start in range(0, len(page.entries), _WRITTEN):
            some = page.entries[start : start + _WRITTEN]
            yield b"".join(to_json(plain_entry(entry)) + b"\n" for entry in some)

    def _batch(self, page: Page) -> Iterator[bytes]:
        yield b"["
        for start in range(0, len(page.entries), _WRITTEN):
            some = page.entries[start : start + _WRITTEN]
            events = (to_json(cloud_event(entry, self._name)) for entry in some)
            yield (b",\n" if start else b"\n") + b",\n".join(events)
        yield b"\n]\n"

    async def _followed(self, wish: Wish) -> AsyncGenerator[Part, None]:
        try:
            async for page in self._streams.feed.follow(wish.after, plan=wish.plan):
                for entry in page:
                    if wish.admits(entry):
                        if entry.position not in self._kept:
                            # Others have their turn: who catches up with all of it takes long.
                            await asyncio.sleep(0)
                        yield Part(self._told(entry), entry.position)
        except StoreError as error:
            # It is broken off, and the client comes back to be told why.
            _log.error("trouble with the store: %s", error)

    def _told(self, entry: Entry) -> str:
        kept = self._kept.get(entry.position)
        if kept is None:
            if len(self._kept) == _KEPT:
                self._kept.clear()
            data = to_json(plain_entry(entry)).decode()
            kept = self._kept[entry.position] = f"id: {entry.position}\ndata: {data}\n\n"
        return kept
