"""The documented examples answer as they say, and show every way of asking there is."""

import re

import pytest
from graphql import (
    FieldNode,
    GraphQLInputObjectType,
    OperationDefinitionNode,
    OperationType,
    parse,
    visit,
)
from graphql.language import Visitor

from tests.support.examples import FOLDER, Example, answered, examples
from tests.support.face import SCHEMA

EXAMPLES = list(examples())
ASKED_BY = re.compile(r"# An? [a-z ]+: [^\n]+\?")


class _Names(Visitor):
    """Collects the names of the fields of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Keep the name of a field."""
        self.fields.add(node.name.value)


def _operation(example: Example) -> OperationDefinitionNode:
    (operation,) = (
        node
        for node in parse(example.document).definitions
        if isinstance(node, OperationDefinitionNode)
    )
    return operation


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_answers_as_it_says(example: Example) -> None:
    """An integrator builds on the answer that stands there: it is compared whole."""
    said = example.answer.read_text(encoding="utf-8")
    assert answered(example) == said, "If that is meant, run `make examples`."


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_says_who_asks_and_has_a_name(example: Example) -> None:
    """People choose it by its question, and a log names it by its operation."""
    assert ASKED_BY.match(example.document), example.name
    operation = _operation(example)
    assert operation.name is not None
    words = re.findall("[A-Z][a-z]*", operation.name.value)
    assert "-".join(words).lower() == example.name[3:]
    names = _Names()
    visit(parse(example.document), names)
    assert not {"__schema", "__type"} & names.fields


def test_every_example_is_in_the_list_of_them() -> None:
    """What is not in the list nobody finds."""
    listed = re.findall(r"^\| \[(\S+)\]\((\S+)\.graphql\)", _readme(), re.MULTILINE)
    assert [(example.name, example.name) for example in EXAMPLES] == listed
    assert [example.name[:2] for example in EXAMPLES] == [
        f"{number:02}" for number in range(1, len(EXAMPLES) + 1)
    ]
    answers = {example.answer.name for example in EXAMPLES}
    variables = {f"{example.name}.variables.json" for example in EXAMPLES if example.variables}
    documents = {f"{example.name}.graphql" for example in EXAMPLES}
    assert {path.name for path in FOLDER.iterdir()} == {
        "README.md", *answers, *variables, *documents,
    }  # fmt: skip


def test_the_examples_show_every_root_field_and_every_kind_of_point() -> None:
    """Whoever looks for one way of asking finds a document to begin with."""
    roots = {
        selection.name.value
        for example in EXAMPLES
        for selection in _operation(example).selection_set.selections
        if isinstance(selection, FieldNode)
    }
    query = SCHEMA._schema.query_type
    assert query is not None
    assert set(query.fields) <= roots
    assert {_operation(example).operation for example in EXAMPLES} == {
        OperationType.QUERY,
        OperationType.MUTATION,
    }
    point = SCHEMA._schema.type_map["LedgerPoint"]
    assert isinstance(point, GraphQLInputObjectType)
    everything = "\n".join(f"{one.document}{one.variables}" for one in EXAMPLES)
    for kind in point.fields:
        assert re.search(rf"\{{ ?'?{kind}'?: ", everything), kind


def _readme() -> str:
    return (FOLDER / "README.md").read_text(encoding="utf-8")
