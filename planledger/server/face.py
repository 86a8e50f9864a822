"""GraphQL over HTTP, in this process's ledger."""

import json
import logging
from typing import Any

from anyio import fail_after
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLRequestData
from strawberry.types import ExecutionResult

from planledger.answers import to_json
from planledger.events.values import Author
from planledger.graphql.context import Context
from planledger.graphql.errors import unavailable
from planledger.graphql.schema import make_schema
from planledger.ledger import Ledger
from planledger.server.requests import asked_of

ANSWER_SECONDS = 20.0
"""How long carrying out a document may take; it may be recorded even so."""

_log = logging.getLogger(__name__)


class Face(GraphQL[Context, None]):
    """The endpoint that takes documents; each is carried out in a thread of its own."""

    def __init__(self, ledger: Ledger, author: Author, *, commands: bool) -> None:
        """Answer from `ledger`, and take commands as `author`'s where they are taken at all."""
        schema = make_schema(commands=commands)
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._ledger = ledger
        self._author = author

    async def get_context(
        self,
        request: Request | WebSocket,
        response: Response | WebSocket,  # noqa: ARG002 - nothing of it matters yet
    ) -> Context:
        """Give what resolvers may reach for one request."""
        asked = asked_of(request)
        return Context(
            ledger=self._ledger,
            author=self._author,
            request_id=asked.id,
            correlation_id=asked.stated,
        )

    async def execute_single(  # noqa: PLR0913, PLR0917 - as the library calls it
        self,
        request: Request,
        request_adapter: Any,  # noqa: ANN401 - it has no public name
        sub_response: Response,
        context: Context,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """Carry out one document, and note its name for the log.

        Should it take longer than anybody waits, it is answered for as the store would be: the
        store is what it waits for, or who waits for the store.
        """
        asked_of(request).names(request_data.operation_name)
        try:
            with fail_after(ANSWER_SECONDS):
                return await super().execute_single(
                    request, request_adapter, sub_response, context, root_value, request_data
                )
        except TimeoutError:
            _log.error("no answer in time", extra={"seconds": ANSWER_SECONDS})
            return ExecutionResult(data=None, errors=[unavailable(context)])

    def decode_json(self, data: str | bytes) -> object:
        """Read a body. Raises HTTPException where it is no JSON object."""
        # Of what the library takes for an object, or fails to read, it makes a 500.
        try:
            body = json.loads(data)
            json.dumps(body, ensure_ascii=False).encode()
        except (ValueError, RecursionError):  # not JSON, too deep, or with half a character in it
            body = None
        if not isinstance(body, dict):
            raise HTTPException(400, 'The body must be a JSON object such as {"query": "…"}.')
        return body

    def encode_json(self, data: object) -> str | bytes:
        """Write an answer."""
        return to_json(data)
