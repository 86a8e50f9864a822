"""One way to say one thing, all over the schema: what a name says, its type says, too."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from tests.support.face import SCHEMA

MADE = SCHEMA._schema
NO_DAY = {
    "achievedOn": "PartialDate",
    "dependsOn": "String",
    "leadOn": "LeadInterval",
    "asAt": "Date",
    "closedAt": "Position",
    "knownAt": "LedgerPoint",
}
"""Names that end like a day or a moment and are none, or none of that kind."""


class Part(NamedTuple):
    """A field, an argument or a field of an input."""

    where: str
    name: str
    kind: str
    """The name of its type."""
    type: str
    """Its type as written."""
    says: str
    asked: bool
    """It is given by who asks, and not answered."""


def _parts(schema: GraphQLSchema) -> Iterator[Part]:
    for name, kind in schema.type_map.items():
        if isinstance(kind, GraphQLInputObjectType):
            for field, part in kind.fields.items():
                yield _part(f"{name}.{field}", field, part, asked=True)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and name[:2] != "__":
            for field, shown in kind.fields.items():
                yield _part(f"{name}.{field}", field, shown, asked=False)
                for argument, given in shown.args.items():
                    yield _part(f"{name}.{field}({argument})", argument, given, asked=True)


def _part(where: str, name: str, part: object, *, asked: bool) -> Part:
    kind = part.type  # type: ignore[attr-defined]
    says = part.description or ""  # type: ignore[attr-defined]
    return Part(where, name, get_named_type(kind).name, str(kind), says, asked)


def _lists_hold_no_null(part: Part) -> bool:
    inside = re.fullmatch(r"\[(.*)\]!?", part.type)
    if inside is None:
        return True
    return inside[1].endswith("!") and (part.asked or part.type.endswith("!"))


RULES: dict[str, Callable[[Part], bool]] = {
    "a list holds no null, and is null only where nothing was asked": _lists_hold_no_null,
    "a position is a Position": lambda part: (
        part.kind == "Position" or not re.search(r"(^p|P)osition$", part.name)
    ),
    "what is …On is a day": lambda part: (
        not part.name.endswith("On") or part.kind == NO_DAY.get(part.name, "Date")
    ),
    "what is …At is a moment": lambda part: (
        not part.name.endswith("At") or part.kind == NO_DAY.get(part.name, "DateTime")
    ),
    "what is said of a day calls it one": lambda part: (
        part.kind != "Date" or re.search(r"\bdays?\b", part.says, re.IGNORECASE) is not None
    ),
    "what is said of a moment that is asked for calls it one": lambda part: (
        part.kind != "DateTime" or not part.asked or "moment" in part.says
    ),
    "what is said of a position calls it so, or a place": lambda part: (
        part.kind != "Position"
        or re.search(r"position|place", part.says, re.IGNORECASE) is not None
    ),
    "a whole number that is asked for says its bounds": lambda part: (
        part.kind != "Int" or not part.asked or re.search(r"\d", part.says) is not None
    ),
    "a plan is named by a PlanRef": lambda part: (
        part.name not in {"plan", "successor"} or part.kind in {"PlanRef", "Plan"}
    ),
    "a review of any plan is named by a ReviewRef": lambda part: (
        "plan/review" not in part.says or part.kind in {"ReviewRef", "String", "ID"}
    ),
    "an id is an ID, and there is none beside it": lambda part: (
        part.name not in {"id", "itemId", "thingId", "commandId"} or part.kind == "ID"
    ),
    "what is said is a sentence": lambda part: re.search(r"[.…:\")]\s*$", part.says) is not None,
}


@pytest.mark.parametrize("rule", RULES)
def test_a_name_and_its_type_say_the_same_everywhere(rule: str) -> None:
    """Who has learnt one corner of the schema knows the rest of it."""
    assert [part.where for part in _parts(MADE) if not RULES[rule](part)] == []


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ("a list holds no null, and is null only where nothing was asked", "names: [String]!"),
        ("a list holds no null, and is null only where nothing was asked", "names: [String!]"),
        ("a position is a Position", '"Position." atPosition: Int'),
        ("what is …On is a day", "heldOn: String"),
        ("what is …At is a moment", "heldAt: String"),
        ("what is said of a day calls it one", '"When." held: Date'),
        (
            "what is said of a moment that is asked for calls it one",
            'a("When." held: DateTime): ID',
        ),
        ("what is said of a position calls it so, or a place", '"Where." held: Position'),
        ("a whole number that is asked for says its bounds", 'a("How many." most: Int): ID'),
        ("a plan is named by a PlanRef", "plan: String"),
        ("a review of any plan is named by a ReviewRef", '"Its plan/review." held: Int'),
        ("an id is an ID, and there is none beside it", "id: String"),
        ("what is said is a sentence", '"Its name" name: String'),
    ],
)
def test_what_is_uneven_is_found(rule: str, field: str) -> None:
    """A check that cannot fail guards nothing."""
    scalars = "scalar Date scalar DateTime scalar Position"
    made = build_schema(f"type Query {{ {field} }} {scalars}")
    assert [part for part in _parts(made) if not RULES[rule](part)]


CONNECTIONS = [name for name in MADE.type_map if name.endswith("Connection")]


@pytest.mark.parametrize("name", CONNECTIONS)
def test_a_connection_has_the_shape_that_clients_know(name: str) -> None:
    """Relay's compiler and many a client page through whatever has this shape."""
    kind = MADE.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    shown = {field: str(part.type) for field, part in kind.fields.items()}
    edge = MADE.type_map[shown["edges"].strip("[]!")]
    assert isinstance(edge, GraphQLObjectType)
    node = edge.fields["node"].type
    assert {field: str(part.type) for field, part in edge.fields.items()} == {
        "cursor": "String!",
        "node": str(node),
    }
    assert is_non_null_type(node)
    assert not is_list_type(get_nullable_type(node))
    assert shown["edges"] == f"[{edge.name}!]!"
    assert shown["nodes"] == f"[{node}]!"
    assert shown["pageInfo"] == "PageInfo!"
    # The feed is as long as the ledger; everything else is counted.
    assert shown.get("totalCount") == (None if name == "PlanEventConnection" else "Int!")


def test_whatever_answers_with_a_connection_is_asked_for_in_pages() -> None:
    """No answer is longer than who asks has said; a list without an end would be."""
    asked = [
        (f"{kind.name}.{name}", field)
        for kind in MADE.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        if get_named_type(field.type).name in CONNECTIONS
    ]
    assert {get_named_type(field.type).name for _, field in asked} == set(CONNECTIONS)
    for where, field in asked:
        assert str(field.type).endswith("Connection!"), where
        assert str(field.args["first"].type) == "Int!", where
        after = "Position" if where == "Query.events" else "String"
        assert str(field.args["after"].type) == after, where
