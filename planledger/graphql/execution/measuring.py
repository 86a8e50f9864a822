"""How large a document is, told from the document and the schema alone.

Safe on any document that parses: it may ask for fields that there are not, or name fragments that
go in circles. Each selection set is looked at once, whatever fragments make of it, so the time
taken grows with the document as written, and not with what it opens up to.
"""

import re
from collections.abc import Mapping
from typing import TypeVar, cast

from graphql import (
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    introspection_types,
    is_composite_type,
    is_enum_type,
    is_list_type,
)
from msgspec import Struct
from msgspec.structs import replace
from strawberry.schema.schema_converter import GraphQLCoreConverter

from planledger.graphql.common import ABOUT, DEARER, WORK
from planledger.graphql.connection import MOST

LIST_SIZE = 10
"""How long a list is taken to be where neither the schema nor the document says."""

NESTING = 100
"""How deep selection sets may lie in each other, fragments opened up; we go down by recursion."""

LEAF, OBJECT = 1, 8
"""Costs are counted in eighths."""

_INTROSPECTED = {
    "types": 200,
    "directives": 5,
    "fields": 5,
    "args": 1,
    "inputFields": 2,
    "interfaces": 2,
    "possibleTypes": 2,
    "enumValues": 1,
}
"""Sizes of the schema's own lists, on average: all of it can be read at once, but not twice."""

Definition = OperationDefinitionNode | FragmentDefinitionNode
T = TypeVar("T", bound=Definition)


class NestedTooDeepError(Exception):
    """Selection sets lie deeper in each other than anybody needs."""


class Size(Struct, frozen=True, kw_only=True):
    """The size of a selection set, with all that its fragments open up to."""

    depth: int = 0
    """Levels of fields."""
    aliases: int = 0
    """Aliases, and what is repeated within one selection set, which comes to the same."""
    directives: int = 0
    fields: int = 0
    """Fields of its own level."""
    fixed: int = 0
    """What it costs, in eighths, but for lists that are as long as the page that is asked for.

    The page is the field's that the set stands below, which a fragment does not know.
    """
    by_page: int = 0
    """What one of each of those lists costs, in eighths."""

    def __add__(self, other: "Size") -> "Size":
        """Put two parts of one selection set together."""
        return Size(
            depth=max(self.depth, other.depth),
            aliases=self.aliases + other.aliases,
            directives=self.directives + other.directives,
            fields=self.fields + other.fields,
            fixed=self.fixed + other.fixed,
            by_page=self.by_page + other.by_page,
        )

    def eighths(self, page: int) -> int:
        """Give what it costs below a field that asks for a page of so many."""
        return self.fixed + page * self.by_page

    @property
    def cost(self) -> int:
        """What it costs where no page is asked for, rounded up."""
        return -(-self.eighths(LIST_SIZE) // OBJECT)


_NOTHING = Size()
_OF_TYPE = cast("GraphQLObjectType", introspection_types["__Type"]).fields["ofType"]
"""Costs half and is no level: tools ask for nine of them in each other, and most are null."""


def measured(schema: GraphQLSchema, document: DocumentNode) -> list[tuple[Definition, Size]]:
    """Give every operation with its size, then every fragment.

    Raises NestedTooDeepError.
    """
    measure = Measure(schema, document)
    operations, fragments = measure.operations, measure.fragments
    return [
        *((operation, measure.operation(operation)) for operation in operations),
        *((fragment, measure.fragment(fragment)) for fragment in fragments),
    ]


class Measure:
    """Measures one document, each of its selection sets once."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        """Look up fields in `schema`."""
        self.visited = 0
        """How many selections were looked at."""
        self.operations = _those(OperationDefinitionNode, document)
        self.fragments = _those(FragmentDefinitionNode, document)
        self._schema = schema
        self._fragments = {fragment.name.value: fragment for fragment in self.fragments}
        self._known: dict[str, Size] = {}

    def operation(self, operation: OperationDefinitionNode) -> Size:
        """Give the size of an operation."""
        root = self._schema.get_root_type(operation.operation)
        variables = operation.variable_definitions or ()
        directives = len(operation.directives or ()) + sum(
            len(variable.directives or ()) for variable in variables
        )
        return Size(directives=directives) + self._set(operation.selection_set, root, 0)

    def fragment(self, fragment: FragmentDefinitionNode, level: int = 0) -> Size:
        """Give the size of a fragment, wherever it is spread."""
        name = fragment.name.value
        if self._fragments[name] is not fragment:  # another has its name; not valid
            return self._fragment(fragment, level)
        if name not in self._known:
            self._known[name] = _NOTHING  # for one that goes in circles; not valid either
            self._known[name] = self._fragment(fragment, level)
        return self._known[name]

    def _fragment(self, fragment: FragmentDefinitionNode, level: int) -> Size:
        on = self._schema.get_type(fragment.type_condition.name.value)
        size = self._set(fragment.selection_set, on, level)
        return Size(directives=len(fragment.directives or ())) + size

    def _set(self, selections: SelectionSetNode, on: GraphQLNamedType | None, level: int) -> Size:
        if level > NESTING:
            raise NestedTooDeepError
        size = _NOTHING
        names = set[object]()
        for selection in selections.selections:
            self.visited += 1
            name, aliased = _name(selection)
            again = Size(
                aliases=int(aliased or name in names), directives=len(selection.directives or ())
            )
            names.add(name)
            size += again + self._selection(selection, on, level + 1)
        return size

    def _selection(self, selection: SelectionNode, on: GraphQLNamedType | None, level: int) -> Size:
        if isinstance(selection, FieldNode):
            return self._field(selection, on, level)
        if isinstance(selection, FragmentSpreadNode):
            fragment = self._fragments.get(selection.name.value)
            return _NOTHING if fragment is None else self.fragment(fragment, level)
        inline = cast("InlineFragmentNode", selection)
        if inline.type_condition is not None:
            on = self._schema.get_type(inline.type_condition.name.value)
        return self._set(inline.selection_set, on, level)

    def _field(self, field: FieldNode, on: GraphQLNamedType | None, level: int) -> Size:
        known = self._schema.get_field(on, field.name.value) if is_composite_type(on) else None
        below, one = _NOTHING, LEAF
        if field.selection_set is not None:
            of = None if known is None else get_named_type(known.type)
            below, one = self._set(field.selection_set, of, level), OBJECT
        size = Size(
            depth=below.depth + (known is not _OF_TYPE),
            aliases=below.aliases,
            directives=below.directives,
            fields=1,
        )
        if known is _OF_TYPE:
            return replace(size, fixed=(one + below.eighths(LIST_SIZE)) // 2)
        if known is None:
            return replace(size, fixed=one + below.eighths(LIST_SIZE))
        page, (about, work) = _page(field, known), _sized(field, known)
        if not is_list_type(get_nullable_type(known.type)):
            return replace(size, fixed=work + one + below.eighths(page or LIST_SIZE))
        each = one + below.eighths(LIST_SIZE)
        length = page or about
        if length is None:
            return replace(size, fixed=work, by_page=each)
        return replace(size, fixed=work + length * each)


def _those(kind: type[T], document: DocumentNode) -> list[T]:
    return [one for one in document.definitions if isinstance(one, kind)]


def _name(selection: SelectionNode) -> tuple[object, bool]:
    """Give what a selection goes by within its set, and whether that is an alias."""
    if isinstance(selection, FieldNode):
        alias = selection.alias
        return (alias or selection.name).value, alias is not None
    if isinstance(selection, FragmentSpreadNode):
        return (FragmentSpreadNode, selection.name.value), False
    on = cast("InlineFragmentNode", selection).type_condition
    return (InlineFragmentNode, None if on is None else on.name.value), False


def _page(field: FieldNode, known: GraphQLField) -> int | None:
    """Give how long a page a field asks for; None where it has no pages."""
    argument = known.args.get("first")
    if argument is None:
        return None
    for given in field.arguments or ():
        if given.name.value == "first":
            number = given.value.value if isinstance(given.value, IntValueNode) else ""
            # What is no literal of one or two digits is a variable, 100, or refused later.
            return int(number) if re.fullmatch("[1-9][0-9]?", number) else MOST
    return argument.default_value if isinstance(argument.default_value, int) else MOST


def _sized(field: FieldNode, known: GraphQLField) -> tuple[int | None, int]:
    """Give how long a list is said to be where its field is declared, and its work in eighths.

    The lists of introspection are declared by the library.
    """
    declared = known.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if declared is None:
        return _INTROSPECTED.get(field.name.value), 0
    said = declared.metadata
    return said.get(ABOUT), _work(field, known, said.get(WORK, 0), said.get(DEARER, {})) * OBJECT


def _work(field: FieldNode, known: GraphQLField, work: int, dearer: Mapping[str, int]) -> int:
    """Give what has to be worked out; a variable counts as the dearest that it may stand for."""
    if not dearer:
        return work
    works = [work]
    for given in field.arguments or ():
        argument, value = known.args.get(given.name.value), given.value
        if isinstance(value, EnumValueNode):
            works.append(dearer.get(value.value, 0))
        elif isinstance(value, VariableNode) and argument is not None:
            works += dearer.values() if is_enum_type(get_named_type(argument.type)) else ()
    return max(works)
