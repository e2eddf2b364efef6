"""The triggers by which the database itself refuses to change or delete audit rows.

A migration installs them. A later migration that rebuilds one of these tables (SQLite rebuilds a table to
alter it, which drops its triggers) ends with `install` again. `lift` is for emptying a test database.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_entry", "audit_subject", "audit_link", "audit_head")
WORDS = "audit rows are append-only"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Have the database refuse UPDATE, DELETE (and on PostgreSQL TRUNCATE) of every audit table."""
    lift(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for table in TABLES:
            for trigger in _triggers(connection.vendor, table):
                cursor.execute(trigger)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table in TABLES:
            for act in ("update", "delete", "truncate"):
                on_table = f" ON {table}" if postgresql else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on_table}")


def _triggers(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        each = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}
        return [
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} "
            f"FOR EACH {level} EXECUTE FUNCTION audit_refuse()"
            for act, level in each.items()
        ]
    return [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        for act in ("update", "delete")
    ]
