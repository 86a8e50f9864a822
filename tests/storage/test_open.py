"""From a URL to a store."""

from pathlib import Path

import pytest

from planledger.storage.memory import MemoryStore
from planledger.storage.open import open_store
from planledger.storage.port import StoreError
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import HandClock, add, check_ledger, names_in


def test_memory_is_a_url(clock: HandClock) -> None:
    """A demonstration needs no file; `create` makes no difference to it."""
    assert isinstance(open_store("memory:", clock, create=False), MemoryStore)


def test_a_relative_and_an_absolute_url_lead_to_one_file(
    clock: HandClock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three slashes or four is the usual slip; both forms must mean what they mean elsewhere."""
    monkeypatch.chdir(path.parent)
    made = open_store("sqlite:///plans.db", clock, create=True)
    assert isinstance(made, SqliteStore)
    add(made, "harbour", 0, "a")
    opened = open_store(f"sqlite:///{path}", clock, create=False)
    assert check_ledger(opened) == check_ledger(made)
    opened.close()
    made.close()


def test_a_mistyped_path_makes_no_ledger(clock: HandClock, path: Path) -> None:
    """An empty ledger in the wrong place looks as if every plan had been lost."""
    with pytest.raises(StoreError, match=r"no ledger at .*planledger import"):
        open_store(f"sqlite:///{path}", clock, create=False)
    assert names_in(path.parent) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "plans.db",
        "memory",
        "memory:x",
        "sqlite:",
        "sqlite://plans.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///plans.db?mode=ro",
        "postgresql://clerk:secret@host/plans",
    ],
)
def test_any_other_url_is_refused_with_those_that_are_understood(
    clock: HandClock, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message has to be enough to set it right, and must not put a password in a log."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"sqlite:///plans\.db .* memory:") as refusal:
        open_store(url, clock, create=True)
    assert "secret" not in str(refusal.value)
    assert names_in(tmp_path) == []
