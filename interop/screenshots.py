"""Make the pictures of the reading room in docs/screenshots: python -m interop.screenshots.

They show the simulated plan at points that cannot change, so that a picture changes only when a
page does; history and record look at today. They are WebP, a third of PNG.
"""

import base64
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import Page

from interop.browsing import DESK, TELEPHONE, Look, Window, browser, window
from interop.programs import ROOT
from tests.support.program import invoke
from tests.support.serving import Service, service

FOLDER: Final = ROOT / "docs" / "screenshots"
LARGEST: Final = 150_000
"""Bytes that a picture may have: whoever clones the repository takes them all along."""

_QUALITY = 90


def _as_it_comes(_: Page) -> None:
    """Show a page as it comes."""


def _before_recording(page: Page) -> None:
    """Fill in a form, so that it is seen what would be recorded."""
    page.get_by_label("New date").fill("March 2027")
    page.get_by_label("Reason", exact=True).fill("Two of nine teams still wait for it.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Check before you record").wait_for()


class Picture(NamedTuple):
    """What is to be seen on a picture."""

    name: str
    address: str
    look: Look = DESK
    does: Callable[[Page], None] = _as_it_comes


TALL: Final = Look(1280, 1300, scripts=True)
PICTURES: Final = (
    Picture("plan-at-a-review", "/plans/northbridge?known=board-2024-q3"),
    Picture("changes", "/plans/northbridge/changes?from=board-2024-q2&to=board-2024-q3", TALL),
    Picture("history", "/plans/northbridge/history/2.3"),
    Picture("review", "/plans/northbridge/reviews/board-2024-q3"),
    Picture("kpi", "/plans/northbridge/kpis/re-referrals?known=scrutiny-2025-q1", TALL),
    Picture("findings", "/plans/northbridge/findings?known=board-2025-q2"),
    Picture(
        "record", "/plans/northbridge/record/move-date?milestone=2.3/2", does=_before_recording
    ),
    Picture("telephone", "/plans/northbridge/items/2.3?known=board-2024-q3", TELEPHONE),
)


def main() -> None:
    """Make every picture anew, and remove those that are made no more."""
    FOLDER.mkdir(exist_ok=True)
    with _northbridge() as served, browser() as started:
        for picture in PICTURES:
            with window(started, served.url, picture.look) as opened:
                opened.visit(picture.address)
                picture.does(opened.page)
                taken = _taken(opened)
            assert len(taken) <= LARGEST, f"{picture.name} has {len(taken):,} bytes."
            (FOLDER / f"{picture.name}.webp").write_bytes(taken)
            print(f"{picture.name}: {len(taken):,} bytes")  # noqa: T201 - what was made
    names = {f"{picture.name}.webp" for picture in PICTURES}
    for path in FOLDER.iterdir():
        if path.name not in names:
            path.unlink()


@contextmanager
def _northbridge() -> Iterator[Service]:
    with tempfile.TemporaryDirectory() as name:
        folder, ledger = Path(name), f"sqlite:///{name}/northbridge.db"
        done = invoke("simulate", "--new", "--ledger", ledger, folder=folder)
        assert done.returncode == 0, done.stderr
        with service(folder, "--ledger", ledger, PLANLEDGER_AUTHOR="Alex Marsh") as served:
            yield served


def _taken(opened: Window) -> bytes:
    """Take a picture of what a window shows, once its fonts are there."""
    opened.examined("() => document.fonts.ready.then(() => null)")
    devtools = opened.page.context.new_cdp_session(opened.page)
    taken = devtools.send("Page.captureScreenshot", {"format": "webp", "quality": _QUALITY})
    return base64.b64decode(taken["data"])


if __name__ == "__main__":
    main()
