"""Documents made up at random from a schema, each of them valid and most of them answered.

They ask in every way there is: with aliases, fields asked for twice, fragments with and without
names and on interfaces, `@skip` and `@include` by variables, arguments as literals and as
variables, `__typename` anywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)

DEEPEST = 7
"""How deep a selection goes, unless its last field needs one more."""

ONE_OF = ("LedgerPoint",)
"""Input objects of which exactly one field is given; strawberry has its own way to say so."""

GIVEN = {"after": 0.05, "before": 0.05, "knownAt": 0.7, "to": 0.7}
"""How likely an argument is given that may be left out, where it is not one in five."""

NORTHBRIDGE = {
    "PlanRef": ['"northbridge"'] * 19 + ['"nowhere"'],
    "ReviewRef": ['"northbridge/board-2024-q1"', '"northbridge/scrutiny-2025-q2"'] * 4
    + ['"northbridge/x"'],
    "Position": ['"0"', '"7"', '"120"', '"541"', '"1304"', '"9999"'],
    "Date": ['"2024-06-30"', '"2025-03-31"', '"2026-01-29"', '"2015-01-01"'],
    "DateTime": ['"2024-09-01T00:00:00Z"', '"2025-09-01T00:00:00+02:00"'],
    "Int": ["1", "3", "20"],
    "first": ["1", "2", "3", "10", "100"] * 4 + ["0"],
    "last": ["1", "3"],
    "String": ['"1"', '"1.1"', '"1.1/1"', '"northbridge/1.1"', '"x"'],
    "forum": ['"improvement-board"'],
    "kpi": ['"audits-good"'],
    "lead": ['"party-8089b5521eb3"'],
    "party": ['"party-8089b5521eb3"'],
    "author": ['"northbridge:analyst"', '"nobody"'],
    "baseline": ['"submitted"', '"refresh-2025"'],
    "ref": ['"northbridge"', '"audits-good"', '"1.1"', '"1.1/1"'],
    "item": ['"northbridge/1.1"'] * 3 + ['"1.1"', '"Milestone:northbridge/milestone-a00c47ab1dea"'],
    "id": [
        *('"Plan:northbridge"', '"Plan:northbridge@541,2024-06-30"', '"PlanEvent:7"'),
        *('"Milestone:northbridge/milestone-a00c47ab1dea"', '"PlanEvent:1304"', '"nothing"'),
        '"Review:northbridge/board-2024-q1@1304,2026-01-29"',
    ],
    "Boolean": ["true", "false"],
    "after": ['"5"', '"120"'],  # cursors of some lists; in others there is no such
    "before": ['"120"'],
}
"""What to ask of the simulated plan, as literals."""

Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType


class Asked(NamedTuple):
    """A document and its variables."""

    document: str
    variables: dict[str, Any]


class Asking:
    """Makes up one document."""

    def __init__(
        self, schema: GraphQLSchema, chance: Random, values: Mapping[str, Sequence[str]]
    ) -> None:
        """Ask of `schema`; `values` are literals, by the argument or the scalar they are for."""
        self._schema = schema
        self._chance = chance
        self._values = values
        self._number = 0
        self._fragments: list[str] = []
        self._variables: dict[str, tuple[str, Any]] = {}

    def made(self) -> Asked:
        """Make it up."""
        query = self._schema.query_type
        assert query is not None
        root = self._selection(query, 0)
        declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in self._variables.items())
        head = f"query({declared}) " if declared else ""
        document = "\n".join([head + root, *self._fragments])
        return Asked(document, {name: value for name, (_, value) in self._variables.items()})

    def _selection(self, kind: Composite, depth: int) -> str:
        return f"{{ {' '.join(self._selected(kind, depth))} }}"

    def _selected(self, kind: Composite, depth: int) -> Iterator[str]:
        if depth and self._is(0.15):
            yield "__typename"
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            yield from self._fields(kind, depth)
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            possible = self._schema.get_possible_types(kind)
            for one in self._chance.sample(possible, min(len(possible), 2)):
                inner = " ".join(self._fields(one, depth, mark=f"_{one.name}"))
                yield f"... on {one.name} {self._decided()}{{ {inner} }}"
        elif depth and self._is(0.15):
            yield self._fragment(kind, depth)

    def _fields(
        self, kind: GraphQLObjectType | GraphQLInterfaceType, depth: int, mark: str = ""
    ) -> Iterator[str]:
        names = list(kind.fields)
        if depth >= DEEPEST:
            names = [name for name in names if is_leaf_type(get_named_type(kind.fields[name].type))]
        if not names:
            yield "__typename"
            return
        count = self._chance.randint(1, 2 if depth in {0, DEEPEST} else 4)
        for name in self._chance.choices(names, k=count):  # one may be asked for twice
            yield self._field(name, kind.fields[name], depth, mark)

    def _field(self, name: str, field: GraphQLField, depth: int, mark: str) -> str:
        alias = ""
        if field.args or mark or self._is(0.1):
            alias = f"{name}{mark}_{self._next()}: "
        asked = f"{alias}{name}{self._arguments(field)} {self._decided() if depth else ''}"
        inner = get_named_type(field.type)
        if isinstance(inner, Composite):
            return f"{asked}{self._selection(inner, depth + 1)}"
        return asked

    def _fragment(self, kind: Composite, depth: int) -> str:
        name = f"Part{self._next()}"
        inner = " ".join(self._selected(kind, depth + 1))
        self._fragments.append(f"fragment {name} on {kind.name} {{ {inner} }}")
        return " ".join([f"...{name} {self._decided()}"] * self._chance.randint(1, 2))

    def _decided(self) -> str:
        """Give a directive now and then, most of them letting through what they are on."""
        if not self._is(0.1):
            return ""
        directive = self._chance.choice(["skip", "include"])
        lets = (directive == "include") == self._is(0.7)
        if self._is(0.5):
            return f"@{directive}(if: {str(lets).lower()}) "
        return f"@{directive}(if: {self._variable('Boolean!', lets)}) "

    def _arguments(self, field: GraphQLField) -> str:
        given = [
            f"{name}: {self._literal(name, argument.type)}"
            for name, argument in field.args.items()
            if self._is_given(name, argument)
        ]
        return f"({', '.join(given)})" if given else ""

    def _is_given(self, name: str, argument: GraphQLArgument) -> bool:
        return is_required_argument(argument) or self._is(GIVEN.get(name, 0.2))

    def _literal(self, name: str, kind: GraphQLInputType) -> str:
        inner = get_nullable_type(kind)
        if is_list_type(inner):
            count = self._chance.randint(1, 2)
            return f"[{', '.join(self._literal(name, inner.of_type) for _ in range(count))}]"
        if isinstance(inner, GraphQLEnumType):
            return str(self._chance.choice(list(inner.values)))
        if isinstance(inner, GraphQLInputObjectType):
            return self._object(inner)
        text: str = self._chance.choice(self._values.get(name) or self._values[str(inner)])
        if self._is(0.2):
            value = int(text) if text.lstrip("-").isdigit() else text.strip('"')
            # The one field of an object that there is may not be null.
            return self._variable(f"{inner}!", {"true": True, "false": False}.get(text, value))
        return text

    def _object(self, kind: GraphQLInputObjectType) -> str:
        fields = list(kind.fields.items())
        count = 1 if kind.name in ONE_OF else self._chance.randint(0, 2)
        chosen = self._chance.sample(fields, min(len(fields), count))
        given = [f"{name}: {self._literal(name, field.type)}" for name, field in chosen]
        return f"{{{', '.join(given)}}}"

    def _variable(self, kind: str, value: object) -> str:
        name = f"v{self._next()}"
        self._variables[name] = (kind, value)
        return f"${name}"

    def _is(self, likelihood: float) -> bool:
        return self._chance.random() < likelihood

    def _next(self) -> int:
        self._number += 1
        return self._number
