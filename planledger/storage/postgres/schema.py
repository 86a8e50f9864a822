"""What a ledger looks like in PostgreSQL. Names here are the format: add, never rename.

The rules that matter most stand in the database itself, as triggers and rights, so that they hold
for every program that connects to it: entries and receipts are never changed or deleted, and an
entry only ever goes right after the last one. (A superuser and the owner of the tables can drop
the triggers too: that is what checkpoints kept elsewhere are for.)
"""

FORMAT = 1
"""Version of this format, kept in the table `format`. A newer one is refused."""

SCHEMA = "planledger"
WRITER, READER = "planledger_writer", "planledger_reader"
"""Roles without login; the logins of programs are made members of one of them."""

CHANNEL = "planledger"
"""Where an insert tells at its commit that there is something new: a hint to look, no more."""

APPENDING = 0x504C4C47_00000001
"""Key ("PLLG", 1) of the advisory lock that is held while entries are added.

Not a lock on the table: EXCLUSIVE, the weakest that keeps writers apart, needs rights to update or
delete, which the writer must not have; and it waits for every VACUUM of the table, and stops it.
"""

MIGRATING = 0x504C4C47_00000002
"""Key of the advisory lock that is held while the schema is made or changed."""

_TABLES = (
    "CREATE SCHEMA planledger",
    # A table of one row.
    """
CREATE TABLE planledger.format (
    version integer NOT NULL,
    one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row)
)""",
    # recorded_at: microseconds since 1970-01-01 UTC. COLLATE "C": streams are told apart and
    # sorted by their bytes, whatever language the database is set to and however it changes.
    """
CREATE TABLE planledger.entries (
    position bigint PRIMARY KEY,
    recorded_at bigint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    data bytea NOT NULL,
    UNIQUE (stream, version)
)""",
    """
CREATE TABLE planledger.receipts (
    command_id text COLLATE "C" PRIMARY KEY,
    digest bytea NOT NULL,
    stream text COLLATE "C" NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    recorded_at bigint NOT NULL
)""",
    # A cache: the only table whose rows are changed and deleted. Not compressed by the database,
    # since it is there to be read quickly.
    """
CREATE TABLE planledger.snapshots (
    stream text COLLATE "C" PRIMARY KEY,
    data bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
)""",
    "ALTER TABLE planledger.snapshots ALTER COLUMN data SET STORAGE EXTERNAL",
    # The entries under the names that the eventsourcing library reads by.
    """
CREATE VIEW planledger.stored_events AS
SELECT stream AS originator_id, version AS originator_version, name AS topic, data AS state,
       position AS notification_id
FROM planledger.entries""",
)

_INDEXES = (
    # Ends with the position, as every index does: a plan's entries after a position, in order.
    "CREATE INDEX entries_by_stream ON planledger.entries (stream, position)",
    "CREATE INDEX entries_by_time ON planledger.entries (recorded_at, position)",
    "CREATE INDEX first_entries ON planledger.entries (position, stream) WHERE version = 1",
)

# Whoever calls them, names mean what they mean here: nobody gets round a rule by putting an
# operator of their own before that of PostgreSQL.
_FUNCTION = """
CREATE FUNCTION planledger.{name}() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
{body}
$$"""

_ONE_AT_A_TIME = f"""
BEGIN
    PERFORM pg_advisory_xact_lock({APPENDING});
    PERFORM pg_notify('{CHANNEL}', '');
    RETURN NULL;
END"""

# A stream begins with version 1, or 0 as streams of the eventsourcing library may.
_IN_ORDER = """
DECLARE
    before record;
    own bigint;
BEGIN
    SELECT position, recorded_at INTO before
    FROM planledger.entries ORDER BY position DESC LIMIT 1;
    SELECT version INTO own
    FROM planledger.entries WHERE stream = NEW.stream ORDER BY version DESC LIMIT 1;
    IF NEW.position <> coalesce(before.position, 0) + 1
        OR NEW.recorded_at < before.recorded_at
        OR NEW.version <> coalesce(own + 1, greatest(0, least(NEW.version, 1)))
    THEN
        RAISE 'an entry goes right after the last one'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END"""

_NEVER = """
BEGIN
    RAISE 'nothing in a ledger is changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END"""

FUNCTIONS = {
    "one_at_a_time": _ONE_AT_A_TIME.strip(),
    "in_order": _IN_ORDER.strip(),
    "never": _NEVER.strip(),
}
"""The bodies of the functions that the triggers call, by name."""

_RULES = (
    *(_FUNCTION.format(name=name, body=body) for name, body in FUNCTIONS.items()),
    """
CREATE TRIGGER one_at_a_time BEFORE INSERT ON planledger.entries
FOR EACH STATEMENT EXECUTE FUNCTION planledger.one_at_a_time()""",
    """
CREATE TRIGGER in_order BEFORE INSERT ON planledger.entries
FOR EACH ROW EXECUTE FUNCTION planledger.in_order()""",
    *(
        f"CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON planledger.{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION planledger.never()"
        for table in ("entries", "receipts")
    ),
)

STEPS: tuple[tuple[str, ...], ...] = (
    (*_TABLES, *_INDEXES, *_RULES, "INSERT INTO planledger.format (version) VALUES (1)"),
)
"""What takes the format from 0, nothing, to 1, from 1 to 2, and so on to FORMAT."""

RIGHTS = (
    "REVOKE ALL ON SCHEMA planledger FROM PUBLIC",
    "REVOKE ALL ON ALL TABLES IN SCHEMA planledger FROM PUBLIC",
    "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA planledger FROM PUBLIC",
)

MAKE_ROLE = """
DO $$ BEGIN
    IF to_regrole('{0}') IS NULL THEN CREATE ROLE {0} NOLOGIN; END IF;
END $$"""

GRANTS = {
    WRITER: (
        f"GRANT USAGE ON SCHEMA planledger TO {WRITER}",
        f"GRANT SELECT ON planledger.format, planledger.stored_events TO {WRITER}",
        f"GRANT SELECT, INSERT ON planledger.entries, planledger.receipts TO {WRITER}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON planledger.snapshots TO {WRITER}",
    ),
    READER: (
        f"GRANT USAGE ON SCHEMA planledger TO {READER}",
        f"GRANT SELECT ON planledger.format, planledger.stored_events TO {READER}",
        f"GRANT SELECT ON planledger.entries, planledger.receipts TO {READER}",
        f"GRANT SELECT ON planledger.snapshots TO {READER}",
    ),
}
"""What each role may do; no more."""
