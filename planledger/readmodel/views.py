# ruff: noqa: S608 - names of tables and columns are ours; every value is a parameter
"""The views over the tables: what other tools read.

They are put over a register once it has caught up with its ledger, so nobody sees half of one, and
whoever reads an older version's goes on with that one until then.
"""

from collections.abc import Iterator

from planledger.readmodel.schema import SHOWN, VERSION, Dialect

VIEWS = ("milestones_now", "leads_now", "milestones", "leads", "commits", "reviews", "register")
"""In an order in which they can be dropped."""

_SHOWN = ", ".join(column.name for column in SHOWN)
SELECTED = f"stretch, {_SHOWN}, timeliness"
"""The columns of `milestones` that say what is so, in their order; `days_overdue` comes after."""

KNOWN_AT = "known_from <= {0} AND (known_until IS NULL OR known_until > {0})"
EFFECTIVE_ON = "effective_from <= {0} AND (effective_until IS NULL OR effective_until > {0})"
"""What cuts the rows down to a point; to be formatted with the position, and with the day."""

_OPEN = "NOT withdrawn AND due_by IS NOT NULL AND done IS NULL"


def views(dialect: Dialect, prefix: str, schema: str = "") -> Iterator[str]:
    """Give what makes the views in a schema over the tables whose names begin with `prefix`."""
    milestones = f"{prefix}milestones"
    parts = "\nUNION ALL\n".join(_parts(milestones))
    yield f"CREATE VIEW {schema}milestones AS\n{parts}"
    for table in ("leads", "commits", "reviews"):
        yield f"CREATE VIEW {schema}{table} AS SELECT * FROM {prefix}{table}"
    newest = f"FROM {prefix}commits ORDER BY last DESC LIMIT 1"
    yield (
        f"CREATE VIEW {schema}register AS\n"
        f"SELECT {VERSION} AS version, coalesce((SELECT last {newest}), 0) AS position,\n"
        f"(SELECT recorded_at {newest}) AS recorded_at,\n"
        f"(SELECT recorded_on {newest}) AS recorded_on, {dialect.today} AS today"
    )
    yield f"CREATE VIEW {schema}milestones_now AS\n{now(dialect, schema)}"
    yield (
        f"CREATE VIEW {schema}leads_now AS\n"
        "SELECT m.plan, m.milestone, m.ref, l.stretch, l.place, l.party, l.name, l.kind\n"
        f"FROM {schema}milestones_now AS m JOIN {schema}leads AS l ON l.stretch = m.stretch"
    )


def now(dialect: Dialect, schema: str) -> str:
    """Give what selects the milestones as they are known, on this day."""
    return (
        f"SELECT position, today AS day, {SELECTED}, {days_overdue(dialect, 'today')}\n"
        f"FROM {schema}milestones CROSS JOIN {schema}register\n"
        f"WHERE known_until IS NULL AND {EFFECTIVE_ON.format('today')}"
    )


def days_overdue(dialect: Dialect, day: str) -> str:
    """Give the column that says how many days a milestone is overdue on a day."""
    days = dialect.days_since.format(day, "due_by")
    return f"CASE WHEN timeliness = 'overdue' THEN {days} END AS days_overdue"


def _parts(table: str) -> Iterator[str]:
    """Give the rows of a table with their days cut where timeliness changes, part by part.

    As `projections.timing.timeliness` has it: where it is not done, it becomes due on the first
    day of the month it is due in, and overdue on the day after its last one.
    """
    start, end, due, late = "effective_from", "effective_until", "due_month", "overdue_from"
    settled = "CASE WHEN withdrawn THEN NULL WHEN due_by IS NULL THEN 'no date' ELSE done END"
    yield _part(table, settled, start, end, f"NOT ({_OPEN})")
    yield _part(table, "'not yet due'", start, _earlier(end, due), f"{_OPEN} AND {start} < {due}")
    yield _part(
        table,
        "'due this month'",
        _later(start, due),
        _earlier(end, late),
        f"{_OPEN} AND ({end} IS NULL OR {end} > {due}) AND ({late} IS NULL OR {start} < {late})",
    )
    yield _part(
        table,
        "'overdue'",
        _later(start, late),
        end,
        f"{_OPEN} AND {late} IS NOT NULL AND ({end} IS NULL OR {end} > {late})",
    )


def _part(table: str, timeliness: str, start: str, end: str, where: str) -> str:
    return (
        f"SELECT stretch, known_from, known_until, {start} AS effective_from, "
        f"{end} AS effective_until, {_SHOWN}, {timeliness} AS timeliness\n"
        f"FROM {table} WHERE {where}"
    )


def _later(one: str, other: str) -> str:
    return f"CASE WHEN {one} > {other} THEN {one} ELSE {other} END"


def _earlier(one: str, other: str) -> str:
    """NULL is no end, so it is later than any day."""
    return f"CASE WHEN {one} < {other} OR {other} IS NULL THEN {one} ELSE {other} END"
