"""Wait until a server is healthy, then ask it: ask.py PORT PID question|question-and-page."""

import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus

PATIENCE_S = 60
QUERY = "{ ledger { basis { position } plans(first: 1) { edges { node { title } } } } }"


def main() -> str | None:
    """Give what is wrong, or None."""
    port, pid, what = sys.argv[1:]
    address = f"http://127.0.0.1:{port}"
    if not wait_for_health(address, int(pid)):
        return f"{address}/healthz did not answer 200: the server ended, or took {PATIENCE_S} s."
    return ask_for_plan(address) or (ask_for_page(address) if what.endswith("page") else None)


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


def ask_for_page(address: str) -> str | None:
    """Ask as a browser does, and then for all that the page names."""
    request = urllib.request.Request(f"{address}/graphql", headers={"Accept": "text/html"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            names = re.findall(r'(?:src|href)="(ide/[^"]+)"', response.read().decode())
        for name in names:
            with urllib.request.urlopen(f"{address}/{name}", timeout=10) as response:
                print(name, len(response.read()), "bytes")
    except urllib.error.HTTPError as error:
        return f"{error.url} got {error.code}: {error.read().decode(errors='replace')}"
    return None if names else "The page names nothing that it consists of."


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
