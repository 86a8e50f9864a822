"""The registered documents, for whoever wants to know how a page or a paper was made."""

import json
from collections.abc import Mapping, Sequence

from graphql import NonNullTypeNode, OperationDefinitionNode, parse
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from planledger.graphql.trusted import TrustedDocument
from planledger.reports.pages.rendering import Rendering
from planledger.server.room.showing import page


class Documents:
    """Shows each registered document with its id, and how it is asked."""

    def __init__(self, documents: Mapping[str, TrustedDocument], rendering: Rendering) -> None:
        """Show `documents`, which are by name."""
        self._documents = documents
        self._rendering = rendering

    def routes(self) -> Sequence[Route]:
        """Give where they are."""
        return [
            Route("/documents", self._list, methods=["GET"]),
            Route("/documents/{name}", self._one, methods=["GET"]),
        ]

    async def _list(self, _: Request) -> Response:
        documents = [
            {"name": name, "about": _about(document)}
            for name, document in sorted(self._documents.items())
        ]
        return page(self._rendering.template("documents", {"documents": documents}))

    async def _one(self, request: Request) -> Response:
        document = self._documents.get(request.path_params["name"])
        if document is None:
            declined = {
                "heading": "There is no such document",
                "message": "Look for it among those that are registered.",
                "way": None,
                "plan": None,
                "reference": None,
            }
            return page(self._rendering.template("declined", declined), 404)
        body = {"documentId": f"sha256:{document.id}", "variables": _wanted(document)}
        given = {
            "document": document,
            "about": _about(document),
            "base": str(request.base_url),
            "body": json.dumps(body, ensure_ascii=False),
        }
        return page(self._rendering.template("document", given))


def _about(document: TrustedDocument) -> str:
    """Give what a document says of itself: the lines of comment that it begins with."""
    lines = []
    for line in document.text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").strip())
    return " ".join(lines)


def _wanted(document: TrustedDocument) -> dict[str, str]:
    """Give the variables that must be stated, with something to put another value over."""
    return {
        variable.variable.name.value: f"({variable.variable.name.value})"
        for operation in parse(document.text, no_location=True).definitions
        if isinstance(operation, OperationDefinitionNode)
        for variable in operation.variable_definitions or ()
        if isinstance(variable.type, NonNullTypeNode) and variable.default_value is None
    }
