"""What a plan shows of delivery, ratings, evidence, figures and what it was given out as."""

from datetime import UTC, datetime
from typing import Any

from tests.support.face import Face

AUTHORITY = {"authority": {"forum": "board", "meeting": "2026-02-12"}}
ONE = {"milestone": "1.1/1"}


def _change(face: Face, mutation: str, **given: Any) -> None:
    face.done(mutation, {"plan": "alpha", **given})


def _plan(face: Face, shown: str, point: str = "") -> dict[str, Any]:
    plan: dict[str, Any] = face.ask(f'{{ ledger{point} {{ plan(ref: "alpha") {{ {shown} }} }} }}')[
        "ledger"
    ]["plan"]
    return plan


def _party(face: Face, name: str) -> str:
    given = {"plan": "alpha", "kind": "PERSON", "name": name}
    answer = face.done("partyRegister", given, "... on PartyRecorded { party { ref } }")
    party: str = answer["party"]["ref"]
    return party


def _evidence(face: Face, *items: str, title: str = "Minutes") -> str:
    link = {"title": title, "kind": "MINUTES", "uri": f"https://alpha.example/{title.lower()}"}
    answer = face.done(
        "evidenceRegister",
        {"plan": "alpha", "items": list(items), **link},
        "... on EvidenceRecorded { evidence { ref } }",
    )
    evidence: str = answer["evidence"]["ref"]
    return evidence


def _rating_key(face: Face) -> None:
    meanings = [{"rating": r, "meaning": r.lower()} for r in ("RED", "AMBER", "GREEN")]
    _change(face, "ratingKeyAdopt", key="rag", name="RAG", meanings=meanings)
    _change(face, "forumEstablish", forum="board", name="The Board")


def _review(face: Face, review: str, as_at: str, *ratings: tuple[str, str]) -> None:
    _change(face, "reviewOpen", review=review, forum="board", label=review, asAt=as_at)
    for item, rating in ratings:
        given = {"review": review, "item": item, "rating": rating, "rationale": f"It is {rating}."}
        _change(face, "ratingGive", key="rag", **given)
    _change(face, "reviewClose", review=review)


def test_a_milestone_goes_through_delivery_whatever_its_date_says(face: Face) -> None:
    """Done, accepted and on time are three things, and a board asks for each."""
    face.begin()
    ann, bob = _party(face, "Ann"), _party(face, "Bob")
    minutes = _evidence(face, "1.1")
    shown = "delivery timeliness completions { stands }"

    def seen() -> tuple[Any, ...]:
        plan = _plan(
            face,
            f"milestones {{ {shown} }} totals {{ notStarted inProgress onHold reportedComplete "
            "signedOff assured overdue }",
        )
        (milestone,) = plan["milestones"]
        (counted,) = [name for name, count in plan["totals"].items() if name != "overdue" if count]
        overdue = plan["totals"]["overdue"]
        return milestone["delivery"], milestone["timeliness"], counted, overdue

    _change(face, "targetDateSet", **ONE, date="2026-01")
    assert seen() == ("NOT_STARTED", "OVERDUE", "notStarted", 1)
    _change(face, "milestoneAgree", **ONE, **AUTHORITY)
    _change(face, "milestoneProgressReport", **ONE, state="ON_HOLD", forecast="2026-06")
    assert seen() == ("ON_HOLD", "OVERDUE", "onHold", 1)
    claim = {"achievedOn": "2026-01-30", "reporter": ann}
    _change(face, "milestoneReportComplete", **ONE, **claim)
    assert seen() == ("REPORTED_COMPLETE", "DONE_ON_TIME", "reportedComplete", 0)
    _change(face, "milestoneSignOffRefuse", **ONE, missing="The minutes")
    assert seen() == ("IN_PROGRESS", "OVERDUE", "inProgress", 1)
    late = {**claim, "achievedOn": "2026-02", "evidence": [minutes]}
    _change(face, "milestoneReportComplete", **ONE, **late)
    assert seen() == ("REPORTED_COMPLETE", "DONE_LATE", "reportedComplete", 0)
    for level, delivery, counted in (
        ("ACCEPTED", "SIGNED_OFF", "signedOff"),
        ("ASSURED", "ASSURED", "assured"),
    ):
        _change(face, "milestoneSignOff", **ONE, level=level, signer=bob, **AUTHORITY)
        assert seen() == (delivery, "DONE_LATE", counted, 0)
    _change(face, "milestoneReopen", **ONE, trigger="OFSTED", reason="They found otherwise.")
    assert seen() == ("IN_PROGRESS", "OVERDUE", "inProgress", 1)
    claims = "completions { stands reporter { name } refused { missing } signOffs { level } }"
    (milestone,) = _plan(face, f"milestones {{ {claims} forecast }}")["milestones"]
    assert milestone == {
        "forecast": "2026-06",
        "completions": [
            {
                "stands": False, "reporter": {"name": "Ann"}, "signOffs": [],
                "refused": {"missing": "The minutes"},
            },
            {
                "stands": False, "reporter": {"name": "Ann"}, "refused": None,
                "signOffs": [{"level": "ACCEPTED"}, {"level": "ASSURED"}],
            },
        ],
    }  # fmt: skip


def test_the_rating_shown_is_that_of_the_review_with_the_latest_cut_off(face: Face) -> None:
    """ "Why did this go from green to amber" needs both, in the order of the reviews."""
    face.begin()
    _change(face, "statementAdd", area="1", kind="OUTCOME", text="Children are safe")
    _rating_key(face)
    _review(face, "q2", "2026-02-01", ("1.1/1", "AMBER"), ("1", "RED"))
    _review(face, "q1", "2026-01-01", ("1.1/1", "GREEN"), ("1.1", "GREEN"), ("1/outcome/1", "RED"))
    rated = "rating { rating review meaning } ratings { rating }"
    plan = _plan(
        face,
        f"areas {{ {rated} outcomes {{ {rated} }} actions {{ {rated} milestones {{ {rated} }} }} }}"
        " reviews { ref ratings { item rating rationale } }",
    )
    (area,) = plan["areas"]
    (outcome,) = area.pop("outcomes")
    (action,) = area.pop("actions")
    (milestone,) = action.pop("milestones")

    def last(rating: str, review: str, *all_of_them: str) -> dict[str, Any]:
        return {
            "rating": {
                "rating": rating, "review": f"alpha/{review}", "meaning": rating.lower(),
            },
            "ratings": [{"rating": each} for each in all_of_them],
        }  # fmt: skip

    assert milestone == last("AMBER", "q2", "GREEN", "AMBER")
    assert (area, action) == (last("RED", "q2", "RED"), last("GREEN", "q1", "GREEN"))
    assert outcome == last("RED", "q1", "RED")
    judged = {review["ref"]: review["ratings"] for review in plan["reviews"]}
    assert [(rating["item"], rating["rating"]) for rating in judged["alpha/q2"]] == [
        ("1", "RED"),
        ("1.1/1", "AMBER"),
    ]
    assert judged["alpha/q2"][0]["rationale"] == "It is RED."
    for wanted, count in (({"rating": ["AMBER"]}, 1), ({"rating": ["GREEN"]}, 0)):
        found = face.ask(
            "query($f: MilestoneFilter) { ledger { milestones(first: 9, filter: $f) { nodes { ref "
            "} } } }",
            f=wanted,
        )
        assert len(found["ledger"]["milestones"]["nodes"]) == count


def test_evidence_is_shown_with_what_it_is_for_also_once_withdrawn(face: Face) -> None:
    """A sign-off that rests on what no longer counts must be seen to."""
    face.begin()
    _change(face, "milestonePropose", action="1.1", text="Second")
    minutes, audit = _evidence(face, "1.1/1", "1.1"), _evidence(face, "1.1/1", title="Audit")
    _change(face, "evidenceWithdraw", evidence=minutes, reason="Of another meeting.")
    _change(face, "referenceRecord", item="1.1/2", kind="DEPENDS_ON", target="1.1/1")
    shown = "evidence { ref items withdrawnOn }"
    plan = _plan(face, f"{shown} milestones {{ ref dependsOn {shown} }}")
    withdrawn = {"ref": minutes, "items": ["1.1/1", "1.1"], "withdrawnOn": "2026-02-12"}
    standing = {"ref": audit, "items": ["1.1/1"], "withdrawnOn": None}
    by_id = {one["ref"]: one for one in plan["evidence"]}
    assert by_id == {minutes: withdrawn, audit: standing}
    first, second = plan["milestones"]
    assert first == {"ref": "1.1/1", "dependsOn": [], "evidence": plan["evidence"]}
    assert second == {"ref": "1.1/2", "dependsOn": ["1.1/1"], "evidence": []}


def test_a_series_says_how_each_period_stands_and_what_the_public_may_see(face: Face) -> None:
    """Four children in a quarter are known by name in a small place."""
    face.begin()
    definition = {
        "name": "Missing", "formula": "a", "unit": "children", "sourceSystem": "Carefirst",
        "suppressionRule": "SMALL_NUMBERS", "polarity": "LOW", "frequencyMonths": 3,
    }  # fmt: skip
    _change(face, "kpiDefine", kpi="missing", **definition)
    quarters = (("2025-07-01", "2025-09-30", "12"), ("2025-10-01", "2025-12-31", "4"))
    for first, last, value in quarters:
        period = {"first": first, "last": last, "label": first}
        figure = {"status": "FINAL", "extractedOn": "2026-02-01", "value": value}
        _change(face, "kpiTargetSet", kpi="missing", period=period, target="10")
        _change(face, "kpiReadingRecord", kpi="missing", period=period, figure=figure)
    public = "public { value symbol secondary }"
    (kpi,) = _plan(
        face,
        "kpis { definition { suppressionRule } series { period { label } latest { value "
        f"{public} }} target {{ target }} standing direction definitionChanged {public} }} }}",
    )["kpis"]
    assert kpi["definition"] == {"suppressionRule": "small-numbers"}
    shown = {"value": "12", "symbol": None, "secondary": False}
    hidden = {"value": None, "symbol": "c", "secondary": False}
    assert kpi["series"] == [
        {
            "period": {"label": "2025-07-01"}, "latest": {"value": "12", "public": shown},
            "target": {"target": "10"}, "standing": "BELOW_TARGET", "direction": None,
            "definitionChanged": False, "public": shown,
        },
        {
            "period": {"label": "2025-10-01"}, "latest": {"value": "4", "public": hidden},
            "target": {"target": "10"}, "standing": "MET", "direction": "BETTER",
            "definitionChanged": False, "public": hidden,
        },
    ]  # fmt: skip


def test_a_figure_names_the_definition_it_was_made_under(face: Face) -> None:
    """The last quarter under an old definition is counted when the new one holds already."""
    face.begin()
    words = {
        "name": "Missing", "unit": "children", "sourceSystem": "Carefirst", "polarity": "LOW",
        "suppressionRule": "NONE", "frequencyMonths": 3,
    }  # fmt: skip
    _change(face, "kpiDefine", kpi="missing", formula="a", **words)
    _change(face, "kpiDefine", kpi="missing", formula="b", reason="Counted anew.", **words)
    quarters = [("2025-07-01", "2025-09-30"), ("2025-10-01", "2025-12-31")]
    periods = [{"first": first, "last": last, "label": first} for first, last in quarters]
    figure = {"status": "PROVISIONAL", "extractedOn": "2026-02-01", "value": "12"}
    old, new = ({"kpi": "missing", "period": period} for period in periods)
    _change(face, "kpiReadingRecord", **old, figure=figure, definitionVersion=1)
    _change(face, "kpiReadingRecord", **new, figure=figure)
    final = {"figure": {**figure, "status": "FINAL"}, "cause": "FINALISED"}
    _change(face, "kpiReadingRevise", **old, **final)
    refused = face.do("kpiReadingRevise", {"plan": "alpha", **old, **final, "definitionVersion": 3})
    assert (refused["code"], refused["path"]) == ("UNKNOWN_DEFINITION", "definitionVersion")
    shown = "kpis { series { latest { status definitionVersion } definitionChanged } }"
    assert _plan(face, shown)["kpis"][0]["series"] == [
        {"latest": {"status": "FINAL", "definitionVersion": 1}, "definitionChanged": False},
        {"latest": {"status": "PROVISIONAL", "definitionVersion": 2}, "definitionChanged": True},
    ]
    _change(face, "kpiReadingRevise", **old, **final, definitionVersion=2)
    changed = [point["definitionChanged"] for point in _plan(face, shown)["kpis"][0]["series"]]
    assert changed == [False, False]


def test_a_version_names_the_position_at_which_the_plan_is_as_it_was_given_out(
    face: Face,
) -> None:
    """An inspector holds the paper of then in one hand and asks what has changed since."""
    face.begin()
    issued = {"version": "v1", "label": "Version 1", "kind": "PUBLISHED"}
    _change(face, "planVersionIssue", **issued)
    _change(face, "planBaselineSet", baseline="b1", label="As published", **AUTHORITY)
    face.clock.now = datetime(2026, 3, 1, tzinfo=UTC)
    _change(face, "itemReword", item="1.1/1", to="A board meets monthly", material=False)
    for field in ("versions", "baselines"):
        (given_out,) = _plan(face, f"{field} {{ label position }}")[field]
        then = f'(knownAt: {{position: "{given_out["position"]}"}})'
        assert _plan(face, "milestones { text }", then)["milestones"] == [{"text": "A board meets"}]


def test_a_plan_that_is_closed_says_so_and_can_still_be_put_right(face: Face) -> None:
    """An error found after the end is an error all the same."""
    face.begin()
    _change(face, "planClose", outcome="All done", **AUTHORITY)
    assert _plan(face, "closed { outcome successor on position }")["closed"] == {
        "outcome": "All done", "successor": None, "on": "2026-02-12", "position": "5",
    }  # fmt: skip
    refused = face.do("areaAdd", {"plan": "alpha", "number": "2", "title": "Two"})
    assert refused["code"] == "PLAN_CLOSED"
    changes = [{"field": "text", "to": "The board meets"}]
    _change(face, "entryCorrect", entry="4", changes=changes, reason="Misread.")
    assert _plan(face, "milestones { text }")["milestones"] == [{"text": "The board meets"}]
