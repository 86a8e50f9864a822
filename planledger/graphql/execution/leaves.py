"""Leaf values on their way to JSON: how compiled code writes one down.

Texts, flags and numbers are given as they are, enum values by their names, everything else by its
scalar. Whatever is not as usual, such as a flag where a number should be, goes to graphql-core's
own coercion, which knows what to make of it or raises.
"""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)

_AS_IT_IS = {GraphQLString.name: str, GraphQLID.name: str, GraphQLBoolean.name: bool}
"""Scalars whose values of one class are JSON already; the Int is one, too, within its bounds."""

Coerce = Callable[[Any], Any]


class UnusualError(Exception):
    """Something that compiled code leaves to graphql-core, be it an error or not."""


def expression(leaf: GraphQLLeafType, value: str, name: Callable[[str, object], str]) -> str:
    """Give the expression for the variable `value`, which is not None, as JSON has it.

    `name` gives what an object is called in the code. What the expression cannot do raises.
    """
    coerce = name("coerce", _checked(leaf))
    if leaf.name in _AS_IT_IS:
        kind = _AS_IT_IS[leaf.name].__name__
        return f"{value} if type({value}) is {kind} else {coerce}({value})"
    if leaf.name == GraphQLInt.name:
        bounded = f"type({value}) is int and -0x80000000 <= {value} <= 0x7FFFFFFF"
        return f"{value} if {bounded} else {coerce}({value})"
    if isinstance(leaf, GraphQLEnumType):
        enum = getattr(leaf, "wrapped_cls", None)  # strawberry's
        kind, names = name("enum", enum), name("names", _names(leaf, enum))
        return f"{names}[{value}._name_] if type({value}) is {kind} else {coerce}({value})"
    known: set[type] = set()
    classes, plain = name("classes", known), name("plain", leaf.coerce_output_value)
    first = name("first", _noting(_checked(leaf), known))
    return f"{plain}({value}) if type({value}) in {classes} else {first}({value})"


def _checked(leaf: GraphQLLeafType) -> Coerce:
    coerce = leaf.coerce_output_value

    def checked(value: Any) -> Any:  # noqa: ANN401 - whatever is shown
        if value is None or value is Undefined or isinstance(value, Exception):
            raise UnusualError
        given = coerce(value)
        if given is None or given is Undefined:
            raise UnusualError
        return given

    return checked


def _noting(coerce: Coerce, known: set[type]) -> Coerce:
    """Note the classes whose values become texts; values of these need no second look."""

    def noting(value: Any) -> Any:  # noqa: ANN401 - whatever is shown
        given = coerce(value)
        if given.__class__ is str:
            known.add(value.__class__)
        return given

    return noting


def _names(leaf: GraphQLEnumType, enum: Any) -> dict[str, str]:  # noqa: ANN401 - an Enum, if any
    """Give the name in the schema of every member of an enum that has one."""
    names: dict[str, str] = {}
    for member in enum or ():
        try:
            names[member.name] = leaf.coerce_output_value(member)
        except ValueError:
            continue  # not in the schema: whoever shows it is told so by graphql-core
    return names
