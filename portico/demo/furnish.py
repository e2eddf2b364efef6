"""Writes the feeds and loads them through the operator's own command; opens offices, adds people and systems,
fills the plan's desk.

Imported once Django is set up.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from portico.demo import (
    acting,
    applying,
    arrivals,
    asking,
    billing,
    build,
    claim_rules,
    connect,
    delegation,
    doors,
    lines,
    listed,
    money,
    officers,
    offices,
    past,
    people,
    personas,
    publishing,
    regions,
    registrations,
    requirements,
    say,
    waiting,
    writing,
)
from portico.demo import terms as demo_terms
from portico.demo.acting import CannotFurnish
from portico.demo.authorizations import happening
from portico.demo.library import records
from portico.demo.scene import Scene
from portico.domains.directory import refreshing
from portico.domains.offices import offices as office_accounts
from portico.domains.plan import catalogue, days
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
FIRST_TERMS, NEW_TERMS = timedelta(days=400), timedelta(days=60)
TOOK_LICENCE = timedelta(days=25)


def everything(*, members: int, seed: int, folder: Path) -> dict[str, Any]:
    """Build and load the plan, open offices, add people, connect systems; answer what var/demo.json needs."""
    now = datetime.now(UTC)
    today, known = days.of(now), dict[str, int]()
    with say.step("Setting up the plan, its lines of business and regions"):
        set_up_plan(now)
    with say.step(f"Inventing {members:,} members"):
        built = build.build(members, seed, folder, today)
    _load(built)
    refreshing.make(actor=acting.system(now))
    claims = applying.Claims(members=built.members, seed=seed, today=today)
    with say.step("Opening offices, and living through the last three months"):
        plan_terms.publish(
            actor=acting.system(now - FIRST_TERMS),
            version=demo_terms.EARLIER_VERSION,
            text=demo_terms.EARLIER_TEXT,
        )
        open_offices(now)
        staff, others, newcomers = _in_order()
        arrivals.add(staff, known=known, now=now)
        scene = Scene(now, known)
        _live(claims, known, scene)
    with say.step("Adding people, and filling the plan's desk"):
        told = arrivals.add(others, known=known, now=now)
        entries = delegation.lately(scene)
        desk = waiting.Desk(claims, now, joan=known["plan_staff"], theo=known["support_staff"])
        wishes = asking.everything(desk=asking.Desk(now, known["plan_staff"]))
        applications = waiting.fill(desk=desk)
        officers.nobody_is_left(scene)
        writing.everything(scene)
        arrivals.add(newcomers, known=known, now=now)
        arrivals.suspend_the_unused(now=now)
    with say.step("Setting the rules of claims, sending encounters, noting deposits"):
        publishing.everything(today=today)
        claim_rules.everything(actor=scene.act("plan_staff", now), today=today)
        money.everything(built=built, known=known, now=now)
    with say.step("Asking the plan first, and deciding two years of requests"):
        asked = happening.everything(scene, built)
    with say.step("Connecting a trading partner and a FHIR client"):
        connected = connect.everything(actor=acting.system(now), today=today, receiver_id=PLAN.payer_id)
    return {
        "sign_ins": _sign_ins(told, entries),
        "members": [case.record() for case in built.cases],
        "claims": list(built.claims),
        "authorizations": asked,
        "payments": list(built.payments),
        "encounter_files": [sample.record(folder) for sample in built.encounters],
        "requirement_rules": requirements.records(),
        "registrations": registrations.records(),
        "applications": applications,
        "network_requests": wishes,
        "documents": records.records(today),
        "providers": listed.records(today),
        "systems": connected,
    }


def set_up_plan(now: datetime) -> None:
    """The plan, its lines and regions, when it is open, and its entrances."""
    actor = acting.system(now)
    catalogue.configure(
        actor=actor,
        identity=PLAN,
        lines=[catalogue.Named(line.code, line.name) for line in lines.LINES],
        regions=[catalogue.Named(region.code, region.name) for region in regions.REGIONS],
    )
    doors.everything(actor=actor, today=days.of(now))


def open_offices(now: datetime) -> None:
    """Accounts for the offices that the demo's people work in."""
    for office in (*offices.OFFICES, billing.QUILLMARK):
        office_accounts.open_office(
            actor=acting.system(now),
            new=office_accounts.NewOffice(
                key=office.key,
                name=office.name,
                kind=office.kind,
                tax_ids=office.tax_ids,
                contact_email=office.contact_email,
                telephone=office.telephone,
            ),
        )


def _load(built: build.Built) -> None:
    for kind, files in built.loads:
        if command.main(["load", kind, *map(str, files)]) != 0:
            raise CannotFurnish(f"the demo's own {kind} feed did not load whole")


def _live(claims: applying.Claims, known: dict[str, int], scene: Scene) -> None:
    """What the plan decided in the last three months, in which it published new terms."""
    now = scene.now
    staff = [known["plan_staff"], known["support_staff"], known["second_plan_staff"]]
    waiting.two_look_at_groups(actor=acting.person(staff[0], now - past.BEGINS))
    before, since = past.around(NEW_TERMS.days)
    past.make(before, claims=claims, staff=staff, now=now)
    delegation.before_new_terms(scene)
    plan_terms.publish(actor=acting.system(now - NEW_TERMS), version=demo_terms.VERSION, text=demo_terms.TEXT)
    for user in _in_order()[0]:
        if user.key in known:
            arrivals.agree(known[user.key], at=now)
    delegation.since(scene, days_ago=NEW_TERMS.days)
    past.make(since, claims=claims, staff=staff, now=now)
    past.take_licence(at=now - TOOK_LICENCE)
    past.lapse(at=now)


def _in_order() -> tuple[list[personas.User], list[personas.User], list[personas.User]]:
    """The plan's own people, everybody else, and last who has only been invited: their mail stays."""
    staff = [user for user in people.PEOPLE if user.personas[0].desk]
    invited = [user for user in people.PEOPLE if user.password is None and user.then is None]
    others = [user for user in people.PEOPLE if not user.since and user not in (*staff, *invited)]
    return staff, others, invited


def _sign_ins(told: arrivals.Told, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every entry, with what came of building it; whom an office let in stands before the plan's member."""
    *first, member = people.sign_ins()
    return [*(entry | told.get(str(entry["username"]), {}) for entry in first), *entries, member]
