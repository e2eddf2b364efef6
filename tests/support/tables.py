"""What stands in the database, table by table, as somebody reads it who got hold of it."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection


def rows() -> Iterator[tuple[str, str]]:
    """Every table and what stands in it, bytes as text and as hexadecimal digits."""
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of our own
            values = [_text(value) for row in cursor.fetchall() for value in row]
        yield table, "\n".join(values)


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        plain = bytes(value)
        return f"{plain.decode(errors='replace')} {plain.hex()}"
    return str(value)
