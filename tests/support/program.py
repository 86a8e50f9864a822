"""The installed program, run as a person runs it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

from typer.testing import CliRunner

from planledger.cli import app

PROGRAM = Path(sys.executable).with_name("planledger")
PATIENCE = 30


class Served(NamedTuple):
    """A service that is up."""

    url: str
    process: subprocess.Popen[str]


def environment(**more: str) -> dict[str, str]:
    """Give this environment without what would change the program's answers."""
    cleared = ("PLANLEDGER_", "LC_", "LANG", "PYTHON", "COLUMNS", "TZ", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(cleared)}
    return {**kept, "LANG": "C.UTF-8", **more}


def run(
    *arguments: str | Path,
    folder: Path,
    given: str | bytes = "",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end, in `folder`."""
    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=env or environment(),
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    said = (done.stdout.decode(), done.stderr.decode())
    return subprocess.CompletedProcess(done.args, done.returncode, *said)


def invoke(
    *arguments: str | Path, folder: Path, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run the program within this process: sooner done, where processes do not matter."""
    unset = {name: None for name in os.environ if name.startswith("PLANLEDGER_")}
    with chdir(folder):
        words = [str(argument) for argument in arguments]
        done = CliRunner().invoke(app, words, env={**unset, **settings})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def shown(folder: Path, *words: str, columns: str = "200") -> str:
    """Give what a command prints in a terminal of a width."""
    done = invoke(*words, folder=folder, COLUMNS=columns)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def asked(folder: Path, *words: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Give what a command answers to a program."""
    done = invoke(*words, "--json", folder=folder, COLUMNS="40")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return json.loads(done.stdout)


def joined(text: str) -> str:
    """Give a text without line breaks and columns."""
    return " ".join(text.split())


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Served]:
    """Serve on a free port until the end of the block."""
    process = subprocess.Popen(
        [PROGRAM, "serve", "--port", "0", *arguments],
        cwd=folder,
        env=environment(PLANLEDGER_LOG="error"),  # nobody reads along: a full pipe would stop it
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Served(_url(process), process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=PATIENCE)
        finally:
            process.kill()


def _url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    watch = Timer(PATIENCE, process.kill)
    watch.start()
    try:
        for line in process.stdout:
            if line.startswith("Serving on "):
                return line.split()[2]
    finally:
        watch.cancel()
    raise AssertionError(f"It does not serve: {process.communicate()[1]}")
