"""Looking at a ledger's PostgreSQL database itself: its rules, and who may get round them."""

from collections.abc import Iterator

from psycopg.rows import tuple_row

from planledger.storage.keeping import Flaw, Severity
from planledger.storage.postgres.pool import LedgerConnection
from planledger.storage.postgres.schema import FUNCTIONS, WRITER

_NEVER = (
    "CREATE TRIGGER never BEFORE DELETE OR UPDATE OR TRUNCATE ON planledger.{} "
    "FOR EACH STATEMENT EXECUTE FUNCTION planledger.never()"
)
_TRIGGERS = {
    ("entries", "one_at_a_time"): (
        "CREATE TRIGGER one_at_a_time BEFORE INSERT ON planledger.entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION planledger.one_at_a_time()"
    ),
    ("entries", "in_order"): (
        "CREATE TRIGGER in_order BEFORE INSERT ON planledger.entries "
        "FOR EACH ROW EXECUTE FUNCTION planledger.in_order()"
    ),
    ("entries", "never"): _NEVER.format("entries"),
    ("receipts", "never"): _NEVER.format("receipts"),
}
"""Each as PostgreSQL itself describes it."""

_FIND_TRIGGERS = """
SELECT relname::text, tgname::text, pg_get_triggerdef(pg_trigger.oid),
       tgenabled IN ('O', 'A') AND current_setting('session_replication_role') <> 'replica'
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal
  AND tgrelid IN ('planledger.entries'::regclass, 'planledger.receipts'::regclass)"""
_FIND_FUNCTIONS = """
SELECT proname::text, prosrc FROM pg_proc WHERE pronamespace = 'planledger'::regnamespace"""
_FIND_RIGHTS = """
SELECT current_user::text, bool_or(
    pg_has_role(relowner, 'MEMBER')
    OR has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER'))
FROM pg_class
WHERE oid IN ('planledger.entries'::regclass, 'planledger.receipts'::regclass)"""
_REMADE = "Export the ledger, and load it into a new one."


def flaws_of(connection: LedgerConnection) -> Iterator[Flaw]:
    """Give what is wrong with the rules in the database, and what this login may do too much."""
    cursor = connection.cursor(row_factory=tuple_row)
    triggers = {
        (table, name): (definition, enabled)
        for table, name, definition, enabled in cursor.execute(_FIND_TRIGGERS)
    }
    for place, definition in _TRIGGERS.items():
        name = f"The trigger {place[1]} of planledger.{place[0]}"
        found, enabled = triggers.get(place, ("", False))
        if found != definition:
            what = "is not as planledger made it" if found else "is missing"
            yield _wrong(f"{name} {what}. {_REMADE}")
        elif not enabled:
            yield _wrong(f"{name} is disabled. Enable it, and find out who disabled it.")
    for table, name in sorted(triggers.keys() - _TRIGGERS.keys()):
        yield _wrong(f"The trigger {name} of planledger.{table} is not planledger's. {_REMADE}")
    functions = {name: source.strip() for name, source in cursor.execute(_FIND_FUNCTIONS)}
    for name, source in FUNCTIONS.items():
        if functions.get(name) != source:
            yield _wrong(f"The function planledger.{name} is not as planledger made it. {_REMADE}")
    for user, too_much in cursor.execute(_FIND_RIGHTS):
        if too_much:
            yield Flaw(
                problem=f"The user {user} has the right to change or delete what is recorded, or "
                f"the rules against it. Use one that is a member of {WRITER} and nothing more.",
                severity=Severity.WARNING,
            )


def _wrong(problem: str) -> Flaw:
    return Flaw(problem=problem, severity=Severity.WRONG)
