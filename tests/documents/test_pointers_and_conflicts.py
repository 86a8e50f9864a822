"""Pointers that are right or wrong as numbered, and promises that conflict or only sound alike."""

from planledger.documents import Reading
from planledger.events.values import Confidence, ReferenceKind
from tests.documents.plans import HEADER, actions, queries, read, references, row


def _plan(*areas: tuple[str, ...]) -> Reading:
    lines = ["ROADS PLAN", "3 March 2024"]
    for number, rows in enumerate(areas, 1):
        lines += [f"AREA FOR IMPROVEMENT {number}: Area {number}", HEADER, *rows]
    return read("\n".join(lines))


def _row(ref: str, action: str, milestone: str = "Work done", date: str = "May 2024") -> str:
    return row(ref, action, milestone, date, "Amina Rook")


def test_a_number_whose_words_fit_it_is_certain() -> None:
    """Most pointers are right; a query about each would drown the wrong ones."""
    reading = _plan(
        (_row("1.1", "Survey every bridge"), _row("1.2", "Use the bridge survey (1.1)")),
        (_row("2.1", "Paint the railings"),),
    )
    (reference,) = references(reading.draft, "1.2")
    assert (reference.printed_target, reference.resolved_target) == ("1.1", "1.1")
    assert reference.confidence is Confidence.CERTAIN
    assert reading.draft.queries == ()


def test_a_number_whose_words_fit_another_area_is_taken_as_likely() -> None:
    """The areas were swapped after the pointer was written: the number within it was kept."""
    reading = _plan(
        (_row("1.1", "Paint the railings"), _row("1.2", "Use the bridge survey (1.1)")),
        (_row("2.1", "Survey every bridge"), _row("2.2", "Sweep the gutters")),
        (_row("3.1", "Empty the bins"), _row("3.2", "See area 1 for the survey")),
    )
    (number,) = references(reading.draft, "1.2")
    assert (number.printed_target, number.resolved_target) == ("1.1", "2.1")
    assert number.confidence is Confidence.LIKELY
    # What one pointer shows of an area's older number holds for the area named alone.
    (area,) = references(reading.draft, "3.2")
    assert (area.as_printed, area.printed_target, area.resolved_target) == (
        "area 1",
        "area/1",
        "area/2",
    )
    assert [query.item for query in reading.draft.queries] == ["1.2", "3.2"]


def test_words_that_fit_nothing_better_leave_a_number_as_printed() -> None:
    """Common words are shared by chance; only rare ones speak."""
    reading = _plan(
        (_row("1.1", "Paint the railings"), _row("1.2", "Do as agreed by the council (2.1)")),
        (_row("2.1", "Survey every bridge"),),
    )
    (reference,) = references(reading.draft, "1.2")
    assert reference.resolved_target == "2.1"
    assert reference.confidence is Confidence.CERTAIN


def test_a_pointer_to_nothing_is_kept_and_asked_about() -> None:
    """A lost row may be what it meant."""
    reading = _plan((_row("1.1", "Survey every bridge, see action 9.9 and area 8"),))
    found = references(reading.draft, "1.1")
    assert [(each.as_printed, each.resolved_target) for each in found] == [
        ("9.9", None),
        ("area 8", None),
    ]
    assert {each.confidence for each in found} == {Confidence.UNSURE}
    assert len(queries(reading.draft, "1.1")) == 2


def test_figures_are_no_pointers() -> None:
    """A sum of money or a rate has the form of a reference."""
    text = "Spend 1.1 million, or 1.2% under 1.1% of the budget of £1.1m"
    reading = _plan((_row("1.1", "Survey every bridge"), _row("1.2", text)))
    assert reading.draft.references == ()


def test_dependence_is_told_from_mention() -> None:
    """Only a dependence can hold another action up."""
    reading = _plan(
        (
            _row("1.1", "Survey every bridge"),
            _row("1.2", "Close bridges, depending on 1.1"),
            _row("1.3", "Open bridges, see 1.1"),
            _row("1.4", "Tell people, subject to the above"),
        )
    )
    kinds = {(each.item, each.resolved_target): each.kind for each in reading.draft.references}
    assert kinds == {
        ("1.2", "1.1"): ReferenceKind.DEPENDS_ON,
        ("1.3", "1.1"): ReferenceKind.REFERENCE,
        ("1.4", "1.1"): ReferenceKind.DEPENDS_ON,
        ("1.4", "1.2"): ReferenceKind.DEPENDS_ON,
        ("1.4", "1.3"): ReferenceKind.DEPENDS_ON,
    }


def test_the_above_with_nothing_above_is_asked_about() -> None:
    """The first row of an area has nothing above it in the area."""
    reading = _plan((_row("1.1", "Tell people, subject to the above"),))
    (reference,) = references(reading.draft, "1.1")
    assert reference.resolved_target is None
    assert len(queries(reading.draft, "1.1")) == 1


def test_a_milestone_as_above_means_the_row_above() -> None:
    """It is a pointer, and no wording of its own."""
    reading = _plan(
        (_row("1.1", "Survey every bridge"), _row("1.2", "Survey every road", "As above"))
    )
    (reference,) = references(reading.draft, "1.2/1")
    assert (reference.as_printed, reference.resolved_target) == ("As above", "1.1")
    assert len(queries(reading.draft, "1.2/1")) == 1


def _conflicts(reading: Reading) -> list[str | None]:
    return [query.item for query in reading.draft.queries if "one promise" in query.question]


def test_one_promise_with_two_dates_is_found_through_an_abbreviation() -> None:
    """The document itself says what its letters stand for."""
    reading = _plan(
        (_row("1.1", "Write the Bridge Repair Standard (BRS)", "BRS published"),),
        (
            _row("2.1", "Plan phase two of bridge closures", "BRS agreed", "TBC"),
            _row(
                "2.2",
                "Train crews for bridge closures",
                "Bridge repair standard for bridge closures agreed",
                "June 2024",
            ),
        ),
    )
    assert _conflicts(reading) == ["2.2/1"]


def test_the_same_words_about_different_things_do_not_conflict() -> None:
    """Many actions agree "a framework" or "a plan", each its own."""
    reading = _plan(
        (_row("1.1", "Survey every bridge", "Framework agreed", "May 2024"),),
        (_row("2.1", "Sweep the gutters", "Framework agreed", "June 2024"),),
        (_row("3.1", "Paint the railings", "Railings framework agreed", "July 2024"),),
    )
    assert _conflicts(reading) == []


def test_the_same_promise_for_the_same_date_does_not_conflict() -> None:
    """Saying a thing twice is untidy; it is no conflict."""
    rows = [
        (_row(f"{area}.1", "Survey every bridge", "Bridge survey agreed", "May 2024"),)
        for area in (1, 2)
    ]
    assert _conflicts(_plan(*rows)) == []
    later = rows[1][0].replace("May", "June")
    assert _conflicts(_plan(rows[0], (later,))) == ["2.1/1"]


def test_an_action_does_not_conflict_with_itself() -> None:
    """Its milestones are steps, each with its date."""
    steps = "▪ Bridge survey agreed; ▪ Bridge survey agreed by members"
    reading = _plan((_row("1.1", "Survey every bridge", steps, "May 2024 June 2024"),))
    assert len(actions(reading.draft)["1.1"].milestones) == 2
    assert _conflicts(reading) == []
