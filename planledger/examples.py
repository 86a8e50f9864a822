"""The plans that come with planledger, to try it out."""

from pathlib import Path

from planledger.documents.reading import NotAPlanError
from planledger.domain.refusals import Refusal
from planledger.events.values import Author
from planledger.importing import import_document
from planledger.ledger import Ledger


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
    """Import an example under its name, once; give how many entries that recorded.

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
