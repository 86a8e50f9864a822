"""What clients were promised of the schema: what may go, when, and what would break them.

A field, argument, input field or value goes in two steps. First it is deprecated, in words that say
what to use instead and a day; a release promises that much. After the day, a later release may be
without it, and without the types that nothing else led to.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from graphql import (
    REMOVE,
    BreakingChange,
    DangerousChange,
    DirectiveNode,
    DocumentNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    GraphQLError,
    GraphQLNamedType,
    GraphQLSchema,
    InputValueDefinitionNode,
    StringValueNode,
    TypeDefinitionNode,
    Visitor,
    VisitorAction,
    build_ast_schema,
    find_breaking_changes,
    find_dangerous_changes,
    get_named_type,
    is_abstract_type,
    is_interface_type,
    parse,
    visit,
)
from msgspec import Struct

if TYPE_CHECKING:
    import strawberry

_DEPRECATED = re.compile(
    r"Use .{1,200} instead\. To be removed after (?P<day>\d{4}-\d{2}-\d{2})\.", re.ASCII
)


class Changes(Struct, frozen=True):
    """What became of a schema since it was promised."""

    breaking: tuple[BreakingChange, ...]
    """What would break a client that keeps to what it was promised."""
    dangerous: tuple[DangerousChange, ...]
    """What a client meets that it may not know, such as a new value of an enum."""


def changes_since(promised: str, made: "strawberry.Schema", on: date) -> Changes:
    """Give what became of a schema since it was promised, as far as clients can notice on a day.

    `promised` is its text. Raises ValueError, in one line, where that is no schema.
    """
    return changes_between(promised, made._schema, on)  # noqa: SLF001 - the library has no other way


def changes_between(promised: str, schema: GraphQLSchema, on: date) -> Changes:
    """Do as `changes_since`, for any schema."""
    try:
        kept = build_ast_schema(_kept(parse(promised), on))
    except (GraphQLError, TypeError) as error:
        raise ValueError(str(error).partition("\n")[0]) from error
    if kept.query_type is None:
        raise ValueError("it has no type Query.")
    return Changes(
        breaking=tuple(find_breaking_changes(kept, schema)),
        dangerous=tuple(find_dangerous_changes(kept, schema)),
    )


def last_day(reason: str) -> date | None:
    """Give the day until which something deprecated stays; None where the reason says none.

    It says so in set words: "Use `ref` instead. To be removed after 2027-03-31."
    """
    found = _DEPRECATED.fullmatch(reason)
    try:
        return date.fromisoformat(found["day"]) if found else None
    except ValueError:
        return None


def ill_deprecated(schema: GraphQLSchema) -> list[str]:
    """Name everything deprecated without saying what to use instead and until when it stays."""
    return [
        name
        for kind in schema.type_map.values()
        if not kind.name.startswith("__")
        for name, reason in _reasons(kind)
        if reason is not None and last_day(reason) is None
    ]


def _reasons(kind: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """Give every part of a type with the reason why it is deprecated, if it is."""
    for name, part in {**getattr(kind, "fields", {}), **getattr(kind, "values", {})}.items():
        yield f"{kind.name}.{name}", part.deprecation_reason
        for argument, given in getattr(part, "args", {}).items():
            yield f"{kind.name}.{name}({argument})", given.deprecation_reason


class _Ended(Visitor):
    """Takes out what was deprecated until a day that has passed."""

    def __init__(self, on: date) -> None:
        super().__init__()
        self._on = on

    def enter_field_definition(self, node: FieldDefinitionNode, *_: object) -> VisitorAction:
        return self._action(node.directives)

    def enter_input_value_definition(
        self, node: InputValueDefinitionNode, *_: object
    ) -> VisitorAction:
        return self._action(node.directives)

    def enter_enum_value_definition(
        self, node: EnumValueDefinitionNode, *_: object
    ) -> VisitorAction:
        return self._action(node.directives)

    def _action(self, directives: Iterable[DirectiveNode] | None) -> VisitorAction:
        deprecated = (one for one in directives or () if one.name.value == "deprecated")
        days = (last_day(_reason(one)) for one in deprecated)
        return REMOVE if any(day is not None and day < self._on for day in days) else None


def _reason(directive: DirectiveNode) -> str:
    values = (argument.value for argument in directive.arguments or ())
    return next((value.value for value in values if isinstance(value, StringValueNode)), "")


def _kept(promised: DocumentNode, on: date) -> DocumentNode:
    """Give what is still promised on a day."""
    left: DocumentNode = visit(promised, _Ended(on))
    reached = _reached(build_ast_schema(left, assume_valid=True))
    return DocumentNode(
        definitions=tuple(
            one
            for one in left.definitions
            if not isinstance(one, TypeDefinitionNode) or one.name.value in reached
        )
    )


def _reached(schema: GraphQLSchema) -> set[str]:
    """Name the types that a question or a command can come to."""
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    left: list[GraphQLNamedType] = [root for root in roots if root is not None]
    reached: set[str] = set()
    while left:
        kind = left.pop()
        if kind.name not in reached:
            reached.add(kind.name)
            left.extend(_next_to(schema, kind))
    return reached


def _next_to(schema: GraphQLSchema, kind: GraphQLNamedType) -> Iterator[GraphQLNamedType]:
    for field in getattr(kind, "fields", {}).values():
        yield get_named_type(field.type)
        yield from (get_named_type(each.type) for each in getattr(field, "args", {}).values())
    yield from getattr(kind, "interfaces", ())
    if is_abstract_type(kind):
        yield from schema.get_possible_types(kind)
    if is_interface_type(kind):
        yield from schema.get_implementations(kind).interfaces
