"""Requests that are refused before anything of them is carried out."""

from collections.abc import Mapping

from starlette.responses import Response

from planledger.answers import to_json


class Refusal(Exception):  # noqa: N818 - it is an answer, and no trouble
    """What is wrong with a request, and what to do; for the client to read."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Refuse with a status of HTTP, a code that stays, and a sentence for people."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}

    def response(self, media_type: str) -> Response:
        """Give it as a response of GraphQL, which says why there is no data."""
        error = {"message": self.message, "extensions": {"code": self.code}}
        return Response(
            to_json({"errors": [error]}),
            status_code=self.status,
            headers={**self.headers, "Cache-Control": "no-store"},
            media_type=media_type,
        )


def bad_request(message: str) -> Refusal:
    """Refuse a request that cannot be read."""
    return Refusal(400, "BAD_REQUEST", message)
