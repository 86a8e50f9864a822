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

LONGEST_MESSAGE = 500
"""How long a message may be, in characters; the library quotes what it was sent, however long."""

_log = logging.getLogger(__name__)


def declined(code: str, message: str) -> GraphQLError:
    """Give the error for a question that cannot be answered as put."""
    return GraphQLError(message, extensions={"code": code})


def shortened(message: str) -> str:
    """Give a message as it is told: no longer than `LONGEST_MESSAGE`."""
    if len(message) <= LONGEST_MESSAGE:
        return message
    kept = LONGEST_MESSAGE // 2 - 1
    return f"{message[:kept]} … {message[-kept + 1 :]}"


def unavailable(context: Context) -> GraphQLError:
    """Give the error that says that the ledger cannot be had, and no more."""
    return GraphQLError(_MESSAGES[UNAVAILABLE], extensions=_extensions(UNAVAILABLE, context))


def cause_of(error: GraphQLError) -> Exception | None:
    """Give what was raised that is no error of GraphQL; None where nothing was.

    What is found wrong with a variable is wrapped twice.
    """
    cause = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def is_unexpected(error: GraphQLError) -> bool:
    """Whether an error is trouble or a bug of ours, and no mistake in what was asked."""
    cause = cause_of(error)
    if cause is None:
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
        return _with(error, shortened(error.message), {"code": code, **(error.extensions or {})})


def _with(error: GraphQLError, message: str, extensions: dict[str, object]) -> GraphQLError:
    told = GraphQLError(
        message, path=error.path, original_error=error.original_error, extensions=extensions
    )
    # Not made with its nodes: to find their lines once more, all of the document is gone through.
    told.nodes, told.source, told.positions = error.nodes, error.source, error.positions
    told.locations = error.locations
    return told


def _tell(error: GraphQLError) -> None:
    """Log an unexpected error, by its cause alone: as a whole it quotes the document."""
    cause, path = cause_of(error), ".".join(map(str, error.path or ()))
    if isinstance(cause, StoreError):
        _log.error("trouble with the store: %s", cause, extra={"path": path})
    else:
        _log.error("unexpected error: %s", cause, extra={"path": path}, exc_info=cause)


def _code(error: GraphQLError) -> str:
    return UNAVAILABLE if isinstance(cause_of(error), StoreError) else UNEXPECTED


def _extensions(code: str, context: Context) -> dict[str, object]:
    if context.request_id is not None:
        return {"code": code, "reference": context.request_id}
    return {"code": code}
