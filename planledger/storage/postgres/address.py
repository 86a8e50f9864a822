"""From the URL of a database to what psycopg connects to, and what messages call it."""

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

_DEFAULTS = {
    "fallback_application_name": "planledger",
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "tcp_user_timeout": "15000",
}
"""Seconds, the last one milliseconds: a server that vanished without a word is noticed."""


def read_url(url: str) -> tuple[str, str]:
    """Give what to call the database that `url` names, and how psycopg is to connect to it.

    Raises ValueError for what is not such a URL. The message repeats nothing of it: where a
    password was not written as a URL needs it, any part of the URL may be a part of the password.
    """
    authority, _, path = url.partition("?")[0].partition("://")[2].partition("/")
    if authority.count("@") > 1 or "@" in path:
        raise ValueError(
            "In the URL of a PostgreSQL ledger the characters @ : / ? # % of a user or password "
            "are written %40 %3A %2F %3F %23 %25."
        )
    try:
        given = conninfo_to_dict(url)
    except psycopg.Error:
        given = {}  # what psycopg says may hold a part of the password
    port = str(given.get("port", ""))
    if port and not port.replace(",", "").isdecimal():
        raise ValueError("The port in the URL of a PostgreSQL ledger is a number.")
    if "dbname" not in given:
        raise ValueError(
            "The URL of a PostgreSQL ledger is postgresql://user:password@host:port/database, "
            "perhaps with parameters of libpq behind it, such as ?sslmode=verify-full."
        )
    where = given.get("host") or given.get("hostaddr") or "this machine"
    name = f"{given['dbname']} on {where}{':' if port else ''}{port}"
    return name, make_conninfo("", **{**_DEFAULTS, **given, "client_encoding": "UTF8"})
