"""The page at /graphql for people, as a browser shows it that reaches nothing but this machine."""

import shutil
from pathlib import Path

import pytest

from interop.programs import NotReadyError, Told, checks_of
from tests.support.serving import Service

PROGRAM = "browser.mjs"


def chromium() -> str:
    """Give the path of a browser. Raises NotReadyError where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found is not None:
            return found
    raise NotReadyError("There is no Chromium here: install it (Debian: apt-get install chromium).")


@pytest.fixture(name="told", scope="module")
def _told(northbridge: Service, tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder: Path = tmp_path_factory.mktemp("browser")
    return Told(PROGRAM, northbridge.url, chromium(), str(folder))


@pytest.mark.parametrize("check", checks_of(PROGRAM))
def test_the_page(told: Told, check: str) -> None:
    """Who comes to look at a plan begins here, perhaps on a network that is closed."""
    told.went_well(check)
