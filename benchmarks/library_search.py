"""How long a search of the library takes among fifty thousand documents, and when a new one is found.

    python -m benchmarks.library_search [--documents N] [--rounds N]

The questions are those that judge the ranking, in their lines of business, asked in turns of the whole use
case (decision, search, counts, marks, audit row), of our index alone, of SQLite's FTS5 and of PostgreSQL's
full text over the same documents. The peers answer the keys of the ten best and nothing else. Half of the
questions by number find nothing there: the numbers are those of the demo.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.library.questions import Question

    Ask = Callable[[Question], object]

AIM = 10
FINDABLE_AIM = 2.0
SEED = 2027


def main() -> None:
    """Prints the median and the 99th percentile of each, the ratios, and how long a new document takes."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--documents", type=int, default=50_000)
    options.add_argument("--rounds", type=int, default=5)
    sizes = options.parse_args(sys.argv[1:])
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portico-library-")))
        _prepare(folder)
        _fill(sizes.documents)
        asks = _asks(stack, folder, sizes.documents)
        _print(_measured(asks, sizes.rounds), sizes.documents)
        _print_findable(folder)


def _prepare(folder: Path) -> None:
    os.environ |= {
        "PORTICO_TESTING": "1",
        "PORTICO_VAR_DIR": str(folder),
        "PORTICO_DATABASE_URL": f"sqlite:///{folder}/portico.sqlite3",
        "DJANGO_SETTINGS_MODULE": "portico.config.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _fill(count: int) -> None:
    from portico.demo import library_many
    from portico.domains.library.search import keeping, synonyms
    from portico.domains.permits.functions import Desk
    from tests.library import shelved
    from tests.library.questions import TODAY
    from tests.support import actors

    shelved.put(library_many.made(count, seed=SEED, today=TODAY), today=TODAY)
    synonyms.add_usual(actor=actors.plan_staff(Desk.COMMUNICATIONS))
    began = perf_counter()
    keeping.node().bring_up(at=_at())
    print(f"{count:,} documents put on the index in {perf_counter() - began:.0f} s")


def _at() -> datetime:
    return datetime(2026, 3, 12, 17, tzinfo=UTC)


def _asks(stack: ExitStack, folder: Path, count: int) -> "Mapping[str, Ask]":
    from portico.demo import library_many
    from portico.domains.library.search import finding
    from portico.domains.library.search.asked import Asked
    from tests.library import peers
    from tests.library.questions import TODAY
    from tests.support import actors, postgresql

    made = library_many.made(count, seed=SEED, today=TODAY)
    texts = list(peers.texts(made, on=TODAY))
    fts5 = peers.Fts5(texts, str(folder / "fts5.sqlite3"))
    server = postgresql.start()
    stack.callback(server.stop)
    beside = peers.PostgreSql(texts, server.url)
    stack.callback(beside.close)
    reader = actors.front_desk(asked_at=_at())
    return {
        "ours, the ten best alone": _ten_best,
        "ours, the whole use case": lambda asked: finding.find(
            actor=reader, asked=Asked(asked.asked, line=asked.line)
        ),
        "SQLite FTS5": lambda asked: fts5.find(asked.asked, asked.line),
        "PostgreSQL full text": lambda asked: beside.find(asked.asked, asked.line),
    }


def _ten_best(asked: "Question") -> list[str]:
    """What the peers are asked for: the keys of the ten best, in this line, in force today."""
    from portico.domains.library.search import keeping, matching, phrasing, synonyms
    from portico.domains.library.search.asked import Asked
    from portico.domains.library.search.looking import Look
    from portico.domains.library.search.matching import Narrowed
    from tests.library.questions import TODAY

    opened = keeping.node().opened(at=_at(), public_only=False)
    assert opened is not None
    narrowed = Narrowed(TODAY, _at(), False, Asked(asked.asked, line=asked.line).codes())
    read = phrasing.of(asked.asked, words=opened.words, synonyms=synonyms.known(), is_being_typed=False)
    look = Look(opened.searcher, Asked(asked.asked, line=asked.line), narrowed, read)
    addresses, _ = look._ordered(matching.narrowed(look._query(strict=False), narrowed))
    return [str(opened.searcher.doc(each).get_first("key")) for each in addresses[:10]]


def _measured(asks: "Mapping[str, Ask]", rounds: int) -> dict[str, list[float]]:
    from tests.library import questions

    times: dict[str, list[float]] = {name: [] for name in asks}
    asked = questions.everything()
    for turn in range(rounds + 1):
        for question in asked:
            for name, ask in asks.items():
                began = perf_counter()
                ask(question)
                if turn:  # the first round warms all of them alike
                    times[name].append(perf_counter() - began)
    return times


def _print(times: Mapping[str, list[float]], count: int) -> None:
    print(f"\nA search among {count:,} documents (load average {os.getloadavg()[0]:.1f})")
    shares = {name: quantiles(each, n=100) for name, each in times.items()}
    ours = next(iter(shares.values()))
    for place, (name, share) in enumerate(shares.items()):
        line = f"  {name:<28} p50 {share[49] * 1000:8.1f} ms   p99 {share[98] * 1000:8.1f} ms"
        if place > 1:
            ratio = share[98] / ours[98]
            line += f"   p99 {ratio:5.1f} x ours   aim {AIM} x: {'met' if ratio >= AIM else 'not met'}"
        print(line)


def _print_findable(folder: Path) -> None:
    """A document is published; another node, which has just looked, is asked until it finds it."""
    from portico.domains.library.search import keeping
    from portico.domains.library.search.tests import shelving

    other = keeping.Node(folder / "other")
    other.bring_up(at=_at())
    for name, node in (("the same process", keeping.node()), ("another node", other)):
        node.opened(at=_at(), public_only=False)
        began = perf_counter()
        shelving.document(f"new-{name.replace(' ', '-')}", f"Zygomatic arches of {name}", number="")
        while not _has(node, f"new-{name.replace(' ', '-')}"):
            sleep(0.005)
        took = perf_counter() - began
        print(f"  from publishing to findable, {name:<18} {took:5.2f} s   aim {FINDABLE_AIM} s")
    print()


def _has(node: "object", key: str) -> bool:
    from portico.domains.library.search import keeping

    assert isinstance(node, keeping.Node)
    opened = node.opened(at=_at(), public_only=False)
    return opened is not None and bool(opened.searcher.doc_freq("key", key))


if __name__ == "__main__":
    main()
