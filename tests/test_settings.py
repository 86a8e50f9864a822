"""Settings come from the environment, and what is not set has a default."""

import getpass

import pytest

from planledger.settings import DEFAULT_LEDGER, settings_from


def test_what_is_set_is_taken() -> None:
    """They are read as they stand; what they mean is found out where they are used."""
    settings = settings_from(
        {
            "PLANLEDGER_LEDGER": "memory:",
            "PLANLEDGER_AUTHOR": "Ann Officer",
            "PLANLEDGER_LOG": "Warning",
            "PLANLEDGER_DOCUMENTS": "/srv/documents",
            "PLANLEDGER_TRUSTED_ONLY": "True",
        }
    )
    assert (settings.ledger, settings.author) == ("memory:", "Ann Officer")
    assert settings.log == "warning"
    assert (settings.documents, settings.trusted_only) == ("/srv/documents", "true")


@pytest.mark.parametrize(
    "environment", [{}, {"PLANLEDGER_LEDGER": "", "PLANLEDGER_AUTHOR": ""}, {"LEDGER": "x"}]
)
def test_what_is_not_set_or_empty_has_its_default(environment: dict[str, str]) -> None:
    """An empty variable is how a service file leaves one out."""
    settings = settings_from(environment)
    assert settings.ledger == DEFAULT_LEDGER == "sqlite:///planledger.db"
    assert settings.author == getpass.getuser()
    assert settings.log == "info"
    assert (settings.documents, settings.trusted_only) == (None, "no")


def test_a_user_without_a_name_can_record_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may run as a number that the system knows no name for."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 987_654_321)
    assert settings_from({}).author == "local"
