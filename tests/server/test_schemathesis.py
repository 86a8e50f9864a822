"""Whatever the schema allows: schemathesis makes it up, and the service answers or declines.

A few dozen documents in the ordinary run, thousands behind `make test-deep`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
import schemathesis
from graphql import parse_value, print_ast
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes
from schemathesis.core.result import Ok

from planledger.domain.refusals import Code
from planledger.events.review import ReviewOpened
from tests.support.depth import DEEP, rounds
from tests.support.serving import Caller, Service, service
from tests.support.simulated import PLAN, entries, entries_of

SCHEMA = Path(__file__).resolve().parents[2] / "schema.graphql"

DECLARED = {
    "ARGUMENT_OUT_OF_BOUNDS",
    "CURSOR_UNKNOWN",
    "DATE_IMPOSSIBLE",
    "GRAPHQL_VALIDATION_FAILED",
    "OPERATION_TOO_LARGE",
    "PAGE_SIZE",
    "PLAN_REQUIRED",
    "POINT_IN_FUTURE",
    "REVIEW_NOT_CLOSED",
    "UNKNOWN_FIELD",
    "UNKNOWN_ITEM",
    "UNKNOWN_PLAN",
    "UNKNOWN_REVIEW",
}
"""What a question may be declined for. What a command may be refused for is said by `Code`."""
CONFLICT = "CONFLICT"

MEDIA_TYPES = ("application/json", "application/graphql-response+json")


THING = re.compile(r"[a-z-]+-[0-9a-f]{12}|[0-9]+[.][0-9]+|[0-9]{1,2}|[a-z]+(-[a-z0-9]+)+")
"""An id, a ref of an action or an area, or a name such as a forum's."""


@cache
def names() -> list[str]:
    """Give what the simulated plan calls its things."""
    texts = {text for entry in entries() for text in texts_in(msgspec.to_builtins(entry.event))}
    found = {text for text in texts if THING.fullmatch(text)}
    return sorted(found | {f"{name}/1" for name in found if "." in name})


def texts_in(value: object) -> Iterator[str]:
    """Give every text in something that JSON can hold."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, str):
        yield value


T = TypeVar("T")


def mostly(likely: st.SearchStrategy[T], any_other: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """Give what can be taken, and now and then anything else that may be written there."""
    return st.sampled_from([likely] * 20 + [any_other] + [likely] * 20).flatmap(lambda each: each)


def text(likely: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Give mostly such a text."""
    return mostly(likely, st.text(max_size=20)).map(nodes.String)


def id_of(name: str) -> str:
    """Give an id within the plan as a global id, which says its kind first."""
    return f"{name.partition('-')[0].capitalize()}:{PLAN}/{name}"


NAMES = st.deferred(lambda: st.sampled_from(names()))
IDS = st.deferred(lambda: st.sampled_from([id_of(each) for each in names() if "-" in each]))
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31)).map(str)
QUARTERS = st.builds("{}-{}".format, st.integers(2023, 2027), st.integers(33, 36))
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
AMOUNTS = st.decimals(-1_000, 1_000, places=2).map(str)
REVIEWS = st.deferred(
    lambda: st.sampled_from([f"{PLAN}/{opened.review}" for _, opened in entries_of(ReviewOpened)])
)

SCALARS = {
    "Date": text(DAYS),
    "DateTime": text(MOMENTS),
    "Decimal": text(AMOUNTS),
    "ID": text(IDS | NAMES),
    "Int": (st.integers(0, 100) | st.integers(0, 100) | st.integers(-(2**31), 2**31 - 1)).map(
        nodes.Int
    ),
    "JSON": text(NAMES),
    "PartialDate": text(DAYS | QUARTERS | DAYS.map(lambda day: day[:7])),
    "PersonalText": text(st.text(min_size=1, max_size=60)),
    "PlanRef": text(st.just(PLAN)),
    "Position": text(st.integers(0, 1_400).map(str)),
    "ReviewRef": text(REVIEWS),
    "String": text(NAMES),
}


KEYS = {"review": "ReviewRef", "recordedAt": "DateTime", "endOf": "Date", "position": "Position"}


def point(key: str) -> st.SearchStrategy[Any]:
    """Give a LedgerPoint that is said by one key."""
    return SCALARS[KEYS[key]].map(lambda value: parse_value(f"{{ {key}: {print_ast(value)} }}"))


# To schemathesis it is a scalar, too: it would give several of its keys, which is always refused.
SCALARS["LedgerPoint"] = st.one_of([point(key) for key in KEYS])
# The same with what several commands are stated by; each act by itself is tried in any case.
ACTS = (
    "{{ milestonePropose: {{ plan: {0}, action: {1}, text: {2} }} }}",
    "{{ itemReword: {{ plan: {0}, item: {1}, to: {2}, material: false }} }}",
    "{{ leadAssign: {{ plan: {0}, item: {1}, party: {2} }} }}",
)
SCALARS["ActInput"] = st.tuples(
    st.sampled_from(ACTS), SCALARS["PlanRef"], SCALARS["String"], SCALARS["String"]
).map(lambda given: parse_value(given[0].format(*map(print_ast, given[1:]))))
ONE_OF = re.compile(r"^input (\w+) @oneOf {.*?^}", re.MULTILINE | re.DOTALL)


def documents(root: str) -> st.SearchStrategy[Any]:
    """Give any document that asks for one field of a root type."""
    for name, strategy in SCALARS.items():
        schemathesis.graphql.scalar(name, strategy)
    schema = schemathesis.graphql.from_file(ONE_OF.sub(r"scalar \1", SCHEMA.read_text("utf-8")))
    schema.config.generation.update(graphql_allow_null=False)  # left out says the same, sooner
    found = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    wanted = [each.as_strategy() for each in found if each.label.startswith(f"{root}.")]
    assert wanted
    return st.one_of(wanted).map(lambda case: case.body)


@pytest.fixture(name="served", scope="module")
def _served(northbridge: Path) -> Iterator[Service]:
    """Serve a simulated plan that any command may be recorded in."""
    with service(northbridge) as served:
        yield served


def codes(answer: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON can hold
    """Give the code of every error, and of every refusal within the data."""
    for error in answer.get("errors", []):
        yield error["extensions"]["code"]
    for result in (answer.get("data") or {}).values():
        if isinstance(result, dict) and "message" in result and "code" in result:
            yield result["code"]


@pytest.mark.parametrize("root", ["Query", "Mutation"])
def test_whatever_is_asked_is_answered_or_declined(served: Service, root: str) -> None:
    """A way to make it fail that a tool finds by itself, somebody finds by accident, or on purpose.

    Nothing but declared codes: no status of trouble, no unexpected error, masked or not.
    """
    allowed = DECLARED | {CONFLICT} | {code.value for code in Code}

    @settings(
        max_examples=rounds(40, 2_500),
        phases=(Phase.generate, Phase.shrink) if DEEP else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(documents(root), st.sampled_from(MEDIA_TYPES))
    def ask(document: str, media_type: str) -> None:
        response = caller.post("/graphql", json={"query": document}, headers={"Accept": media_type})
        assert response.status_code in {200, 400}, (document, response.text)
        assert set(codes(response.json())) <= allowed, (document, response.text)

    with Caller(served.url) as caller:
        ask()
    assert "unexpected error" not in served.said
    assert "trouble with the store" not in served.said
