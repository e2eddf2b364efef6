"""An office whose administrators may hand out different things, its people and the plan's, for the tests."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from portico.domains.access import actors, models
from portico.domains.access.delegating import grants
from portico.domains.access.delegating.sets import AccessSet, AdministratorSet, FunctionAccess, Held, Where
from portico.domains.access.tests import looking, making
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk, Function
from portico.domains.plan import policy
from tests.support import actors as people

BOTH = frozenset({making.OWN, making.SECOND})
OWN = frozenset({making.OWN})
HMO = frozenset({making.HMO})
CLIENT_TAX_ID = making.FOREIGN
LIMITED = (Function.ELIGIBILITY, Function.CLAIMS_INQUIRY)
"""What Bea may hand out: these, under the first tax ID, in one line, until the end of the year."""
YEAR_END = date(2026, 12, 31)


@dataclass(frozen=True, slots=True)
class House:
    """Users by name.

    Lakeside: Ann administers all of it, Bea as far as LIMITED, Cal has just the same reach as Ann; Fay is its
    front desk. Hil administers Hillcrest. Joe and Sue are the plan's, of operations and of support.
    """

    numbers: dict[str, int]

    def __getitem__(self, name: str) -> int:
        return self.numbers[name]

    def as_(self, name: str, **changes: Any) -> Actor:
        """One of them, just signed in with a second factor."""
        number = self.numbers[name]
        described: dict[str, Any] = {
            "persona_id": None,
            "second_factor": True,
            "epoch": looking.user(number).session_epoch,
            "proven_at": people.NOW,
        }
        session = actors.Session(number, **{**described, **changes})
        found = actors.for_session(session, asked_at=people.NOW, today=people.TODAY)
        assert found is not None
        return found

    def persona(self, name: str) -> int:
        """The number of the first persona of one of them."""
        return making.personas_of(self.numbers[name])[0]


def a_house() -> House:
    """Everybody, with two providers in the provider file."""
    making.a_plan()
    making.an_office()
    making.an_office(making.HILLCREST, making.FOREIGN)
    for npi, tax_id in ((making.NPI, making.OWN), (making.OTHER_NPI, making.SECOND)):
        making.participates(making.affiliated(npi, tax_id))
    managing = making.a_grant(Function.MANAGE_USERS, tax_ids=(making.OWN, making.SECOND))
    little = making.a_grant(Function.MANAGE_USERS, lines=(making.HMO,), last_on=YEAR_END, hands_out=LIMITED)
    elsewhere = making.a_grant(Function.MANAGE_USERS, tax_ids=(making.FOREIGN,))
    named = {
        "ann": looking.a_user("ann.admin", making.an_administrator(managing)),
        "bea": looking.a_user("bea.admin", making.an_administrator(little)),
        "cal": looking.a_user("cal.admin", making.an_administrator(managing)),
        "fay": looking.a_user("fay.desk", making.an_end_user(making.a_grant())),
        "hil": looking.a_user("hil.admin", making.an_administrator(elsewhere, office=making.HILLCREST)),
        "joe": looking.a_user("joe.ops", looking.staff(Desk.OPERATIONS)),
        "sue": looking.a_user("sue.support", looking.staff(Desk.SUPPORT)),
    }
    return House(named)


def access(
    *functions: Function, where: Where | None = None, lines: frozenset[str] | None = None
) -> AccessSet:
    """Eligibility and these functions, under both tax IDs unless said otherwise."""
    return AccessSet(where or Where(BOTH), dict.fromkeys((Function.ELIGIBILITY, *functions), lines))


def managing(*hands_out: Function, **changes: Any) -> AdministratorSet:
    """A set of managing users under both tax IDs; of handing out all where nothing is named."""
    return AdministratorSet(
        **{"where": Where(BOTH), "hands_out": frozenset(hands_out) if hands_out else None, **changes}
    )


def held(persona_id: int) -> Held:
    """What the persona holds today."""
    return grants.held(models.Persona.objects.get(pk=persona_id), on=people.TODAY)


def functions(running: Collection[FunctionAccess]) -> list[str]:
    """What these grants give, in order, those that wait with a question mark."""
    return [f"{each.function}{'?' if each.state == 'proposed' else ''}" for each in running]


def changes(persona_id: int) -> list[tuple[str, int | None, bool]]:
    """The history of the persona as it is kept: kind, by whom, and whether the plan did, in order."""
    rows = models.AccessChange.objects.filter(persona=persona_id).order_by("pk")
    return list(rows.values_list("kind", "by", "by_plan"))


def notices(user_id: int) -> list[dict[str, Any]]:
    """What the user was told of changed access, in order."""
    rows = apps.get_model("notifications", "Notice").objects.filter(user_id=user_id, kind="access_changed")
    return [row.context for row in rows.order_by("pk")]


def ask(**values: Any) -> None:
    """Let the plan's rules of access be these."""
    apps.get_model("plan", "AccessPolicy").objects.update_or_create(id=1, defaults=values)
    policy.forget()


def a_client(*given: Function, lines: str = "", **values: Any) -> models.ClientGrant:
    """Hillcrest lets Lakeside work under its tax ID."""
    offices = {row.key: row for row in apps.get_model("offices", "Office").objects.all()}
    described = {
        "client": offices[making.HILLCREST],
        "biller": offices[making.LAKESIDE],
        "tax_id": CLIENT_TAX_ID,
        "functions": " ".join(given),
        "lines": lines,
        "first_on": making.JANUARY,
        "made_at": people.NOW,
    }
    made: models.ClientGrant = models.ClientGrant.objects.create(**{**described, **values})
    return made
