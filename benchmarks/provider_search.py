"""Finding a provider among 100,000 locations: by distance, specialty, language and name, on the server.

    python -m benchmarks.provider_search [--locations N] [--postgresql]

Each search goes through the whole use case (decision, search, networks and languages of the rows, audit row),
and is set beside a floor: the same permit with one listing read by its key. Locations lie as towns do: a few
crowded ZIP codes and many thin ones, over an area as large as California. SQLite works within the process, so
the processor's seconds are counted, which leave out what else the machine does; PostgreSQL is waited for.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    pass

AIM_MS: Final = 50
ROUNDS, WARM_UP = 60, 5
CHUNK: Final = 5_000
NOW, TODAY, JANUARY = datetime(2026, 3, 12, 17, tzinfo=UTC), date(2026, 3, 12), date(2026, 1, 1)
ZIPS: Final = 1_700
AT_A_PLACE: Final = 4
SPECIALTIES: Final = tuple(f"Specialty {number:02d}" for number in range(60))
LANGUAGES: Final = ("Spanish", "Chinese", "Vietnamese", "Tagalog", "Korean", "Armenian", "Farsi", "Russian")
LINES: Final = ("employer-hmo", "employer-ppo", "medi-cal", "medicare-advantage")
_ENDS: Final = ("RTON", "LEY", "MURA", "SSEN")
NAMES: Final = tuple(f"{a}{b}{c}" for a in "BDKLMNRST" for b in "AEIOU" for c in _ENDS)


def main() -> None:
    """Prints what each kind of search takes, beside the floor."""
    asked = _arguments(sys.argv[1:])
    with ExitStack() as stack:
        _prepare(stack, on_postgresql=asked.postgresql)
        _fill(asked.locations)
        print(f"{asked.locations:,} locations, {'PostgreSQL' if asked.postgresql else 'SQLite'}")
        times = _times(time.perf_counter if asked.postgresql else time.process_time)
        floor = statistics.median(times["floor: one listing by its key"])
        for name, taken in times.items():
            median, slow = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
            said = (
                ""
                if name.startswith("floor")
                else f"   under {AIM_MS} ms: {'yes' if slow < AIM_MS else 'no'}"
            )
            print(f"  {name:<52} p50 {median:7.2f} ms   p99 {slow:7.2f} ms {median / floor:6.1f} x{said}")


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--locations", type=int, default=100_000)
    parser.add_argument("--postgresql", action="store_true")
    return parser.parse_args(arguments)


def _prepare(stack: ExitStack, *, on_postgresql: bool) -> None:
    """An empty database that goes with the run, and Django set up."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portico-providers-"))
    url = f"sqlite:///{folder}/portico.sqlite3"
    if on_postgresql:
        from tests.support import postgresql

        server = postgresql.start()
        stack.callback(server.stop)
        url = server.url
    os.environ |= {
        "PORTICO_TESTING": "1",
        "PORTICO_VAR_DIR": folder,
        "PORTICO_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "portico.config.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _fill(locations: int) -> None:
    from django.db import connection

    from portico.domains.directory import models

    draw = random.Random(7)
    zips = [
        models.ZipCode(
            code=f"{90_000 + n}", latitude=draw.uniform(32.6, 41.9), longitude=draw.uniform(-124, -115)
        )
        for n in range(ZIPS)
    ]
    models.ZipCode.objects.bulk_create(zips)
    crowds = [1 / (n + 3) for n in range(ZIPS)]
    rows = _listings(draw, zips, crowds, locations)
    while chunk := list(islice(rows, CHUNK)):
        models.Place.objects.bulk_create({id(one.place): one.place for one in chunk}.values())
        for one in chunk:
            one.place_id = one.place.pk
        models.Listing.objects.bulk_create(chunk)
        models.Network.objects.bulk_create(_networks(draw, chunk))
        models.Language.objects.bulk_create(_languages(draw, chunk))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _listings(draw: random.Random, zips: list[Any], crowds: list[float], count: int) -> Iterator[Any]:
    from portico.domains.directory import models

    for number in range(count):
        if number % AT_A_PLACE == 0:
            where = draw.choices(zips, crowds)[0]
            place = models.Place(
                tax_id=f"{number // AT_A_PLACE:09d}",
                digest=f"{number:064d}",
                address=f"{number} Main Street",
                city="Town",
                state="CA",
                postal_code=where.code,
                latitude=where.latitude,
                longitude=where.longitude,
            )
        specialty, name = draw.choice(SPECIALTIES), draw.choice(NAMES)
        yield models.Listing(
            npi=f"1{number:09d}",
            tax_id=place.tax_id,
            place=place,
            name=name.title(),
            name_key=f"{name} {draw.choice(NAMES)}",
            specialty=specialty,
            specialty_key=specialty.upper().replace(" ", ""),
            accepts_new_patients=draw.random() < 0.8,
            telehealth=draw.random() < 0.3,
            latitude=place.latitude,
            longitude=place.longitude,
            first_on=JANUARY,
            seen_at=NOW,
        )


def _networks(draw: random.Random, chunk: list[Any]) -> list[Any]:
    from portico.domains.directory import models

    taken = ((one, draw.sample(LINES, draw.randint(1, 3))) for one in chunk)
    return [
        models.Network(listing=one, line=line, first_on=JANUARY) for one, lines in taken for line in lines
    ]


def _languages(draw: random.Random, chunk: list[Any]) -> list[Any]:
    from portico.domains.directory import models

    spoken = ((one, draw.choice(LANGUAGES)) for one in chunk if draw.random() < 0.4)
    return [models.Language(listing=one, name=name) for one, name in spoken]


def _times(clock: Callable[[], float]) -> dict[str, list[float]]:
    """Milliseconds of each, in turns, each round from another ZIP code; the first rounds left out."""
    from portico.domains.directory import finding, profiles
    from portico.domains.directory.finding import Wanted
    from portico.domains.permits import actors

    actor = actors.Actor(actors.ActorKind.PERSONA, actors.Door.WEB, NOW, TODAY, user_id=1, persona_id=1)
    draw = random.Random(11)
    searches: dict[str, Callable[[str], Wanted]] = {
        "a network within 25 miles": lambda z: Wanted(TODAY, LINES[0], zip_code=z),
        "a specialty in a network within 25 miles": lambda z: Wanted(
            TODAY, LINES[0], draw.choice(SPECIALTIES), z
        ),
        "a specialty and a language within 100 miles": lambda z: Wanted(
            TODAY, "", draw.choice(SPECIALTIES), z, 100, draw.choice(LANGUAGES)
        ),
        "telehealth, new patients, a network within 100 miles": lambda z: Wanted(
            TODAY, LINES[1], zip_code=z, within=100, accepts=True, telehealth=True
        ),
        "a name in a network within 50 miles": lambda z: Wanted(
            TODAY, LINES[0], zip_code=z, within=50, name=draw.choice(NAMES)[:4]
        ),
        "a name anywhere": lambda z: Wanted(TODAY, LINES[0], name=draw.choice(NAMES)),
        "a network anywhere, by name": lambda z: Wanted(TODAY, LINES[0]),
    }
    times: dict[str, list[float]] = {"floor: one listing by its key": [], **{name: [] for name in searches}}
    for number in range(ROUNDS + WARM_UP):
        zip_code = f"{90_000 + (draw.randrange(20) if number % 2 else draw.randrange(ZIPS))}"
        npi = f"1{draw.randrange(1000):09d}"
        works: dict[str, Callable[[], object]] = {
            "floor: one listing by its key": lambda npi=npi: profiles.of(actor=actor, npi=npi, on=TODAY),  # type: ignore[misc]
            **{
                name: lambda make=make, z=zip_code: finding.find(actor=actor, wanted=make(z))  # type: ignore[misc]
                for name, make in searches.items()
            },
        }
        for name, work in works.items():
            begun = clock()
            work()
            times[name].append((clock() - begun) * 1000)
    return {name: taken[WARM_UP:] for name, taken in times.items()}


if __name__ == "__main__":
    main()
