"""`planledger documents` lists what may be asked for by id, and `serve` takes a folder of them."""

import json
from hashlib import sha256
from pathlib import Path

import httpx2
import pytest

from planledger.graphql.trusted import OURS
from tests.support.program import invoke
from tests.support.serving import service

DOCUMENT = "query Own { __typename }"
ID = sha256(DOCUMENT.encode()).hexdigest()


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Give a folder that holds a document."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "own.graphql").write_text(DOCUMENT)
    return folder


def test_they_are_listed_for_people_and_for_machines(tmp_path: Path, folder: Path) -> None:
    """A client is built with the ids; a person looks which one has which name."""
    ours = sorted(path.stem for path in OURS.glob("*.graphql"))
    assert [line.split()[1] for line in _listed(tmp_path)] == ours
    assert f"{ID}  own  Own" in _listed(tmp_path, "--documents", folder)
    told = json.loads(invoke("documents", "--json", "--documents", folder, folder=tmp_path).stdout)
    assert told[-1] == {"id": ID, "name": "own", "operations": ["Own"]}
    assert [document["name"] for document in told] == [*ours, "own"]


def _listed(tmp_path: Path, *options: str | Path) -> list[str]:
    done = invoke("documents", *options, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_the_environment_may_name_the_folder(tmp_path: Path, folder: Path) -> None:
    """As for everything that belongs to a place and not to a call."""
    done = invoke("documents", folder=tmp_path, PLANLEDGER_DOCUMENTS=str(folder))
    assert ID in done.stdout


@pytest.mark.parametrize("command", [["documents"], ["serve", "--ledger", "memory:"]])
def test_a_file_that_is_no_good_is_told_in_one_line(
    tmp_path: Path, folder: Path, command: list[str]
) -> None:
    """The service does not start half; whoever made the mistake reads which file it is in."""
    (folder / "own.graphql").write_text("query Own {\n  ledgr { basis { position } }\n}\n")
    done = invoke(*command, "--documents", folder, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"planledger: {folder / 'own.graphql'}:2 cannot be carried out: ")
    assert "ledgr" in line


@pytest.mark.parametrize("told", ["option", "environment"])
def test_every_worker_knows_them_and_takes_no_others_where_told_so(
    tmp_path: Path, folder: Path, told: str
) -> None:
    """Whichever takes the connection, and however it was told."""
    arguments = ["--new", "--ledger", f"sqlite:///{tmp_path}/plans.db", "--workers", "2"]
    settings = {"PLANLEDGER_DOCUMENTS": str(folder), "PLANLEDGER_TRUSTED_ONLY": "Yes"}
    if told == "option":
        arguments += ["--documents", str(folder), "--trusted-only"]
        settings = {}
    with service(tmp_path, *arguments, **settings) as served:
        served.until_serving(2)
        for _ in range(4):  # each on a connection of its own
            answer = httpx2.get(f"{served.url}/graphql/d/{ID}", timeout=60)
            assert answer.json()["data"] == {"__typename": "Query"}
            refused = httpx2.get(f"{served.url}/graphql", params={"query": DOCUMENT}, timeout=60)
            assert refused.status_code == 403


def test_a_setting_that_is_neither_yes_nor_no_is_told(tmp_path: Path) -> None:
    """Taken for no, it would leave open what was to be closed."""
    done = invoke(
        "serve", "--ledger", "memory:", folder=tmp_path, PLANLEDGER_TRUSTED_ONLY="perhaps"
    )
    assert done.returncode == 2
    assert "PLANLEDGER_TRUSTED_ONLY is 'perhaps'. It may be yes or no." in done.stderr
