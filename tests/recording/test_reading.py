"""Texts become a command, or everything that is wrong with them is told at once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.answers import plain
from planledger.domain.commands import (
    AssignLead,
    EstablishForum,
    MoveTargetDate,
    PlanCommand,
    ReassignLead,
    RecordKpiReading,
    RegisterParty,
    SetTargetDate,
)
from planledger.domain.plan import Plan
from planledger.events.values import PartyKind, Personal
from planledger.ledger import Ledger
from planledger.recording.acts import ACTS
from planledger.recording.reading import Read, read, values_of
from planledger.recording.saying import as_read
from planledger.storage.memory import MemoryStore
from tests.support.filled_in import NOW, PLAN, begin
from tests.support.ledgers import SettableClock, recorded


def _plan() -> Plan:
    clock = SettableClock(NOW)
    ledger = Ledger(MemoryStore(clock), clock)
    begin(ledger)
    twice = RegisterParty(plan=PLAN, kind=PartyKind.POST, name=Personal(words="Priya Nowak"))
    recorded(ledger, twice)
    for name in ("panel-east", "panel-west"):
        recorded(ledger, EstablishForum(plan=PLAN, forum=name, name="Scrutiny panel"))
    plan = ledger.known(PLAN)
    assert plan is not None
    return plan


THE_PLAN = _plan()
MOVE = {"milestone": "1.1/1", "from_date": "March 2026", "to_date": "April 2026", "reason": "Ill."}


def made(act: str, **texts: str) -> PlanCommand:
    """Give the command of what is filled in, which must be readable."""
    found = read(ACTS[act], texts, THE_PLAN)
    assert isinstance(found, Read), found
    return found.command


def wrong(act: str, **texts: str) -> dict[str | None, str]:
    """Give what is wrong, by field."""
    problems = read(ACTS[act], texts, THE_PLAN)
    assert isinstance(problems, tuple)
    return {problem.field: problem.message for problem in problems}


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """Nobody should have to send a form five times to learn of five slips."""
    found = wrong(
        "move-date",
        milestone=" ",
        from_date="then",
        to_date="31/6/2026",
        reason_code="weather",
        effective_on="March 2026",
        signer="Ines Okoro",
    )
    names = {"milestone", "from_date", "to_date", "reason_code", "effective_on", "reason", None}
    assert set(found) == names
    assert found["milestone"] == "Fill in “Milestone”."
    assert "resources, recruitment" in found["reason_code"]
    assert "“signer” is not asked for" in found[None]


def test_blank_fields_are_as_if_they_were_not_there() -> None:
    """A browser sends every field of a form, and a sheet has every column."""
    blank = dict.fromkeys(
        ("effective_on", "authority_forum", "authority_minute", "as_printed", "reason_code"), " "
    )
    assert made("move-date", **MOVE, **blank) == made("move-date", **MOVE)
    assert isinstance(made("move-date", **MOVE), MoveTargetDate)


def test_an_authority_is_what_was_stated_of_it() -> None:
    """A forum goes by its name or short name; another body is kept as it is called."""
    for said, kept in (("IMPROVEMENT board", "board"), ("Cabinet", "Cabinet")):
        command = made("move-date", **MOVE, authority_forum=said, authority_meeting="1/2/2026")
        assert command.authority is not None
        assert command.authority.forum == kept
        assert command.authority.meeting is not None


def test_lines_of_a_browser_are_lines() -> None:
    """Browsers end lines as typewriters did, which no text of the ledger may hold."""
    command = made("move-date", **{**MOVE, "reason": "One.\r\nTwo.\rThree.\r\n"})
    assert plain(command.reason) == "One.\nTwo.\nThree."


def test_a_party_goes_by_its_name_or_its_id() -> None:
    """Names are typed as people remember them."""
    command = made("lead", item="1.1", to_parties=" ines OKORO ;")
    assert isinstance(command, AssignLead)
    assert made("lead", item="1.1", to_parties=command.party) == command


def test_a_name_that_two_have_is_not_guessed_at() -> None:
    """A person and a post may be called the same."""
    found = wrong("lead", item="1.1", to_parties="Priya Nowak")
    assert "more than one party" in found["to_parties"]
    assert " or party-" in found["to_parties"]


def test_a_decision_is_not_laid_to_either_of_two_forums_with_one_name() -> None:
    """Kept as a text it would be the decision of neither, and be found under neither."""
    decided = {**MOVE, "authority_meeting": "1/2/2026"}
    problem = wrong("move-date", **decided, authority_forum="scrutiny panel")["authority_forum"]
    assert "Give the id instead: panel-east or panel-west." in problem
    command = made("move-date", **decided, authority_forum="panel-west")
    assert command.authority is not None
    assert command.authority.forum == "panel-west"


def test_an_unknown_name_is_told_with_those_that_are_near() -> None:
    """Most unknown names are slips of the keyboard."""
    assert (
        "The nearest: Ines Okoro"
        in wrong("lead", item="1.1", to_parties="Innes Okoro")["to_parties"]
    )
    found = wrong("sign-off", milestone="1.1/1", level="assured", evidence="Minutes")
    assert "none yet" in found["evidence"]


def test_a_lead_is_assigned_where_nobody_leads_and_else_replaced() -> None:
    """These are two commands; people know only that somebody is to lead."""
    leads = {"from_parties": "Ines Okoro", "reason": "Left."}
    assert isinstance(made("lead", item="1.1", to_parties="Samuel O’Dea"), AssignLead)
    assert isinstance(made("lead", item="1.1", to_parties="Samuel O’Dea", **leads), ReassignLead)
    vacant = made("lead", item="1.1", **leads)
    assert isinstance(vacant, ReassignLead)
    assert vacant.to_parties == ()
    assert set(wrong("lead", item="1.1")) == {"to_parties"}


def test_ongoing_is_a_date_without_an_end() -> None:
    """Plans do promise to keep things up."""
    command = made("set-date", milestone="1.1/1", date="On-going")
    assert isinstance(command, SetTargetDate)
    assert command.date is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("112", "112"), ("4,070", "4070"), ("-0.50", "-0.50"), ("1,112,000.5", "1112000.5")],
)
def test_a_number_is_read_to_its_last_digit(text: str, number: str) -> None:
    """Figures are what the panel sees: no digit may come or go."""
    command = made("reading", **{**READING, "value": text})
    assert isinstance(command, RecordKpiReading)
    assert command.figure.value == Decimal(number)
    assert str(command.figure.value) == number


@pytest.mark.parametrize(
    "text", ["27.5%", "1e3", "nan", "4,07", "12 of 40", "٣", "9" * 40, "1_000"]
)
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    """“4,07” is a slip in Britain and a number in Berlin."""
    assert "is not a number" in wrong("reading", **{**READING, "value": text})["value"]


READING = {
    "kpi": "re-referrals",
    "period": "Q3 2025-26",
    "status": "final",
    "extracted_on": "5/1/2026",
}


def test_what_was_read_is_said_in_words() -> None:
    """“4/5/2026” is shown as the fourth of May before anything is recorded."""
    values = values_of(ACTS["reading"], {**READING, "value": "4070"}, THE_PLAN)
    assert not isinstance(values, tuple)
    said = {x.name: plain(lines) for x, lines in as_read(ACTS["reading"], values, THE_PLAN)}
    assert said == {
        "kpi": ["Re-referrals within twelve months"],
        "period": ["Q3 2025-26, from 1 October 2025 to 31 December 2025"],
        "value": ["4,070"],
        "status": ["final"],
        "extracted_on": ["5 January 2026"],
    }


def test_texts_that_cannot_be_kept_are_told_beside_their_field() -> None:
    """The ledger would say the same, one field at a time."""
    found = wrong("move-date", **{**MOVE, "reason": "x" * 10_001, "as_printed": "a\x00b"})
    assert "10,000 is the most" in found["reason"]
    assert "control character" in found["as_printed"]


@given(st.sampled_from(sorted(ACTS)), st.data())
def test_whatever_is_typed_is_read_or_told_of(name: str, data: st.DataObject) -> None:
    """People paste anything anywhere; nothing of it may end in an error page."""
    act = ACTS[name]
    texts = {field.name: data.draw(st.text(max_size=30)) for field in act.every}
    found = read(act, texts, THE_PLAN)
    if isinstance(found, tuple):
        assert all(problem.message for problem in found)
