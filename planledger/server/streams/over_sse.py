"""GraphQL as text/event-stream: graphql-sse, in its mode of distinct connections.

https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from starlette.requests import Request
from starlette.responses import Response

from planledger.graphql.context import Context
from planledger.graphql.execution import Question
from planledger.server.http import Alternative, Refusal
from planledger.server.requests import asked_of
from planledger.server.streams.event_stream import MEDIA_TYPE, EventStream, Part, resumed_after
from planledger.server.streams.streaming import Streaming

COMPLETE = "event: complete\ndata: \n\n"


def as_event_stream(streaming: Streaming) -> Alternative:
    """Give the way to be answered that the endpoint for documents leaves to us."""

    async def respond(request: Request) -> Response:
        if streaming.streams.ending:
            raise Refusal(
                503, "SERVICE_ENDING", "The service is ending. Connect again.", {"Retry-After": "1"}
            )
        after = resumed_after(request)
        question = await streaming.reader.read_question(request)
        context = streaming.context(asked_of(request), after)
        return EventStream(streaming.streams, _parts(streaming, question, context))

    return Alternative(MEDIA_TYPE, ("GET", "POST"), respond)


async def _parts(
    streaming: Streaming, question: Question, context: Context
) -> AsyncGenerator[Part, None]:
    complete = True
    async with aclosing(streaming.following.answers(question, context)) as answers:
        async for answer in answers:
            # What is followed has no end of its own: it breaks off, and the client comes back.
            complete = answer.position is None
            if not answer.text:
                continue
            place = "" if complete else f"id: {answer.position}\n"
            yield Part(f"{place}event: next\ndata: {answer.text}\n\n", answer.position)
    if complete:
        yield Part(COMPLETE)
