"""What people fill in, once for every act at least, in an order in which each is accepted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from planledger.domain.commands import (
    AddAction,
    AddArea,
    AdoptRatingKey,
    DefineKpi,
    DraftPlan,
    EstablishForum,
    PlanCommand,
    ProposeMilestone,
    RegisterParty,
)
from planledger.events.values import (
    PartyKind,
    Personal,
    Polarity,
    Rating,
    RatingMeaning,
    SuppressionRule,
)
from planledger.ledger import Ledger, Recorded
from tests.support.ledgers import AUTHOR

PLAN = "alpha"
NOW = datetime(2026, 2, 12, 12, tzinfo=UTC)
BEGAN = date(2025, 9, 1)
PEOPLE = ("Ines Okoro", "Priya Nowak", "Samuel O’Dea")

FILLED_IN: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "agree",
        {
            "milestone": "1.1/1",
            "authority_forum": "improvement board",
            "authority_meeting": "10 February 2026",
            "authority_minute": "4.2",
        },
    ),
    ("set-date", {"milestone": "1.1/1", "date": "March 2026"}),
    (
        "move-date",
        {
            "milestone": "1.1/1",
            "from_date": "March 2026",
            "to_date": "30/4/2026",
            "reason_code": "recruitment",
            "reason": "Two posts are vacant.",
        },
    ),
    ("defer-date", {"milestone": "1.1/2", "decide_by": "Q1 2026-27", "decider": "The board"}),
    ("lead", {"item": "1.1", "to_parties": "Ines Okoro"}),
    (
        "lead",
        {
            "item": "1.1",
            "from_parties": "Ines Okoro",
            "to_parties": "Priya Nowak; Samuel O’Dea",
            "reason": "She has left.",
        },
    ),
    (
        "progress",
        {
            "milestone": "1.1/1",
            "state": "in progress",
            "narrative": "Drafted.",
            "forecast": "May 2026",
        },
    ),
    (
        "evidence",
        {
            "title": "Minutes of the board",
            "kind": "minutes",
            "uri": "https://council.example/minutes/4",
            "items": "1.1/1; 1.1",
            "dated": "10 February 2026",
        },
    ),
    (
        "complete",
        {
            "milestone": "1.1/1",
            "achieved_on": "10 February 2026",
            "reporter": "Ines Okoro",
            "summary": "The board meets.",
            "evidence": "Minutes of the board",
        },
    ),
    ("refuse-sign-off", {"milestone": "1.1/1", "missing": "The minutes of January."}),
    ("complete", {"milestone": "1.1/1", "achieved_on": "February 2026", "reporter": "Ines Okoro"}),
    (
        "sign-off",
        {
            "milestone": "1.1/1",
            "level": "accepted",
            "signer": "Priya Nowak",
            "authority_officer": "Ruth Bell, Director",
        },
    ),
    ("reopen", {"milestone": "1.1/1", "trigger": "audit", "reason": "Nobody came in February."}),
    (
        "reading",
        {
            "kpi": "re-referrals",
            "period": "Q3 2025-26",
            "numerator": "1,112",
            "denominator": "4,070",
            "status": "provisional",
            "extracted_on": "5/1/2026",
        },
    ),
    (
        "revise-reading",
        {
            "kpi": "Re-referrals within twelve months",
            "period": "Q3 2025-26",
            "value": "27.5",
            "status": "final",
            "extracted_on": "2026-02-01",
            "definition_version": "1",
            "cause": "finalised",
            "note": "Two late returns.",
        },
    ),
    (
        "open-review",
        {
            "forum": "Improvement Board",
            "review": "board-2026-q1",
            "label": "Q1 2026",
            "as_at": "31 January 2026",
        },
    ),
    (
        "rate",
        {
            "review": "board-2026-q1",
            "item": "1.1",
            "key": "progress",
            "rating": "amber",
            "rationale": "It was reopened.",
        },
    ),
    (
        "raise-challenge",
        {
            "review": "alpha/board-2026-q1",
            "text": "Why did nobody come?",
            "item": "1.1/1",
            "response_due": "27 February 2026",
        },
    ),
    (
        "answer-challenge",
        {"challenge": "CHALLENGE", "disposition": "partly accepted", "answer": "They were ill."},
    ),
    ("close-review", {"review": "board-2026-q1"}),
    (
        "raise-query",
        {
            "question": "Is the 1st meant?",
            "taken": "The whole month",
            "instead": "The first day",
            "item": "1.1/2",
        },
    ),
    ("resolve-query", {"query": "QUERY", "resolution": "The whole month."}),
)
"""CHALLENGE and QUERY stand for the ids of those that were raised before."""


def begin(ledger: Ledger, plan: str = PLAN) -> None:
    """Record what must be there before: items, people, a forum, a KPI, a key. All on BEGAN."""
    stated: dict[str, Any] = {"plan": plan, "effective_on": BEGAN}
    people = [
        RegisterParty(kind=PartyKind.PERSON, name=Personal(words=name), **stated) for name in PEOPLE
    ]
    commands: list[PlanCommand] = [
        DraftPlan(title=f"Plan {plan}", **stated),
        AddArea(number="1", title="Leadership", **stated),
        AddAction(area="1", ref="1.1", text="Lead", **stated),
        ProposeMilestone(action="1.1", text="A board meets", **stated),
        ProposeMilestone(action="1.1", text="It is heard", **stated),
        *people,
        EstablishForum(forum="board", name="Improvement Board", **stated),
        DefineKpi(
            kpi="re-referrals",
            name="Re-referrals within twelve months",
            formula="a / b",
            unit="%",
            polarity=Polarity.LOW,
            frequency_months=3,
            source_system="Records",
            suppression_rule=SuppressionRule.SMALL_NUMBERS,
            **stated,
        ),
        AdoptRatingKey(
            key="progress",
            name="Progress",
            meanings=(RatingMeaning(rating=Rating.AMBER, meaning="Behind, with a plan"),),
            **stated,
        ),
    ]
    answer = ledger.submit_all(commands, author=AUTHOR)
    assert isinstance(answer, Recorded), answer


def filled_in(ledger: Ledger, plan: str = PLAN) -> Iterator[tuple[str, dict[str, str]]]:
    """Give what is filled in, act by act; each is to be recorded before the next is asked for."""
    for act, texts in FILLED_IN:
        known = ledger.known(plan)
        assert known is not None
        stands_for = {"CHALLENGE": known.challenges, "QUERY": known.queries}
        found = {name: next(iter(things)) for name, things in stands_for.items() if things}
        found["alpha/board-2026-q1"] = f"{plan}/board-2026-q1"
        yield act, {name: found.get(text, text) for name, text in texts.items()}
