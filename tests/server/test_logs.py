"""The log as it is written."""

import json
import logging
import socket
import warnings
from pathlib import Path

import pytest

from planledger.server.logs import set_up
from tests.server.conftest import Log
from tests.support.program import invoke
from tests.support.serving import Caller, service


def test_json_has_a_line_for_each_event_whatever_is_in_it(log: Log) -> None:
    """A text with line breaks in it must not look like two events, nor one like another."""
    logging.getLogger("anything").warning("two\nlines %s", "“é”\x1b[0m", extra={"level": "x"})
    (line,) = log.text.splitlines()
    told = json.loads(line)
    assert (told["event"], told["logger"]) == ("two\nlines “é”\x1b[0m", "anything")


def test_a_traceback_has_no_values_in_it(log: Log) -> None:
    """What people wrote is in the variables of whatever fails."""
    people = ["Ann Example"]

    def fail(name: str) -> None:
        raise ValueError(len(name))

    try:
        fail(people[0])
    except ValueError:
        logging.getLogger("anything").exception("it failed")
    assert "ValueError: 11" in log.text
    assert "Ann Example" not in log.text


def test_warnings_go_the_same_way(log: Log) -> None:
    """A library's warning in the middle of JSON lines would break whatever reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("mind the gap", UserWarning, stacklevel=1)
    (line,) = log.lines("")
    assert "mind the gap" in line["event"]
    assert line["level"] == "warning"


def test_text_is_for_people(log: Log) -> None:
    """The same event, as a person at a terminal reads it."""
    set_up("info", "text", log.stream)
    logging.getLogger("anything").info("began", extra={"route": "/graphql"})
    logging.getLogger("anything").debug("not told")
    (line,) = log.text.splitlines()
    assert "began" in line
    assert "route=/graphql" in line
    assert "\x1b" not in line, "Colours are for terminals."


@pytest.mark.parametrize(("form", "begins"), [((), "{"), (("--log-format", "text"), "2")])
def test_a_service_writes_all_of_its_log_in_one_way(
    tmp_path: Path, form: tuple[str, ...], begins: str
) -> None:
    """Also what the libraries under it say: a pipeline that reads JSON stops at anything else."""
    with (
        service(tmp_path, "--ledger", "memory:", *form) as served,
        Caller(served.url) as caller,
    ):
        caller.position()
        caller.get("/nowhere")
        served.end()
    lines = served.said.splitlines()
    assert len(lines) >= 4
    assert {line[0] for line in lines} == {begins}


def test_how_much_is_told_is_a_setting(tmp_path: Path) -> None:
    """Nothing but trouble, for whoever wants it so; and a client that goes away is none."""
    with (
        service(tmp_path, "--ledger", "memory:", PLANLEDGER_LOG="WARNING") as served,
        Caller(served.url) as caller,
    ):
        caller.position()
        with socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2]))) as gone:
            gone.sendall(b"POST /graphql HTTP/1.1\r\nhost: localhost\r\n")
            gone.sendall(b"content-type: application/json\r\ncontent-length: 100\r\n\r\n{")
        caller.position()
        served.end()
    assert served.said == ""


def test_a_setting_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    """Better at the start than a log that is empty when it is needed."""
    done = invoke("serve", "--ledger", "memory:", folder=tmp_path, PLANLEDGER_LOG="loud")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "planledger: PLANLEDGER_LOG is 'loud'. It may be debug, info, warning, error.\n"
    )
