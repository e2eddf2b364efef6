"""278s a second: inquiries answered, and requests taken, from their bytes to the bytes of the answer.

    python -m benchmarks.authorizations [--asked 50]

One process on SQLite, the small world of the tests with two hundred requests. An inquiry asks by number: it
is judged, decided, looked up, audited, written. A request brings one service, new each time: patient, parties
and the list of what needs asking are looked up beside that, the request is kept with its ledger and clock,
and the rules are run. The floor reads one request by its unique number and adds a row in a transaction.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from benchmarks import ratios

if TYPE_CHECKING:
    from portico.domains.permits.actors import Actor

REQUESTS = 200
FLOOR, INQUIRY, REQUEST = "a row read, a row added", "an inquiry to its 278", "a request to its 278"
_numbers = count(1)


def main() -> None:
    """Prints how long so many take, their ratios to the floor, and how many a second are answered."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--asked", type=int, default=50)
    asked = parser.parse_args(sys.argv[1:]).asked
    os.environ.setdefault("PORTICO_TESTING", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portico.config.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PORTICO_DATABASE_URL"] = f"sqlite:///{folder}/benchmark.sqlite3"
        _report(asked)


def _report(asked: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    actor, numbers = _world()
    works = {
        FLOOR: _times(asked, lambda: _floor(numbers)),
        INQUIRY: _times(asked, lambda: _inquiry(actor, numbers)),
        REQUEST: _times(asked, lambda: _request(actor)),
    }
    for work in works.values():
        work()
    times = ratios.interleaved(works)
    ratios.print_ratios(f"{asked} asked among {REQUESTS:,} requests", times, base=FLOOR)
    for name in (INQUIRY, REQUEST):
        print(f"  {asked / times[name]:,.0f} a second in one process: {name}")


def _times(asked: int, ask: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(asked):
            ask()

    return run


def _world() -> "tuple[Actor, list[str]]":
    """A partner of our office, and the numbers of the requests there are."""
    from dataclasses import replace

    from portico.domains.permits.actors import Account, ActorKind, Door
    from tests.support import authorizations, cast, requirements
    from tests.support import world as worlds

    made = worlds.build()
    requirements.say("97110", system="procedure", key="therapy")
    numbers = [authorizations.approved().number for _ in range(REQUESTS)]
    machine = replace(
        worlds.actor(made["front_desk"]),
        kind=ActorKind.MACHINE,
        door=Door.X12,
        machine_id=41,
        user_id=None,
        persona_id=None,
        persona_kind=None,
        account=Account(),
        context={"tax_id": cast.OWN},
    )
    return machine, numbers


def _floor(numbers: list[str]) -> None:
    from django.db import transaction

    from portico.domains.authorizations import models
    from tests.support.actors import NOW

    with transaction.atomic():
        models.Authorization.objects.get(number=numbers[next(_numbers) % len(numbers)])
        models.Inquiry.objects.create(asked_sealed=b"", created_at=NOW)


def _inquiry(actor: "Actor", numbers: list[str]) -> None:
    from tests.support import patients
    from tests.support.cast import OWN
    from tests.support.doors import x12_authorizations as door

    number = numbers[next(_numbers) % len(numbers)]
    sought = door.Sought(patients.ZEPHYRINE, "QUILLFEATHER", number=number)
    _answered(actor, door.inquiry("SENDER1", sought, tax_id=OWN), "~HCR*A1*")


def _request(actor: "Actor") -> None:
    from tests.support import authorizations, patients
    from tests.support.cast import OWN
    from tests.support.doors import x12_authorizations as door

    therapy = door.Wanted("97110", "12", "VS", authorizations.FIRST_ON, authorizations.LAST_ON)
    asked = door.request(
        "SENDER1",
        door.Sought(patients.ZEPHYRINE, "QUILLFEATHER"),
        (therapy,),
        tax_id=OWN,
        requester=patients.NPI,
        servicing=patients.NPI,
        reference=f"ASKED-{next(_numbers)}",
    )
    _answered(actor, asked, "~HCR*A4*")


def _answered(actor: "Actor", asked: str, says: str) -> None:
    from portico.edges.x12 import exchange
    from tests.support.actors import NOW

    reply = exchange.answer(asked.encode(), actor=actor, now=NOW)
    content = reply.write(1).decode()
    assert says in content, f"not answered: {content}"


if __name__ == "__main__":
    main()
