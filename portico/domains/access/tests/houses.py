"""An office with two administrators and two end users, for the tests of officers and reviews, at any time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps

from portico.domains.access import actors, granting, looking_after, models
from portico.domains.access.officers import presence
from portico.domains.access.tests import looking, making
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor, system_actor
from portico.domains.permits.functions import Desk, Function
from tests.support import actors as people

NOW, TODAY = people.NOW, people.TODAY
CONTACT = "contact@lakeside.example.org"


@dataclass(frozen=True, slots=True)
class Lakeside:
    """The users by number: administrators Ann and Bea, Fay and Gus of the front desk, and of the plan Sue."""

    office: int
    ann: int
    bea: int
    fay: int
    gus: int
    sue: int

    def as_(self, name: str, *, after: timedelta = timedelta(), kind: str = "", lately: bool = True) -> Actor:
        """One of them, so long after NOW; `kind` names which persona, `lately` false has not confirmed."""
        found = self.maybe(name, after=after, kind=kind, lately=lately)
        assert found is not None
        return found

    def maybe(
        self, name: str, *, after: timedelta = timedelta(), kind: str = "", lately: bool = True
    ) -> Actor | None:
        """The same; None for one who may no longer sign in."""
        at, number = NOW + after, getattr(self, name)
        persona = models.Persona.objects.of(number).filter(kind=kind).first() if kind else None
        epoch = looking.user(number).session_epoch
        proven = at if lately else None
        session = actors.Session(
            number, persona.pk if persona else None, second_factor=True, epoch=epoch, proven_at=proven
        )
        return actors.for_session(session, asked_at=at, today=TODAY + after)

    def persona(self, name: str, kind: str = "administrator") -> int:
        """The number of what one of them acts as."""
        held = models.Persona.objects.filter(user_id=getattr(self, name), kind=kind)
        return held.values_list("pk", flat=True).get()

    def present(self, *, after: timedelta = timedelta()) -> list[int]:
        """The users who administer the office that day, by number."""
        rows = models.Persona.objects.filter(pk__in=presence_of(self.office, after))
        return sorted(rows.values_list("user_id", flat=True))


def presence_of(office: int, after: timedelta) -> tuple[int, ...]:
    """The numbers of its present administrators, so long after NOW."""
    return presence.of(office, on=TODAY + after)


def lakeside() -> Lakeside:
    """The office, with a mail address on file, and everybody in it."""
    making.a_plan()
    new = offices.NewOffice(
        making.LAKESIDE, "Lakeside", "physician", (making.OWN, making.SECOND), contact_email=CONTACT
    )
    office = offices.open_office(actor=people.system(), new=new)
    managing = making.a_grant(Function.MANAGE_USERS, tax_ids=(making.OWN, making.SECOND))
    desk = (making.a_grant(), making.a_grant(Function.CLAIMS_INQUIRY))
    return Lakeside(
        office=office.id,
        ann=looking.a_user("ann.admin", making.an_administrator(managing)),
        bea=looking.a_user("bea.admin", making.an_administrator(managing)),
        fay=looking.a_user("fay.desk", making.an_end_user(*desk)),
        gus=looking.a_user("gus.desk", making.an_end_user(*desk)),
        sue=looking.a_user("sue.support", looking.staff(Desk.SUPPORT)),
    )


def system(*, after: timedelta = timedelta()) -> Actor:
    """The operator, so long after NOW."""
    at: datetime = NOW + after
    return system_actor("tests", asked_at=at, today=TODAY + after)


def disable(house: Lakeside, *names: str) -> None:
    """The plan disables these users."""
    for name in names:
        why = looking_after.Why.LEFT
        looking_after.disable(actor=people.system(), user_id=getattr(house, name), why=why)


def suspend(house: Lakeside, *names: str) -> None:
    """The plan suspends what these administer by."""
    for name in names:
        granting.suspend_persona(actor=people.system(), persona_id=house.persona(name))


def recovery(house: Lakeside) -> Any:
    """The office's recovery, the last there was; None where there was none."""
    return models.Recovery.objects.filter(office_id=house.office).order_by("pk").last()


def notices(kind: str) -> list[tuple[int | None, int | None]]:
    """Who was told so: (office, user), in order."""
    rows = apps.get_model("notifications", "Notice").objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("office_id", "user_id"))


def mailed(template: str) -> list[str]:
    """Who was sent that mail, by address."""
    rows = apps.get_model("notifications", "Message").objects.filter(template=template)
    return sorted(rows.values_list("to", flat=True))
