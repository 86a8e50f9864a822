"""What was promised of the schema is kept, and what is taken back is said long before."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from graphql import build_schema
from typer.testing import CliRunner

from planledger.cli import app
from planledger.cli.common import DECLINED, UNUSABLE
from planledger.graphql.promises import changes_between, changes_since, ill_deprecated, last_day
from tests.support.face import SCHEMA
from tests.support.told import ROOT

TODAY = date(2026, 7, 1)
RELEASED = """
type Query { plan(which: Which!): Plan  found: Found  old: Old @deprecated(reason: "%s") }
type Plan { id: ID!  title: String  state(day: Int @deprecated(reason: "%s")): State! }
type Old implements Named { name: String  within: Older }
type Older implements Named { name: String }
interface Named { name: String }
type Part { size: Int }
enum State { OPEN CLOSED LOST @deprecated(reason: "%s") }
union Found = Plan | Part
input Which { plan: ID!  year: Int @deprecated(reason: "%s") }
"""
PASSED = "Use `plan` instead. To be removed after 2026-06-30."
TODAY_LAST = "Use `plan` instead. To be removed after 2026-07-01."
LATER = """
type Query { plan(which: Which!): Plan  found: Found }
type Plan { id: ID!  title: String  state: State! }
type Part { size: Int }
enum State { OPEN CLOSED }
union Found = Plan | Part
input Which { plan: ID! }
"""


def _released(reason: str) -> str:
    return RELEASED % ((reason,) * 4)


def test_nothing_that_was_promised_is_broken() -> None:
    """A council's reports must go on working: deprecate first, and remove after the day said."""
    promised = (ROOT / "schema.released.graphql").read_text(encoding="utf-8")
    found = changes_since(promised, SCHEMA, datetime.now(UTC).date())
    assert [change.description for change in found.breaking] == []


def test_everything_deprecated_says_what_to_use_instead_and_how_long_it_stays() -> None:
    """Who reads "deprecated" asks two things, and the second is when it stops working."""
    assert ill_deprecated(SCHEMA._schema) == []


@pytest.mark.parametrize(
    ("to", "broken"),
    [
        (LATER, ["Old was removed.", "Older was removed.",
                 "Named was removed.", "Field Query.old was removed.",
                 "Argument Plan.state(day:) was removed.",
                 "Enum value State.LOST was removed.", "Field Which.year was removed."]),
        (_released(TODAY_LAST).replace("title: String", ""), ["Field Plan.title was removed."]),
        (_released(TODAY_LAST).replace("title: String", "title: Int"),
         ["Field Plan.title changed type from String to Int."]),
        (_released(TODAY_LAST).replace("plan: ID!", "plan: ID! late: Int!"),
         ["A required field Which.late was added."]),
        (_released(TODAY_LAST).replace("Plan | Part", "Plan"),
         ["Part was removed from union type Found."]),
    ],
)  # fmt: skip
def test_what_would_break_a_client_is_found(to: str, broken: list[str]) -> None:
    """A check that cannot fail guards nothing; the last day of a deprecation still counts."""
    found = changes_between(_released(TODAY_LAST), build_schema(to), TODAY)
    assert sorted(change.description for change in found.breaking) == sorted(broken)


def test_what_was_deprecated_may_go_once_its_day_has_passed() -> None:
    """And with it the types that nothing else led to; no sooner, and nothing besides."""
    assert changes_between(_released(PASSED), build_schema(LATER), TODAY).breaking == ()
    assert changes_between(_released(PASSED), build_schema(LATER), date(2026, 6, 30)).breaking
    without = LATER.replace("title: String", "")
    found = changes_between(_released(PASSED), build_schema(without), TODAY)
    assert [change.description for change in found.breaking] == ["Field Plan.title was removed."]


def test_what_a_client_may_not_know_is_told_apart() -> None:
    """A new value breaks nobody who expects new values, and everybody else."""
    grown = _released(TODAY_LAST).replace("OPEN", "OPEN PAUSED").replace("| Part", "| Part | Old")
    found = changes_between(_released(TODAY_LAST), build_schema(grown), TODAY)
    assert found.breaking == ()
    assert sorted(change.description for change in found.dangerous) == [
        "Enum value State.PAUSED was added.",
        "Old was added to union type Found.",
    ]


@pytest.mark.parametrize(
    ("reason", "day"),
    [
        (PASSED, date(2026, 6, 30)),
        ("Use `a` or `b` instead. To be removed after 2027-12-31.", date(2027, 12, 31)),
        ("No longer supported", None),
        ("Use `plan` instead.", None),
        ("To be removed after 2026-06-30.", None),
        ("Use `plan` instead. To be removed after 2026-06-31.", None),
        ("Use `plan` instead. To be removed after 30/06/2026.", None),
        ("Use `plan` instead. To be removed after ٢٠٢٦-06-30.", None),
        ("", None),
    ],
)
def test_a_deprecation_is_written_in_one_form(reason: str, day: date | None) -> None:
    """A machine holds us to the day, so it must be able to read it."""
    assert last_day(reason) == day


def test_an_ill_worded_deprecation_is_found_wherever_it_is() -> None:
    """Fields, arguments, fields of inputs and values can all be deprecated."""
    assert ill_deprecated(build_schema(_released(PASSED))) == []
    assert ill_deprecated(build_schema(_released("Soon."))) == [
        "Query.old",
        "Plan.state(day)",
        "State.LOST",
        "Which.year",
    ]


def test_the_command_tells_what_changed_since_a_release(tmp_path: Path) -> None:
    """Whoever releases sees it before clients do, and a script can stop at it."""
    same, other = tmp_path / "same.graphql", tmp_path / "other.graphql"
    printed = SCHEMA.as_str()
    same.write_text(printed, encoding="utf-8")
    other.write_text(
        printed.replace("type Totals {", "type Totals {\n  gone: Int!").replace(
            "  PLAN\n", "  X\n"
        ),
        encoding="utf-8",
    )
    told = CliRunner().invoke(app, ["schema", "--since", str(same)])
    assert (told.exit_code, told.stdout) == (0, "")
    told = CliRunner().invoke(app, ["schema", "--since", str(other)])
    assert told.exit_code == DECLINED
    assert "breaking: Field Totals.gone was removed.\n" in told.stdout
    assert "dangerous: Enum value ThingKind.PLAN was added.\n" in told.stdout


@pytest.mark.parametrize("text", ["type Query {", "type A { a: Int }", "\udcff", "", None])
def test_a_file_that_is_no_schema_is_refused_in_one_line(tmp_path: Path, text: str | None) -> None:
    """A wrong path in a script must not pass for "nothing changed"."""
    path = tmp_path / "some.graphql"
    if text is not None:
        path.write_bytes(text.encode(errors="surrogateescape"))
    told = CliRunner().invoke(app, ["schema", "--since", str(path)])
    assert told.exit_code == UNUSABLE
    assert told.stderr.count("\n") == 1, told.stderr
    assert str(path) in told.stderr
