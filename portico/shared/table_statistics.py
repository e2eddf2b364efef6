"""What PostgreSQL knows of its tables when it plans a query.

It looks at them by itself a minute or two after they grew. Until then it plans for the few rows that stood
there before, and a query that takes a millisecond takes minutes. SQLite plans without.
"""

from django.db import connection


def refresh() -> None:
    """Have the database look at every table now: after a load, before anybody asks for what it brought."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
