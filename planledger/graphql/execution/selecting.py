"""Selections compiled: what is selected of an object, as the source of a function of it.

    select_7(shown, run)            # Milestone { ref dueBy leads { name } }
        v0 = shown.ref
        v1 = shown.due_by
        v2 = shown.leads
        return {
            'ref': v0 if type(v0) is str else coerce_1(v0),
            'dueBy': None if v1 is None else plain_3(v1) if type(v1) in classes_2 else …,
            'leads': [select_6(each0, run) for each0 in listed(v2)],
        }

Source, since closures that do the same take twice as long, and what is done can be read, as above.
Nothing that a client wrote is in it but the names in the answer, which GraphQL lets be letters,
digits and underscores only, and which stand in quotes. Fields are collected, merged and ordered by
graphql-core, and so are directives and fragments judged.

Only what goes well is compiled: every function raises where anything is unusual, whatever it is.
"""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLField,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution.collect_fields import (
    CollectedFields,
    FieldDetailsList,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from planledger.graphql.execution.calling import Call, Run, Subject
from planledger.graphql.execution.leaves import UnusualError, expression

TYPENAME = "__typename"

Select = Callable[[Any, Run], dict[str, Any]]
"""Gives what is selected of the object shown, or raises."""


def root_fields(subject: Subject, kind: GraphQLObjectType) -> GroupedFieldSet:
    """Collect what an operation asks for at its root, by place in the answer."""
    return _plain(
        collect_fields(
            subject.schema, subject.fragments, subject.variables, kind, subject.operation
        )
    )


class Selecting:
    """Compiles the selections of one operation, as its variables have them be."""

    def __init__(self, subject: Subject) -> None:
        """Compile what is asked by `subject`."""
        self._subject = subject
        self._numbers = count()
        self._leaves: dict[str, dict[str, str]] = {}
        self._code: dict[str, Any] = {"listed": _listed, "UnusualError": UnusualError}

    def root(self, kind: GraphQLObjectType, place: str, details: FieldDetailsList) -> Select:
        """Compile one field at the root, with its place in the answer; by itself.

        Raises where it cannot be compiled.
        """
        select: Select = self._code[self._select(kind, {place: details}, at_root=True)]
        return select

    def of_type(
        self, name: str, abstract: GraphQLAbstractType, details: FieldDetailsList
    ) -> Select:
        """Compile what is selected of an object whose type was found to be the one of a name."""
        kind = self._subject.schema.get_type(name)
        if not is_object_type(kind) or not self._subject.schema.is_sub_type(abstract, kind):
            raise UnusualError
        select: Select = self._code[self._object(kind, details)]
        return select

    def _object(self, kind: GraphQLObjectType, details: FieldDetailsList) -> str:
        subject = self._subject
        collected = collect_subfields(
            subject.schema,
            subject.fragments,
            subject.variables,
            subject.operation,
            kind,
            details,
        )
        return self._select(kind, _plain(collected))

    def _select(
        self, kind: GraphQLObjectType, fields: GroupedFieldSet, *, at_root: bool = False
    ) -> str:
        reads, answers = [], []
        for number, (response, details) in enumerate(fields.items()):
            field_name = details[0].node.name.value
            if field_name == TYPENAME:
                answers.append(f"{response!r}: {kind.name!r}")
                continue
            field = kind.fields[field_name]  # the schema's own fields are graphql-core's to answer
            value = f"v{number}"
            place = response if at_root else None
            reads.append(f"{value} = {self._read(kind, field, details, place)}")
            answers.append(f"{response!r}: {self._completed(field.type, value, details)}")
        checks = [] if at_root else self._checks(kind)
        return self._function([*checks, *reads, f"return {{{', '.join(answers)}}}"])

    def _checks(self, kind: GraphQLObjectType) -> list[str]:
        checks = ["if shown is None: raise UnusualError"]
        if kind.is_type_of is not None:
            is_type_of = self._name("is_type_of", kind.is_type_of)
            checks.append(f"if not {is_type_of}(shown, None): raise UnusualError")
        return checks

    def _function(self, lines: Sequence[str]) -> str:
        name = f"select_{next(self._numbers)}"
        body = "".join(f"    {line}\n" for line in lines)
        exec(f"def {name}(shown, run):\n{body}", self._code)  # noqa: S102 - see above what it can be
        return name

    def _read(
        self,
        kind: GraphQLObjectType,
        field: GraphQLField,
        details: FieldDetailsList,
        place: str | None,
    ) -> str:
        """Give the expression for what a field of the object shown holds."""
        stated = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if isinstance(stated, StrawberryField) and place is None:
            if stated.is_basic_field:
                return f"shown.{stated.python_name}"
            resolver = stated.base_resolver
            given = bool(details[0].node.arguments)
            if resolver and not stated.extensions and _needs_only_root(resolver, given=given):
                return f"{self._name('resolve', resolver.wrapped_func)}(shown)"
        call = Call(self._subject, kind, field, [each.node for each in details], place)
        return f"{self._name('call', call)}(shown, run)"

    def _completed(
        self, kind: GraphQLOutputType, value: str, details: FieldDetailsList, depth: int = 0
    ) -> str:
        """Give the expression for a value as the answer has it."""
        if is_non_null_type(kind):
            return self._present(kind.of_type, value, details, depth)
        present = self._present(kind, value, details, depth)
        return f"None if {value} is None else {present}"

    def _present(
        self, kind: GraphQLOutputType, value: str, details: FieldDetailsList, depth: int
    ) -> str:
        if is_list_type(kind):
            each = f"each{depth}"
            one = self._completed(kind.of_type, each, details, depth + 1)
            return f"[{one} for {each} in listed({value})]"
        if is_leaf_type(kind):
            return self._leaf(kind, value)
        if is_abstract_type(kind):
            return self._abstract(kind, value, details)
        if is_object_type(kind):
            return f"{self._object(kind, details)}({value}, run)"
        raise UnusualError

    def _leaf(self, kind: GraphQLLeafType, value: str) -> str:
        """Give the expression for a leaf; those of one type share what it needs."""
        named = self._leaves.setdefault(kind.name, {})

        def name(noun: str, meant: object) -> str:
            if noun not in named:
                named[noun] = self._name(noun, meant)
            return named[noun]

        return expression(kind, value, name)

    def _abstract(self, kind: GraphQLAbstractType, value: str, details: FieldDetailsList) -> str:
        if kind.resolve_type is None:
            raise UnusualError
        resolve = self._name("type_of", kind.resolve_type)
        selects = self._name("selects", _ByType(self, kind, details))
        abstract = self._name("abstract", kind)
        return f"{selects}[{resolve}({value}, None, {abstract})]({value}, run)"

    def _name(self, noun: str, meant: object) -> str:
        name = f"{noun}_{next(self._numbers)}"
        self._code[name] = meant
        return name


class _ByType(dict[str, Select]):
    """What is selected of an object, by its type; compiled for a type when one first comes up.

    Two threads may both compile it; either will do.
    """

    def __init__(
        self, selecting: Selecting, kind: GraphQLAbstractType, details: FieldDetailsList
    ) -> None:
        super().__init__()
        self._selecting = selecting
        self._kind = kind
        self._details = details

    def __missing__(self, name: str) -> Select:
        self[name] = self._selecting.of_type(name, self._kind, self._details)
        return self[name]


def _listed(value: Any) -> Sequence[Any]:  # noqa: ANN401 - whatever is shown
    if isinstance(value, list | tuple):
        return value
    raise UnusualError


def _plain(collected: CollectedFields) -> GroupedFieldSet:
    if collected.new_defer_usages:
        raise UnusualError
    return collected.grouped_field_set


def _needs_only_root(resolver: StrawberryResolver[Any], *, given: bool) -> bool:
    """Tell whether a resolver is called with the object alone: what may be left out, is."""
    parameters = resolver.signature.parameters.values()
    needed = [each.name for each in parameters if given or each.default is each.empty]
    return needed == ["root"] and not resolver.is_async
