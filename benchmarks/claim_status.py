"""277s a second, each of one claim: judged, decided, looked up, audited, written; beside a row or two.

    python -m benchmarks.claim_status [--size 100000] [--folder FOLDER]

One process on PostgreSQL, over the databases of `claims_pages`, which are kept between runs. Each question is
a 276 by claim number, and its 277 is whole; the floor reads one claim by its unique number and adds a row in
a transaction of its own, a hundred times.
"""

import argparse
import random
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import claims_pages, claims_sql, ratios

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

ASKED = claims_pages.ASKED
BORN_ON = date(1985, 3, 14)  # everybody of claims_sql
FLOOR, USE_CASE, MESSAGE = "a row read, a row added", "the use case", "276 to 277"


def main() -> None:
    """Prints how long a hundred take, their ratios to the floor, and how many a second are answered."""
    options = _arguments(sys.argv[1:])
    with ExitStack() as stack:
        ((size, database),) = claims_pages._prepare(stack, [options.size], options.folder).items()
        works = {FLOOR: _floor(database, size), USE_CASE: _asks(size), MESSAGE: _messages(size)}
        for work in works.values():
            work()
        times = ratios.interleaved(works)
        ratios.print_ratios(f"{ASKED} claims of {size:,} asked about by number", times, base=FLOOR)
        print(f"  {ASKED / times[MESSAGE]:,.0f} 277s a second in one process")


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=claims_pages.KEPT, help="where the databases are kept")
    return parser.parse_args(arguments)


def _floor(database: "BaseDatabaseWrapper", size: int) -> Callable[[], None]:
    from django.db import connections, transaction

    from portico.domains.claims import models
    from tests.support.actors import NOW

    chance = random.Random(size)

    def run() -> None:
        connections["default"] = database
        for _ in range(ASKED):
            with transaction.atomic():
                models.Claim.objects.get(claim_number=claims_sql.claim_number(chance.randrange(size)))
                models.Inquiry.objects.create(about="benchmark", asked_sealed=b"", created_at=NOW)

    return run


def _asks(size: int) -> Callable[[], None]:
    from portico.domains.claims import status

    chance = random.Random(size)

    def run() -> None:
        for _ in range(ASKED):
            number = chance.randrange(size)
            actor = claims_pages._biller(claims_sql.tax_id(number))
            status.of(actor=actor, asked=claims_pages._asked("by claim number", number))

    return run


def _messages(size: int) -> Callable[[], None]:
    from portico.edges.x12 import exchange
    from tests.support.actors import NOW
    from tests.support.doors import x12_claims

    chance = random.Random(size)

    def run() -> None:
        for _ in range(ASKED):
            number = chance.randrange(size)
            tax_id, claim_number = claims_sql.tax_id(number), claims_sql.claim_number(number)
            sought = x12_claims.SoughtClaim(
                claims_sql.subscriber(number), "NAME", birth_date=BORN_ON, claim_number=claim_number
            )
            asked = x12_claims.inquiry("SENDER1", [sought], tax_id=tax_id).encode()
            reply = exchange.answer(asked, actor=claims_pages._biller(tax_id), now=NOW)
            assert b"~SVC*" in reply.write(1), f"no lines of {claim_number}"

    return run


if __name__ == "__main__":
    main()
