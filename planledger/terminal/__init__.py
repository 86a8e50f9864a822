"""Answers on a terminal: for people to read, at any width, with nothing cut off.

Nothing here asks the ledger or decides anything; texts of people come through `answers.reveal`, and
everything is laid out as plain text, so that nothing in it is taken for markup.
"""

from planledger.terminal.changes import parted, show_changes, show_restatements
from planledger.terminal.entry import entry_line
from planledger.terminal.findings import SECTIONS, show_findings
from planledger.terminal.history import show_history
from planledger.terminal.plan import show_plan
from planledger.terminal.register import show_register

__all__ = [
    "SECTIONS",
    "entry_line",
    "parted",
    "show_changes",
    "show_findings",
    "show_history",
    "show_plan",
    "show_register",
    "show_restatements",
]
