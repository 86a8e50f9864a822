"""Input that no command may take, made from the schema: in every field, what is wrong there.

A new field is tried as soon as it is in the schema, and nobody need think of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
)

from tests.support.face import SCHEMA

LONG = "a" * 10_000_000
TOO_LONG = "ten million letters"
HALF = "\ud800"
NOWHERE = "nothing-of-this-name"

Path = tuple[str | int, ...]

UNREADABLE: Mapping[str, tuple[Any, ...]] = {
    "Date": ("2015-02-30", "0000-01-01", "10000-01-01", "20150331", "soon", "", 20150331, True),
    "PartialDate": ("2015-02-30", "2015-13", "2015-37", "0000", "10000", "soon", "", 2015, []),
    "Decimal": ("NaN", "1e400", "9" * 21, "1." + "9" * 21, "", 12.5, True, "٣"),
    "Int": (2**31, -(2**31) - 1, 1.5, "1", True),
    "Boolean": ("yes", 1, []),
    "Position": ("-1", "x", "", "9" * 16, 1.5, True),
    "String": (1, True, [], {}),
    "ID": (1.5, True, [], {}),
    "PlanRef": (1, True, [], {}, "a" * 101),
    "PersonalText": (1, True, [], {}),
    "JSON": (),
}
"""What cannot be read as a value of a scalar."""
IMPOSSIBLE: Mapping[str, tuple[Any, ...]] = {
    "Date": ("0001-01-01", "9999-12-31"),
    "PartialDate": ("0001", "9999", "0001-01-01", "9999-12-31"),
    "Int": (2**31 - 1, -(2**31)),
    "Position": ("9" * 15,),
    "String": ("\0", HALF, f"a{HALF}b", "a\0b", "\u001b[31m"),
    "ID": ("\0", HALF),
    "PlanRef": ("\0", HALF, "a" * 100),
    "PersonalText": ("\0", HALF, "a\0b"),
    "JSON": ("\0", HALF, {"\0": HALF}, [[[[[[]]]]]], 1e308, {"first": "9999-99"}, [None]),
}
"""What can be read and may be said nowhere."""
NO_OBJECTS: tuple[Any, ...] = ("text", 1, [], {"nothing": 1})
TEXTS = frozenset(("String", "ID", "PlanRef", "PersonalText"))
NAMES = ("ref or id", "Refs or ids", "Ref or id", "id within", "Ids of", "ref of", "in the plan")
"""What the description of a field says where it names something that must be there already."""


class Bad(NamedTuple):
    """One input that is wrong in one place."""

    path: Path
    why: str
    given: dict[str, Any]

    def __str__(self) -> str:
        """Say what is wrong where, without ten million letters."""
        value: Any = self.given
        for step in self.path:
            value = value[step]
        return f"{'.'.join(map(str, self.path))}: {self.why}: {repr(value)[:60]}"


def input_of(mutation: str) -> GraphQLInputObjectType:
    """Give the type of a mutation's input."""
    kinds = SCHEMA._schema.mutation_type
    assert kinds is not None
    kind = kinds.fields[mutation].args["input"].type
    assert isinstance(kind, GraphQLNonNull)
    assert isinstance(kind.of_type, GraphQLInputObjectType)
    return kind.of_type


def bad_inputs(mutation: str, given: Mapping[str, Any]) -> Iterator[Bad]:
    """Give inputs that are `given` but for one place each, where they are wrong.

    What every command has is read and looked through in one way, so of those fields only the ones
    of the first mutation are given the ten million letters that take a while.
    """
    shared = set(input_of("planDraft").fields) & set(input_of("areaAdd").fields)
    for bad in _in_fields(input_of(mutation), dict(given), dict(given), ()):
        if bad.why != TOO_LONG or mutation == "planDraft" or bad.path[0] not in shared:
            yield bad


def _in_fields(
    kind: GraphQLInputObjectType, here: Mapping[str, Any], whole: dict[str, Any], path: Path
) -> Iterator[Bad]:
    for name, field in kind.fields.items():
        yield from _in_field(name, field, here, whole, path)


def _in_field(
    name: str, field: GraphQLInputField, here: Mapping[str, Any], whole: dict[str, Any], path: Path
) -> Iterator[Bad]:
    there = (*path, name)
    kind: GraphQLInputType = field.type
    if isinstance(kind, GraphQLNonNull):
        yield Bad(there, "null where it is required", _with(whole, there, None))
        kind = kind.of_type
    for why, value in _values(kind, field.description or "", here.get(name)):
        yield Bad(there, why, _with(whole, there, value))
    if isinstance(kind, GraphQLInputObjectType):
        inner = here.get(name) or _least(kind)
        yield from _in_fields(kind, inner, _with(whole, there, inner), there)
    if isinstance(kind, GraphQLList) and isinstance(_bare(kind.of_type), GraphQLInputObjectType):
        first = (here.get(name) or [_least(_bare(kind.of_type))])[0]
        yield from _in_fields(_bare(kind.of_type), first, _with(whole, there, [first]), (*there, 0))


def _values(kind: GraphQLInputType, says: str, present: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Give what does not belong in a field of a kind, with why."""
    if isinstance(kind, GraphQLList):
        yield "a list with null in it", [None]
        for why, value in _values(_bare(kind.of_type), says, None):
            yield f"a list with {why}", [value]
    elif isinstance(kind, GraphQLEnumType):
        yield from (("no such value", other) for other in ("NOTHING", "\0", "", 1))
    elif isinstance(kind, GraphQLScalarType):
        yield from (("unreadable", other) for other in UNREADABLE[kind.name])
        yield from (("impossible", other) for other in IMPOSSIBLE.get(kind.name, ()))
        if kind.name in TEXTS:
            yield from (("blank", other) for other in ("", "  \n"))
            yield TOO_LONG, LONG
            if any(name in says for name in NAMES):
                yield "unknown", NOWHERE
    elif isinstance(kind, GraphQLInputObjectType):
        yield from (("no object", other) for other in NO_OBJECTS)
        if {"first", "last"} <= kind.fields.keys() and present:
            turned = {**present, "first": present["last"], "last": present["first"]}
            yield "backwards", turned


def _bare(kind: Any) -> Any:  # noqa: ANN401 - a type without its "!"
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def _least(kind: GraphQLInputObjectType) -> dict[str, Any]:
    """Give an object that has what is required and nothing more."""
    return {
        name: "text"
        for name, field in kind.fields.items()
        if isinstance(field.type, GraphQLNonNull)
    }


def _with(whole: Any, path: Path, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Give a copy with another value in one place."""
    step, rest = path[0], path[1:]
    inner = _with(whole[step] if rest else None, rest, value) if rest else value
    if isinstance(step, int):
        return [*whole[:step], inner, *whole[step + 1 :]]
    return {**whole, step: inner}
