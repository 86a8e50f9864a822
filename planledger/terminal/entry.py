"""Entries as they come, on a terminal: a line each, which a person can watch go by."""

from planledger.answers import reveal
from planledger.events.catalogue import stored_name
from planledger.events.envelope import Entry
from planledger.projections.points import LONDON
from planledger.projections.timing import day_label
from planledger.terminal.layout import event_words, said


def entry_line(entry: Entry) -> str:
    """Say on one line what was recorded, when (London) and by whom, and why where it says so.

    "@9  12 February 2026 09:30:05  alpha  Wording changed, effective on 2 February 2026 (Ann
    Officer: The board said so.)"
    """
    local = entry.recorded_at.astimezone(LONDON)
    what = event_words(stored_name(type(entry.event)))
    if entry.effective_on != local.date():
        what += f", effective on {day_label(entry.effective_on)}"
    by = reveal(entry.envelope.author.name)
    if reason := said(entry.envelope.reason):
        by += f": {reason}"
    when = f"{day_label(local.date())} {local:%H:%M:%S}"
    line = f"@{entry.position}  {when}  {entry.plan}  {what} ({by})"
    return " ".join(line.splitlines()).replace("\t", " ")
