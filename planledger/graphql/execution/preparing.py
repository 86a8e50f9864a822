"""A document made ready: parsed and validated once, however often it is asked."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from msgspec import Struct
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from planledger.graphql.execution.outcome import Failure

DOCUMENTS_KEPT = 512
"""How many documents are kept ready."""

_RULES = (*specified_rules, OneOfInputValidationRule)


class Prepared(Struct, frozen=True):
    """A document that may be carried out."""

    text: str
    document: DocumentNode
    extensions: Mapping[str, Any]
    """What every answer to it says of it, such as its cost."""

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """Give the operation of a name, or the only one; None where there is none such."""
        return get_operation_ast(self.document, name)


class Unfit(Struct, frozen=True):
    """A document that is not carried out, and why."""

    failure: Failure
    errors: tuple[GraphQLError, ...]
    extensions: Mapping[str, Any]


class Preparing:
    """Makes documents ready for one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Keep what was made ready last."""
        self._schema = schema
        self.prepare = lru_cache(DOCUMENTS_KEPT)(self._prepare)

    def _prepare(self, text: str) -> Prepared | Unfit:
        try:
            document = parse(text)
        except GraphQLError as error:
            return Unfit(Failure.PARSING, (error,), {})
        errors = validate(self._schema, document, _RULES)
        if errors:
            return Unfit(Failure.VALIDATION, tuple(errors), {})
        return Prepared(text, document, {})
