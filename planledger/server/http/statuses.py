"""Which status an answer has. The one place that says so.

As the audit suite of graphql-http 1.23.1 has them. The draft of GraphQL over HTTP is moving to 422
for what parses and cannot be carried out, and to the same statuses for both media types: then
UNFIT becomes 422, and the table for JSON goes.
"""

from planledger.graphql.execution import Failure
from planledger.server.http.media import GRAPHQL, JSON

UNFIT = 400
RETRY_SECONDS = 5
"""After how long to ask again, where nobody waits any longer."""

_STATUSES = {
    GRAPHQL: {
        Failure.PARSING: 400,
        Failure.VALIDATION: UNFIT,
        Failure.SIZE: UNFIT,
        Failure.OPERATION: UNFIT,
        Failure.VARIABLES: UNFIT,
        Failure.TIME: 503,
    },
    # Clients of this older type take any other status for trouble on the way, and read no further.
    JSON: {
        Failure.PARSING: 200,
        Failure.VALIDATION: 200,
        Failure.SIZE: 200,
        Failure.OPERATION: 200,
        Failure.VARIABLES: 200,
        Failure.TIME: 503,  # trouble of ours, which every proxy on the way should see as such
    },
}


def headers_of(failure: Failure | None) -> dict[str, str]:
    """Give what else to say of a failure: when to ask again, where that may help."""
    return {"Retry-After": str(RETRY_SECONDS)} if failure is Failure.TIME else {}


def status_of(failure: Failure | None, media_type: str) -> int:
    """Give the status; 200 for whatever was carried out, whatever came of its fields."""
    return 200 if failure is None else _STATUSES[media_type][failure]
