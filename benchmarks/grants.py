"""A hundred thousand grants: a decision and a permit beside pycasbin, django-guardian, django-rules, a set.

    python -m benchmarks.grants [--people N] [--each N]

Everybody is asked the same, whether one person may do one function under one tax ID, over the same grants: a
thousand people with a hundred each. The floor is a look into a set of all of them. decide() answers more than
the others: period, state, line, provider, the office's standing, verification and the second factor, all the
reasons of a refusal and who can mend each. A whole permit adds what they leave to others: the person and the
grants read anew from the database, a transaction, and the audit row.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from benchmarks import ratios
from benchmarks.peers import permissions

if TYPE_CHECKING:
    from portico.domains.permits.actors import Actor
    from portico.domains.permits.functions import Function

FLOOR: Final = "floor: a look into a set"
DECISION: Final = "decide()"
ASKED, ROUNDS = 200, 15
NOW, TODAY, JANUARY = datetime(2026, 3, 12, 17, tzinfo=UTC), date(2026, 3, 12), date(2026, 1, 1)
FUNCTIONS, PEOPLE = 10, 10
AIM_US: Final = 10
CHUNK: Final = 5_000


def main() -> None:
    """Prints what a question costs each way, and its ratio to the floor."""
    asked = _arguments(sys.argv[1:])
    with ExitStack() as stack:
        _prepare(stack)
        works = _ours(asked.people, asked.each)
        peers = stack.enter_context(permissions.timer(asked.people, asked.each))
        times = _in_turns(works, peers)
        _print(f"{asked.people * asked.each:,} grants, {asked.each} of them the person's who asks", times)
        alone = _alone(asked.people * asked.each)
        _print("The same number, all of them the person's who asks", _each(alone))


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--each", type=int, default=100)
    return parser.parse_args(arguments)


def _prepare(stack: ExitStack) -> None:
    """An empty database in a folder that goes with the run, and Django set up."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portico-grants-"))
    os.environ |= {
        "PORTICO_TESTING": "1",
        "PORTICO_VAR_DIR": folder,
        "PORTICO_DATABASE_URL": f"sqlite:///{folder}/portico.sqlite3",
        "DJANGO_SETTINGS_MODULE": "portico.config.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _in_turns(works: dict[str, ratios.Work], peers: permissions.Timer) -> dict[str, float]:
    """Seconds a question: ours and theirs one after the other, twice."""
    times: dict[str, float] = {}
    for _ in range(2):
        for name, seconds in _each(works).items():
            times[name] = min(times.get(name, seconds), seconds)
        for way in peers.ways:
            seconds = peers.seconds(way)
            times[way] = min(times.get(way, seconds), seconds)
    return times


def _each(works: dict[str, ratios.Work]) -> dict[str, float]:
    """Seconds a question of each work, which asks ASKED of them."""
    return {name: each / ASKED for name, each in ratios.interleaved(works, repeats=ROUNDS).items()}


def _print(title: str, times: dict[str, float]) -> None:
    print(f"\n{title}")
    for name, seconds in times.items():
        line = f"  {name:<44} {seconds * 1e6:12.2f} µs   {seconds / times[FLOOR]:12.1f} x"
        if name == DECISION:
            line += f"   aim {AIM_US} µs: {'met' if seconds * 1e6 < AIM_US else 'not met'}"
        print(line)


def _ours(people: int, each: int) -> dict[str, ratios.Work]:
    """The floor, decide() and the permit, asked about a person in the middle."""
    from portico.domains.permits.functions import Function
    from portico.domains.permits.permit import permit

    grants = _fill(people, each)
    user_id, tax_id, function = grants[len(grants) // 2]
    held, code, actor = frozenset(grants), Function(function), _read(user_id)

    def known() -> None:
        with permit(actor, code, tax_id=tax_id):
            pass

    def whole() -> None:
        with permit(_read(user_id), code, tax_id=tax_id):
            pass

    return {
        FLOOR: _repeated(lambda: (user_id, tax_id, function) in held),
        DECISION: _deciding(actor, code, tax_id),
        "a permit, the actor known": _repeated(known),
        "a whole permit, the actor read anew": _repeated(whole),
    }


def _alone(grants: int) -> dict[str, ratios.Work]:
    """One person who holds all of them."""
    from portico.domains.permits.actors import Grant, Held, Standing
    from portico.shared.periods import Period
    from tests.support import actors

    functions = _functions()
    held = [
        Grant(n, functions[n % FUNCTIONS], frozenset({_tax_id(n // FUNCTIONS)}), Period(JANUARY))
        for n in range(grants)
    ]
    middle, tax_ids = held[grants // 2], frozenset(map(_tax_id, range(grants // FUNCTIONS)))
    (tax_id,) = middle.tax_ids
    keys = frozenset((grant.function, own) for grant in held for own in grant.tax_ids)
    standing = Standing(tax_ids, participating=tax_ids)
    actor = replace(actors.front_desk(), held=Held(held), standing=standing)
    return {
        FLOOR: _repeated(lambda: (middle.function, tax_id) in keys),
        DECISION: _deciding(actor, middle.function, tax_id),
    }


def _deciding(actor: "Actor", function: "Function", tax_id: str) -> ratios.Work:
    from portico.domains.permits.questions import Question
    from portico.domains.permits.rules import decide

    question = Question(function, tax_id)
    assert decide(actor, question).allowed
    return _repeated(lambda: decide(actor, question))


def _repeated(ask: Callable[[], object]) -> ratios.Work:
    def run() -> None:
        for _ in range(ASKED):
            ask()

    return run


def _read(user_id: int) -> "Actor":
    """The person as a request finds them: read from the database, with what they hold."""
    from portico.domains.access import actors

    session = actors.Session(user_id, None, second_factor=True, epoch=1, proven_at=NOW)
    actor = actors.for_session(session, asked_at=NOW, today=TODAY)
    assert actor is not None
    return actor


def _functions() -> "tuple[Function, ...]":
    from portico.domains.permits.functions import GRANTABLE, TRAITS

    return tuple(function for function in GRANTABLE if TRAITS[function].phi)[:FUNCTIONS]


def _tax_id(number: int) -> str:
    return f"17{number:07}"


def _fill(people: int, each: int) -> list[tuple[int, str, str]]:
    """Offices of ten people and their tax IDs, everybody with every function on each; answers the grants."""
    from django.db import connection, transaction

    own = each // FUNCTIONS
    with transaction.atomic():
        offices = _made("offices.Office", range(people // PEOPLE), _office)
        tax_ids = _made(
            "offices.TaxId",
            range(len(offices) * own),
            lambda n: {"number": _tax_id(n), "office": offices[n // own]},
        )
        _let_take_part(tax_ids)
        users = _made("accounts.User", range(people), _user)
        personas = _made(
            "access.Persona",
            range(people),
            lambda n: {
                "user": users[n],
                "kind": "end_user",
                "office": offices[n // PEOPLE],
                "created_at": NOW,
            },
        )
        functions = _functions()
        grants = _made(
            "access.Grant",
            range(people * each),
            lambda n: {
                "persona": personas[n // each],
                "function": functions[n % each % FUNCTIONS],
                "first_on": JANUARY,
                "granted_at": NOW,
            },
        )
        place = [n // each // PEOPLE * own + n % each // FUNCTIONS for n in range(len(grants))]
        _made(
            "access.GrantLimit",
            range(len(grants)),
            lambda n: {"grant": grants[n], "dimension": "tax_id", "value": _tax_id(place[n])},
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [
        (users[n // each].pk, _tax_id(place[n]), functions[n % each % FUNCTIONS].value)
        for n in range(len(grants))
    ]


def _made(model: str, numbers: range, fields: Callable[[int], dict[str, Any]]) -> list[Any]:
    """A row for each number."""
    from django.apps import apps

    table = apps.get_model(model)
    return list(table._default_manager.bulk_create((table(**fields(n)) for n in numbers), CHUNK))


def _office(number: int) -> dict[str, Any]:
    return {"key": f"o{number}", "name": f"Office {number}", "kind": "physician", "created_at": NOW}


def _user(number: int) -> dict[str, Any]:
    proofs = {"desk": NOW.isoformat()}
    done = {"created_at": NOW, "activated_at": NOW, "proofs": proofs, "session_epoch": 1}
    return {"username": f"u{number}", "state": "active", **done}


def _let_take_part(tax_ids: list[Any]) -> None:
    """One provider bills under all of them, and takes part."""
    (line,) = _made(
        "plan.LineOfBusiness", range(1), lambda n: {"code": "employer-hmo", "name": "Employer HMO"}
    )
    (provider,) = _made("offices.Provider", range(1), lambda n: {"npi": "2000000016", "last_name": "Lin"})
    bills = {"provider": provider, "first_on": JANUARY}
    affiliations = _made("offices.Affiliation", range(len(tax_ids)), lambda n: bills | {"tax_id": tax_ids[n]})
    _made(
        "offices.Participation",
        range(len(tax_ids)),
        lambda n: {"affiliation": affiliations[n], "line": line, "first_on": JANUARY},
    )


if __name__ == "__main__":
    main()
