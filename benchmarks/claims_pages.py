"""How much longer a list of claims and a claim take among millions: by policy, by days, by number, the page.

    python -m benchmarks.claims_pages [--sizes 100000 1000000 5000000] [--folder FOLDER]

Each size is a database of one PostgreSQL server, filled in SQL once and kept in the folder between runs (five
million claims take some 12 GB and a quarter of an hour). All are asked in turns, through the whole use case:
decision, scope, search, deadlines, audit row. Twenty tax IDs share the claims of every size, so that what one
office's list is cut from grows with it.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import claims_sql, ratios

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from portico.domains.claims.asked import Asked
    from portico.domains.permits.actors import Actor

AIM = 1.3
ASKED = 100
SIZES = (100_000, 1_000_000, 5_000_000)
KEPT = Path(__file__).resolve().parents[1] / "var" / "benchmarks" / "claims"
NOW, TODAY = datetime(2026, 3, 12, 17, tzinfo=UTC), date(2026, 3, 12)
WAYS = ("by subscriber ID", "by days of a month", "by claim number", "nobody", "the claim")


def main() -> None:
    """Prints each way's times at every size, their ratios to the smallest, and whether the aim was met."""
    options = _arguments(sys.argv[1:])
    with ExitStack() as stack:
        databases = _prepare(stack, options.sizes, options.folder)
        for way in WAYS:
            _measure(way, databases)


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, default=KEPT, help="where the databases are kept")
    return parser.parse_args(arguments)


def _prepare(stack: ExitStack, sizes: Sequence[int], folder: Path) -> "Mapping[int, BaseDatabaseWrapper]":
    """A filled database for each size, on a server that stays when the run is over."""
    from tests.support import postgresql

    server = postgresql.kept(folder)
    stack.callback(server.stop)
    os.environ |= {
        "PORTICO_TESTING": "1",
        "PORTICO_VAR_DIR": stack.enter_context(tempfile.TemporaryDirectory(prefix="portico-claims-")),
        "PORTICO_DATABASE_URL": server.url,
        "DJANGO_SETTINGS_MODULE": "portico.config.settings",
    }
    import django

    django.setup()
    databases = {}
    for size in sizes:
        databases[size] = _database(server.url, f"claims_{size}")
        stack.callback(databases[size].close)
        _fill(databases[size], size)
    return databases


def _database(url: str, name: str) -> "BaseDatabaseWrapper":
    """A connection to the database of that name, made where there is none."""
    from django.db import connection, connections

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{name}"')
    made = connections.create_connection("default")
    made.settings_dict = {**made.settings_dict, "NAME": name}
    return made


def _fill(database: "BaseDatabaseWrapper", size: int) -> None:
    """What an earlier run filled stays."""
    from django.core.management import call_command
    from django.db import connections

    from portico.domains.claims import models
    from portico.domains.plan import catalogue

    before = connections["default"]
    connections["default"] = database
    try:
        call_command("migrate", verbosity=0)
        if models.ClaimPayment.objects.exists():
            return
        began = time.perf_counter()
        catalogue.configure(
            actor=_loader(),
            identity=catalogue.Identity(
                "Northlake", "Northlake", "1-800-555-0142", "help@example.org", "99999"
            ),
            lines=[catalogue.Named(code, code) for code in claims_sql.LINE_CODES],
            regions=[catalogue.Named("north-lakes", "North Lakes")],
        )
        claims_sql.fill(database, size)
        print(f"{size:,} claims filled in {time.perf_counter() - began:.0f} s")
    finally:
        connections["default"] = before


def _loader() -> "Actor":
    from portico.domains.permits.actors import system_actor

    return system_actor("benchmark", asked_at=NOW, today=TODAY)


def _measure(way: str, databases: "Mapping[int, BaseDatabaseWrapper]") -> None:
    names = {size: f"{way}, {size:,} claims" for size in databases}
    works = {names[size]: _asks(way, database, size) for size, database in databases.items()}
    for work in works.values():
        work()
    times = ratios.interleaved(works)
    smallest, *larger = names.values()
    ratios.print_ratios(f"{ASKED} asked {way}", times, base=smallest, aims=dict.fromkeys(larger, AIM))


def _asks(way: str, database: "BaseDatabaseWrapper", size: int) -> Callable[[], None]:
    """A hundred questions, about claims drawn anew in each run."""
    from django.db import connections

    from portico.domains.claims import finding, reading

    chance = random.Random(size)

    def run() -> None:
        connections["default"] = database
        for _ in range(ASKED):
            number = chance.randrange(size)
            actor = _biller(claims_sql.tax_id(number))
            if way == "the claim":
                reading.read(actor=actor, claim=claims_sql.public_id(number))
            else:
                finding.find(actor=actor, asked=_asked(way, number))

    return run


def _biller(tax_id: str) -> "Actor":
    from portico.domains.permits.actors import Standing
    from portico.domains.permits.functions import Function
    from tests.support import actors

    held = [
        actors.grant(function, number=place, tax_ids=frozenset({tax_id}), lines=None)
        for place, function in enumerate((Function.CLAIMS_INQUIRY, Function.REMITTANCE), 1)
    ]
    standing = Standing(frozenset({tax_id}), participating=frozenset({tax_id}))
    return actors.front_desk(*held, standing=standing)


def _asked(way: str, number: int) -> "Asked":
    from portico.domains.claims.asked import Asked

    tax_id, day = claims_sql.tax_id(number), claims_sql.first_on(number)
    match way:
        case "by subscriber ID":
            return Asked(tax_id, subscriber_id=claims_sql.subscriber(number))
        case "by days of a month":
            return Asked(tax_id, first_on=day, last_on=day + timedelta(days=30))
        case "by claim number":
            return Asked(tax_id, claim_number=claims_sql.claim_number(number))
        case _:
            return Asked(tax_id, subscriber_id="NOBODY")


if __name__ == "__main__":
    main()
