"""A request of HTTP is read as a question, or refused with what is wrong with it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from msgspec import DecodeError
from msgspec.json import decode
from starlette.requests import ClientDisconnect, Request

from planledger.graphql.execution import Question
from planledger.graphql.trusted import TrustedDocuments
from planledger.server.http.media import JSON, is_json
from planledger.server.http.refusals import Refusal, bad_request
from planledger.server.requests import Asked, asked_of

MOST_IN_BODY = 100_000
MOST_IN_ADDRESS = 60_000
"""How many bytes a body may have, and all that stands in an address behind the "?".

uvicorn reads no address of more than 65,535 bytes, and says no more than 400 to it.
"""

_PARAMETERS = ("query", "documentId", "operationName", "variables", "extensions")
_OBJECTS = ("variables", "extensions")
"""Those that are objects; the others are texts."""


class Reader:
    """Reads questions, from requests or from the fields that came in a message."""

    def __init__(self, documents: TrustedDocuments, *, trusted_only: bool) -> None:
        """Find trusted documents among `documents`; with `trusted_only`, refuse all others."""
        self._documents = documents
        self._trusted_only = trusted_only

    async def read_question(self, request: Request) -> Question:
        """Read the body of a POST, or else the address. Raises Refusal, or ClientDisconnect."""
        fields = await _posted(request) if request.method == "POST" else _in_address(request)
        named = request.path_params.get("document")
        if named is None:
            return self.question(fields, asked_of(request))
        if fields.get("query") is not None or fields.get("documentId") is not None:
            raise bad_request("The address names a document already; leave query and documentId.")
        return self.question({**fields, "documentId": named}, asked_of(request), unknown=404)

    def question(
        self, fields: Mapping[str, object], asked: Asked, *, unknown: int = 400
    ) -> Question:
        """Make a question of the fields of a message, and note its names in `asked`.

        Fields of other names are left alone. Raises Refusal; where the document is not registered,
        with the status `unknown`.
        """
        given = {name: _given(fields, name) for name in _PARAMETERS}
        document_id, document = given["documentId"], given["query"]
        if document_id is not None:
            if document is not None:
                raise bad_request("Give query or documentId, and not both.")
            document = self._trusted(document_id, asked, unknown)
        elif document is None:
            raise bad_request('Give a document as "query", or the id of one as "documentId".')
        elif self._trusted_only:
            raise Refusal(
                403,
                "DOCUMENT_NOT_TRUSTED",
                "This service carries out registered documents only. Ask for one by its "
                "documentId.",
            )
        operation = given["operationName"] or None
        asked.names(operation)
        return Question(document, given["variables"], operation)

    def _trusted(self, document_id: str, asked: Asked, unknown: int) -> str:
        document = self._documents.find(document_id)
        if document is None:
            raise Refusal(
                unknown,
                "DOCUMENT_UNKNOWN",
                "No document of this id is registered here. `planledger documents` lists those "
                "that are.",
            )
        asked.document = document.id
        return document.text


def _given(fields: Mapping[str, object], name: str) -> Any:  # noqa: ANN401 - as JSON has it
    """Give a parameter, which may be missing or null; refuse one of the wrong kind."""
    value = fields.get(name)
    if value is None:
        return None
    if name in _OBJECTS:
        if not isinstance(value, dict):
            raise bad_request(f'"{name}" must be a JSON object, such as {{"name": "value"}}.')
    elif not isinstance(value, str):
        raise bad_request(f'"{name}" must be a text.')
    return value


async def _posted(request: Request) -> dict[str, Any]:
    if not is_json(request.headers.get("content-type", "")):
        raise Refusal(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "The body must be JSON in UTF-8, and Content-Type must say so: application/json.",
            {"Accept-Post": JSON},
        )
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refusal(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "The body must not be compressed.",
            {"Accept-Encoding": "identity"},
        )
    body = _decoded(await body_of(request), "The body")
    if isinstance(body, list):
        raise bad_request("The body must be one JSON object: batches are not taken.")
    if not isinstance(body, dict):
        raise bad_request('The body must be a JSON object such as {"query": "…"}.')
    return body


async def body_of(request: Request) -> bytes:
    """Read the body; no more than may be of one that is too long, whatever its header says.

    Raises Refusal, or ClientDisconnect.
    """
    stated = request.headers.get("content-length", "0")
    if not stated.isdecimal() or int(stated[:20]) > MOST_IN_BODY:
        raise _too_long()
    parts: list[bytes] = []
    length, more = 0, True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part = message.get("body", b"")
        length += len(part)
        if length > MOST_IN_BODY:
            raise _too_long()
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _too_long() -> Refusal:
    """Refuse the body, and the connection with it: what is left of it is not read."""
    return Refusal(
        413,
        "REQUEST_TOO_LARGE",
        f"The body may have {MOST_IN_BODY:,} bytes at most.",
        {"Connection": "close"},
    )


def _in_address(request: Request) -> dict[str, Any]:
    text: bytes = request.scope["query_string"]
    if len(text) > MOST_IN_ADDRESS:
        raise Refusal(
            414,
            "REQUEST_TOO_LARGE",
            f'An address may have {MOST_IN_ADDRESS:,} bytes behind the "?". Send the rest by '
            "POST, or ask by documentId.",
        )
    try:
        pairs = parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise bad_request(
            "The address is not UTF-8, or holds bytes that must be escaped."
        ) from None
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name not in _PARAMETERS:
            continue
        if name in fields:
            raise bad_request(f'The address gives "{name}" twice.')
        # An empty one is left out: forms send all their fields.
        fields[name] = value or None
    for name in _OBJECTS:
        if fields.get(name) is not None:
            fields[name] = _decoded(fields[name].encode(), f'"{name}"')
    return fields


def _decoded(data: bytes, what: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
    try:
        return decode(data)
    except UnicodeDecodeError:
        raise bad_request(f"{what} is not UTF-8.") from None
    except DecodeError as error:
        raise bad_request(f"{what} is not JSON: {error}.") from None
    except RecursionError:
        raise bad_request(f"{what} is JSON that is nested too deep.") from None
