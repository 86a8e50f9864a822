"""What a document may ask for, and what whoever asks for more is told.

Nothing here looks at a clock. What holds the time down is what is looked at: a document that is too
large is refused before the rules that take their time see it.
"""

import json
from typing import NewType

import pytest
import strawberry
from graphql import get_introspection_query, parse
from starlette.testclient import TestClient
from strawberry.schema.config import StrawberryConfig

from benchmarks.hostile import TOO_LARGE, WRONG
from planledger.graphql.context import Context
from planledger.graphql.errors import LONGEST_MESSAGE
from planledger.graphql.execution import Execution, Failure, Question, preparing
from planledger.graphql.execution.limits import EVERYBODY, Limits
from planledger.graphql.execution.preparing import ERRORS_TOLD, Prepared, Unfit
from planledger.server import make_app
from tests.support.face import EXECUTION, SCHEMA, Face, code_of
from tests.support.ledgers import AUTHOR
from tests.support.told import ROOT, steps

UNLIMITED = Execution(SCHEMA, limits=None)
FINAL = "ledger { basis { final } }"
ON_QUERY = f"fragment F on Query {{ {FINAL} }}"

Fragile = NewType("Fragile", str)


def _broken(_: object) -> object:
    raise RuntimeError("secret words")


@strawberry.type
class AskedFragile:
    """A query whose argument cannot be read, for a bug of ours."""

    @strawberry.field
    def ask(self, it: Fragile) -> str:
        """Give it back."""
        return it


FRAGILE = strawberry.Schema(
    AskedFragile,
    config=StrawberryConfig(
        scalar_map={Fragile: strawberry.scalar(name="Fragile", parse_value=_broken)}
    ),
)

EXACT: list[tuple[str, int, str]] = [
    ("depth", 3, f"{{ {FINAL} }}"),
    ("depth", 3, f"{{ ... {{ ...F }} }} {ON_QUERY}"),
    ("depth", 4, '{ __type(name: "Plan") { fields { type { ofType { ofType { name } } } } } }'),
    ("aliases", 2, f"{{ a: {FINAL} b: {FINAL} }}"),
    ("aliases", 3, "{ ledger { basis { final final final final } } }"),
    ("aliases", 1, f"{{ a: {FINAL} {FINAL} }}"),
    ("aliases", 1, f"{{ ... {{ {FINAL} }} ... {{ {FINAL} }} }}"),
    ("aliases", 1, f"{{ ...F ...F }} {ON_QUERY}"),
    ("aliases", 4, "{ ...F ... { ...F } } fragment F on Query { a: __typename b: __typename }"),
    ("directives", 2, "{ __typename @skip(if: false) @include(if: true) }"),
    ("directives", 2, f"{{ ...F @skip(if: false) ... @skip(if: false) {{ {FINAL} }} }} {ON_QUERY}"),
    ("root_fields", 2, f"{{ {FINAL} __typename }}"),
    ("root_fields", 2, f"{{ __typename ... {{ ...F }} }} {ON_QUERY}"),
    ("fragments", 2, f"{{ ...F ...G }} {ON_QUERY} fragment G on Query {{ __typename }}"),
    ("characters", 14, "{ __typename }"),
    ("tokens", 3, "{ __typename }"),
    ("tokens", 4, "# one\n# two\n# three\n# four\n{ __typename }"),
    ("cost", 1, "{ __typename }"),
    ("cost", 1_003, f"{{ {FINAL} }}"),
    ("cost", 1_015, "{ ledger { plans(first: 10) { nodes { ref title } } } }"),
]
"""A measure, how much of it there is, and the document."""


@pytest.mark.parametrize(("measure", "number", "document"), EXACT)
def test_a_limit_is_what_one_may_just_ask_for(
    face: Face, measure: str, number: int, document: str
) -> None:
    """Whoever keeps to what is written down is not refused, and nobody else is let through."""
    allowed = Execution(SCHEMA, limits=Limits(**{measure: number}))
    assert allowed.answer(Question(document), face.context).failure is None
    refused = Execution(SCHEMA, limits=Limits(**{measure: number - 1}))
    outcome = refused.answer(Question(document), face.context)
    assert outcome.failure is Failure.SIZE
    assert [code_of(error) for error in outcome.errors] == ["OPERATION_TOO_LARGE"]


def test_there_may_be_so_many_operations_and_no_more(face: Face) -> None:
    """One is carried out, and all of them are looked at."""
    document = "query A { __typename } query B { __typename }"
    allowed = Execution(SCHEMA, limits=Limits(operations=2))
    assert allowed.answer(Question(document, operation="B"), face.context).failure is None
    refused = Execution(SCHEMA, limits=Limits(operations=1))
    assert refused.answer(Question(document, operation="B"), face.context).failure is Failure.SIZE


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            f"query Many {{ {' '.join(f'a{n}: {FINAL}' for n in range(31))} }}",
            (
                "The operation 'Many' has 31 aliases and repeated fields, and 30 is the most. "
                "Ask for fewer at once, in several operations."
            ),
        ),
        (
            "{ ledger { plans(first: 100) { nodes { milestones { text leads { id } } } } } }",
            (
                "The operation costs 51,727, and 20,000 is the most. "
                "Ask for smaller pages (first), for fewer fields, or in several operations."
            ),
        ),
        (
            "{ __typename } " + "query A { __typename } " * 20,
            "The document has 21 operations, and 20 is the most. Ask in several documents.",
        ),
        (
            "{ __typename } #" + "x" * 30_000,
            (
                "The document has 30,016 characters, and 30,000 is the most. "
                "Send long texts as variables."
            ),
        ),
        (
            "{ " + "a " * 2_000 + "}",
            "The document has more than 2,000 tokens or comments. Ask in several documents.",
        ),
        (
            "{ a" * 101 + " }" * 101,
            (
                "The operation nests fields 101 deep, and 12 is the most. "
                "Ask for what lies deeper in a question of its own."
            ),
        ),
        (
            "{ a" * 102 + " }" * 102,
            (
                "The document is nested more than 100 deep, its fragments opened up. "
                "Ask for what lies deeper in a question of its own."
            ),
        ),
    ],
)
def test_a_refusal_says_what_is_too_much_and_what_to_do(document: str, message: str) -> None:
    """Whoever is refused mends the question by the message alone."""
    unfit = EXECUTION.prepare(document)
    assert isinstance(unfit, Unfit)
    assert [error.message for error in unfit.errors] == [message]


def test_the_limits_are_those_that_are_promised() -> None:
    """Clients are built to them: to lower one breaks those who keep to it."""
    assert (EVERYBODY.depth, EVERYBODY.aliases, EVERYBODY.root_fields) == (12, 30, 10)
    assert (EVERYBODY.cost, EVERYBODY.tokens, EVERYBODY.directives) == (20_000, 2_000, 30)
    assert (EVERYBODY.operations, EVERYBODY.fragments) == (20, 30)
    assert EVERYBODY.characters == 30_000


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_hostile_document_is_refused_for_its_size_before_it_is_validated(
    face: Face, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Validation compares what is repeated with each other, and so must not see much of it."""

    def seen(*_: object, **__: object) -> None:
        raise AssertionError("it was validated")

    monkeypatch.setattr(preparing, "validate", seen)
    execution = Execution(SCHEMA)
    outcome = execution.answer(Question(TOO_LARGE[name]), face.context)
    assert outcome.failure is Failure.SIZE
    assert len(json.dumps(outcome.response())) < 1_000


@pytest.mark.parametrize("name", WRONG)
def test_of_a_hostile_document_that_is_wrong_little_is_told(face: Face, name: str) -> None:
    """The library quotes what it was sent, and may find a mistake in every word of it."""
    outcome = EXECUTION.answer(Question(WRONG[name]), face.context)
    assert outcome.failure in {Failure.PARSING, Failure.VALIDATION}
    assert 1 <= len(outcome.errors) <= ERRORS_TOLD + 1  # and one that says there are more
    assert all(len(error.message) <= LONGEST_MESSAGE for error in outcome.errors)


def test_what_is_wrong_with_variables_is_told_in_short(face: Face) -> None:
    """Each of 5,000 values is wrong, and to find what was meant instead takes its time."""
    document = "query($t: [EventType!]) { events(first: 1, types: $t) { nodes { plan } } }"
    variables = {"t": ["MILESTONE_AGREEDX" * 20] * 5_000}
    outcome = EXECUTION.answer(Question(document, variables), face.context)
    assert outcome.failure is Failure.VARIABLES
    assert len(outcome.errors) == ERRORS_TOLD + 1
    assert all(len(error.message) <= LONGEST_MESSAGE for error in outcome.errors)


def test_a_mistake_is_told_with_what_was_perhaps_meant() -> None:
    """A slip of the pen is the commonest mistake."""
    unfit = EXECUTION.prepare("{ ledger { bassis { position } } }")
    assert isinstance(unfit, Unfit)
    assert unfit.errors[0].message.endswith("Did you mean 'basis'?")


@pytest.mark.parametrize(
    "document",
    [
        "{ ledger { ! } " + "a " * 3_000,
        'query { a(b: "Parsing aborted.) }',
        "{ a(b: } }",
        "",
        "\ud800",
    ],
)
def test_a_slip_of_the_pen_is_told_apart_from_excess(document: str) -> None:
    """It is mended in another way, and wherever in a long document it comes first, it is told."""
    unfit = EXECUTION.prepare(document)
    assert isinstance(unfit, Unfit)
    assert unfit.failure is Failure.PARSING


def test_every_answer_says_what_the_operation_carried_out_cost(face: Face) -> None:
    """Of several in a document one is carried out, and whoever is refused learns by how much."""
    two = f"query A {{ {FINAL} }} query B {{ ledger {{ plans(first: 80) {{ nodes {{ ref }} }} }} }}"

    def cost(question: Question) -> object:
        return EXECUTION.answer(question, face.context).extensions

    assert cost(Question(two, operation="A")) == {"cost": {"requested": 1_003, "limit": 20_000}}
    assert cost(Question(two, operation="B")) == {"cost": {"requested": 1_092, "limit": 20_000}}
    assert cost(Question(two, operation="C")) == {}
    assert cost(Question(two)) == {}
    refused = "{ ledger { plans(first: 100) { nodes { milestones { text leads { id } } } } } }"
    assert cost(Question(refused)) == {"cost": {"requested": 51_727, "limit": 20_000}}
    bomb = TOO_LARGE["fragment bomb by inline fragments"]
    assert cost(Question(bomb)) == {"cost": {"requested": 301_990_889, "limit": 20_000}}


@pytest.mark.parametrize(
    ("document", "requested"),
    [
        ("{ ledger { nothing } }", 1_002),
        ("query($p: Position!) { events(after: $p) { nodes { plan } } }", 1_114),
        ("{ events(first: 0) { nodes { plan } } }", 1_114),
    ],
)
def test_so_does_an_answer_that_has_errors(face: Face, document: str, requested: int) -> None:
    """What a client has spent does not depend on what came of it."""
    outcome = EXECUTION.answer(Question(document), face.context)
    assert outcome.errors
    assert outcome.extensions == {"cost": {"requested": requested, "limit": 20_000}}


def test_over_http_too(face: Face) -> None:
    """It is there that strangers ask."""
    with TestClient(
        make_app(face.store, face.clock, AUTHOR), base_url="http://localhost"
    ) as client:
        answer = client.post("/graphql", json={"query": f"{{ {FINAL} }}"}).json()
        assert answer["extensions"] == {"cost": {"requested": 1_003, "limit": 20_000}}
        refused = client.post("/graphql", json={"query": TOO_LARGE["500 aliases"]}).json()
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["OPERATION_TOO_LARGE"]
    assert refused["extensions"]["cost"]["limit"] == 20_000


def test_the_operator_asks_the_own_ledger_without_limits(face: Face) -> None:
    """A report over everything that is run at night on the spot harms nobody."""
    aliased = " ".join(f"a{n}: {FINAL}" for n in range(100))
    outcome = UNLIMITED.answer(Question(f"{{ {aliased} }}"), face.context)
    assert outcome.failure is None
    assert outcome.data is not None
    assert len(outcome.data) == 100
    assert "extensions" not in outcome.response()


def test_the_whole_schema_can_be_read_by_tools() -> None:
    """Clients and IDEs ask for all of it at once, in these words; see TOO_LARGE for twice that."""
    whole = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    prepared = EXECUTION.prepare(whole)
    assert isinstance(prepared, Prepared)
    assert _cost(prepared) < EVERYBODY.cost * 3 / 4


def test_what_the_documentation_asks_is_well_below_the_limits() -> None:
    """A question that people are shown may be put again with something added to it."""
    told = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    documents = [step.text for page in told for step in steps(page) if step.kind == "graphql"]
    documents += [page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.graphql")]
    assert len(documents) > 30
    for document in documents:
        prepared = EXECUTION.prepare(document)
        assert isinstance(prepared, Prepared), document
        assert _cost(prepared) < EVERYBODY.cost * 3 / 4, document
        assert parse(document).token_count < EVERYBODY.tokens / 2, document


def test_a_document_is_made_ready_once_whatever_comes_of_it(face: Face) -> None:
    """Dashboards send the same documents all day; a broken one sends the same mistake all day."""
    for document in (f"{{ {FINAL} }}", "{ nothing }", TOO_LARGE["500 aliases"]):
        assert EXECUTION.prepare(document) is EXECUTION.prepare(document)
    mistake = EXECUTION.prepare("{ nothing }")
    assert isinstance(mistake, Unfit)
    assert [error.nodes for error in mistake.errors] == [None]  # which would hold all of it
    told = EXECUTION.answer(Question("{ nothing }"), face.context).response()
    assert told["errors"][0]["locations"] == [{"line": 1, "column": 3}]


def _cost(prepared: Prepared) -> int:
    return max(prepared.costs.by_operation.values())


def test_nobody_learns_of_a_bug_more_than_its_number(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    """The words of an exception may hold anything; the log has them, by the number told."""

    class Broken:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError(f"secret words about {name}")

    context = Context(
        ledger=Broken(),  # type: ignore[arg-type] # that is the bug
        author=face.context.author,
        request_id="request-7",
    )
    outcome = EXECUTION.answer(Question(f"{{ a: {FINAL} }}"), context)
    (error,) = outcome.errors
    assert error.message == "Unexpected error."
    assert error.extensions == {"code": "INTERNAL_SERVER_ERROR", "reference": "request-7"}
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize(
    ("document", "variables", "failure"),
    [
        ('{ ask(it: "x") }', None, Failure.VALIDATION),
        ("query($it: Fragile!) { ask(it: $it) }", {"it": "x"}, Failure.VARIABLES),
    ],
)
def test_nor_of_one_that_is_found_before_anything_has_run(
    face: Face,
    caplog: pytest.LogCaptureFixture,
    document: str,
    variables: dict[str, object] | None,
    failure: Failure,
) -> None:
    """A scalar of ours may have a bug as well, in a literal and in a variable."""
    context = Context(ledger=face.ledger, author=face.context.author, request_id="request-8")
    outcome = Execution(FRAGILE).answer(Question(document, variables), context)
    (error,) = outcome.errors
    assert outcome.failure is failure
    assert error.message == "Unexpected error."
    assert error.extensions == {"code": "INTERNAL_SERVER_ERROR", "reference": "request-8"}
    assert [record.levelname for record in caplog.records] == ["ERROR"]
