"""The plans that come with planledger, to try it out."""

from pathlib import Path

from planledger.documents.reading import NotAPlanError
from planledger.domain.refusals import Refusal
from planledger.events.values import Author
from planledger.importing import import_document
from planledger.ledger import Ledger
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import (
    FILENAME,
    Made,
    NotEmptyError,
    Watch,
    has_northbridge,
    make_northbridge,
)

NORTHBRIDGE = "northbridge"
"""The example that is more than a document: it has a history, made on a simulated clock."""


def examples() -> Path:
    """Give the folder of the examples: inside an installed package, beside it in a checkout."""
    inside = Path(__file__).with_name("_examples")
    return inside if inside.is_dir() else Path(__file__).parent.parent / "examples"


def example_names() -> list[str]:
    """Give the names of the examples that are there."""
    folder = examples()
    return (
        sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    )


def check_example(name: str) -> None:
    """Raise NotAPlanError where there is no example of this name."""
    if name not in example_names():
        known = ", ".join(example_names()) or "none here"
        raise NotAPlanError(f"There is no example {name!r}. Examples are: {known}.")


def load_example(ledger: Ledger, name: str, author: Author) -> int:
    """Import the document of an example under its name, once; give how many entries that recorded.

    Raises NotAPlanError where there is no example of this name.
    """
    check_example(name)
    (path,) = (examples() / name).glob("*.txt")
    imported = import_document(
        ledger, path.read_bytes(), filename=path.name, plan=name, author=author
    )
    outcome = imported.outcome
    if outcome is None or isinstance(outcome, Refusal):
        why = outcome.message if outcome else "it could not be read"
        raise NotAPlanError(f"The example {name} was not imported: {why}")
    return len(outcome.entries)


def simulate_northbridge(
    ledger: Ledger, clock: SimulatedClock, *, plan: str = NORTHBRIDGE, watch: Watch | None = None
) -> Made:
    """Make the fictional Northbridge in an empty ledger that keeps this clock's time.

    Raises NotEmptyError where the ledger is not empty.
    """
    watch = watch or (lambda _done, _of: None)
    return make_northbridge(ledger, clock, _document(), plan=plan, watch=watch)


def load_northbridge(ledger: Ledger, clock: SimulatedClock, watch: Watch | None = None) -> int:
    """Make Northbridge where the ledger is empty; give how many entries that recorded.

    0 where it is there already. Raises NotEmptyError where something else is, or half of it.
    """
    if not ledger.events(limit=1):
        return simulate_northbridge(ledger, clock, watch=watch).entries
    if has_northbridge(ledger, _document(), plan=NORTHBRIDGE):
        return 0
    half = "of it only a part" if ledger.events(plan=NORTHBRIDGE, limit=1) else "something else"
    raise NotEmptyError(
        f"The ledger for the example northbridge holds {half}. It is simulated, with a clock of "
        "its own, and needs a ledger of its own. Name a new one, such as "
        "--ledger sqlite:///new.db, or delete this one."
    )


def _document() -> bytes:
    return (examples() / NORTHBRIDGE / FILENAME).read_bytes()
