"""`portico person show`, `disable`, `enable`, `reactivate`, `unlock`: how far an account is, and mending it.

portico person show fay.desk
portico person unlock fay.desk --why called
"""

import argparse
from datetime import datetime

from portico.domains.access import looking_after, people
from portico.domains.access.looking_after import UnknownPerson, Why
from portico.domains.access.people import Person, PersonaHeld
from portico.domains.accounts.joining.provisioning_rules import Progress, Seen
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import FixedBy
from portico.domains.plan import days
from portico.edges.cli import asking, speaking

WHO = {
    FixedBy.YOURSELF: "the person",
    FixedBy.ADMINISTRATOR: "an administrator of the office, or the plan",
    FixedBy.CLIENT: "an administrator of the office they work for",
    FixedBy.PLAN: "the plan",
}


def add_to(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds them to `portico person`."""
    for name, run, help_ in (
        ("show", show, "how far an account is, step by step, and where it is stuck"),
        ("disable", disable, "let a user sign in no more; open sessions end"),
        ("enable", enable, "let a disabled user sign in again"),
        ("reactivate", reactivate, "open an account again that was suspended because nobody used it"),
        ("unlock", unlock, "forget the failed sign-ins that lock a user"),
    ):
        parser = kinds.add_parser(name, help=help_)
        parser.add_argument("username")
        parser.set_defaults(run=run)
        if run not in (show, reactivate):
            whys = [str(why) for why in Why]
            parser.add_argument("--why", default=str(Why.OPERATOR), choices=whys, help="kept in the audit")


def show(arguments: argparse.Namespace) -> int:
    """Prints how far the account is."""
    user_id = _named(arguments)
    person = people.one(actor=asking.actor(), function=Function.PROVISIONING, user_id=user_id)
    row, stuck = person.account.row, person.account.stuck
    speaking.say(f"{row.username}, {row.name}: {_spoken(row.standing)}{_until(row.until)}")
    for seen in person.account.steps:
        speaking.say(f"  {_spoken(seen.step):12} {_step(seen)}")
    for persona in person.personas:
        speaking.say(f"  {'acts as':12} {_persona(persona)}")
    _say_what_waits(person)
    if stuck is not None:
        speaking.say(f"Stuck at {_spoken(stuck.step)}. Who can mend it: {WHO[stuck.by]}.")
    return 0


def disable(arguments: argparse.Namespace) -> int:
    """Disables the user."""
    user_id, why = _named(arguments), Why(arguments.why)
    done = looking_after.disable(actor=asking.actor(), user_id=user_id, why=why)
    return _say(done, f"{arguments.username} is disabled; open sessions ended.", "It was disabled before.")


def enable(arguments: argparse.Namespace) -> int:
    """Makes a disabled user active again."""
    user_id, why = _named(arguments), Why(arguments.why)
    done = looking_after.enable(actor=asking.actor(), user_id=user_id, why=why)
    return _say(done, f"{arguments.username} is active.", "It is not disabled.")


def reactivate(arguments: argparse.Namespace) -> int:
    """Opens a suspended account again."""
    user_id, function = _named(arguments), Function.PROVISIONING
    done = looking_after.reactivate(actor=asking.actor(), function=function, user_id=user_id)
    return _say(done, f"{arguments.username} is active.", "It is not suspended.")


def unlock(arguments: argparse.Namespace) -> int:
    """Forgets the misses of the user's name."""
    user_id, function, why = _named(arguments), Function.PROVISIONING, Why(arguments.why)
    done = looking_after.unlock(actor=asking.actor(), function=function, user_id=user_id, why=why)
    return _say(done, "Unlocked.", "There were no failed sign-ins to forget.")


def _named(arguments: argparse.Namespace) -> int:
    try:
        return people.named(actor=asking.actor(), username=arguments.username)
    except UnknownPerson as error:
        raise speaking.Refused(str(error)) from error


def _say(done: bool, yes: str, no: str) -> int:
    speaking.say(yes if done else no)
    return 0


def _say_what_waits(person: Person) -> None:
    if person.reset is not None:
        speaking.say(
            f"  {'waits':12} a reset of the factors, for a second person{_until(person.reset.until)}"
        )


def _step(seen: Seen) -> str:
    words = [_spoken(seen.progress)]
    if seen.code and seen.progress is not Progress.DONE:
        words.append(f"({_spoken(seen.code)})")
    if seen.at is not None:
        words.append(_instant(seen.at))
    return " ".join(words) + _until(seen.until)


def _persona(held: PersonaHeld) -> str:
    where = held.office_key or f"the desk {held.desk}"
    ended = ", taken away" if held.suspended_at else ""
    return f"{_spoken(held.kind)} of {where}, functions open today: {held.functions}{ended}"


def _until(at: datetime | None) -> str:
    return "" if at is None else f", until {_instant(at)}"


def _instant(at: datetime) -> str:
    return f"{days.local(at):%Y-%m-%d %H:%M %Z}"


def _spoken(code: str) -> str:
    return code.replace("_", " ")
