"""Operations compiled: the happy path of a query, as plain functions of plain objects.

What is answered are frozen objects that hold all that can be asked of them. So a selection can be
compiled once into a function that reads attributes and makes dicts (`selecting.py`), where
graphql-core looks at the selection again for every field of every object: that takes some
fifteen times as long.

Only what goes well is compiled. Where anything is unusual (an error, a null where none may be, a
type that does not fit), all of it is given up, and the operation is carried out anew by
graphql-core, which makes the errors and says where they are. That is safe, since questions change
nothing; and what the resolvers at the root gave or raised is kept for it, so that the store is
not asked, or waited for, twice.

It is compiled again for other values of the variables that `@skip` and `@include` look at.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    assert_object_type,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_variable_values
from msgspec import Struct

from planledger.graphql.context import Context
from planledger.graphql.execution.calling import Run, Subject
from planledger.graphql.execution.selecting import TYPENAME, Select, Selecting, root_fields

VARIANTS_KEPT = 8
"""How many times an operation is compiled, each for other values of the variables that decide."""


class Attempt(Struct, frozen=True):
    """What came of carrying out an operation the compiled way."""

    data: dict[str, Any] | None
    """None where it was given up."""
    final: bool = False
    """Without errors, the answer will be the same for ever."""
    found: Mapping[str, object] = {}
    """What the resolvers at the root gave or raised, by the name in the answer."""


_NOT_AT_ALL = Attempt(None)
_INTROSPECTION = frozenset(("__schema", "__type"))
_ABOUT_SCHEMA = _INTROSPECTION | {TYPENAME}
_DECIDE = frozenset(("skip", "include"))


class _Variant(Struct, frozen=True):
    """An operation as some values of the variables that decide have it."""

    roots: list[tuple[Select, bool]] | None
    """The fields at the root, and whether each has data; None where it cannot be compiled."""
    about_schema: bool = False
    """It asks of nothing but the schema itself, which stays the same for this release."""


class Compiled:
    """An operation that is compiled as it is asked for. May be used from several threads."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
    ) -> None:
        """Compile nothing yet."""
        self._schema = schema
        self._operation = operation
        self._definitions = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self._deciding = sorted(set(_deciding(document)))
        self._variants: dict[tuple[object, ...], _Variant] = {}

    def attempt(self, variables: Mapping[str, Any], context: Context, root: object) -> Attempt:
        """Carry it out from a root value, or give it up."""
        if self._operation.operation is OperationType.MUTATION:
            return _NOT_AT_ALL
        coerced = get_variable_values(
            self._schema,
            self._operation.variable_definitions or (),
            dict(variables),
            max_errors=1,  # one is enough to leave it to graphql-core, which tells them
        )
        variant = None if isinstance(coerced, list) else self._variant(coerced)
        if variant is None or isinstance(coerced, list):
            return _NOT_AT_ALL
        if variant.roots is None:
            return Attempt(None, variant.about_schema)
        run = Run(context, coerced, root)
        data: dict[str, Any] = {}
        final = True
        try:
            for select, has_data in variant.roots:
                data |= select(root, run)
                final = final and (not has_data or context.grounds.were_final())
        except Exception:  # noqa: BLE001 - whatever it is, graphql-core says what and where
            return Attempt(None, found=run.found)
        return Attempt(data, final)

    def _variant(self, variables: VariableValues) -> _Variant | None:
        """Give it as these variables have it; None where there are too many kinds of it."""
        key = tuple(variables.coerced.get(name) for name in self._deciding)
        variant = self._variants.get(key)
        if variant is None and len(self._variants) < VARIANTS_KEPT:
            variant = self._variants[key] = self._compiled(variables)
        return variant

    def _compiled(self, variables: VariableValues) -> _Variant:
        # What else somebody sent is nobody's to keep.
        deciding = VariableValues(
            *({name: of[name] for name in self._deciding if name in of} for of in variables)
        )
        subject = Subject(
            schema=self._schema,
            operation=self._operation,
            definitions=self._definitions,
            fragments={name: FragmentDetails(each) for name, each in self._definitions.items()},
            variables=deciding,
        )
        try:
            kind = assert_object_type(self._schema.get_root_type(self._operation.operation))
            asked = root_fields(subject, kind)
            names = {place: details[0].node.name.value for place, details in asked.items()}
            if not _INTROSPECTION.isdisjoint(names.values()):
                return _Variant(None, about_schema=_ABOUT_SCHEMA.issuperset(names.values()))
            selecting = Selecting(subject)
            roots = [
                (selecting.root(kind, place, details), names[place] != TYPENAME)
                for place, details in asked.items()
            ]
        except Exception:  # noqa: BLE001 - graphql-core says what is wrong, if anything is
            return _Variant(None)
        return _Variant(roots)


def _deciding(document: DocumentNode) -> Iterator[str]:
    """Give the names of the variables that decide what is selected at all."""
    left = [
        each.selection_set
        for each in document.definitions
        if isinstance(each, OperationDefinitionNode | FragmentDefinitionNode)
    ]
    while left:
        for selection in left.pop().selections:
            for directive in selection.directives or ():
                if directive.name.value in _DECIDE:
                    values = (argument.value for argument in directive.arguments or ())
                    yield from (
                        value.name.value for value in values if isinstance(value, VariableNode)
                    )
            if isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set:
                left.append(selection.selection_set)
