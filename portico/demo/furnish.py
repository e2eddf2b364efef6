"""Writes the feeds and loads them through the operator's own command; opens offices, adds people and systems.

Imported once Django is set up.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from portico.demo import build, connect, granted, lines, offices, people, personas, regions, say
from portico.demo import terms as demo_terms
from portico.domains.access import actors as access_actors
from portico.domains.access import granting, unused
from portico.domains.accounts import sign_in, terms, users
from portico.domains.offices import offices as office_accounts
from portico.domains.permits import actors
from portico.domains.plan import catalogue
from portico.domains.plan import terms as plan_terms
from portico.edges.cli import main as command

PLAN = catalogue.Identity(
    name="Northlake Health Plan",
    short_name="Northlake",
    telephone="1-800-555-0142",
    support_email="provider.services@example.org",
    payer_id="99999",
    card_details={"rx_bin": "999999", "rx_pcn": "NLH", "rx_group": "NORTHLAKE"},
)
MISSES_THAT_LOCK = 5
UNUSED_FOR = timedelta(days=200)


class CannotFurnish(RuntimeError):
    """A feed of the demo's own did not load."""


def everything(*, members: int, seed: int, folder: Path) -> dict[str, Any]:
    """Build and load the plan, open offices, add people, connect systems; answer what var/demo.json needs."""
    today = datetime.now(ZoneInfo(settings.PLAN_TIME_ZONE)).date()
    with say.step("Setting up the plan, its lines of business and regions"):
        _plan()
    with say.step(f"Inventing {members:,} members"):
        built = build.build(members, seed, folder, today)
    _load(built)
    with say.step("Opening offices and adding people"):
        plan_terms.publish(actor=_actor(), version=demo_terms.VERSION, text=demo_terms.TEXT)
        _open_offices()
        _add_people(today)
    with say.step("Connecting a trading partner and a FHIR client"):
        connected = connect.everything(actor=_actor(), today=today, receiver_id=PLAN.payer_id)
    return {
        "sign_ins": people.sign_ins(),
        "members": [case.record() for case in built.cases],
        "systems": connected,
    }


def _plan() -> None:
    catalogue.configure(
        actor=_actor(),
        identity=PLAN,
        lines=[catalogue.Named(line.code, line.name) for line in lines.LINES],
        regions=[catalogue.Named(region.code, region.name) for region in regions.REGIONS],
    )


def _load(built: build.Built) -> None:
    for kind, files in (
        ("providers", (built.providers,)),
        ("benefits", (built.benefit_plans,)),
        ("834", built.enrolment),
        ("accumulators", (built.accumulators,)),
    ):
        if command.main(["load", kind, *map(str, files)]) != 0:
            raise CannotFurnish(f"the demo's own {kind} feed did not load whole")


def _open_offices() -> None:
    for office in offices.OFFICES:
        office_accounts.open_office(
            actor=_actor(),
            new=office_accounts.NewOffice(
                key=office.key,
                name=office.name,
                kind=office.kind,
                tax_ids=office.tax_ids,
                contact_email=office.contact_email,
                telephone=office.telephone,
            ),
        )


def _add_people(today: date) -> None:
    for user in people.PEOPLE:
        user_id = granting.add_person(
            actor=_actor(UNUSED_FOR if user.unused else timedelta()),
            user=_new(user),
            personas=[_persona(persona, today) for persona in user.personas],
        )
        if user.agreed:
            _agree(user_id)
        if user.locked:
            _lock(user.username)
    _suspend_the_unused()


def _new(user: personas.User) -> users.NewUser:
    return users.NewUser(
        username=user.username,
        password=user.password,
        first_name=user.first_name,
        last_name=user.last_name,
        email=user.email,
        totp_secret=user.totp_secret,
        is_verified=user.verified,
    )


def _agree(user_id: int) -> None:
    at = datetime.now(UTC)
    session = access_actors.Session(user_id, None, second_factor=True, epoch=1)
    actor = access_actors.for_session(session, asked_at=at, today=_today(at))
    agreed_to = plan_terms.current()
    if actor is None or agreed_to is None:
        raise CannotFurnish("somebody of the demo cannot agree to its terms")
    terms.accept(actor=actor, digest=agreed_to.digest)


def _suspend_the_unused() -> None:
    """First they are told, and when that was long enough ago they are suspended."""
    unused.tell(actor=_actor(UNUSED_FOR / 2))
    unused.suspend(actor=_actor())


def _persona(persona: personas.Persona, today: date) -> granting.NewPersona:
    return granting.NewPersona(
        kind=persona.kind,
        office=persona.office.key if persona.office else "",
        desk=persona.desk or "",
        grants=[new for grant in persona.grants for new in granted.each(grant, today)],
    )


def _lock(username: str) -> None:
    at = datetime.now(UTC)
    for _ in range(MISSES_THAT_LOCK):
        visitor = actors.visitor(asked_at=at, today=at.date())
        sign_in.with_password(actor=visitor, username=username, password="not the password")


def _actor(ago: timedelta = timedelta()) -> actors.Actor:
    at = datetime.now(UTC) - ago
    return actors.system_actor("demo", asked_at=at, today=_today(at), door=actors.Door.CLI)


def _today(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.PLAN_TIME_ZONE)).date()
