"""What axe-core finds wrong with a page: what it holds to be against WCAG 2.2, levels A and AA."""

from functools import cache
from typing import Final

from interop.browsing import Window
from interop.programs import HERE, NotReadyError

CRITERIA: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
CUSTOM: Final = ("best-practice",)
"""What no criterion asks for, but people who test pages advise."""

_RUN = """(tags) => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(
  (found) => found.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id}: ${node.html.slice(0, 300)}\\n${node.failureSummary}`)))"""


def faults(window: Window, tags: tuple[str, ...] = CRITERIA) -> list[str]:
    """Give each fault of the page that a window shows: the rule, the element, and what is wrong."""
    window.examined(_program())
    found: list[str] = window.examined(_RUN, list(tags))
    return found


@cache
def _program() -> str:
    path = HERE / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        raise NotReadyError("The packages are not installed. Run these tests by make test-interop.")
    return path.read_text(encoding="utf-8")
