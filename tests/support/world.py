"""A small world of rows: a plan, two offices with their tax IDs, members, and a user of every kind.

What a use case makes is made by it; the plan's read copies (members, the provider file) by factories.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps

from portico.domains.access import actors as access_actors
from portico.domains.access import granting, looking_after
from portico.domains.access import models as access
from portico.domains.accounts import users
from portico.domains.jobs import queue
from portico.domains.members import models as tables
from portico.domains.members import receipts
from portico.domains.members.tests import factories
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor, Door, system_actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue
from portico.domains.work import items
from tests.support import cast, patients, remembering
from tests.support.actors import NOW, TODAY
from tests.support.cast import Person

NO_JOB = UUID(int=0)
PAYER_ID = "99999"
LAST_YEAR = date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who can sign in: the numbers of the rows behind a person of the cast."""

    person: Person
    user_id: int
    persona_id: int
    lookup: UUID
    undecided: UUID


@dataclass(slots=True)
class World:
    """The rows, by the names tests call them; `asked_for` are those made when a test first needs them."""

    offices: dict[str, int] = field(default_factory=dict)
    members: dict[str, tables.Member] = field(default_factory=dict)
    signers: dict[str, Signer] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    work_item: str = ""
    job: UUID = NO_JOB
    asked_for: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Signer:
        """The person of the cast who has that key, made when first asked for."""
        if key not in self.signers:
            self.signers[key] = _add(self, cast.PEOPLE[key])
        return self.signers[key]


def build() -> World:
    """Make everything, as of `tests.support.actors.NOW`; answers where it is."""
    return remembering.again("world", _build)


def _build() -> World:
    factories.a_plan()
    _give_the_plan_a_number()
    made = World(members=patients.make())
    _open_offices(made)
    _write_provider_file()
    made.signers["administrator"] = _add(made, cast.PEOPLE["administrator"])
    for tax_id, key in ((cast.OWN, "front_desk"), (cast.SECOND, "colleague"), (cast.FOREIGN, "outsider")):
        made.receipts[tax_id] = receipts.give(actor=actor(made[key]), lookup=made[key].lookup).reference
    made.work_item = items.open_missing_schedule(
        actor=actor(made["front_desk"]), plan_code=patients.WITHOUT_SCHEDULE, on=TODAY
    )
    made.job = queue.enqueue(actor=system(), kind="load_834", payload={})
    return made


def system() -> Actor:
    """The operator's command."""
    return system_actor("tests", asked_at=NOW, today=TODAY, door=Door.CLI)


def actor(signer: Signer) -> Actor:
    """The person as the web would build it now."""
    session = access_actors.Session(
        signer.user_id, signer.persona_id, second_factor=True, epoch=1, proven_at=NOW
    )
    built = access_actors.for_session(session, asked_at=NOW, today=TODAY)
    assert built is not None
    return built


def end_grants(signer: Signer, function: Function | None = None) -> None:
    """End what the person holds (of one function, or all), as the plan's desk does."""
    held = access.Grant.objects.filter(persona_id=signer.persona_id)
    for grant in held.filter(function=function) if function else held:
        granting.end_grant(actor=system(), grant_id=grant.pk)


def disable(signer: Signer) -> None:
    """Disable the user, as the plan's desk does."""
    why = looking_after.Why.LEFT
    looking_after.disable(actor=system(), user_id=signer.user_id, why=why)


def lookup_of(persona_id: int, tax_id: str, member: tables.Member | None, *others: tables.Member) -> UUID:
    """A search the persona made before: one member chosen, or several to choose from."""
    found = [member.pk] if member else [other.pk for other in others]
    made = tables.Lookup.objects.create(
        persona_id=persona_id,
        tax_id=tax_id,
        decided_line=cast.HMO if member else "",
        as_of=TODAY,
        found=found,
        chosen=member,
        created_at=NOW,
    )
    return made.pk


def uses(**wanted: Any) -> list[Any]:
    """The audit rows so, in the order they were written."""
    return list(apps.get_model("audit", "Entry").objects.filter(**wanted).order_by("pk"))


def last_use() -> int:
    """The number of the audit row written last; 0 before the first."""
    last = apps.get_model("audit", "Entry").objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def _give_the_plan_a_number() -> None:
    numbered = replace(catalogue.identity(), payer_id=PAYER_ID)
    catalogue.configure(actor=system(), identity=numbered, lines=catalogue.lines(), regions=())


def _open_offices(made: World) -> None:
    tax_ids = {
        cast.LAKESIDE: (cast.OWN, cast.SECOND, cast.UNGRANTED, cast.NOT_IN_NETWORK),
        cast.HILLCREST: (cast.FOREIGN,),
    }
    for key, numbers in tax_ids.items():
        new = offices.NewOffice(
            key=key,
            name=f"{key.capitalize()} Family Practice",
            kind="physician",
            tax_ids=numbers,
            contact_email=f"office@{key}.example.org",
        )
        made.offices[key] = offices.open_office(actor=system(), new=new).id


def _write_provider_file() -> None:
    for npi, tax_id in (
        (patients.NPI, cast.OWN),
        (patients.NPI, cast.SECOND),
        (patients.NPI, cast.UNGRANTED),
        (patients.NPI_ELSEWHERE, cast.FOREIGN),
    ):
        factories.a_provider(npi, tax_id)
    affiliations = apps.get_model("offices", "Affiliation").objects.all()
    take_part = apps.get_model("offices", "Participation").objects
    for affiliation in affiliations:
        for line in (cast.HMO, cast.PPO, cast.MEDI_CAL):
            take_part.create(affiliation=affiliation, line_id=line, first_on=LAST_YEAR)


def _add(made: World, person: Person) -> Signer:
    new = users.NewUser(
        username=person.username,
        password=cast.PASSWORD,
        first_name=person.key.split("_")[0].capitalize(),
        last_name="Tester",
        email=f"{person.username}@example.org",
        totp_secret=cast.TOTP_SECRET if person.has_factor else None,
        is_verified=person.is_verified,
        state=person.state,
        audience=person.audience,
    )
    persona = granting.NewPersona(
        kind=person.kind, office=person.office, desk=person.desk or "", grants=grants(person)
    )
    user_id = granting.add_person(actor=system(), user=new, personas=[persona])
    persona_id = access.Persona.objects.get(user_id=user_id).pk
    signer = _with_searches(made, person, user_id, persona_id)
    if person.grants_ended:
        end_grants(signer)
    if not person.is_activated:
        apps.get_model("accounts", "User").objects.filter(pk=user_id).update(activated_at=None)
    return signer


def _with_searches(made: World, person: Person, user_id: int, persona_id: int) -> Signer:
    tax_id = person.tax_ids[0] if person.tax_ids else cast.OWN
    family = [made.members[f"NLQX884{place}"] for place in (2, 3, 4)]
    return Signer(
        person,
        user_id,
        persona_id,
        lookup_of(persona_id, tax_id, made.members[patients.ZEPHYRINE]),
        lookup_of(persona_id, tax_id, None, *family),
    )


def grants(person: Person) -> list[granting.NewGrant]:
    """What the person was given; a machine may be given the same."""
    first_on = TODAY + timedelta(days=30) if person.grant_ahead else LAST_YEAR
    return [
        granting.NewGrant(
            function=function,
            tax_ids=person.tax_ids,
            first_on=first_on,
            last_on=TODAY - timedelta(days=1) if person.grant_over else None,
            lines=person.lines,
            state=person.grant_state,
        )
        for function in person.functions
    ]


@contextmanager
def loading() -> Iterator[Permit]:
    """The permit of a loader."""
    with permit(system(), Function.LOADING) as given:
        yield given
