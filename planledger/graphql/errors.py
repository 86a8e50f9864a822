"""What is said of an error: a stable code, and to clients no more than is theirs to know."""

import logging
from collections.abc import Iterable

from graphql import GraphQLError

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


def declined(code: str, message: str) -> GraphQLError:
    """Give the error for a question that cannot be answered as put."""
    return GraphQLError(message, extensions={"code": code})


def unavailable(context: Context) -> GraphQLError:
    """Give the error that says that the ledger cannot be had, and no more."""
    return GraphQLError(_MESSAGES[UNAVAILABLE], extensions=_extensions(UNAVAILABLE, context))


def is_unexpected(error: GraphQLError) -> bool:
    """Whether an error is trouble or a bug of ours, and no mistake in what was asked."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        return False
    # A literal or variable that cannot be read is a ValueError, found before anything runs.
    return error.path is not None or not isinstance(cause, ValueError)


class Teller:
    """Tells errors to clients, and those that nobody expected to the log."""

    def __init__(self, *, mask: bool) -> None:
        """Without `mask`, leave what nobody expected to the caller, and out of the log."""
        self._mask = mask

    def told(
        self, errors: Iterable[GraphQLError], context: Context, code: str
    ) -> tuple[GraphQLError, ...]:
        """Give errors as they are told: `code` for each that has none of its own."""
        return tuple(self._told(error, context, code) for error in errors)

    def _told(self, error: GraphQLError, context: Context, code: str) -> GraphQLError:
        unexpected = is_unexpected(error)
        if unexpected and self._mask:
            _tell(error)
            code = _code(error)
            return _with(error, _MESSAGES[code], _extensions(code, context))
        if unexpected:
            code = _code(error)
        # A new one, since what was found wrong with a document is kept for the next who asks.
        return _with(error, error.message, {"code": code, **(error.extensions or {})})


def _with(error: GraphQLError, message: str, extensions: dict[str, object]) -> GraphQLError:
    return GraphQLError(
        message,
        error.nodes,
        error.source,
        error.positions,
        error.path,
        error.original_error,
        extensions,
    )


def _tell(error: GraphQLError) -> None:
    """Log an unexpected error, by its cause alone: as a whole it quotes the document."""
    cause, path = error.original_error, ".".join(map(str, error.path or ()))
    if isinstance(cause, StoreError):
        _log.error("trouble with the store: %s", cause, extra={"path": path})
    else:
        _log.error("unexpected error: %s", cause, extra={"path": path}, exc_info=cause)


def _code(error: GraphQLError) -> str:
    return UNAVAILABLE if isinstance(error.original_error, StoreError) else UNEXPECTED


def _extensions(code: str, context: Context) -> dict[str, object]:
    if context.request_id is not None:
        return {"code": code, "reference": context.request_id}
    return {"code": code}
