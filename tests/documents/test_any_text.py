"""Laws that hold for any text: the reader reads or refuses, loses no line, and never wavers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.documents import NotAPlanError, Reading, read_document
from planledger.documents.markup import plain
from tests.documents.plans import NORTHBRIDGE, PLYMOUTH, actions, milestones, statements

PLANS = {plan.name: plan.read_text("utf-8").split("\n") for plan in (PLYMOUTH, NORTHBRIDGE)}
PIECES = st.sampled_from(
    [
        "AREA FOR IMPROVEMENT 1: Roads", "AREA FOR IMPROVEMENT", "**", "OBJECTIVES:", "OUTCOME:",
        "MEASURED BY:", "ACTION\t\tPROGRESS MILESTONES\tTARGET DATE\tDELIVERY LEAD", "\t", "\t\t",
        "1.1\t", "1.1", "(2.1)", "▪ ", "- ", " - ", "<ul>", "<li>", "<p>", "</p>", "&amp;", "&#0;",
        "TBC", "March 2015", "31/02/2015", "Q1 2015/16", "quarterly", "every 0 months", "from",
        "until", "First report", "6 January 2015", "99999", "0000", "Ann Lee", "and", "; and",
        "Chair of PSCB", "Manager", "Board to agree dates", "the above", "dependent on", "area 1",
        "(", ")", ",", ";", ".", ":", "\u0660", "²", "ﬁ", "\u2028", "\x0c", "\x1e", "é", " ",
    ]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=12).map("".join)


@st.composite
def _changed_plans(draw: st.DrawFn) -> str:
    """Give a plan with lines lost, doubled, moved, cut or replaced."""
    lines = [*PLANS[draw(st.sampled_from(sorted(PLANS)))]]
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        to = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["lose", "double", "move", "cut", "replace", "insert", "join"])):
            case "lose":
                del lines[at : at + draw(st.integers(1, 20))]
                lines = lines or [""]
            case "double":
                lines[to:to] = lines[at : at + 10]
            case "move":
                lines.insert(to, lines.pop(at))
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, 60))]
            case "replace":
                lines[at] = draw(LINES)
            case "insert":
                lines.insert(at, draw(LINES))
            case _:
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
    return "\n".join(lines)


TEXTS = st.one_of(_changed_plans(), st.lists(LINES, max_size=25).map("\n".join))


def _read(text: str) -> Reading | None:
    try:
        return read_document(text.encode("utf-8", "surrogatepass"), "any.txt")
    except NotAPlanError:
        return None


@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    """A crash would leave the clerk with a traceback and no word on what is wrong."""
    reading = _read(text)
    if reading is not None:
        assert reading.draft.areas
        assert actions(reading.draft)


@given(st.binary(max_size=300), st.integers(0, 27_000))
def test_any_bytes_within_a_plan_are_read_or_refused(some: bytes, at: int) -> None:
    """A damaged download is still a file somebody will try."""
    plan = PLYMOUTH.read_bytes()
    try:
        reading = read_document(plan[:at] + some + plan[at:], "any.txt")
    except NotAPlanError as error:
        assert str(error)  # noqa: PT017 - it may be read or refused, and both are right
    else:
        assert len(reading.draft.areas) >= 1


@given(TEXTS)
def test_the_same_text_gives_the_same_reading(text: str) -> None:
    """Importing a file twice must change nothing, so reading it twice must not differ."""
    assert _read(text) == _read(text)


_LABEL = re.compile(r"(OBJECTIVES?|OUTCOMES?|MEASURED BY|(SUCCESS )?MEASURES?)\s*:?", re.IGNORECASE)


def _is_named(line: str) -> bool:
    """Say whether a line is a label or names columns: used, and kept in no item."""
    columns = "TARGET DATE\tDELIVERY LEAD" in line or "LEAD\tBY WHEN" in line
    bare = re.sub(r"<[^>]*>|&#0;|[^\w\s]", " ", line).strip()
    return columns or _LABEL.fullmatch(bare) is not None


def _introduced(text: str, reading: Reading) -> str:
    """Give what the text says before the first area, without its spaces and marks."""
    lines = text.split("\n")[: reading.draft.areas[0].line - 1]
    return re.sub(r"\W", "", plain("\n".join(lines)))


@given(_changed_plans())
def test_what_stands_before_the_first_area_is_introduction_whole(text: str) -> None:
    """What a plan is, and who oversees it, is said nowhere else."""
    reading = _read(text.replace("\r", ""))
    if reading is not None:
        introduction = re.sub(r"\W", "", "".join(reading.draft.introduction))
        assert introduction.startswith(_introduced(text.replace("\r", ""), reading))


def _unaccounted(text: str, reading: Reading) -> list[str]:
    """Give the lines of a plan that neither the draft holds nor a problem names."""
    draft = reading.draft
    items = (*draft.areas, *statements(draft), *actions(draft).values())
    held = {line for item in items for line in item.as_printed.split("\n")}
    said = {problem.line for problem in reading.problems}
    first = draft.areas[0].line
    return [
        line
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
        and number >= first
        and line not in held
        and number not in said
        and not _is_named(line)
    ]


@given(_changed_plans())
def test_every_line_is_used_or_said(text: str) -> None:
    """Nothing is dropped silently: a line is in the draft, or a problem names it."""
    # Only the line ends of the plans themselves, so that both sides count the same lines.
    reading = _read(text.replace("\r", ""))
    if reading is not None:
        assert _unaccounted(text.replace("\r", ""), reading) == []


@pytest.mark.parametrize("name", sorted(PLANS))
def test_every_line_of_the_plans_themselves_is_used_or_said(name: str) -> None:
    """The law above would hold of nothing if it did not hold here."""
    text = "\n".join(PLANS[name])
    reading = _read(text)
    assert reading is not None
    assert _unaccounted(text, reading) == []


def test_a_line_that_is_dropped_would_be_noticed() -> None:
    """The law must be able to fail: a reading of the plan does not account for another line."""
    text = "\n".join(PLANS[PLYMOUTH.name])
    reading = _read(text)
    assert reading is not None
    assert _unaccounted(f"{text}\nA line of another plan", reading) == ["A line of another plan"]


@given(_changed_plans())
def test_keys_are_unique_in_any_plan(text: str) -> None:
    """Rows doubled by a bad conversion must still be two items."""
    reading = _read(text)
    if reading is not None:
        draft = reading.draft
        keys = [
            *(area.key for area in draft.areas),
            *(statement.key for statement in statements(draft)),
            *(action.key for area in draft.areas for action in area.actions),
            *milestones(draft),
            *(party.key for party in draft.parties),
        ]
        count = sum(len(action.milestones) for area in draft.areas for action in area.actions)
        assert len(milestones(draft)) == count
        assert len(keys) == len(set(keys))


@given(_changed_plans())
def test_every_key_that_is_pointed_at_exists(text: str) -> None:
    """An import follows the keys; one that leads nowhere would stop it half way."""
    reading = _read(text)
    if reading is None:
        return
    draft = reading.draft
    parties = {party.key for party in draft.parties}
    slots = milestones(draft)
    items = {
        *(area.key for area in draft.areas),
        *(statement.key for statement in statements(draft)),
        *actions(draft),
        *slots,
    }
    for action in actions(draft).values():
        assert set(action.leads) <= parties
    for slot in slots.values():
        assert set(slot.leads or ()) <= parties
        assert set(slot.shared_with) <= set(slots)
    for reference in draft.references:
        assert {reference.item, reference.printed_target, reference.resolved_target} <= {
            *items,
            None,
        }
    assert {query.item for query in draft.queries} <= {*items, *parties, None}
