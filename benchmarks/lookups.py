"""How much longer finding a member takes among a million than among ten thousand: by ID, by SSN, by name.

Both databases are filled with the same kind of rows and searched in turns, through the whole use case:
decision, throttle, search, coverage, lookup and audit row. `python -m benchmarks.lookups --large 100000` is
quicker; `--postgresql` measures on a server of its own instead of on SQLite.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from benchmarks import ratios

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

AIM = 1.3
FINDS = 200
CHUNK = 20_000
FAMILY = 3
LAST_NAMES = 4_999  # with the days below no two people share both
BORN_FROM = date(1940, 1, 1)
BORN_WITHIN = 29_989  # days


def main() -> None:
    """Prints each way's times on both sizes, their ratio, and whether the aim was met."""
    sizes = _arguments(sys.argv[1:])
    with ExitStack() as stack:
        urls = _prepare(stack, on_postgresql=sizes.postgresql)
        databases = {}
        for size, url in zip((sizes.small, sizes.large), urls, strict=True):
            databases[size] = _database(url)
            stack.callback(databases[size].close)
            _fill(databases[size], size)
        for way in ("member ID", "SSN", "name", "member ID, nobody"):
            _measure(way, databases, sizes)


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--postgresql", action="store_true")
    return parser.parse_args(arguments)


def _prepare(stack: ExitStack, *, on_postgresql: bool) -> tuple[str, str]:
    """Two empty databases' addresses, in a folder or a server that goes with the run, and Django set up."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portico-lookups-"))
    urls = (f"sqlite:///{folder}/small.sqlite3", f"sqlite:///{folder}/large.sqlite3")
    if on_postgresql:
        from tests.support import postgresql

        server = postgresql.start()
        stack.callback(server.stop)
        urls = (server.url, server.url.replace("/postgres", "/template1"))
    os.environ |= {
        "PORTICO_TESTING": "1",
        "PORTICO_VAR_DIR": folder,
        "PORTICO_DATABASE_URL": urls[0],
        "DJANGO_SETTINGS_MODULE": "portico.config.settings",
    }
    import django

    django.setup()
    return urls


def _database(url: str) -> "BaseDatabaseWrapper":
    """A connection that stands in for the default one whenever it is its turn."""
    from django.db import connections

    from portico.config import database

    connection = connections.create_connection("default")
    connection.settings_dict = {**connection.settings_dict, "NAME": database.parse(url)["NAME"]}
    return connection


def _fill(database: "BaseDatabaseWrapper", size: int) -> None:
    from django.core.management import call_command
    from django.db import connections, transaction

    from portico.domains.members import models
    from portico.domains.members.tests import factories

    connections["default"] = database
    call_command("migrate", verbosity=0)
    factories.a_plan()
    numbers = iter(range(size))
    while chunk := list(islice(numbers, CHUNK)):
        with transaction.atomic():
            _insert(models.Member, map(_member, chunk))
            _insert(models.Coverage, map(_coverage, chunk))
    with database.cursor() as cursor:
        cursor.execute("ANALYZE")


def _insert(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Raw rows; a column without a value takes what an empty field of its kind holds."""
    from django.db import connection

    fields = model._meta.concrete_fields
    empty = {field.column: None if field.null else field.get_default() for field in fields}
    places = ", ".join(["%s"] * len(fields))
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = [tuple((empty | row)[field.column] for field in fields) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})', values)  # noqa: S608


def _member(number: int) -> dict[str, Any]:
    from django.conf import settings

    from portico.domains.members.tests import factories

    return {
        "id": number + 1,
        "member_id": _member_id(number),
        "subscriber_number": f"S{number // FAMILY:08}",
        "relationship": "18" if number % FAMILY == 0 else "19",
        "last_name": _last_name(number),
        "last_key": _last_name(number),
        "first_name": f"FIRST{number % 997}",
        "first_key": f"FIRST{number % 997}",
        "birth_date": _birth_date(number),
        "ssn_index": settings.PORTICO_VAULT.index(_ssn(number), purpose="ssn"),
        "changed_at": factories.AT,
    }


def _coverage(number: int) -> dict[str, Any]:
    from portico.domains.members.tests import factories

    return {
        "id": number + 1,
        "member_id": number + 1,
        "line": (factories.HMO, factories.PPO, factories.MEDI_CAL)[number % 3],
        "plan_code": "7QX",
        "product": "HMO",
        "first_on": factories.THIS_YEAR.first,
        "changed_at": factories.AT,
    }


def _member_id(number: int) -> str:
    return f"N{number:09}"


def _last_name(number: int) -> str:
    return f"NAME{number * 7919 % LAST_NAMES}"


def _birth_date(number: int) -> date:
    return BORN_FROM + timedelta(days=number * 104_729 % BORN_WITHIN)


def _ssn(number: int) -> str:
    """Distinct for each member, and none that could have been issued."""
    rest, serial = divmod(number, 9_999)
    area, group = divmod(rest, 99)
    return f"{900 + area}{group + 1:02}{serial + 1:04}"


def _measure(way: str, databases: Mapping[int, "BaseDatabaseWrapper"], sizes: argparse.Namespace) -> None:
    names = {size: f"{way}, {size:,} members" for size in databases}
    works = {names[size]: _finds(way, database, size) for size, database in databases.items()}
    times = ratios.interleaved(works)
    small, large = names[sizes.small], names[sizes.large]
    ratios.print_ratios(f"{FINDS} finds by {way}", times, base=small, aims={large: AIM})


def _finds(way: str, database: "BaseDatabaseWrapper", size: int) -> Callable[[], None]:
    """Two hundred finds of people drawn anew in each run, each by a user no miss has slowed."""
    from django.db import connections

    from portico.domains.members import search
    from portico.domains.members.tests import factories

    chance, users = random.Random(size), count(1)
    actor = factories.front_desk(lines=frozenset((factories.HMO, factories.PPO, factories.MEDI_CAL)))

    def run() -> None:
        connections["default"] = database
        for _ in range(FINDS):
            inquiry = factories.inquiry(_search_by(way, chance.randrange(size)))
            search.find(actor=replace(actor, user_id=next(users)), inquiry=inquiry)

    return run


def _search_by(way: str, number: int) -> Any:
    from portico.domains.members.asked import ByMemberId, ByName, BySsn

    match way:
        case "SSN":
            return BySsn(_ssn(number), _birth_date(number))
        case "name":
            return ByName(_last_name(number), _birth_date(number))
        case "member ID, nobody":
            return ByMemberId(f"X{number:09}")
        case _:
            return ByMemberId(_member_id(number))


if __name__ == "__main__":
    main()
