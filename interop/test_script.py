"""A person answers six questions from the pages alone, by a script that is written down."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from interop.browsing import DESK, PATIENCE_MS, TELEPHONE_PLAIN, Look, window
from interop.programs import HERE
from interop.written import Part, Step, carry_out, parts_of
from tests.support.serving import Caller, Service

SCRIPT = HERE / "script.md"
PARTS = parts_of(SCRIPT)
Data = Any

expect.set_options(timeout=PATIENCE_MS)

AT_Q3 = """{ ledger(knownAt: {review: "northbridge/board-2024-q3"}) {
  basis { position } plan(ref: "northbridge") {
    totals { areas actions agreedMilestones milestones toBeConfirmed overdue }
    item(ref: "6.3/2") { ... on Milestone { targetDate { label } } } } } }"""
CHANGED = """{ changes(plan: "northbridge", from: {review: "northbridge/board-2024-q2"},
  to: {review: "northbridge/board-2024-q3"}, first: 100) {
    totals { changes corrections }
    nodes { ref area what slippage { label } causes { reason } } } }"""
LED = """{
  august: ledger(effectiveOn: "2024-08-01") { ...led }
  october: ledger(effectiveOn: "2024-10-01") { ...led } }
fragment led on Ledger { plan(ref: "northbridge") {
  item(ref: "2.3") { ... on Action { leads { name } } } } }"""

RESTATED = """{ restatements(plan: "northbridge", review: "board-2024-q3", first: 100) {
  totals { changes corrections }
  nodes { kind ref isCorrection before after causes { reason } } }
  ledger { plan(ref: "northbridge") { kpis { ref definition { name } } } } }"""
SEEN = """{
  seen: ledger(knownAt: {review: "northbridge/scrutiny-2024-q3"}) {
    basis { position } plan(ref: "northbridge") { kpi(ref: "re-referrals") { ...figures } } }
  now: ledger { plan(ref: "northbridge") { kpi(ref: "re-referrals") { ...figures } } } }
fragment figures on Kpi { definition { name polarity }
  series { period { label first } latest { status } target { target }
    public { value symbol } } }"""


def at_the_review(data: Data) -> list[str]:
    """Say where the plan stood."""
    plan = data["ledger"]["plan"]
    totals = plan["totals"]
    return [
        f"known by entry {data['ledger']['basis']['position']}”",
        f"“{totals['areas']} areas and {totals['actions']} actions",
        f"“{totals['milestones']} milestones: {totals['agreedMilestones']} agreed, ",
        f" {totals['toBeConfirmed']} with a date to be confirmed, {totals['overdue']} overdue”",
        f"“6.3/2” you read “{plan['item']['targetDate']['label']}”",
    ]


def what_changed(data: Data) -> list[str]:
    """Say how much changed, and why in area 2."""
    totals = data["changes"]["totals"]
    reasons = {
        cause["reason"]
        for change in data["changes"]["nodes"]
        if change["area"] == "2"
        for cause in change["causes"]
        if cause["reason"]
    }
    assert totals["corrections"] == 0
    return [f"{totals['changes']} things changed”", *(f"“{reason}”" for reason in reasons)]


def what_slipped(data: Data) -> list[str]:
    """Say each date that moved later, and why."""
    slipped = [change for change in data["changes"]["nodes"] if change["what"] == "SLIPPED"]
    said = [f"“{len(slipped)} target dates moved later”"]
    for change in slipped:
        row = f"In the row of “{change['ref']}” you read"
        said += [f"{row} “{change['slippage']['label']}”"]
        said += [f"{row} “{cause['reason']}”" for cause in change["causes"]]
    return said


def who_led(data: Data) -> list[str]:
    """Say who led on both days."""
    leads = [data[day]["plan"]["item"]["leads"] for day in ("august", "october")]
    assert leads[0] == []
    return ["“Nobody”", *(f"“{party['name']}”" for party in leads[1])]


def what_was_restated(data: Data) -> list[str]:
    """Say each thing that was reported otherwise than it is known, and why."""
    totals = data["restatements"]["totals"]
    named = {x["ref"]: x["definition"]["name"] for x in data["ledger"]["plan"]["kpis"]}
    said = [f"“{totals['corrections']} corrections of the record, and {totals['changes']} thing "]
    for one in data["restatements"]["nodes"]:
        row = f"In the row of “{'KPI: ' if one['kind'] == 'KPI' else ''}"
        row += f"{named.get(one['ref'], one['ref'])}” you read"
        values = [*one["before"][:1], *one["after"][:1]]
        reasons = [cause["reason"] for cause in one["causes"]]
        said += [f"{row} “{text}”" for text in (*values, *reasons)]
    return said


def what_the_panel_saw(data: Data) -> list[str]:
    """Say the last figure that the panel had, and what became of it."""
    plan = data["seen"]["plan"]["kpi"]
    last = [point for point in plan["series"] if point["public"]["value"]][-1]
    (now,) = (
        point for point in data["now"]["plan"]["kpi"]["series"] if point["period"] == last["period"]
    )
    value, status = last["public"]["value"], last["latest"]["status"].lower()
    assert plan["definition"]["polarity"] == "LOW"
    assert now["public"]["value"] == value
    return [
        f"known by entry {data['seen']['basis']['position']}”",
        f"the link “{plan['definition']['name']}”",
        f"“{value}% in {last['period']['label']}, {status}, against a target of ",
        f" {last['target']['target']}%”",
        f"“{now['latest']['status'].lower()}, unchanged”",
    ]


ANSWERS: Mapping[str, tuple[str, Callable[[Data], list[str]]]] = {
    "The plan at the Q3 review": (AT_Q3, at_the_review),
    "What changed from Q2 to Q3, and why": (CHANGED, what_changed),
    "Which dates slipped, and by how much": (CHANGED, what_slipped),
    "Who led 2.3 on a given day": (LED, who_led),
    "What was restated since": (RESTATED, what_was_restated),
    "The re-referral KPI as the panel saw it": (SEEN, what_the_panel_saw),
}
"""What is asked for the answer to each part, and what of the answer must stand in the script."""


@pytest.mark.parametrize("look", [DESK, TELEPHONE_PLAIN], ids=str)
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.title)
def test_who_follows_the_script_reads_the_answers(
    started: Browser, northbridge: Service, part: Part, look: Look
) -> None:
    """The pages are there so that nobody has to query; then they must answer what is asked."""
    with window(started, northbridge.url, look) as opened:
        for step in part.steps:
            carry_out(opened.page, step)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.title)
def test_the_answers_in_the_script_are_those_of_the_ledger(
    northbridge: Service, part: Part
) -> None:
    """Two pages that agree with each other could both be wrong."""
    document, said = ANSWERS[part.title]
    with Caller(northbridge.url) as caller:
        expected = said(caller.ask(document))
    assert [text for text in expected if text not in part.text] == []


def test_every_part_of_the_script_is_checked() -> None:
    """An answer that nobody compared would be believed."""
    assert [part.title for part in PARTS] == list(ANSWERS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Have a look round.",
        "You read “What is not there”.",
        "The page is headed “Something else”.",
        "In the row of “northbridge” you read “anything”.",
    ],
)
def test_a_step_that_cannot_be_done_fails(
    started: Browser, northbridge: Service, sentence: str
) -> None:
    """A script that could not fail would prove nothing."""
    expect.set_options(timeout=100)
    try:
        with window(started, northbridge.url, DESK) as opened:
            opened.visit("/")
            with pytest.raises(AssertionError):
                carry_out(opened.page, Step(1, sentence))
    finally:
        expect.set_options(timeout=PATIENCE_MS)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("## A part\n2. Open the first page.\n", "is not numbered so"),
        ("## A part\n1. Open the first page\n", "does not end with a full stop"),
        ("## A part\nNothing to do.\n", "has no steps"),
    ],
)
def test_a_script_that_would_be_read_in_part_only_is_refused(
    tmp_path: Path, text: str, wrong: str
) -> None:
    """A step that is left out would never be missed."""
    path = tmp_path / "script.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=wrong):
        parts_of(path)
