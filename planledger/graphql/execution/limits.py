"""How much a document may ask for.

It is measured before it is validated, since validation, which is not ours, takes time that grows
with the square of what is repeated in a document.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    Lexer,
    OperationDefinitionNode,
    Source,
    Token,
    TokenKind,
)
from msgspec import Struct

from planledger.graphql.execution.measuring import (
    NESTING,
    Definition,
    NestedTooDeepError,
    Size,
    measured,
)

_ENDS = (TokenKind.SOF, TokenKind.EOF)
_OPENING = (TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L)
_CLOSING = (TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R)


class Limits(Struct, frozen=True, kw_only=True):
    """What every operation and every fragment of a document must keep to."""

    depth: int = 12
    """Levels of fields; the `ofType` of a type is none."""
    aliases: int = 30
    """Aliases in all, and whatever is repeated within one selection set."""
    directives: int = 30
    """Uses of directives in all."""
    root_fields: int = 10
    """Fields at the root of an operation."""
    cost: int = 20_000
    """List size x (1 + what is below) for objects, 1/8 for a leaf, and the `work` of a field."""
    operations: int = 20
    """Operations in a document; what they share is looked at for each of them."""
    fragments: int = 30
    """Fragments in a document; each is compared with each other."""
    characters: int = 30_000
    """Characters in a document. Long texts are better sent as variables, which do not count."""
    tokens: int = 2_000
    """Tokens in a document; comments count."""


EVERYBODY = Limits()
"""The limits of whoever asks over a network. There is one role until people sign in."""

_TOLD_AT_MOST = 1_000_000_000
"""What is more is told as this: what fragments open up to can have hundreds of digits."""

_EXCESSES = {
    "depth": "nests fields {asked} deep, and {limit} is the most. "
    "Ask for what lies deeper in a question of its own.",
    "aliases": "has {asked} aliases and repeated fields, and {limit} is the most. "
    "Ask for fewer at once, in several operations.",
    "directives": "uses {asked} directives, and {limit} is the most. "
    "Leave out fields that are not wanted, rather than skip them.",
    "root_fields": "has {asked} fields at its root, and {limit} is the most. "
    "Ask for them in several operations.",
    "cost": "costs {asked}, and {limit} is the most. "
    "Ask for smaller pages (first), for fewer fields, or in several operations.",
}


class Costs(Struct, frozen=True):
    """What the operations of a document cost, and what one may; empty where nothing limits it."""

    by_operation: Mapping[str | None, int] = {}
    limit: int = 0

    def told(self, operation: str | None) -> Mapping[str, Any]:
        """Give what an answer says of the operation of this name, or of the only one."""
        if operation is None and len(self.by_operation) == 1:
            (operation,) = self.by_operation
        cost = self.by_operation.get(operation)
        return {} if cost is None else {"cost": {"requested": cost, "limit": self.limit}}


def weighed(
    schema: GraphQLSchema, document: DocumentNode, limits: Limits
) -> tuple[Costs, GraphQLError | None]:
    """Give what a document costs, and the error of one that asks for more than one may."""
    try:
        sizes = measured(schema, document)
    except NestedTooDeepError:
        return Costs(), nested_too_deep()
    by_operation = {
        definition.name.value if definition.name else None: min(size.cost, _TOLD_AT_MOST)
        for definition, size in sizes
        if isinstance(definition, OperationDefinitionNode)
    }
    excesses = (_excess(definition, size, limits) for definition, size in sizes)
    error = next(filter(None, (_too_many(document, limits), *excesses)), None)
    return Costs(by_operation, limits.cost), error


def too_long(text: str, limits: Limits) -> GraphQLError | None:
    """Give the error of a document that is longer than one may be."""
    if len(text) <= limits.characters:
        return None
    return GraphQLError(
        f"The document has {len(text):,} characters, and {limits.characters:,} is the most. "
        "Send long texts as variables."
    )


def stopped(text: str, place: int, limits: Limits) -> GraphQLError | None:
    """Give the error of a document that was parsed no further since it is too large.

    What was read before the place where the parser stopped tells whether it was for that, or else,
    as None, for a mistake.
    """
    lexer = Lexer(Source(text[:place]))
    try:
        while lexer.advance().kind is not TokenKind.EOF:
            pass
    except GraphQLSyntaxError:
        return None
    kinds = Counter[TokenKind]()
    token: Token | None = lexer.token
    while token is not None:
        kinds[token.kind] += 1
        token = token.prev
    comments = kinds[TokenKind.COMMENT]
    if max(comments, kinds.total() - comments - len(_ENDS)) >= limits.tokens:
        return GraphQLError(
            f"The document has more than {limits.tokens:,} tokens or comments. "
            "Ask in several documents."
        )
    opened = sum(kinds[kind] for kind in _OPENING) - sum(kinds[kind] for kind in _CLOSING)
    return nested_too_deep() if opened > NESTING else None


def nested_too_deep() -> GraphQLError:
    """Give the error of a document that is nested deeper than anybody goes into."""
    return GraphQLError(
        f"The document is nested more than {NESTING} deep, its fragments opened up. "
        "Ask for what lies deeper in a question of its own."
    )


def _excess(definition: Definition, size: Size, limits: Limits) -> GraphQLError | None:
    asked = {
        "depth": size.depth,
        "aliases": size.aliases,
        "directives": size.directives,
        "root_fields": size.fields if isinstance(definition, OperationDefinitionNode) else 0,
        "cost": size.cost,
    }
    for measure, number in asked.items():
        limit = getattr(limits, measure)
        if number > limit:
            told = min(number, _TOLD_AT_MOST)
            said = _EXCESSES[measure].format(asked=f"{told:,}", limit=f"{limit:,}")
            return GraphQLError(f"The {_called(definition)} {said}", definition)
    return None


def _called(definition: Definition) -> str:
    kind = "operation" if isinstance(definition, OperationDefinitionNode) else "fragment"
    return f"{kind} {definition.name.value[:80]!r}" if definition.name else kind


def _too_many(document: DocumentNode, limits: Limits) -> GraphQLError | None:
    for kind, noun, limit in (
        (OperationDefinitionNode, "operations", limits.operations),
        (FragmentDefinitionNode, "fragments", limits.fragments),
    ):
        number = sum(isinstance(one, kind) for one in document.definitions)
        if number > limit:
            return GraphQLError(
                f"The document has {number:,} {noun}, and {limit:,} is the most. "
                "Ask in several documents."
            )
    return None
