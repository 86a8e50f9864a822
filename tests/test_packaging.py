"""What somebody who installs planledger gets, and that everybody gets the same."""

import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / "requirements" / "run.txt"
DEV = ROOT / "requirements" / "dev.txt"
POSTGRES = ROOT / "requirements" / "postgres.txt"

PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9a-z.]+)(?: ; [a-z_]+ [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def settings() -> dict[str, Any]:
    """Read pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def project() -> dict[str, Any]:
    """Read what pyproject.toml says of the project."""
    table: dict[str, Any] = settings()["project"]
    return table


def pins(lock: Path) -> dict[str, str]:
    """Give the version of every package that a lock file names."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := PIN.fullmatch(line))]
    assert len(found) == len({match["name"] for match in found}), "A package is named twice."
    return {match["name"]: match["version"] for match in found}


def wanted(extra: str) -> list[str]:
    """Give what an extra of ours requires, with what it takes over from other extras of ours."""
    extras: dict[str, list[str]] = project()["optional-dependencies"]
    found = []
    for text in extras[extra]:
        want = Requirement(text)
        ours = want.name == project()["name"]
        found += [each for other in want.extras for each in wanted(other)] if ours else [text]
    return found


def unmet(requirements: list[str], lock: Path) -> list[str]:
    """Give the requirements that no pin of a lock file meets."""
    locked = pins(lock)
    found = []
    for want in map(Requirement, requirements):
        pinned = locked.get(canonicalize_name(want.name))
        if pinned is None or not want.specifier.contains(pinned):
            found.append(str(want))
    return found


@pytest.mark.parametrize("lock", [RUN, POSTGRES, DEV], ids=lambda lock: lock.name)
def test_lock_files_say_only_what_to_install(lock: Path) -> None:
    """An index address or a folder in a lock file would tie everybody to one machine's set-up."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    assert pins(lock)
    assert [line for line in lines if not PIN.fullmatch(line) and not HASH.fullmatch(line)] == []


@pytest.mark.parametrize("lock", [RUN, POSTGRES, DEV], ids=lambda lock: lock.name)
def test_every_pin_has_a_hash(lock: Path) -> None:
    """A version without a hash could be replaced by other bytes of that version."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    after = dict(zip(lines, [*lines[1:], ""], strict=True))
    assert [line for line in lines if PIN.fullmatch(line) and not HASH.fullmatch(after[line])] == []


def test_run_lock_covers_every_dependency() -> None:
    """A dependency that is declared but not locked would be whatever is newest on the day."""
    assert project()["dependencies"]
    assert unmet(project()["dependencies"], RUN) == []


def test_dev_lock_covers_the_tools_and_agrees_with_the_run_lock() -> None:
    """What was tested must be what is run."""
    assert "psycopg" in pins(DEV)
    assert unmet(wanted("dev"), DEV) == []
    assert pins(RUN).items() <= pins(DEV).items()


def test_postgres_lock_is_the_run_lock_and_the_driver() -> None:
    """Who serves from PostgreSQL installs this one file, and runs what was tested."""
    assert unmet([*project()["dependencies"], *wanted("postgres")], POSTGRES) == []
    assert pins(RUN).items() <= pins(POSTGRES).items() <= pins(DEV).items()


def test_a_dependency_that_is_not_locked_is_found() -> None:
    """A check that cannot fail guards nothing."""
    assert unmet(["no-such-package", "rich<2"], RUN) == ["no-such-package", "rich<2"]


def test_the_installed_version_is_the_one_in_the_project_file() -> None:
    """What `planledger --version` prints must be the version that was built."""
    assert version("planledger") == project()["version"]


def test_the_package_says_that_it_is_typed() -> None:
    """Without the marker a type checker ignores every annotation of ours in a caller's code."""
    assert (ROOT / "planledger" / "py.typed").is_file()


def test_the_plymouth_plan_is_where_the_wheel_takes_it_from() -> None:
    """`planledger serve --example plymouth-2015` is the first thing a newcomer runs."""
    taken = settings()["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert taken == {"examples": "planledger/_examples"}
    assert list((ROOT / "examples" / "plymouth-2015").glob("*.txt"))


def test_the_wheel_takes_the_built_page_although_git_ignores_it() -> None:
    """Who installs the wheel has the page at /graphql without ever having heard of Node.js."""
    assert settings()["tool"]["hatch"]["build"]["artifacts"] == ["planledger/_ide/"]
    assert "planledger/_ide/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def in_the_wheel() -> set[str]:
    """Give every file that the wheel takes, where it will lie."""
    files = WheelBuilder(str(ROOT)).recurse_included_files()
    return {file.distribution_path for file in files}


def test_the_wheel_takes_everything_that_lies_in_the_package() -> None:
    """A page without its template, or a paper without its typesetting, fails on first use only."""
    lying = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "planledger").rglob("*")
        if path.is_file() and not {"__pycache__", "_ide.half"} & set(path.parts)
    }
    kinds = {Path(name).suffix for name in lying}
    assert kinds >= {".py", ".typed", ".graphql", ".html", ".css", ".js", ".svg", ".typ"}
    assert lying - in_the_wheel() == set()


@pytest.mark.parametrize("folder", ["ide", "interop"])
def test_packages_of_node_are_locked_by_hash_and_name_no_index(folder: str) -> None:
    """The page is part of what we hand out, so what it is built from must be the same for all."""
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    assert [name for name, each in packages.items() if "resolved" in each] == []
    assert [name for name, each in packages.items() if "integrity" not in each] == []


@pytest.mark.parametrize("folder", ["ide", "interop"])
def test_packages_of_node_run_nothing_when_they_are_installed(folder: str) -> None:
    """A package taken over by somebody would run as whoever builds planledger."""
    lines = (ROOT / folder / ".npmrc").read_text(encoding="utf-8").splitlines()
    assert "ignore-scripts=true" in lines
    wanted = json.loads((ROOT / folder / "package.json").read_text(encoding="utf-8"))
    versions = wanted["devDependencies"].values()
    assert [version for version in versions if not re.fullmatch(r"[0-9.]+", version)] == []
