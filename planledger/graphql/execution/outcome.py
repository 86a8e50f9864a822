"""What came of a question."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from graphql import GraphQLError
from msgspec import Struct

from planledger.answers import to_json


class Failure(Enum):
    """Why nothing of a document was carried out; a transport may have a status for each."""

    PARSING = "the document is not GraphQL"
    VALIDATION = "the document does not fit the schema"
    SIZE = "the document asks for more than one may"
    OPERATION = "it is not clear, or not possible here, which operation to carry out"
    VARIABLES = "the variables do not fit the document"
    TIME = "it took longer than anybody waits; it may have been carried out even so"


class Response(Struct, frozen=True, kw_only=True):
    """What came of a question, written down."""

    body: bytes
    """As JSON: what `Outcome.response` gives."""
    errors: tuple[GraphQLError, ...]
    failure: Failure | None
    final: bool


class Outcome(Struct, frozen=True, kw_only=True):
    """The data, the errors as clients are told them, and what else is said of both."""

    data: Mapping[str, Any] | None
    errors: tuple[GraphQLError, ...] = ()
    extensions: Mapping[str, Any] = {}
    failure: Failure | None = None
    """None where the document was carried out, whatever came of its fields."""
    final: bool = False
    """The same question will be given the same answer for ever, by this release.

    True only of questions without errors about points that cannot change any more.
    """

    def response(self) -> dict[str, Any]:
        """Give the response: `errors` first if there are any, `data` if it was begun."""
        response: dict[str, Any] = {}
        if self.errors:
            response["errors"] = [error.formatted for error in self.errors]
        if self.failure is None:
            response["data"] = self.data
        if self.extensions:
            response["extensions"] = self.extensions
        return response

    def written(self) -> Response:
        """Write it down."""
        return Response(
            body=to_json(self.response()),
            errors=self.errors,
            failure=self.failure,
            final=self.final,
        )
