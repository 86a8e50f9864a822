"""A document made ready: parsed and validated once, however often it is asked."""

from collections.abc import Iterable
from functools import lru_cache

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    MaxIntrospectionDepthRule,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from msgspec import Struct
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from planledger.graphql.errors import shortened
from planledger.graphql.execution.compiling import Compiled
from planledger.graphql.execution.limits import Costs, Limits, stopped, too_long, weighed
from planledger.graphql.execution.outcome import Failure

DOCUMENTS_KEPT = 128
"""How many documents are kept ready; one of 2,000 tokens takes up to a megabyte."""

ERRORS_TOLD = 5
"""How many mistakes are told of a document or its variables; mend those and ask again."""

ERRORS_EXPLAINED, TOKENS_EXPLAINED = 2, 1_000
"""Up to how many mistakes, in how large a document, are told with what was perhaps meant."""

_RULES = (*specified_rules, OneOfInputValidationRule, MaxIntrospectionDepthRule)


class Prepared(Struct, frozen=True):
    """A document that may be carried out."""

    text: str
    document: DocumentNode
    costs: Costs = Costs()
    compiled: dict[str | None, Compiled] = {}
    """Its operations by name, each compiled once it is carried out."""

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """Give the operation of a name, or the only one; None where there is none such."""
        return get_operation_ast(self.document, name)


class Unfit(Struct, frozen=True):
    """A document that is not carried out, and why."""

    failure: Failure
    errors: tuple[GraphQLError, ...]
    costs: Costs = Costs()


class Preparing:
    """Makes documents ready for one schema."""

    def __init__(self, schema: GraphQLSchema, limits: Limits | None) -> None:
        """Keep what was made ready last; refuse what is beyond the limits, if there are any."""
        self._schema = schema
        self._limits = limits
        self.prepare = lru_cache(DOCUMENTS_KEPT)(self._prepare)

    def _prepare(self, text: str) -> Prepared | Unfit:
        limits = self._limits
        if limits is not None and (excess := too_long(text, limits)):
            return _unfit(Failure.SIZE, [excess])
        try:
            document = self._parsed(text)
        except GraphQLSyntaxError as error:
            return self._unread(text, error)
        costs = Costs()
        if limits is not None:
            costs, excess = weighed(self._schema, document, limits)
            if excess is not None:
                return _unfit(Failure.SIZE, [excess], costs)
        mistakes = self._mistakes(document)
        if mistakes:
            return _unfit(Failure.VALIDATION, mistakes, costs)
        return Prepared(text, document, costs)

    def _parsed(self, text: str) -> DocumentNode:
        most = None if self._limits is None else self._limits.tokens
        return parse(text, max_lexical_tokens=most, max_comments=most)

    def _mistakes(self, document: DocumentNode) -> list[GraphQLError]:
        """Give what does not fit the schema; if it is little, with what was perhaps meant.

        To look for that among all names of the schema takes 10 ms and more for each mistake.
        """
        found = validate(self._schema, document, _RULES, ERRORS_TOLD, hide_suggestions=True)
        if 0 < len(found) <= ERRORS_EXPLAINED and document.token_count <= TOKENS_EXPLAINED:
            return validate(self._schema, document, _RULES, ERRORS_TOLD)
        return found

    def _unread(self, text: str, error: GraphQLSyntaxError) -> Unfit:
        if self._limits is not None and error.positions:
            excess = stopped(text, next(iter(error.positions)), self._limits)
            if excess is not None:
                return _unfit(Failure.SIZE, [excess])
        return _unfit(Failure.PARSING, [error])


def _unfit(failure: Failure, errors: Iterable[GraphQLError], costs: Costs = Costs()) -> Unfit:  # noqa: B008 - it does not change
    kept = tuple(errors)
    for error in kept:  # they are as large as the document: their nodes hold all of it
        error.message = shortened(error.message)
        error.nodes = None
    return Unfit(failure, kept, costs)
