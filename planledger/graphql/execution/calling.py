"""Fields that need more than the object shown: their resolvers, called as graphql-core does."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_argument_values
from graphql.pyutils import Path, is_awaitable
from msgspec import Struct

from planledger.graphql.context import Context
from planledger.graphql.execution.leaves import UnusualError


class Subject(Struct, frozen=True, eq=False):
    """What is compiled: an operation of a document, with what its variables decide of it."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    definitions: dict[str, FragmentDefinitionNode]
    """The document's fragments, by name."""
    fragments: dict[str, FragmentDetails]
    """The same, as graphql-core wants them to collect fields."""
    variables: VariableValues
    """Those that decide what is selected; for other values it is compiled anew."""


class Run:
    """One time that a compiled operation is carried out."""

    def __init__(self, context: Context, variables: VariableValues, root: object) -> None:
        """Carry it out in a context, with variables, from a root value."""
        self.context = context
        self.variables = variables
        self.root = root
        self.given: dict[Call, tuple[GraphQLResolveInfo[Context], Mapping[str, Any]]] = {}
        """What the resolvers of fields are called with: the same for every object."""
        self.found: dict[str, object] = {}
        """What the resolvers at the root gave or raised, by the name in the answer."""


class Call:
    """A field whose resolver is called with its arguments, and with who asks."""

    def __init__(
        self,
        subject: Subject,
        parent: GraphQLObjectType,
        field: GraphQLField,
        nodes: list[FieldNode],
        place: str | None,
    ) -> None:
        """Call the resolver of a field; at the root, `place` is its name in the answer."""
        if field.resolve is None:
            raise UnusualError
        self._subject = subject
        self._parent = parent
        self._field = field
        self._resolve = field.resolve
        self._nodes = nodes
        self._place = place
        constant = all(_is_constant(argument.value) for argument in nodes[0].arguments or ())
        self._arguments = self._coerced(subject.variables) if constant else None

    def __call__(self, shown: object, run: Run) -> object:
        """Give what the field holds. Raises whatever the resolver does."""
        given = run.given.get(self)
        if given is None:
            given = run.given[self] = self._given(run)
        info, arguments = given
        if self._place is None:
            return _no_error(self._resolve(shown, info, **arguments))
        try:
            found = run.found[self._place] = self._resolve(shown, info, **arguments)
        except Exception as error:
            run.found[self._place] = error
            raise
        return _no_error(found)

    def _given(self, run: Run) -> tuple[GraphQLResolveInfo[Context], Mapping[str, Any]]:
        arguments = self._arguments
        if arguments is None:
            arguments = self._coerced(run.variables)
        return self._info(run), arguments

    def _coerced(self, variables: VariableValues) -> Mapping[str, Any]:
        return get_argument_values(self._field, self._nodes[0], variables)

    def _info(self, run: Run) -> GraphQLResolveInfo[Context]:
        """Give what a resolver is told, below the root but the path: each object has its own.

        A resolver that looks for it there raises, and so is called by graphql-core instead.
        """
        told: dict[str, Any] = {
            "field_name": self._nodes[0].name.value,
            "field_nodes": self._nodes,
            "return_type": self._field.type,
            "parent_type": self._parent,
            "path": self._place and Path(None, self._place, self._parent.name),
            "schema": self._subject.schema,
            "fragments": self._subject.definitions,
            "root_value": run.root,
            "operation": self._subject.operation,
            "variable_values": run.variables,
            "context": run.context,
            "is_awaitable": is_awaitable,
            "abort_signal": None,
            "async_helpers": None,
        }
        return GraphQLResolveInfo(**told)


def _is_constant(value: ValueNode) -> bool:
    if isinstance(value, ListValueNode):
        return all(map(_is_constant, value.values))
    if isinstance(value, ObjectValueNode):
        return all(_is_constant(field.value) for field in value.fields)
    return not isinstance(value, VariableNode)


def _no_error(found: object) -> object:
    """Raise an error that was given instead of raised, which graphql-core takes for one, too."""
    if isinstance(found, Exception):
        raise found
    return found
