"""Programs in JavaScript that try the service with clients nobody here wrote, and their checks."""

import json
import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
PATIENCE: Final = 300
"""Seconds that all checks of one program may take together on a busy machine."""

_OLDEST = (20, 19)
_CHECK = re.compile(r'^check\(\s*"([^"]+)"', re.MULTILINE)


class NotReadyError(Exception):
    """What these tests need is not on this machine, or not installed yet."""


def node() -> str:
    """Give the path of Node.js. Raises NotReadyError where it is missing or too old."""
    found = shutil.which("node")
    wanted = "Install Node.js {}.{} or newer and npm (Debian 13: apt-get install nodejs npm)."
    advice = wanted.format(*_OLDEST)
    if found is None:
        raise NotReadyError(f"There is no Node.js here. {advice}")
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(map(int, told.strip().lstrip("v").split(".")[:2])) < _OLDEST:
        raise NotReadyError(f"Node.js {told.strip()} is too old. {advice}")
    if not (HERE / "node_modules").is_dir():
        raise NotReadyError("The packages are not installed. Run these tests by make test-interop.")
    return found


def checks_of(program: str) -> list[str]:
    """Give the names of the checks that a program declares, without running it."""
    names = _CHECK.findall((HERE / program).read_text(encoding="utf-8"))
    assert names, f"{program} declares no check."
    return names


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; what it started ends with it."""
    process = subprocess.Popen(
        [node(), str(HERE / program), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said, complained = process.communicate(timeout=PATIENCE)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return subprocess.CompletedProcess(process.args, process.returncode, said, complained)


class Told:
    """What a program told of its checks."""

    def __init__(self, program: str, *arguments: str) -> None:
        """Run the program."""
        done = run(program, *arguments)
        self._rest = f"{program} ended with {done.returncode}: {done.stdout}\n{done.stderr}"
        lines = [json.loads(x) for x in done.stdout.splitlines() if x.startswith("{")]
        self._failures: dict[str, str | None] = {x["check"]: x["failure"] for x in lines}

    def went_well(self, check: str) -> None:
        """Fail unless a check was run, and found nothing wrong."""
        assert check in self._failures, self._rest
        assert self._failures[check] is None, self._failures[check]
