"""The endpoint: what HTTP itself says of questions and answers."""

from collections.abc import Awaitable, Callable, Iterable

from anyio import CapacityLimiter, to_thread
from graphql import OperationType
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from planledger.graphql.execution import Question
from planledger.server.http.answering import Answering
from planledger.server.http.kept import Answer
from planledger.server.http.media import GRAPHQL, JSON, wanted
from planledger.server.http.reading import Reader
from planledger.server.http.refusals import Refusal
from planledger.server.http.statuses import headers_of, status_of
from planledger.server.http.tags import has
from planledger.server.requests import asked_of

SAFE = ("GET", "HEAD")
"""Methods that change nothing: a link, or an image on a page elsewhere, may be one of these."""

_ALWAYS = {"Vary": "Accept, Authorization", "X-Content-Type-Options": "nosniff"}
_MARKS = {GRAPHQL: "g", JSON: "j"}
"""What tells the tags of one body apart by its media type, as strong ones must be."""


class Alternative(Struct, frozen=True):
    """Another form of answer, for requests that want its media type most."""

    media_type: str
    methods: tuple[str, ...]
    respond: Callable[[Request], Awaitable[Response]]
    """May raise Refusal, which is told as JSON."""


class Endpoint:
    """GraphQL over HTTP at one address."""

    def __init__(
        self,
        answering: Answering,
        reader: Reader,
        methods: tuple[str, ...] = (*SAFE, "POST"),
        alternatives: Iterable[Alternative] = (),
    ) -> None:
        """Answer what `reader` reads from requests of some `methods`, or leave it to others."""
        self._answering = answering
        self._reader = reader
        self._methods = methods
        self._alternatives = tuple(alternatives)
        # Of its own: those that carry out documents may all be waiting for the store.
        self._thread = CapacityLimiter(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        media_type = JSON
        try:
            if request.method == "OPTIONS":
                response = Response(status_code=204, headers=self._allow)
            else:
                media_type = self._wanted(request)
                response = await self._response(request, media_type)
        except Refusal as refusal:
            response = refusal.response(media_type if media_type in _MARKS else JSON)
        response.headers.update(_ALWAYS)
        await response(scope, receive, send)

    @property
    def _allow(self) -> dict[str, str]:
        return {"Allow": ", ".join((*self._methods, "OPTIONS"))}

    def _wanted(self, request: Request) -> str:
        if request.method not in self._methods:
            message = f"This address takes {' and '.join(self._methods)}."
            raise Refusal(405, "METHOD_NOT_ALLOWED", message, self._allow)
        others = (x.media_type for x in self._alternatives if request.method in x.methods)
        accept = ",".join(request.headers.getlist("accept"))
        media_type = wanted(accept, (GRAPHQL, JSON, *others))
        if media_type is None:
            message = f"Answers are {GRAPHQL} or {JSON}, and Accept admits neither."
            raise Refusal(406, "NOT_ACCEPTABLE", message)
        return media_type

    async def _response(self, request: Request, media_type: str) -> Response:
        for alternative in self._alternatives:
            if alternative.media_type == media_type:
                return await alternative.respond(request)
        question = await self._reader.read_question(request)
        asked, key = asked_of(request), self._answering.kept.key(question)
        answer = self._answering.found(key, asked)
        if answer is None:
            if request.method in SAFE:
                await self._check_asks(question)
            answer = await self._answering.made(key, question, asked)
        return _response(answer, media_type, request)

    async def _check_asks(self, question: Question) -> None:
        """Refuse a command where only questions may be asked."""
        kind = await to_thread.run_sync(
            self._answering.execution.kind, question, limiter=self._thread
        )
        if kind is OperationType.MUTATION:
            message = "A command must be sent by POST: a link must not change a plan."
            raise Refusal(405, "METHOD_NOT_ALLOWED", message, {"Allow": "POST"})


def _response(answer: Answer, media_type: str, request: Request) -> Response:
    """Give an answer, or say that the client has it already."""
    if answer.digest is None:
        # Nobody can find out later whether it still holds, so nobody should keep it.
        return Response(
            answer.body,
            status_code=status_of(answer.failure, media_type),
            headers={"Cache-Control": "no-store", **headers_of(answer.failure)},
            media_type=media_type,
        )
    tag = f'"{answer.digest}{_MARKS[media_type]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.method in SAFE and has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(answer.body, headers=headers, media_type=media_type)
