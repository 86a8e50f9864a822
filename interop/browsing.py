"""A browser that reaches nothing but this machine, and notices what a page must never do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Request,
    Response,
    sync_playwright,
)

from interop.programs import NotReadyError

PATIENCE_MS: Final = 60_000
"""How long anything in a browser may take on a machine that is busy with other things."""

_FLAGS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-first-run",
    "--no-sandbox",  # it is refused to root, as whom containers run; it opens only our own pages
)
_BY_ITSELF = {"blob", "data"}
_GIVEN_UP = "net::ERR_ABORTED"


class Look(NamedTuple):
    """How somebody looks at a page."""

    width: int
    height: int
    scripts: bool

    def __str__(self) -> str:
        """Say it in the name of a test."""
        return f"{self.width}-{'with' if self.scripts else 'without'}-scripts"


DESK: Final = Look(1280, 900, scripts=True)
DESK_PLAIN: Final = Look(1280, 900, scripts=False)
TELEPHONE: Final = Look(375, 812, scripts=True)
TELEPHONE_PLAIN: Final = Look(375, 812, scripts=False)


def chromium() -> str:
    """Give the path of a browser. Raises NotReadyError where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found is not None:
            return found
    raise NotReadyError("There is no Chromium here: install it (Debian: apt-get install chromium).")


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser, and end it with the block."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium(),
            args=_FLAGS,
            timeout=PATIENCE_MS,
        )
        try:
            yield started
        finally:
            started.close()


class Watch:
    """Notices what pages ask for and complain about; nothing of it should ever be."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        """Watch every page of a context, which may ask the service at `url` and no other."""
        self._url = url
        self._expected: list[tuple[str, int]] = []
        self.asked: list[str] = []
        self.complaints: list[str] = []
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("console", self._console)

    def told(self) -> list[str]:
        """Give the complaints there were since this was asked last."""
        found, self.complaints = self.complaints, []
        return found

    def expects(self, status: int, address: str) -> None:
        """Let an address be answered with a status that is no success."""
        self._expected.append((f"{self._url}{address}", status))

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in _BY_ITSELF and f"{parts.scheme}://{parts.netloc}" != self._url:
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        # Whoever goes on before all of a page is there gives up what is on its way; no fault of it.
        if request.failure != _GIVEN_UP:
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status < HTTPStatus.BAD_REQUEST:
            return
        if (response.url, response.status) not in self._expected:
            self.complaints.append(f"answered {response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # What the Content-Security-Policy forbids is told here too, also where no script runs.
        expected = message.location["url"] in {url for url, _ in self._expected}
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(f"{message.type}: {message.text}")


class Window:
    """A page that is looked at, and the watch over it."""

    def __init__(self, context: BrowserContext, url: str, look: Look) -> None:
        """Open it, without any address yet."""
        self.look = look
        self.watch = Watch(context, url)
        self.page = context.new_page()
        self._devtools = context.new_cdp_session(self.page)
        if not look.scripts:
            self._run_scripts(run=False)

    def visit(self, address: str, status: int = HTTPStatus.OK) -> None:
        """Go to an address of the service, which is answered with a status."""
        if status >= HTTPStatus.BAD_REQUEST:
            self.watch.expects(status, address)
        response = self.page.goto(address)
        assert response is not None
        assert response.status == status, f"{address} was answered {response.status}"

    def examined(self, program: str, given: object = None) -> Any:  # noqa: ANN401 - any JSON
        """Give what a program of ours answers about the page, whether the page's own run or not."""
        if self.look.scripts:
            return self.page.evaluate(program, given)
        self._run_scripts(run=True)
        try:
            return self.page.evaluate(program, given)
        finally:
            self._run_scripts(run=False)

    def _run_scripts(self, *, run: bool) -> None:
        self._devtools.send("Emulation.setScriptExecutionDisabled", {"value": not run})


@contextmanager
def window(started: Browser, url: str, look: Look) -> Iterator[Window]:
    """Open a window on the service at `url`. Raises AssertionError for what it complained about."""
    context = started.new_context(
        base_url=url,
        viewport={"width": look.width, "height": look.height},
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        opened = Window(context, url, look)
        yield opened
        complaints = opened.watch.told()
        assert not complaints, "\n".join(complaints)
    finally:
        context.close()
