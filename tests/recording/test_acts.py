"""Every act makes a command that the ledger takes, of everything that people need to say."""

import re
from collections.abc import Mapping

import pytest

from planledger.domain.commands import Command, PlanCommand
from planledger.domain.refusals import Code, Refusal
from planledger.ledger import Ledger, Recorded
from planledger.recording.act import COMMON, Kind, Problem
from planledger.recording.acts import ACTS
from planledger.recording.reading import Read, read, told
from planledger.storage.memory import MemoryStore
from tests.support.filled_in import FILLED_IN, NOW, PLAN, begin, filled_in
from tests.support.ledgers import AUTHOR, SettableClock

SAID_OTHERWISE: Mapping[str, Mapping[str, str]] = {
    "AssignLead": {"party": "to_parties", "jointly": "several are named at once"},
    "RecordKpiReading": {"figure": "value, numerator, denominator, status, extracted_on"},
    "ReviseKpiReading": {"figure": "value, numerator, denominator, status, extracted_on"},
    "RegisterEvidence": {"sha256": "people do not reckon digests"},
}
"""Fields of commands that no field of the act is called as, and where or why not they are said."""


@pytest.fixture(name="ledger", scope="module")
def _ledger() -> Ledger:
    clock = SettableClock(NOW)
    ledger = Ledger(MemoryStore(clock), clock)
    begin(ledger)
    return ledger


@pytest.fixture(name="made", scope="module")
def _made(ledger: Ledger) -> list[tuple[str, PlanCommand]]:
    """Record what is filled in for every act, and give the commands."""
    made = []
    for name, texts in filled_in(ledger):
        plan = ledger.known(PLAN)
        assert plan is not None
        found = read(ACTS[name], texts, plan)
        assert isinstance(found, Read), (name, found)
        outcome = ledger.submit(found.command, author=AUTHOR)
        assert isinstance(outcome, Recorded), (name, outcome)
        assert outcome.entries, name
        made.append((name, found.command))
    return made


def test_every_act_is_accepted_at_least_once(made: list[tuple[str, PlanCommand]]) -> None:
    """A form whose command can never be accepted would be found out by the first who needs it."""
    assert {name for name, _ in made} == set(ACTS)


def test_every_field_of_a_command_can_be_filled_in(made: list[tuple[str, PlanCommand]]) -> None:
    """What a form cannot say, people would have to ask a programmer for."""
    for name, command in made:
        kind = type(command)
        fields = set(kind.__struct_fields__) - set(Command.__struct_fields__)
        said = {field.name for field in ACTS[name].fields}
        otherwise = SAID_OTHERWISE.get(kind.__name__, {})
        assert fields - said == set(otherwise), kind.__name__
        for names in otherwise.values():
            if re.fullmatch(r"[a-z_]+(, [a-z_]+)*", names):
                assert set(names.split(", ")) <= said


def test_every_field_is_filled_in_once() -> None:
    """What is never filled in here has never been seen to arrive."""
    seldom = {"as_printed", "occurrence", "waiver"}
    for name, act in ACTS.items():
        filled = {field for other, texts in FILLED_IN if other == name for field in texts}
        left_out = {field.name for field in act.fields} - filled - seldom
        assert left_out <= {"evidence", "numerator", "denominator", "value", "definition_version"}


def test_names_of_fields_are_not_used_for_two_things() -> None:
    """A sheet has a column for each name, whatever the act of its row."""
    common = {field.name for field in COMMON}
    kinds: dict[str, set[Kind]] = {}
    for act in ACTS.values():
        names = [field.name for field in act.every]
        assert len(names) == len(set(names))
        assert not {field.name for field in act.fields} & common
        for field in act.every:
            kinds.setdefault(field.name, set()).add(field.kind)
    # The short name of a review that is opened is new, so there is nothing yet to choose from.
    assert {name for name, found in kinds.items() if len(found) > 1} == {"review"}


def test_an_act_says_what_it_never_goes_without() -> None:
    """The ledger asks for these whatever else is filled in: people should know before."""
    assert {act.name for act in ACTS.values() if "reason" in act.needs} == {"move-date", "reopen"}
    assert {x.name for x in ACTS["reopen"].every if x.required} == {
        "milestone",
        "trigger",
        "reason",
    }
    assert ACTS["agree"].needs == {"authority"}


@pytest.mark.parametrize(
    ("act", "path", "field"),
    [
        ("move-date", "fromDate", "from_date"),
        ("move-date", "effectiveOn", "effective_on"),
        ("move-date", "authority", "authority_forum"),
        ("move-date", "authority.officer", "authority_officer"),
        ("move-date", "plan", None),
        ("move-date", None, None),
        ("lead", "party", "to_parties"),
        ("lead", "toParties.1", "to_parties"),
        ("lead", "jointly", "from_parties"),
        ("reading", "figure.extractedOn", "extracted_on"),
        ("reading", "figure", "value"),
        ("reading", "period.label", "period"),
        ("sign-off", "evidence.0", "evidence"),
    ],
)
def test_a_refusal_belongs_to_a_field(act: str, path: str | None, field: str | None) -> None:
    """Beside the field people see at once what to change."""
    refusal = Refusal(code=Code.VALUE_UNUSABLE, message="It is wrong.", path=path)
    assert told(ACTS[act], refusal) == Problem(
        field=field, message="It is wrong.", code="VALUE_UNUSABLE"
    )


def test_a_refusal_does_not_speak_of_what_a_form_has_not() -> None:
    """“Assign jointly” is no button here."""
    refusal = Refusal(code=Code.LEAD_IN_PLACE, message="Assign jointly.", path="jointly")
    problem = told(ACTS["lead"], refusal)
    assert problem.field == "from_parties"
    assert "Fill in who leads now" in problem.message
    for act in ACTS.values():
        assert set(act.instead) <= {code.value for code in Code}
