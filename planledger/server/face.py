"""GraphQL over HTTP, in this process's ledger."""

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from planledger.answers import to_json
from planledger.events.values import Author
from planledger.graphql.context import Context
from planledger.graphql.execution import Execution, Question
from planledger.ledger import Ledger
from planledger.server.requests import asked_of


class Face:
    """The endpoint that takes documents; each is carried out in a thread of its own."""

    def __init__(self, execution: Execution, ledger: Ledger, author: Author) -> None:
        """Answer from `ledger`; what is recorded is recorded as `author`'s."""
        self._execution = execution
        self._ledger = ledger
        self._author = author

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        body = _object(await request.body())
        asked = asked_of(request)
        question = Question(body["query"], body.get("variables"), body.get("operationName"))
        asked.names(question.operation)
        context = Context(
            ledger=self._ledger,
            author=self._author,
            request_id=asked.id,
            correlation_id=asked.stated,
        )
        outcome = await self._execution.answer_in_time(question, context)
        response = Response(to_json(outcome.response()), media_type="application/json")
        await response(scope, receive, send)


def _object(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data)
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # not JSON, too deep, or with half a character in it
        body = None
    if not isinstance(body, dict):
        raise HTTPException(400, 'The body must be a JSON object such as {"query": "…"}.')
    return body
