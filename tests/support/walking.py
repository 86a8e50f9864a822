"""Everything that the schema shows of a ledger, asked for in one document made from the schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
)

NOT_WALKED = frozenset(("edges", "plans", "asReported", "asNowKnown", "review"))
"""Fields that show again what is shown beside them, or a ledger at another point."""


class Walk:
    """Documents that ask for all of something, and what they are made of."""

    def __init__(self, schema: GraphQLSchema, given: Mapping[tuple[str, str], str]) -> None:
        """Walk `schema`; `given` are arguments that a field may need, by their name and type."""
        self._schema = schema
        self._given = given
        self._begun: set[str] = set()
        self._whole: dict[str, str] = {}

    def leaves(self) -> str:
        """Give the fragment `leaves`, with all it needs: what a node has that is no object."""
        node = self._schema.type_map["Node"]
        return "\n".join(
            [
                f"fragment leaves on Node {{ __typename id {' '.join(self._spread(node))} }}",
                *(
                    f"fragment {kind.name}_leaves on {kind.name} {{ {self._leaves(kind)} }}"
                    for kind in self._kinds(node)
                ),
            ]
        )

    def everything(self, name: str) -> str:
        """Give the fragment `X_all` of a type, with all it needs: all that is shown under it."""
        self._begun, self._whole = set(), {}
        self._walk(self._schema.type_map[name])
        return "\n".join([*self._whole.values(), self.leaves()])

    def _walk(self, kind: GraphQLNamedType) -> str | None:
        """Write the fragment of a type, and give its name; None while it is being written."""
        fragment = f"{kind.name}_all"
        if fragment in self._whole:
            return fragment
        if kind.name in self._begun:
            return None
        self._begun.add(kind.name)
        if is_abstract_type(kind):
            inner = [f"...{each}" for each in map(self._walk, self._kinds(kind)) if each]
            body = " ".join(["__typename", *inner])
        else:
            body = " ".join([self._leaves(kind), *self._objects(kind)])
        self._whole[fragment] = f"fragment {fragment} on {kind.name} {{ {body} }}"
        return fragment

    def _objects(self, kind: GraphQLNamedType) -> Iterator[str]:
        for name, field in self._fields(kind):
            below = get_named_type(field.type)
            given = self._arguments(field)
            if not is_leaf_type(below) and name not in NOT_WALKED and given is not None:
                # Within itself a node is shown without what is under it: there is an end to it.
                fragment = self._walk(below) or ("leaves" if self._is_node(below) else None)
                if fragment is not None:
                    yield f"{kind.name}_{name}: {name}{given} {{ ...{fragment} }}"

    def _leaves(self, kind: GraphQLNamedType) -> str:
        # Each by a name of its own: fields of one name may be of different types.
        leaves = [
            f"{kind.name}_{name}: {name}"
            for name, field in self._fields(kind)
            if is_leaf_type(get_named_type(field.type)) and self._arguments(field) == ""
        ]
        has_id = any(name == "id" for name, _ in self._fields(kind))
        return " ".join(["__typename", *(["id"] if has_id else []), *leaves])

    def _arguments(self, field: GraphQLField) -> str | None:
        """Write the arguments that a field needs; None where one is not among those given."""
        needed = {
            name: self._given.get((name, get_named_type(one.type).name))
            for name, one in field.args.items()
            if is_required_argument(one)
        }
        if None in needed.values():
            return None
        return f"({', '.join(f'{name}: {given}' for name, given in needed.items())})" * bool(needed)

    def _is_node(self, kind: GraphQLNamedType) -> bool:
        return any(one.name == "Node" for one in getattr(kind, "interfaces", ()))

    def _fields(self, kind: GraphQLNamedType) -> list[tuple[str, GraphQLField]]:
        assert is_object_type(kind)
        return list(kind.fields.items())

    def _kinds(self, kind: GraphQLNamedType) -> list[GraphQLNamedType]:
        assert is_abstract_type(kind)
        return sorted(self._schema.get_possible_types(kind), key=lambda one: one.name)

    def _spread(self, kind: GraphQLNamedType) -> list[str]:
        return [f"...{one.name}_leaves" for one in self._kinds(kind)]


def nodes_in(answer: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - whatever JSON holds
    """Give every object with an id in an answer, with what it has that is no object."""
    if isinstance(answer, list):
        for each in answer:
            yield from nodes_in(each)
    elif isinstance(answer, dict):
        if "id" in answer:
            yield {name: value for name, value in answer.items() if _is_leaf(value)}
        for value in answer.values():
            yield from nodes_in(value)


def _is_leaf(value: object) -> bool:
    if isinstance(value, list):
        return all(_is_leaf(each) for each in value)
    return not isinstance(value, dict)
