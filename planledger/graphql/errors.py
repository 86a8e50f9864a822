"""What is said of an error: a stable code, and to clients no more than is theirs to know."""

import logging

from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.extensions import MaskErrors
from strawberry.types import ExecutionContext

from planledger.graphql.context import Context
from planledger.ledger import StoreError

UNEXPECTED = "INTERNAL_SERVER_ERROR"
UNAVAILABLE = "STORE_UNAVAILABLE"

_MESSAGES = {
    UNEXPECTED: "Unexpected error.",
    UNAVAILABLE: "The ledger cannot be read or written at the moment. Try again in a while; a "
    "command that is sent again with its commandId is recorded once.",
}

_log = logging.getLogger(__name__)


def is_unexpected(error: GraphQLError) -> bool:
    """Whether an error is trouble or a bug of ours, and no mistake in what was asked."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        return False
    # A literal or variable that cannot be read is a ValueError, found before anything runs.
    return error.path is not None or not isinstance(cause, ValueError)


def code_of(error: GraphQLError, context: ExecutionContext | None) -> str:
    """Give the code of an error that has none of its own, by how far the question came."""
    if is_unexpected(error):
        return _code(error)
    if isinstance(error, GraphQLSyntaxError):
        return "GRAPHQL_PARSE_FAILED"
    executed = context is not None and context.result is not None
    return "BAD_USER_INPUT" if executed else "GRAPHQL_VALIDATION_FAILED"


def tell(error: GraphQLError) -> None:
    """Log an unexpected error, by its cause alone: as a whole it quotes the document."""
    cause, path = error.original_error, ".".join(map(str, error.path or ()))
    if isinstance(cause, StoreError):
        _log.error("trouble with the store: %s", cause, extra={"path": path})
    else:
        _log.error("unexpected error: %s", cause, extra={"path": path}, exc_info=cause)


def unavailable(context: Context) -> GraphQLError:
    """Give the error that says that the ledger cannot be had, and no more."""
    return GraphQLError(_MESSAGES[UNAVAILABLE], extensions=_extensions(UNAVAILABLE, context))


class Masking(MaskErrors):
    """Errors that nobody expected, told without what only we should see."""

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        """Give what clients are told, with what finds the rest of it in the log."""
        masked, code = super().anonymise_error(error), _code(error)
        masked.message = _MESSAGES[code]
        masked.extensions = _extensions(code, self.execution_context.context)
        return masked


def _code(error: GraphQLError) -> str:
    return UNAVAILABLE if isinstance(error.original_error, StoreError) else UNEXPECTED


def _extensions(code: str, context: object) -> dict[str, object]:
    if isinstance(context, Context) and context.request_id is not None:
        return {"code": code, "reference": context.request_id}
    return {"code": code}
