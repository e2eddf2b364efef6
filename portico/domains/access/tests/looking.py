"""Those who look after people, and those they look after, for the tests of it; and what the audit kept."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps

from portico.domains.access import actors, granting
from portico.domains.access.granting import NewPersona
from portico.domains.access.tests import making
from portico.domains.accounts import users
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import misses
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk, Function
from tests.support import actors as people

PLAN, OFFICE = Function.PROVISIONING, Function.MANAGE_USERS
NOBODY = 999_999


@dataclass(frozen=True, slots=True)
class House:
    """The users by number: Lakeside's front desk and two administrators, Hillcrest's, the plan's staff."""

    fay: int
    ann: int
    bea: int
    hill: int
    joe: int
    olga: int
    sue: int

    def as_(self, name: str) -> Actor:
        """One of them, just signed in with a second factor."""
        number = getattr(self, name)
        epoch = user(number).session_epoch
        session = actors.Session(number, None, second_factor=True, epoch=epoch, proven_at=people.NOW)
        found = actors.for_session(session, asked_at=people.NOW, today=people.TODAY)
        assert found is not None
        return found


def a_house() -> House:
    """Everybody, with a mail address of their own."""
    making.a_plan()
    making.an_office()
    making.an_office(making.HILLCREST, making.FOREIGN)
    managing = making.a_grant(Function.MANAGE_USERS)
    elsewhere = making.a_grant(Function.MANAGE_USERS, tax_ids=(making.FOREIGN,))
    return House(
        fay=a_user("fay.desk", making.an_end_user(making.a_grant())),
        ann=a_user("ann.admin", making.an_administrator(managing)),
        bea=a_user("bea.admin", making.an_administrator(managing)),
        hill=a_user("hil.admin", making.an_administrator(elsewhere, office=making.HILLCREST)),
        joe=a_user("joe.ops", staff(Desk.OPERATIONS)),
        olga=a_user("olga.ops", staff(Desk.OPERATIONS)),
        sue=a_user("sue.support", staff(Desk.SUPPORT)),
    )


def staff(desk: Desk) -> NewPersona:
    """A persona at a desk of the plan."""
    return NewPersona("plan_staff", desk=desk)


def a_user(username: str, *personas: Any, **more: Any) -> int:
    """A user with a mail address."""
    return making.a_person(*personas, username=username, **{"email": f"{username}@example.org", **more})


def an_invited_user(username: str, *personas: Any, actor: Actor | None = None) -> int:
    """Somebody who was invited just now and has not come."""
    email, by_operator = f"{username}@example.org", actor is None
    new = users.NewUser(username, None, "Ivy", "Invited", email=email, is_verified=by_operator)
    return granting.add_person(actor=actor or people.system(), user=new, personas=personas)


def give_factor(user_id: int) -> None:
    """An authenticator for the user."""
    factors.keep(user_id, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", at=people.NOW)


def user(number: int) -> Any:
    """The user's row."""
    return apps.get_model("accounts", "User").objects.get(pk=number)


def change(number: int, **values: Any) -> None:
    """Change the user's row as time or somebody else did."""
    apps.get_model("accounts", "User").objects.filter(pk=number).update(**values)


def suspend(number: int) -> None:
    """As nobody used the account for long."""
    change(number, state="suspended", suspended_at=people.NOW - timedelta(days=1))


def lock(number: int, count: int = 5) -> None:
    """So many failed sign-ins, the last a moment ago."""
    index = misses.index(misses.Step.PASSWORD, user(number).username)
    until = people.NOW + timedelta(minutes=15) if count < 100 else None
    rows = apps.get_model("accounts", "Misses").objects
    rows.create(name_index=index, count=count, locked_until=until, last_at=people.NOW)


def last_use() -> tuple[str, str, str, list[tuple[str, str]]]:
    """The audit row written last: function, outcome, conclusion, and subjects."""
    row = apps.get_model("audit", "Entry").objects.order_by("pk").last()
    assert row is not None
    subjects = [(each.kind, each.identifier) for each in row.subjects.order_by("pk")]
    return row.function, row.outcome, row.conclusion, subjects


def mails(template: str) -> list[tuple[str, str]]:
    """Who was sent this mail, and its kind, in order."""
    rows = apps.get_model("notifications", "Message").objects.filter(template=template).order_by("pk")
    return [(row.to, row.context.get("kind", "")) for row in rows]
