"""Wait until a server is healthy, then ask it: ask.py PORT PID question|question-and-pages."""

import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus

PATIENCE_S = 60
PAPER = "/plans/plymouth-2015/report.pdf"
QUERY = "{ ledger { basis { position } plans(first: 1) { edges { node { title } } } } }"


def main() -> str | None:
    """Give what is wrong, or None."""
    port, pid, what = sys.argv[1:]
    address = f"http://127.0.0.1:{port}"
    if not wait_for_health(address, int(pid)):
        return f"{address}/healthz did not answer 200: the server ended, or took {PATIENCE_S} s."
    wrong = ask_for_plan(address)
    if wrong or not what.endswith("pages"):
        return wrong
    try:
        return ask_for_ide(address) or ask_for_reading_room(address) or ask_for_paper(address)
    except urllib.error.HTTPError as error:
        return f"{error.url} got {error.code}: {error.read().decode(errors='replace')}"


def ask_for_plan(address: str) -> str | None:
    """Ask for the first plan."""
    request = urllib.request.Request(
        f"{address}/graphql",
        data=json.dumps({"query": QUERY}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        return f"The first query got {error.code}: {error.read().decode(errors='replace')}"
    if answer.get("errors") or not answer["data"]["ledger"]["plans"]["edges"]:
        return f"The first query got {answer}."
    print(answer["data"])
    return None


def ask_for_ide(address: str) -> str | None:
    """Ask for the page to ask with as a browser does, and then for all that it names."""
    page = got(f"{address}/graphql", Accept="text/html").decode()
    names = re.findall(r'(?:src|href)="(ide/[^"]+)"', page)
    for name in names:
        print(name, len(got(f"{address}/{name}")), "bytes")
    return None if names else "The page to ask with names nothing that it consists of."


def ask_for_reading_room(address: str) -> str | None:
    """Ask for the first page of the reading room, all that it is shown with, and its plans."""
    page = got(f"{address}/").decode()
    assets = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
    plans = re.findall(r'href="(/plans/[^/"]+)"', page)
    for name in assets + plans:
        print(name, len(got(f"{address}{name}")), "bytes")
    return None if assets and plans else "The first page has no stylesheet, or no plan."


def ask_for_paper(address: str) -> str | None:
    """Ask for the example plan on paper."""
    paper = got(f"{address}{PAPER}")
    print(PAPER, len(paper), "bytes")
    return None if paper.startswith(b"%PDF-") else f"{PAPER} is no PDF: {paper[:80]!r}"


def got(address: str, **headers: str) -> bytes:
    """Give what is answered."""
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        body: bytes = response.read()
    return body


def wait_for_health(address: str, pid: int) -> bool:
    """Ask until the server answers; give up when it is gone or patience is."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as response:
                return bool(response.status == HTTPStatus.OK)
        except OSError:
            time.sleep(0.1)
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return False


if __name__ == "__main__":
    sys.exit(main())
