"""The examples that come with planledger: found, loaded once, served again from then on."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from planledger.documents.reading import NotAPlanError
from planledger.domain.commands import AddArea, DraftPlan
from planledger.events.values import Author, Personal
from planledger.examples import (
    check_example,
    example_names,
    examples,
    load_example,
    load_northbridge,
)
from planledger.importing import prepare
from planledger.ledger import Ledger, Recorded
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import NotEmptyError
from planledger.storage.memory import MemoryStore

ANN = Author(id="local:ann", name=Personal(words="Ann"))


def opened() -> tuple[Ledger, SimulatedClock]:
    """Give an empty ledger with a simulated clock."""
    clock = SimulatedClock()
    return Ledger(MemoryStore(clock), clock), clock


def test_the_examples_are_there_by_name() -> None:
    """A newcomer types one of these first."""
    assert example_names() == ["northbridge", "plymouth-2015"]
    with pytest.raises(NotAPlanError, match="Examples are: northbridge, plymouth-2015"):
        check_example("nowhere")


@pytest.mark.parametrize("name", ["northbridge", "plymouth-2015"])
def test_every_line_of_an_example_is_read(name: str) -> None:
    """An example with a line that cannot be read would show what planledger cannot do."""
    (path,) = (examples() / name).glob("*.txt")
    assert not prepare(path.read_bytes(), filename=path.name, plan=name).problems


def test_northbridge_is_labelled_as_made_up() -> None:
    """Whoever opens the file must see at once that nobody in it exists."""
    folder = examples() / "northbridge"
    for name in ("README.md", "northbridge-improvement-plan.txt"):
        head = (folder / name).read_text(encoding="utf-8")[:400]
        assert "Northbridge is a made-up council." in head


def test_plymouth_is_imported_once() -> None:
    """Serving it again must not record it again."""
    ledger, _ = opened()
    ledger, clock = opened()
    clock.follow(lambda: datetime(2026, 11, 25, 12, tzinfo=UTC))
    assert load_example(ledger, "plymouth-2015", ANN) == 445
    assert load_example(ledger, "plymouth-2015", ANN) == 0


def test_northbridge_is_made_once_and_people_can_go_on_in_it() -> None:
    """What was recorded in it yesterday is there today."""
    ledger, clock = opened()
    recorded = load_northbridge(ledger, clock)
    assert recorded > 1_000
    clock.follow(lambda: datetime(2026, 11, 25, 12, tzinfo=UTC))
    assert load_northbridge(ledger, clock) == 0
    added = ledger.submit(AddArea(plan="northbridge", number="7", title="More"), author=ANN)
    assert isinstance(added, Recorded)
    assert (added.position, ledger.today.year) == (recorded + 1, 2026)
    assert load_northbridge(ledger, clock) == 0


def test_northbridge_is_refused_where_something_else_or_half_of_it_is() -> None:
    """A simulated clock needs a ledger of its own, and half a story is none."""
    ledger, clock = opened()
    clock.move_on(datetime(2024, 1, 8, tzinfo=UTC).date())
    ledger.submit(DraftPlan(plan="roads", title="Roads"), author=ANN)
    with pytest.raises(NotEmptyError, match="something else"):
        load_northbridge(ledger, clock)

    ledger, clock = opened()

    def stop(done: int, _of: int) -> None:
        if done == 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_northbridge(ledger, clock, stop)
    with pytest.raises(NotEmptyError, match="only a part"):
        load_northbridge(ledger, clock)


def test_the_readme_names_files_that_are_there() -> None:
    """It tells a reader where the story is told."""
    text = (examples() / "northbridge" / "README.md").read_text(encoding="utf-8")
    root = Path(__file__).resolve().parent.parent
    assert "planledger/simulation/northbridge/" in text
    assert (root / "planledger" / "simulation" / "northbridge").is_dir()
