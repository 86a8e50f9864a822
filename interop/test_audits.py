"""How others audit a service of GraphQL over HTTP."""

import json

from interop.programs import run
from tests.support.serving import Service

AUDITS = 61
"""How many there are in the version that is locked: another number is to be looked at."""


def test_every_audit_of_graphql_over_http_finds_it_right(northbridge: Service) -> None:
    """A status or a media type of our own would have to be learned by every client."""
    done = run("audits.mjs", northbridge.url)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    wrong = [
        f"{x['status']} {x['id']} {x['name']}: {x['reason']}" for x in told if x["status"] != "ok"
    ]
    assert wrong == []
    assert len({x["id"] for x in told}) == AUDITS, done.stderr
