"""The schema as a linter of others sees it."""

import json
import subprocess
from pathlib import Path

from interop.programs import HERE, ROOT, node

FILE = "schema.graphql"
BAD = '''
"""What one may ask."""
type Query {
  """Not described: its argument."""
  getThings(first: Int): [Thing!]!
}

type Thing {
  """Its id."""
  id: ID!
}
'''


def complaints(folder: Path) -> list[str]:
    """Give what the linter says of schema.graphql in a folder: line, rule and message."""
    eslint = HERE / "node_modules" / "eslint" / "bin" / "eslint.js"
    done = subprocess.run(
        [node(), eslint, "--config", HERE / "eslint.config.mjs", "--format", "json", FILE],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return [
        f"{each['line']} {each['ruleId']} {each['message']}"
        for file in json.loads(done.stdout)
        for each in file["messages"]
    ]


def test_the_schema_is_as_tools_of_others_expect_it() -> None:
    """Names, descriptions and connections that follow the custom need no explanation."""
    assert complaints(ROOT) == []


def test_a_bad_schema_is_found_out(tmp_path: Path) -> None:
    """A linter whose rules had come to be off would find the worst schema clean."""
    (tmp_path / FILE).write_text(BAD, encoding="utf-8")
    found = {complaint.split()[1].rpartition("/")[2] for complaint in complaints(tmp_path)}
    assert found >= {"naming-convention", "require-description", "relay-page-info"}
