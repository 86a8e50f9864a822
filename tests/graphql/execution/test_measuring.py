"""How large a document is: what fragments open up to, found without opening them up."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil
from typing import Any, Self

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    InlineFragmentNode,
    SelectionSetNode,
    Visitor,
    parse,
    visit,
)
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.hostile import TOO_LARGE
from planledger.graphql.common import described
from planledger.graphql.execution.limits import EVERYBODY
from planledger.graphql.execution.measuring import LIST_SIZE, Measure, NestedTooDeepError, Size
from tests.support.face import SCHEMA


@strawberry.type
class Page:
    """What `page` gives: lists that are as long as the page asked for, and one that is not."""

    nodes: list["Thing"] = described("As long as the page.")
    numbers: list[int] = described("As long as the page.")
    counts: list[int] = described("About two, however long the page.", about=2)
    note: str = described("A leaf.")


def _page(first: int = 7) -> Page:
    raise NotImplementedError(first)


@strawberry.type
class Thing:
    """Something with a field of each kind there is."""

    leaf: str = described("A leaf.")
    numbers: list[int] = described("Nobody says how long.")
    one: Self = described("An object.")
    few: list[Self] = described("About three.", about=3)
    many: list[Self] = described("Nobody says how long.")
    page: Page = strawberry.field(resolver=_page, description="A page of things.")


THINGS = strawberry.Schema(query=Thing)._schema

FIELDS = {
    "Thing": ("leaf", "numbers", "one", "few", "many", "page", "unknown", "__typename"),
    "Page": ("nodes", "numbers", "counts", "note", "unknown", "__typename"),
}
BELOW = {"one": "Thing", "few": "Thing", "many": "Thing", "nodes": "Thing", "page": "Page"}
LENGTHS = {"few": 3, "counts": 2}


@st.composite
def _selections(draw: st.DrawFn, on: str, spreads: Iterable[str], depth: int) -> str:
    """Give a selection set, perhaps one that is not valid."""
    parts = []
    for _ in range(draw(st.integers(0 if depth < 3 else 1, 3))):
        kind = draw(st.sampled_from(("field", "field", "field", "inline", "spread")))
        directive = draw(st.sampled_from(("", "", " @skip(if: false)")))
        if kind == "spread" and list(spreads):
            parts.append(f"...{draw(st.sampled_from(list(spreads)))}{directive}")
        elif kind == "inline" and depth:
            where = draw(st.sampled_from((None, on, "Thing", "Page")))
            condition = "" if where is None else f" on {where}"
            inner = draw(_selections(where or on, spreads, depth - 1))
            parts.append(f"...{condition}{directive} {inner}")
        else:
            parts.append(draw(_field(on, spreads, depth)) % directive)
    return "{ " + " ".join(parts) + " }"


@st.composite
def _field(draw: st.DrawFn, on: str, spreads: Iterable[str], depth: int) -> str:
    name = draw(st.sampled_from(FIELDS[on]))
    alias = draw(st.sampled_from(("", "", "a: ")))
    argument = ""
    if name == "page":
        argument = draw(
            st.sampled_from(("", "(first: 4)", "(first: $n)", "(first: 999)", "(last: 1)"))
        )
    inside = ""
    if depth and (name in BELOW or (name == "unknown" and draw(st.booleans()))):
        inside = " " + draw(_selections(BELOW.get(name, "Thing"), spreads, depth - 1))
    return f"{alias}{name}{argument}%s{inside}"


@st.composite
def _documents(draw: st.DrawFn) -> str:
    """Give a document whose fragments each spread those after them, and one there is not."""
    names = [f"F{number}" for number in range(draw(st.integers(0, 4)))]
    definitions = ["query($n: Int) " + draw(_selections("Thing", [*names, "Missing"], 3))]
    for number, name in enumerate(names):
        on = draw(st.sampled_from(("Thing", "Page")))
        inside = draw(_selections(on, names[number + 1 :], 2))
        definitions.append(f"fragment {name} on {on} {inside}")
    return " ".join(definitions)


class Naive:
    """Measures by opening every fragment up wherever it is spread, each time anew."""

    def __init__(self, document: DocumentNode) -> None:
        """Know the fragments of a document."""
        self.fragments = {
            one.name.value: one
            for one in document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }

    def measure(
        self, selections: SelectionSetNode, on: str | None, page: int | None
    ) -> tuple[int, int, int, int, Fraction]:
        """Give depth, aliases, directives, fields and cost, within a page of so many."""
        depth = aliases = directives = fields = 0
        cost = Fraction()
        names: set[str] = set()
        for selection in selections.selections:
            directives += len(selection.directives or ())
            if isinstance(selection, FieldNode):
                name = (selection.alias or selection.name).value
                found = self._field(selection, on, page)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                where = on if condition is None else condition.name.value
                name = f"... on {condition and condition.name.value}"
                found = self.measure(selection.selection_set, where, page)
            else:
                assert isinstance(selection, FragmentSpreadNode)
                name = f"...{selection.name.value}"
                fragment = self.fragments.get(selection.name.value)
                if fragment is None:
                    found = (0, 0, 0, 0, Fraction())
                else:
                    where = fragment.type_condition.name.value
                    found = self.measure(fragment.selection_set, where, page)
            aliased = isinstance(selection, FieldNode) and selection.alias is not None
            aliases += int(aliased or name in names) + found[1]
            names.add(name)
            depth = max(depth, found[0])
            directives += found[2]
            fields += found[3]
            cost += found[4]
        return depth, aliases, directives, fields, cost

    def _field(
        self, field: FieldNode, on: str | None, page: int | None
    ) -> tuple[int, int, int, int, Fraction]:
        name = field.name.value
        known = on is not None and name in FIELDS[on] and name != "unknown"
        first = None
        if known and name == "page":
            given = {one.name.value: one.value for one in field.arguments or ()}.get("first")
            text = getattr(given, "value", "100")
            first = 7 if given is None else min(100, int(text))
        if field.selection_set is None:
            below, one = (0, 0, 0, 0, Fraction()), Fraction(1, 8)
        else:
            where = BELOW.get(name) if known else None
            below, one = self.measure(field.selection_set, where, first), Fraction(1)
        length = 1
        if known and name in {"few", "many", "numbers", "nodes", "counts"}:
            length = LENGTHS.get(name) or page or LIST_SIZE
        return below[0] + 1, below[1], below[2], 1, length * (one + below[4])


@given(_documents())
def test_the_size_is_that_of_the_document_with_its_fragments_opened_up(text: str) -> None:
    """To open them up takes time that doubles with each fragment; to measure does not."""
    document = parse(text)
    measure = Measure(THINGS, document)
    (operation,) = measure.operations
    size = measure.operation(operation)
    depth, aliases, directives, fields, cost = Naive(document).measure(
        operation.selection_set, "Thing", None
    )
    assert (size.depth, size.aliases, size.directives, size.fields, size.cost) == (
        depth,
        aliases,
        directives,
        fields,
        ceil(cost),
    )


@given(_documents())
def test_each_selection_is_looked_at_once(text: str) -> None:
    """So whatever a document of a given length says, it takes no longer than any other."""
    document = parse(text)
    assert _visited(THINGS, document) <= _written(document)


def test_no_hostile_document_is_looked_at_more_than_once() -> None:
    """They are made for just that."""
    looked_at = 0
    for text in TOO_LARGE.values():
        try:
            document = parse(text, no_location=True, max_source_length=30_000)
        except GraphQLSyntaxError:  # too long or too deep to parse, which is as good
            continue
        visited = _visited(SCHEMA._schema, document)
        assert visited <= _written(document)
        looked_at += visited
    assert looked_at > 10_000


def test_fragments_that_go_in_circles_have_a_size() -> None:
    """They are not valid, which is found later."""
    document = parse("{ ...A } fragment A on Thing { leaf ...B } fragment B on Thing { leaf ...A }")
    measure = Measure(THINGS, document)
    assert measure.operation(measure.operations[0]).fields == 2


def test_of_two_fragments_of_one_name_both_are_measured() -> None:
    """Whichever of them the rules look at, it has been looked at before."""
    twice = "leaf " * 9
    document = parse(f"{{ leaf }} fragment A on Thing {{ {twice} }} fragment A on Thing {{ leaf }}")
    measure = Measure(THINGS, document)
    assert [measure.fragment(one).aliases for one in measure.fragments] == [8, 0]


def _visited(schema: Any, document: DocumentNode) -> int:  # noqa: ANN401 - a schema of either
    measure = Measure(schema, document)
    try:
        for operation in measure.operations:
            assert isinstance(measure.operation(operation), Size)
        for fragment in measure.fragments:
            measure.fragment(fragment)
    except NestedTooDeepError:
        pass
    return measure.visited


def _written(document: DocumentNode) -> int:
    count = 0

    class Count(Visitor):
        def enter(self, node: object, *_: object) -> None:
            nonlocal count
            count += isinstance(node, FieldNode | InlineFragmentNode | FragmentSpreadNode)

    visit(document, Count())
    return count


def test_a_comparison_move_by_move_costs_more_than_that_of_its_ends() -> None:
    """It takes several times as long; two of them at once would keep everybody waiting."""

    def cost(detail: str, variables: str = "") -> int:
        document = parse(
            f'query{variables} {{ changes(plan: "p", from: {{position: "1"}}{detail}, first: 1) '
            "{ totals { changes } } }"
        )
        measure = Measure(SCHEMA._schema, document)
        return measure.operation(measure.operations[0]).cost

    net, steps = cost(", detail: NET"), cost(", detail: STEPS")
    assert cost("") == net < steps
    assert cost(", detail: $detail", "($detail: ChangeDetail!)") == steps
    assert 2 * net < EVERYBODY.cost < 2 * steps
