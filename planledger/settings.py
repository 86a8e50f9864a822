"""Settings, from the environment. Read once, by whoever starts the program."""

import getpass
from collections.abc import Mapping

from msgspec import Struct

DEFAULT_LEDGER = "sqlite:///planledger.db"
DEFAULT_LOG = "info"


class Settings(Struct, frozen=True, kw_only=True):
    """What a process works with."""

    ledger: str
    """URL of the ledger's store; PLANLEDGER_LEDGER."""
    author: str
    """Who is named as the author of what is recorded; PLANLEDGER_AUTHOR, else the login name."""
    log: str
    """How much a service tells: debug, info, warning or error; PLANLEDGER_LOG, else info."""
    documents: str | None
    """Folder of trusted documents beside those of the program; PLANLEDGER_DOCUMENTS."""
    trusted_only: str
    """Whether a service carries out no other documents, yes or no; PLANLEDGER_TRUSTED_ONLY."""


def settings_from(environment: Mapping[str, str], ledger: str = DEFAULT_LEDGER) -> Settings:
    """Read settings; what is not set gets its default, for the ledger the one given here."""
    return Settings(
        ledger=environment.get("PLANLEDGER_LEDGER") or ledger,
        author=environment.get("PLANLEDGER_AUTHOR") or _login(),
        log=(environment.get("PLANLEDGER_LOG") or DEFAULT_LOG).lower(),
        documents=environment.get("PLANLEDGER_DOCUMENTS") or None,
        trusted_only=(environment.get("PLANLEDGER_TRUSTED_ONLY") or "no").lower(),
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run as a user that has no name
        return "local"
