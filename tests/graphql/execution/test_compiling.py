"""Compiled operations give what graphql-core gives, and make way for it where they cannot.

Nothing else holds the two together: whatever one of them is taught, the other must know.
"""

from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from enum import Enum
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest
import strawberry
from graphql import GraphQLSchema, IntValueNode, StringValueNode
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import queries

from planledger.answers import to_json
from planledger.graphql.context import Context
from planledger.graphql.execution import Execution, Question
from planledger.graphql.execution.carrying import carry_out, ordinarily
from planledger.graphql.execution.compiling import VARIANTS_KEPT, Compiled
from planledger.graphql.execution.preparing import Prepared
from planledger.graphql.schema import make_schema
from tests.support import simulated
from tests.support.asked_at_random import NORTHBRIDGE, Asking
from tests.support.depth import rounds
from tests.support.ledgers import AUTHOR

EXECUTION = Execution(make_schema(), limits=None)
ROUNDS = rounds(ci=60, deep=5_000)


def _schema(execution: Execution) -> GraphQLSchema:
    return execution._schema


def _context() -> Context:
    return Context(ledger=simulated.northbridge()[0], author=AUTHOR)


def _prepared(execution: Execution, document: str) -> Prepared:
    prepared = execution.prepare(document)
    assert isinstance(prepared, Prepared), (document, prepared.errors)
    return prepared


def same_both_ways(
    document: str, variables: dict[str, Any] | None = None, execution: Execution = EXECUTION
) -> bool:
    """Hold that both ways give the same to the byte; tell whether the compiled way was taken."""
    prepared, question = _prepared(execution, document), Question(document, variables)
    schema = _schema(execution)
    ordinary = ordinarily(schema, prepared, question, _context())
    carried = carry_out(schema, prepared, question, _context())
    assert to_json(carried.data) == to_json(ordinary.data), (document, variables)
    told = [error.formatted for error in ordinary.errors or ()]
    assert [error.formatted for error in carried.errors] == told, (document, variables)
    (compiled,) = prepared.compiled.values()
    return compiled.attempt(variables or {}, _context(), None).data is not None


@pytest.mark.parametrize("part", range(4))
def test_documents_at_random_are_answered_as_ever(part: int) -> None:
    """Whoever asks must not be able to tell which way they were answered."""
    compiled = 0
    for number in range(ROUNDS):
        chance = Random(part * 1_000_000 + number)  # noqa: S311 - a test repeats itself
        asked = Asking(_schema(EXECUTION), chance, NORTHBRIDGE).made()
        compiled += same_both_ways(asked.document, asked.variables)
    assert compiled > ROUNDS // 3, "too many were left to graphql-core: this proves little"


def _literals(*texts: str) -> st.SearchStrategy[StringValueNode]:
    return st.sampled_from(texts).map(lambda text: StringValueNode(value=text))


@settings(max_examples=rounds(ci=8, deep=2_000))
@given(
    queries(
        _schema(EXECUTION),
        custom_scalars={
            "PlanRef": _literals("northbridge"),
            "ReviewRef": _literals("northbridge/board-2024-q1"),
            "Position": _literals("7", "541"),
            "Date": _literals("2024-06-30", "2025-03-31"),
            "DateTime": _literals("2024-09-01T00:00:00Z"),
            "ID": _literals("northbridge/1.1", "Plan:northbridge", "PlanEvent:7"),
            "Int": st.integers(1, 5).map(lambda number: IntValueNode(value=str(number))),
        },
        allow_null=False,
    )
)
def test_documents_that_others_make_up_are_answered_as_ever(document: object) -> None:
    """Our own way to make up documents may have our own blind spots."""
    # An object of which exactly one field is to be given is nothing they know of.
    assume(isinstance(EXECUTION.prepare(cast("str", document)), Prepared))
    same_both_ways(cast("str", document))


PLAN = 'plan(ref: "northbridge")'
GOOD = [
    "{ __typename }",
    "query { a: __typename ledger { __typename b: __typename basis { final } } }",
    f"{{ ledger {{ {PLAN} {{ ref ref ref title }} }} }}",
    (
        f"{{ ledger {{ {PLAN} {{ areas {{ ref }} ...A areas {{ number }} }} }} }} "
        "fragment A on Plan { areas { title actions { ref } } areas { actions { text } } }"
    ),
    f"{{ ledger {{ {PLAN} {{ title ...{{ title ref }} ... on Plan {{ id }} ref }} }} }}",
    (
        f"{{ ledger {{ {PLAN} {{ milestones {{ ... on Item {{ id ... on Milestone {{ ordinal }} }} "
        "... on Node { __typename } } } } }"
    ),
    (
        f"{{ ledger {{ {PLAN} {{ milestones {{ targetDate {{ __typename ... on OneOff {{ "
        "date: label } ... on Recurring { first: label } } slippage { amount unit label } } } } }"
    ),
    (
        "{ events(first: 100) { nodes { __typename position recordedAt source { line } "
        "... on TargetDateSet { targetDate { __typename } } "
        "... on ReviewClosed { review } } pageInfo { hasNextPage endCursor } } }"
    ),
    '{ none: ledger(knownAt: {position: "0"}) { basis { recordedAt } plan(ref: "x") { ref } } }',
    "{ events(first: 1) { nodes { position @skip(if: true) } } }",
    (
        "{ ledger @include(if: true) { basis { position final } } ...Q } "
        "fragment Q on Query { ledger { basis { final effectiveOn } } }"
    ),
    (
        '{ changes(plan: "northbridge", from: {position: "541"}, first: 20) { totals { changes '
        "counts { what count } } nodes { what before after title period { first } "
        "causes { position reason } } from { position } to { final } } }"
    ),
    (
        '{ history(item: "northbridge/1.1", first: 5, inside: true) { nodes { standing '
        "event { position } changes { before after } } kind } }"
    ),
]
BAD = [
    '{ ledger(knownAt: {review: "northbridge/none"}) { basis { position } } }',
    (
        '{ a: ledger { basis { final } } b: ledger(knownAt: {position: "9999"}) { basis { final } }'
        ' c: changes(plan: "northbridge", from: {position: "0"}, first: 2) { nodes { what } } }'
    ),
    f"{{ ledger {{ {PLAN} {{ ref }} plans(first: 0) {{ nodes {{ ref }} }} }} }}",
    (
        '{ ledger { a: plans(first: 1, after: "x") { nodes { ref } } '
        'b: plans(first: 1, after: "y") { nodes { ref } } } }'
    ),
    '{ events(area: "1") { nodes { position } } }',
    "{ __schema { queryType { name } } ledger { basis { position } } }",
    '{ __type(name: "Plan") { name fields { name } } }',
    "query($n: Int!) { ledger { plans(first: $n) { nodes { ref } } } }",
]


@pytest.mark.parametrize("document", GOOD)
def test_what_goes_well_is_compiled(document: str) -> None:
    """Merged fields keep the order they are first asked for in; nothing odd makes it slow."""
    assert same_both_ways(document)


@pytest.mark.parametrize("document", BAD)
def test_what_does_not_is_left_to_the_ordinary_executor(document: str) -> None:
    """It makes the errors, says where they are, and goes on beside them as it always did."""
    assert not same_both_ways(document)


def test_variables_decide_what_is_selected() -> None:
    """What was compiled for one answer to `@skip` must not be given for the other."""
    document = (
        "query($a: Boolean!, $b: Boolean! = true, $c: Boolean!, $d: Boolean!) { ledger { "
        "basis @skip(if: $a) { position @include(if: $b) final } "
        "plans(first: 1) @include(if: $c) { nodes { ref ...P @skip(if: $d) } } __typename } } "
        "fragment P on Plan { title @include(if: $a) id }"
    )
    compiled = [
        same_both_ways(document, {"a": a, "b": b, "c": c, "d": d})
        for a in (True, False)
        for b in (True, False)
        for c in (True, False)
        for d in (True, False)
    ]
    assert sum(compiled) == VARIANTS_KEPT, "then it is one after another that decides by itself"
    assert same_both_ways(document, {"a": True, "c": True, "d": True})


def test_arguments_may_hold_variables_anywhere() -> None:
    """What one request sends must not be what the next one is answered by."""
    document = (
        "query($p: Position!, $day: Date, $n: Int = 2) { ledger(knownAt: {position: $p}, "
        "effectiveOn: $day) { basis { position effectiveOn } milestones(first: $n, "
        "filter: {dueBefore: $day}) { nodes { ref dueBy } } } }"
    )
    seen = set()
    for position in ("541", "700"):
        for day in ("2024-12-31", "2025-12-31", None):
            variables: dict[str, Any] = {"p": position, "day": day}
            assert same_both_ways(document, variables)
            prepared = _prepared(EXECUTION, document)
            question = Question(document, variables)
            seen.add(to_json(carry_out(_schema(EXECUTION), prepared, question, _context()).data))
    assert len(seen) == 6
    assert not same_both_ways(document, {"p": "x"})
    assert not same_both_ways(document, {"p": "541", "n": 0})


def test_an_operation_is_chosen_by_name() -> None:
    """One document may hold several."""
    document = "query A { ledger { basis { final } } } query B { ledger { __typename } }"
    prepared = _prepared(EXECUTION, document)
    for name in ("A", "B", "A"):
        question = Question(document, None, name)
        ordinary = ordinarily(_schema(EXECUTION), prepared, question, _context())
        carried = carry_out(_schema(EXECUTION), prepared, question, _context())
        assert carried.data == ordinary.data
    assert set(prepared.compiled) == {"A", "B"}


def test_many_may_ask_at_once_what_nobody_asked_before() -> None:
    """Each thread may be the one that compiles it, or a type that comes up."""
    document = "{ events(first: 100) { nodes { __typename position type } } }"
    execution = Execution(make_schema(), limits=None)
    prepared, question = _prepared(execution, document), Question(document)

    def ask(_: int) -> bytes:
        return to_json(carry_out(_schema(execution), prepared, question, _context()).data)

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(ask, range(64)))) == 1


class _Colour(Enum):
    RED = "red"
    BLUE = "blue"


class _Other(Enum):
    RED = "red"


@strawberry.interface
class _Shape:
    name: str

    @classmethod
    def resolve_type(cls, shown: SimpleNamespace, *_: object) -> str:
        """Name the type that the object itself names."""
        return cast("str", shown.kind)


@strawberry.type(name="Square")
class _Square(_Shape):
    side: int

    @classmethod
    def is_type_of(cls, shown: object, _: object) -> bool:
        """Tell squares from all else by their sides."""
        return hasattr(shown, "side")


@strawberry.type(name="Odd")
class _Odd:
    text: str
    maybe: str | None
    number: int
    flag: bool
    id: strawberry.ID
    colour: strawberry.enum(_Colour)  # type: ignore[valid-type] # made here
    day: date
    texts: list[str]
    holes: list[str | None]
    rows: list[list[int]]
    shape: _Shape | None
    square: _Square | None


GOOD_ODD = {
    "text": "a",
    "maybe": None,
    "number": 1,
    "flag": True,
    "id": "x",
    "colour": _Colour.RED,
    "day": date(2015, 3, 31),
    "texts": ("a", "b"),
    "holes": ["a", None],
    "rows": [[1], []],
    "shape": SimpleNamespace(kind="Square", name="s", side=2),
    "square": SimpleNamespace(name="s", side=2),
}
ALL_ODD = (
    "text maybe number flag id colour day texts holes rows shape { __typename name "
    "... on Square { side } } square { __typename }"
)


def _odd_execution(odd: object, also: Callable[[], object] = lambda: None) -> Execution:
    def give() -> _Odd:
        also()
        return cast("_Odd", odd)

    @strawberry.type(name="Query")
    class Query:
        odd: _Odd | None = strawberry.field(resolver=give)

    return Execution(strawberry.Schema(Query, types=[_Square]), limits=None)


def _changed() -> Iterator[Any]:
    """Give what may be wrong, one thing at a time, and whether compiled code knows better."""
    circle = SimpleNamespace(kind="Circle", name="c")
    for field, value, known in (
        *(("text", None, False), ("text", 5, True), ("text", b"", False)),
        *(("maybe", "", True), ("maybe", ["a"], False), ("text", "\ud800", True)),
        *(("number", 2**31, False), ("number", -(2**31), True), ("number", True, True)),
        *(("number", 1.0, True), ("number", 1.5, False), ("number", "x", False)),
        *(("flag", None, False), ("flag", 1, True), ("flag", "yes", False)),
        *(("id", 7, True), ("id", None, False), ("id", 1.5, False)),
        *(("colour", _Other.RED, False), ("colour", "blue", True), ("colour", None, False)),
        *(("day", None, False), ("day", "2015-03-31", False)),
        *(("texts", None, False), ("texts", ["a", None], False), ("texts", "ab", False)),
        *(("texts", {"a": 1}, False), ("texts", [], True), ("holes", [None, None], True)),
        *(("rows", [None], False), ("rows", [[1, None]], False), ("rows", [1], False)),
        *(("shape", circle, False), ("shape", None, True), ("shape", ValueError("x"), False)),
        *(("square", circle, False), ("square", None, True), ("maybe", ValueError("x"), False)),
    ):
        yield pytest.param(field, value, known, id=f"{field}-{type(value).__name__}-{known}")


@pytest.mark.parametrize(("field", "value", "known"), list(_changed()))
def test_values_of_the_wrong_kind_are_told_as_ever(
    field: str, value: object, *, known: bool
) -> None:
    """A mistake of ours becomes the error it always was, where it always was: never an answer."""
    execution = _odd_execution(SimpleNamespace(**{**GOOD_ODD, field: value}))
    assert same_both_ways(f"{{ odd {{ {ALL_ODD} }} }}", None, execution) == known


def test_a_missing_attribute_is_told_as_ever() -> None:
    """A view that lacks a field that the schema has is a mistake of ours, too."""
    assert not same_both_ways(f"{{ odd {{ {ALL_ODD} }} }}", None, _odd_execution(object()))


def test_values_are_looked_at_each_time_they_are_answered() -> None:
    """What was learned of one value must not be believed of another."""
    odd = SimpleNamespace(**GOOD_ODD)
    execution = _odd_execution(odd)
    document = f"{{ odd {{ {ALL_ODD} }} }}"
    assert same_both_ways(document, None, execution)
    for value in (None, "2015-03-31", date(2015, 4, 1), ValueError("x"), 5):
        odd.day = value
        assert same_both_ways(document, None, execution) == isinstance(value, date)


@pytest.mark.parametrize("wrong", [None, ValueError("no"), StopIteration()])
def test_what_is_given_up_is_not_asked_for_twice(wrong: Exception | None) -> None:
    """A store that does not answer must not be waited for once more, and no error logged twice."""
    calls = []

    def also() -> None:
        calls.append(1)
        if wrong is not None:
            raise wrong

    execution = _odd_execution(SimpleNamespace(**{**GOOD_ODD, "text": None}), also)
    document = "{ a: odd { maybe } b: odd { text } c: odd { id } }"
    question = Question(document)
    carried = carry_out(_schema(execution), _prepared(execution, document), question, _context())
    assert {error.path[0] for error in carried.errors if error.path} == (
        {"b"} if wrong is None else {"a", "b", "c"}
    )
    assert carried.data is not None
    assert carried.data["b"] is None
    assert len(calls) == 3


def test_a_resolver_is_told_where_it_is() -> None:
    """One that looks at its path is called by graphql-core, which knows it."""

    @strawberry.type(name="Thing")
    class Thing:
        @strawberry.field
        def place(self, info: strawberry.Info, more: int = 1) -> str:
            """Say where this is."""
            return f"{info.path.as_list()}{more}"

        @strawberry.field
        def field(self, info: strawberry.Info, more: int = 1) -> str:
            """Say what this is."""
            return f"{info.field_name} {info.schema is not None} {info.variable_values} {more}"

    @strawberry.type(name="Query")
    class Query(Thing):
        things: list[Thing] = strawberry.field(resolver=lambda: [Thing(), Thing()])

    execution = Execution(strawberry.Schema(Query), limits=None)
    assert same_both_ways("{ a: place b: place(more: 2) }", None, execution)
    assert not same_both_ways("{ place things { a: place b: place(more: 2) } }", None, execution)
    asked = "query($n: Int) { a: field b: field(more: $n) things { field c: field(more: $n) } }"
    assert same_both_ways(asked, {"n": 5}, execution)
    assert same_both_ways(asked, {}, execution)


def test_what_a_subscription_shows_of_one_event_is_compiled() -> None:
    """Its field at the root is answered by the event itself, and its resolver is not called."""

    @strawberry.type(name="Query")
    class Query:
        one: int = strawberry.field(resolver=lambda: 1)

    @strawberry.type(name="Subscription")
    class Subscription:
        @strawberry.subscription
        async def odd(self, more: int = 1) -> AsyncGenerator[_Odd, None]:
            """Give what must not be seen: what is shown is the event that it is given."""
            yield cast("_Odd", SimpleNamespace(**{**GOOD_ODD, "text": f"wrong {more}"}))

    execution = Execution(
        strawberry.Schema(Query, subscription=Subscription, types=[_Square]), limits=None
    )
    document = f"subscription($n: Int) {{ it: odd(more: $n) {{ {ALL_ODD} }} }}"
    prepared = _prepared(execution, document)
    for text, compiled in (("a", True), (None, False)):
        odd, question = SimpleNamespace(**{**GOOD_ODD, "text": text}), Question(document, {"n": 2})
        ordinary = ordinarily(_schema(execution), prepared, question, _context(), odd)
        carried = carry_out(_schema(execution), prepared, question, _context(), odd)
        assert carried.data == ordinary.data
        assert len(carried.errors) == len(ordinary.errors or ()) == (not compiled)
        attempt = prepared.compiled[None].attempt({"n": 2}, _context(), odd)
        assert (attempt.data is not None) == compiled


def test_commands_are_never_tried() -> None:
    """What is carried out twice would be recorded twice."""
    calls = []

    @strawberry.type(name="Query")
    class Query:
        one: int = strawberry.field(resolver=lambda: 1)

    @strawberry.type(name="Mutation")
    class Mutation:
        @strawberry.mutation
        def act(self) -> int:
            """Act."""
            calls.append(1)
            return 1

    execution = Execution(strawberry.Schema(Query, Mutation), limits=None)
    prepared = _prepared(execution, "mutation { act }")
    operation = prepared.operation(None)
    assert operation is not None
    compiled = Compiled(_schema(execution), prepared.document, operation)
    assert compiled.attempt({}, _context(), None).data is None
    assert calls == []
    carried = carry_out(_schema(execution), prepared, Question("mutation { act }"), _context())
    assert carried.data == {"act": 1}
    assert not carried.final
    assert calls == [1]
