"""`planledger diff`, `history` and `restatements`, as people and programs meet them."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.program import asked, environment, invoke, joined, run, shown
from tests.support.reviewed import LEAD, PLAN, REASON, Reviewed

HEADS = {"Entry", "Effective", "Ref", "What", "happened"}
WIDTHS = ("40", "60", "80", "120", "200")


def test_what_changed_is_told_by_area_with_how_much_and_why(small: Reviewed) -> None:
    """A scrutiny panel reads this in place of two plans laid side by side."""
    text = shown(small.folder, "diff", PLAN, "q1", "q2")
    heading, rest = text.split("\n\n", 1)
    assert joined(heading) == (
        f"What changed in {PLAN} from review {PLAN}/q1 (position {small.positions['q1']}, "
        f"effective on 31 March 2024) to review {PLAN}/q2 (position {small.positions['q2']}, "
        "effective on 30 June 2024)"
    )
    leadership, roads = rest.index("1. Leadership"), rest.index("2. Roads")
    assert leadership < roads
    slipped = next(line for line in rest.splitlines() if "date slipped" in line)
    assert "date slipped, 2 months later" in slipped
    assert "April 2024 -> June 2024" in slipped
    assert f"{REASON} (board, 14 May 2024, minute 6; recorded by Ann Officer, @" in joined(rest)
    assert f"@{small.positions['slipped']})" in joined(rest)


def test_a_correction_stands_apart_and_is_never_counted_with_changes(small: Reviewed) -> None:
    """A typing error that was mended is no progress, and no slippage either."""
    text = shown(small.folder, "diff", PLAN, "q1", "q2")
    changes, put_right = text.split("Put right in the record")
    assert "September 2024" not in changes
    assert "target date corrected" in put_right
    assert "September 2024 -> July 2024" in put_right
    assert "4 changes: " in put_right
    assert "1 correction of the record, not counted with them." in put_right
    answer = asked(small.folder, "diff", PLAN, "q1", "q2")
    assert answer["totals"]["changes"] == len(answer["changes"]) == 4
    assert sum(answer["totals"]["by_class"].values()) == 4
    assert [one["what"] for one in answer["corrections"]] == ["corrected"]
    assert answer["corrections"][0]["before"] == ["September 2024"]
    assert answer["corrections"][0]["after"] == ["July 2024"]


def test_a_program_gets_every_change_with_its_causes(small: Reviewed) -> None:
    """A dashboard must not have to read prose to know who moved a date."""
    answer = asked(small.folder, "diff", PLAN, "q1", "q2")
    assert list(answer) == [
        *("plan", "steps", "area", "from", "to", "changes", "corrections", "totals"),
    ]
    assert (answer["from"]["review"], answer["to"]["review"]) == (f"{PLAN}/q1", f"{PLAN}/q2")
    (slipped,) = (one for one in answer["changes"] if one["what"] == "slipped")
    assert (slipped["ref"], slipped["area"], slipped["field"]) == ("1.1/2", "1", "target date")
    assert slipped["slippage"] == {"amount": 2, "unit": "months", "label": "2 months later"}
    assert (slipped["before"], slipped["after"]) == (["April 2024"], ["June 2024"])
    (cause,) = slipped["causes"]
    assert cause["position"] == small.positions["slipped"]
    assert cause["author"]["name"] == "Ann Officer"
    assert (cause["reason"], cause["type"]) == (REASON, "target-date-moved.v1")
    assert cause["authority"]["minute"] == "6"


def test_steps_tell_every_move_in_order_and_what_was_learned_late(small: Reviewed) -> None:
    """What was decided before the first review, and keyed in after it, is nobody's progress."""
    answer = asked(small.folder, "diff", PLAN, "q1", "q2", "--steps")
    late = [one["causes"][0]["position"] for one in answer["changes"] if one["late"]]
    assert late == [small.positions["late"]]
    lived = [one["causes"][0]["position"] for one in answer["changes"] if not one["late"]]
    assert lived == sorted(lived)
    assert {small.positions["agreed"], small.positions["slipped"]} <= set(lived)
    text = shown(small.folder, "diff", PLAN, "q1", "q2", "--steps")
    assert text.index("Learned late") < text.index("Do Roads") < text.index("\nChanges\n")


def test_one_area_can_be_looked_at_alone(small: Reviewed) -> None:
    """An area's owner reads their own page."""
    text = shown(small.folder, "diff", PLAN, "q1", "q2", "--area", "2")
    assert "What changed in area 2 of" in text
    assert "1.1/2" not in text
    assert "1 change: reworded (1). 1 correction" in text


def test_an_area_alone_is_the_same_on_every_face(northbridge: Path) -> None:
    """The terminal once left out the evidence of an area, which GraphQL told of."""
    document = (
        'query ($area: String) { changes(plan: "northbridge", first: 1, from: { position: 1 }, '
        "filter: { area: $area }) { totals { changes corrections } } }"
    )
    for area in range(1, 7):
        told = asked(northbridge, "diff", "northbridge", "@1", "--area", str(area))
        assert told["area"] == str(area)
        assert {"challenge", "evidence", "milestone"} <= {one["kind"] for one in told["changes"]}
        done = invoke(
            *("query", document, "--variables", json.dumps({"area": str(area)})), folder=northbridge
        )
        totals = json.loads(done.stdout)["data"]["changes"]["totals"]
        assert {name: told["totals"][name] for name in totals} == totals


def test_an_authority_is_told_as_it_was_recorded(northbridge: Path) -> None:
    """The short name of a forum is written as it is, also where a sentence begins with it."""
    text = joined(shown(northbridge, "diff", "northbridge", "board-2024-q2", "board-2024-q3"))
    assert "improvement-board, 23 July 2024, minute 9; recorded by Ruth Calloway" in text
    assert "Recorded by Ines Okoro" in text
    assert "Improvement-board" not in text


def test_nothing_changed_is_said(small: Reviewed) -> None:
    """An empty page could as well be a fault."""
    for words in (("q1", "q1"), ("q1", "q1", "--steps"), ("q1", "q2", "--area", "2")):
        quiet = "Nothing changed." in shown(small.folder, "diff", PLAN, *words)
        assert quiet is ("--area" not in words)
    assert asked(small.folder, "diff", PLAN, "q1", "q1")["changes"] == []


def test_a_point_can_be_named_in_every_way_a_person_would_type(small: Reviewed) -> None:
    """Nobody knows positions by heart; everybody knows the review."""
    bases = [
        asked(small.folder, "diff", PLAN, point, "@1")["from"]["position"]
        for point in (
            *("q1", f"{PLAN}/q1", f"review:{PLAN}/q1", "review:q1", "2024-04-05"),
            *(f"@{small.positions['q1']}", "2024-04-06T00:00:00Z"),
        )
    ]
    assert set(bases) == {small.positions["q1"]}


def test_the_same_day_can_be_asked_of_both_points(small: Reviewed) -> None:
    """What was learned between the reviews about one day, and nothing that happened since."""
    answer = asked(small.folder, "diff", PLAN, "q1", "q2", "--effective-on", "2024-03-31")
    assert {answer[end]["effective_on"] for end in ("from", "to")} == {"2024-03-31"}
    assert [one["what"] for one in answer["changes"]] == ["reworded"]
    assert len(answer["corrections"]) == 1


def test_restatements_tell_what_a_review_reported_wrongly_or_did_not_know(
    small: Reviewed,
) -> None:
    """What had been published with the error is the first thing that an auditor asks."""
    text = joined(shown(small.folder, "restatements", PLAN, "q1"))
    assert f"reported to review {PLAN}/q1 (position {small.positions['q1']})" in text
    assert text.index("September 2024 -> July 2024") < text.index("Learned late")
    assert "1 correction of the record; 1 learned late" in text
    answer = asked(small.folder, "restatements", PLAN, f"{PLAN}/q1")
    assert (answer["review"], answer["totals"]["corrections"]) == (f"{PLAN}/q1", 1)
    assert [one["ref"] for one in answer["changes"]] == ["2.1"]
    assert "Nothing was restated" in shown(small.folder, "restatements", PLAN, "q2")


def test_a_history_tells_who_set_what_when_and_why(small: Reviewed) -> None:
    """The question of whoever inherits a milestone."""
    text = joined(shown(small.folder, "history", PLAN, "1.1/2", "--field", "target-date"))
    assert text.startswith(f"History of milestone 1.1/2 of {PLAN}, target date, as known at")
    assert "Target date moved 14 May 2024 13:00 Ann Officer date slipped, 2 months later" in text
    assert "April 2024 -> June 2024" in text
    assert REASON in text
    assert "board, 14 May 2024, minute 6" in text


def test_a_history_shows_what_was_corrected_or_void_and_by_what(small: Reviewed) -> None:
    """An entry that no longer counts must neither vanish nor look as if it did count."""
    at = small.positions
    text = joined(shown(small.folder, "history", PLAN, "2.1/1"))
    assert f"corrected by @{at['correction']}" in text
    assert f"Entry corrected (@{at['keyed wrong']})" in text
    answer = asked(small.folder, "history", PLAN, "2.1/2", "--field", "target_date")
    entries = {one["position"]: one for one in answer["entries"]}
    assert entries[at["never set"]]["standing"] == "void"
    assert entries[at["never set"]]["by"] == at["void"]
    assert entries[at["void"]]["about"] == at["never set"]
    assert entries[at["never set"]]["changes"] == []


def test_a_history_says_how_late_an_entry_was(small: Reviewed) -> None:
    """A decision of March that was keyed in in May was unknown to whoever met in April."""
    text = joined(shown(small.folder, "history", PLAN, "2.1", "--field", "wording"))
    assert "63 days late" in text
    assert "1 recorded late" in text


def test_a_history_can_be_that_of_a_point_and_of_all_inside(small: Reviewed) -> None:
    """What an action's file held when the board met."""
    answer = asked(small.folder, "history", PLAN, "1.1", "--inside", "--known-at", "q1")
    refs = {change["ref"] for one in answer["entries"] for change in one["changes"]}
    assert {"1.1", "1.1/1", "1.1/2"} <= refs
    assert all(one["position"] <= small.positions["q1"] for one in answer["entries"])
    alone = asked(small.folder, "history", PLAN, "1.1")
    assert {change["ref"] for one in alone["entries"] for change in one["changes"]} == {"1.1"}
    assert "1.1/2 (Finish it: leadership): " in shown(
        small.folder, "history", PLAN, "1.1", "--inside"
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("1", "area"),
        ("1.1", "action"),
        ("1.1/2", "milestone"),
        (LEAD, "party"),
        (LEAD.upper(), "party"),
        ("board", "forum"),
        ("The board", "forum"),
        ("q1", "review"),
        (f"{PLAN}/q1", "review"),
        (PLAN, "plan"),
    ],
)
def test_things_go_by_the_names_people_have_for_them(small: Reviewed, name: str, kind: str) -> None:
    """Nobody types an id with twelve hexadecimal digits."""
    answer = asked(small.folder, "history", PLAN, name)
    assert answer["kind"] == kind
    assert answer["entries"]


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (("diff", "riversid", "q1"), 1, ("'riversid'", "Nearest: riverside")),
        (("diff", "x", "q1"), 1, ("Plans: riverside, hillside",)),
        (("diff", PLAN, "q3"), 1, ("no review 'q3'", "Nearest: q")),
        (("diff", PLAN, "nothing-like-it"), 1, ("Reviews: q1, q2",)),
        (("diff", PLAN, "elsewhere/q1"), 1, ("elsewhere/q1",)),
        (("diff", PLAN, "2024-3-1"), 2, ("not a point", "2015-03-31")),
        (("diff", PLAN, "@1", "@999"), 1, ("its last is",)),
        (("diff", PLAN, "q1", "--area", "7"), 1, ("no area '7'", "Areas: 1, 2")),
        (("diff", PLAN, "q1", "--effective-on", "June"), 2, ("not a day",)),
        (("history", PLAN, "1.7"), 1, ("no '1.7'", "1.1")),
        (("history", PLAN, "???"), 1, ("by its ref",)),
        (("history", PLAN, "1.1", "--field", "dates"), 1, ("no field 'dates'", "target date")),
        (("history", PLAN, "1.1", "--field", "target-date"), 1, ("of an action", "wording")),
        (("history", PLAN, "1.1", "--field", "lead", "--inside"), 2, ("--inside",)),
        (("history", "x", "1.1"), 1, ("no plan 'x'",)),
        (("restatements", PLAN, "q9"), 1, ("no review 'q9'",)),
        (("restatements", "x", "q1"), 1, ("no plan 'x'",)),
    ],
)
def test_a_slip_gets_one_line_that_says_what_there_is(
    small: Reviewed, words: tuple[str, ...], code: int, parts: tuple[str, ...]
) -> None:
    """Whoever mistypes a review needs its name, and no manual."""
    done = invoke(*words, folder=small.folder)
    assert (done.returncode, done.stdout) == (code, "")
    assert len(done.stderr.splitlines()) == 1
    assert all(part in done.stderr for part in parts), done.stderr


@pytest.mark.parametrize("columns", WIDTHS)
def test_nothing_is_cut_off_at_any_width(small: Reviewed, columns: str) -> None:
    """A reason that ends in the middle of a word is a reason withheld."""
    for words in (
        ("diff", PLAN, "q1", "q2"),
        ("diff", PLAN, "@0", "--steps"),
        ("history", PLAN, "1.1", "--inside"),
        ("restatements", PLAN, "q1"),
    ):
        narrow = shown(small.folder, *words, columns=columns)
        assert max(map(len, narrow.splitlines())) <= int(columns)
        # However it is laid out, it says the same, but that a block does not name its head.
        everything = set(re.findall(r"\w+", shown(small.folder, *words, columns="2000")))
        letters = "".join(narrow.split())
        assert {word for word in everything if word not in letters} <= HEADS


def test_names_and_reasons_are_never_taken_for_markup(small: Reviewed) -> None:
    """A bracket in a reason must not vanish, nor colour what comes after."""
    text = joined(shown(small.folder, "history", PLAN, "1.1", "--inside", columns="400"))
    assert LEAD in text
    assert REASON in text


def test_a_pipe_gets_plain_text_whatever_the_locale(small: Reviewed) -> None:
    """What is piped into a paper or a search has no colours in it, and the same words."""
    words = ("diff", PLAN, "q1", "q2")
    said = [
        run(*words, folder=small.folder, env=environment(LC_ALL=locale, TZ=zone)).stdout
        for locale, zone in (("C", "America/New_York"), ("C.UTF-8", "Asia/Tokyo"))
    ]
    assert said[0] == said[1]
    assert "\x1b" not in said[0]
    assert "Put right in the record" in said[0]
    asked_for = run(*words, "--json", folder=small.folder)
    assert len(asked_for.stdout.splitlines()) == 1
    assert json.loads(asked_for.stdout)["totals"]["corrections"] == 1


def test_every_review_of_northbridge_can_be_compared_with_the_next(northbridge: Path) -> None:
    """A long history has every kind of change there is; none may be without its words."""
    plan = json.loads(invoke("show", "northbridge", "--json", folder=northbridge).stdout)["plan"]
    reviews = [review["ref"] for review in plan["reviews"]]
    for first, second in pairwise(reviews):
        answer = asked(northbridge, "diff", "northbridge", first, second)
        assert answer["changes"]
        assert all(one["causes"] and one["ref"] for one in answer["changes"])
        text = shown(northbridge, "diff", "northbridge", first, second, columns="120")
        counted = re.findall(r"\((\d+)\)", text[text.rindex("changes: ") :])
        assert sum(map(int, counted)) == answer["totals"]["changes"]


def test_every_item_of_northbridge_has_a_history_that_can_be_read(northbridge: Path) -> None:
    """Whatever happened to an item, asking for it must not end in a traceback."""
    plan = json.loads(invoke("show", "northbridge", "--json", folder=northbridge).stdout)["plan"]
    names = [area["ref"] for area in plan["areas"]]
    names += [action["ref"] for action in plan["areas"][0]["actions"]]
    names += [kpi["ref"] for kpi in plan["kpis"]] + [party["party"] for party in plan["parties"]]
    for name in names:
        assert "Before -> after" in shown(northbridge, "history", "northbridge", name)
    assert "entries" in shown(northbridge, "history", "northbridge", names[0], "--inside")


def test_every_figure_in_a_kpis_history_says_what_it_was(northbridge: Path) -> None:
    """An analyst asks for the readings alone; an entry without its figure would be no answer."""
    words = ("history", "northbridge", "re-referrals", "--field", "readings")
    answer = asked(northbridge, *words)
    stands = [one for one in answer["entries"] if one["standing"] == "stands"]
    assert stands
    assert all(change["period"] and change["after"] for one in stands for change in one["changes"])
    assert all(one["changes"] for one in stands)
