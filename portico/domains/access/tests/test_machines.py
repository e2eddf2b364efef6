"""Machines of an office: what the desk may make of them, who sees them, and what the office is told."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from portico.domains.access import actors, granting, machines, models
from portico.domains.access.granting import CannotGrant
from portico.domains.access.machines import CannotRegister, UnknownMachine
from portico.domains.access.tests import making, signing
from portico.domains.offices.offices import UnknownOffice
from portico.domains.permits.actors import AccountState, Actor, Door
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.shared.identifiers import CROCKFORD, BadIdentifier
from tests.support import actors as people

pytestmark = pytest.mark.django_db
CONTACT, TECHNICIAN = "office@example.org", "technician@example.org"


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()
    making.an_office(making.HILLCREST, making.FOREIGN)
    apps.get_model("offices", "Office").objects.filter(key=making.LAKESIDE).update(contact_email=CONTACT)


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def subjects(use: Any) -> list[tuple[str, str]]:
    return [(each.kind, each.identifier) for each in use.subjects.order_by("pk")]


def mails() -> list[tuple[str, dict[str, Any]]]:
    sent = apps.get_model("notifications", "Message").objects.order_by("pk")
    return [(mail.to, mail.context) for mail in sent if mail.template == "machine_changed"]


def notices() -> list[tuple[str, dict[str, Any]]]:
    told = apps.get_model("notifications", "Notice").objects.order_by("pk")
    return [(notice.kind, notice.context) for notice in told]


def held(made: machines.Created) -> Actor:
    machine = models.Machine.objects.get(public_id=made.machine.row.public_id)
    found = actors.for_machine(machine.pk, asked_at=making.NOW, today=making.TODAY, door=Door.X12)
    assert found is not None
    return found


def test_a_partner_gets_a_username_and_a_secret_that_is_kept_nowhere() -> None:
    made = making.a_partner(making.a_grant())
    row = made.machine.row
    assert row.sign_in_name.startswith("lakeside-")
    assert (row.sender_id, row.tax_id, row.revoked_at) == ("LAKECLEAR", making.OWN, None)
    assert made.secret is not None
    assert len(made.secret) == 32
    assert set(made.secret) <= set(CROCKFORD)
    kept = models.MachineSecret.objects.get()
    assert made.secret.encode() not in bytes(kept.secret_index)
    assert made.secret not in repr(made)


def test_a_client_gets_an_id_and_no_secret() -> None:
    made = making.a_client(making.a_grant())
    assert made.secret is None
    assert made.machine.row.sign_in_name.startswith("lakeside-")
    assert made.machine.key_ids == (signing.RSA_KID, signing.EC_KID)
    assert made.machine.scopes == ("system/Coverage.rs", "system/Patient.rs")
    assert not models.MachineSecret.objects.exists()


def test_a_machine_holds_grants_like_a_person() -> None:
    limited = making.a_grant(
        Function.BENEFITS,
        lines=(making.HMO,),
        regions=(making.NORTH,),
        providers=(making.NPI,),
        last_on=making.day(30),
    )
    made = making.a_partner(making.a_grant(), limited)
    first, second = held(made).held.all
    assert (first.function, first.tax_ids, first.lines) == (
        Function.ELIGIBILITY,
        frozenset({making.OWN}),
        None,
    )
    assert (second.lines, second.period.last) == (frozenset({making.HMO}), making.day(30))
    shown = made.machine.grants[0]
    assert (shown.function, shown.tax_ids, shown.lines) == ("benefits", (making.OWN,), (making.HMO,))
    assert (shown.regions, shown.providers, shown.last_on) == ((making.NORTH,), (making.NPI,), making.day(30))


def test_making_one_is_one_use_and_the_office_is_told() -> None:
    before = apps.get_model("audit", "Entry").objects.count()
    made = making.a_partner(contact_email=TECHNICIAN)
    assert apps.get_model("audit", "Entry").objects.count() == before + 1
    use, machine = last_use(), models.Machine.objects.get()
    assert (use.function, use.conclusion) == ("connecting", "machine_created")
    assert subjects(use) == [("machine", str(machine.pk))]
    said = {"kind": "created", "reference": use.reference}
    assert mails() == [(CONTACT, said), (TECHNICIAN, said)]
    assert notices() == [("machine_created", {"machine": made.machine.row.sign_in_name})]


def test_an_office_without_an_address_is_told_in_the_portal_alone() -> None:
    made = making.a_partner(office=making.HILLCREST, tax_id=making.FOREIGN)
    assert mails() == []
    assert notices() == [("machine_created", {"machine": made.machine.row.sign_in_name})]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"tax_id": making.FOREIGN},
        {"contact_email": "nobody"},
        {"sender_id": ""},
        {"sender_id": "0123456789ABCDEF"},
        {"sender_id": "A*B"},
        {"kind": "robot"},
        {"scopes": ("system/Coverage.rs",)},
        {"key_set": signing.KEY_SET},
        {"key_set_url": "https://keys.example.org/keys.json"},
    ],
    ids="-".join,
)
def test_a_partner_that_is_not_rightly_described_is_not_made(changes: dict[str, Any]) -> None:
    with pytest.raises(CannotRegister):
        making.a_partner(**changes)
    assert not models.Machine.objects.exists()
    assert mails() == notices() == []
    assert last_use().outcome == "crashed"


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": ()},
        {"scopes": ("system/Coverage.write",)},
        {"key_set": {}},
        {"key_set": {"keys": []}},
        {"key_set_url": "https://keys.example.org/keys.json"},
        {"key_set": {}, "key_set_url": "http://keys.example.org/keys.json"},
        {"sender_id": "LAKESIDE"},
    ],
    ids="-".join,
)
def test_a_client_that_is_not_rightly_described_is_not_made(changes: dict[str, Any]) -> None:
    with pytest.raises(CannotRegister):
        making.a_client(**changes)
    assert not models.Machine.objects.exists()


def test_an_address_of_keys_at_a_host_that_is_not_listed_is_refused_in_words() -> None:
    with pytest.raises(CannotRegister, match="fetches nothing from keys"):
        making.a_client(key_set={}, key_set_url="https://keys.example.org/keys.json")


def test_an_address_of_keys_at_a_listed_host_is_kept(settings: Settings) -> None:
    settings.KEY_SET_HOSTS = ["keys.example.org"]
    url = "https://keys.example.org/keys.json"
    assert making.a_client(key_set={}, key_set_url=url).machine.key_set_url == url


def test_a_tax_id_that_is_none_is_said_so() -> None:
    with pytest.raises(BadIdentifier):
        making.a_partner(tax_id="12")


def test_an_office_nobody_opened_is_said_so() -> None:
    with pytest.raises(UnknownOffice):
        making.a_partner(office="nowhere")


def test_two_partners_never_send_as_the_same() -> None:
    making.a_partner()
    with pytest.raises(CannotRegister, match="another partner"):
        making.a_partner(sender_id="lakeclear")


@pytest.mark.parametrize(
    "grant",
    [
        making.a_grant(tax_ids=(making.FOREIGN,)),
        making.a_grant(tax_ids=()),
        making.a_grant(Function.MANAGE_USERS),
        making.a_grant(Function.PROVISIONING),
        making.a_grant(lines=("no-such-line",)),
        making.a_grant(state="ended"),
    ],
    ids=lambda grant: f"{grant.function}-{grant.tax_ids}-{grant.lines}-{grant.state}",
)
def test_a_grant_that_nobody_may_have_keeps_the_machine_from_being_made(grant: granting.NewGrant) -> None:
    with pytest.raises(CannotGrant):
        making.a_partner(making.a_grant(), grant)
    assert not models.Machine.objects.exists()


def test_the_operations_desk_makes_machines() -> None:
    assert making.a_partner(actor=people.plan_staff(Desk.OPERATIONS)).secret


OUTSIDERS = [
    people.visitor(),
    people.front_desk(),
    people.administrator(),
    people.plan_staff(Desk.MEMBER_SERVICES),
    people.plan_staff(Desk.SUPPORT),
    people.machine(),
]


@pytest.mark.parametrize(
    "actor", OUTSIDERS, ids=lambda actor: f"{actor.kind}-{actor.persona_kind}-{actor.desk}"
)
def test_nobody_else_does_anything_with_machines(actor: Actor) -> None:
    public_id = making.a_partner(making.a_grant()).machine.row.public_id
    asks = (
        lambda: making.a_partner(actor=actor, sender_id="OTHER"),
        lambda: machines.page(actor=actor),
        lambda: machines.one(actor=actor, public_id=public_id),
        lambda: machines.named(actor=actor, sign_in_name="x"),
        lambda: machines.rotate(actor=actor, public_id=public_id),
        lambda: machines.revoke(actor=actor, public_id=public_id),
        lambda: machines.change_contact(actor=actor, public_id=public_id, contact_email=""),
        lambda: machines.set_keys(actor=actor, public_id=public_id, key_set=signing.KEY_SET),
        lambda: machines.add_grant(actor=actor, public_id=public_id, new=making.a_grant()),
        lambda: machines.end_grant(actor=actor, public_id=public_id, grant_id=1),
    )
    for ask in asks:
        with pytest.raises(NotPermitted):
            ask()
        assert (last_use().function, last_use().outcome) == ("connecting", "denied")
    assert models.Machine.objects.get().revoked_at is None


def test_the_desk_pages_through_machines_the_newest_first(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        making.a_partner(sender_id=f"SENDER{number}")
    making.a_partner(office=making.HILLCREST, tax_id=making.FOREIGN, sender_id="SENDER3")
    first = machines.page(actor=people.plan_staff(), size=3)
    assert [row.sender_id for row in first.rows] == ["SENDER3", "SENDER2", "SENDER1"]
    assert first.next_key is not None
    with django_assert_num_queries(4):  # begin, the list, the audit row, commit
        rest = machines.page(actor=people.plan_staff(), key=first.next_key, size=3)
    assert ([row.sender_id for row in rest.rows], rest.next_key) == (["SENDER0"], None)
    of_one = machines.page(actor=people.plan_staff(), office=making.HILLCREST)
    assert [row.office_name for row in of_one.rows] == ["Hillcrest"]
    assert machines.page(actor=people.plan_staff(), key="'; --").rows


def test_the_desk_looks_for_machines_by_kind_and_state() -> None:
    partner, client = making.a_partner(), making.a_client()
    desk = people.plan_staff()
    machines.revoke(actor=desk, public_id=client.machine.row.public_id)
    for page, shown in (
        (machines.page(actor=desk, kind="trading_partner"), partner),
        (machines.page(actor=desk, state="active"), partner),
        (machines.page(actor=desk, state="revoked"), client),
    ):
        assert [row.public_id for row in page.rows] == [shown.machine.row.public_id]


def test_a_form_sent_twice_makes_no_second_secret() -> None:
    made = making.a_partner()
    public_id, seen = made.machine.row.public_id, made.machine.secrets[0].created_at
    later = people.plan_staff(asked_at=making.NOW + timedelta(seconds=1))
    machines.rotate(actor=later, public_id=public_id, seen=seen)
    with pytest.raises(CannotRegister, match="meanwhile"):
        machines.rotate(actor=later, public_id=public_id, seen=seen)
    assert models.MachineSecret.objects.count() == 2


def test_one_machine_shows_everything_but_secrets() -> None:
    made = making.a_partner(making.a_grant())
    public_id = made.machine.row.public_id
    machines.rotate(actor=people.plan_staff(), public_id=public_id)
    shown = machines.one(actor=people.plan_staff(), public_id=public_id)
    newest, oldest = shown.secrets
    assert newest.ends_at is None
    assert oldest.ends_at == making.NOW + timedelta(days=7)
    assert shown.grants == made.machine.grants
    assert made.secret is not None
    assert made.secret not in repr(shown)
    assert machines.named(actor=people.plan_staff(), sign_in_name=shown.row.sign_in_name) == public_id


def test_an_unknown_machine_is_said_so() -> None:
    desk, nobody = people.plan_staff(), uuid4()
    asks = (
        lambda: machines.one(actor=desk, public_id=nobody),
        lambda: machines.named(actor=desk, sign_in_name="nobody"),
        lambda: machines.rotate(actor=desk, public_id=nobody),
        lambda: machines.revoke(actor=desk, public_id=nobody),
        lambda: machines.set_keys(actor=desk, public_id=nobody, key_set=signing.KEY_SET),
        lambda: machines.end_grant(actor=desk, public_id=nobody, grant_id=1),
    )
    for ask in asks:
        with pytest.raises(UnknownMachine):
            ask()


def an_administrator(*tax_ids: str, office: str = making.LAKESIDE) -> Actor:
    new = making.an_administrator(making.a_grant(Function.MANAGE_USERS, tax_ids=tax_ids), office=office)
    username = f"ann.{office}{len(tax_ids)}{tax_ids[0][-1]}"
    return making.actor(making.a_person(new, username=username))


def test_an_administrator_sees_the_machines_of_the_own_office_alone() -> None:
    making.a_partner(sender_id="OURS")
    making.a_partner(office=making.HILLCREST, tax_id=making.FOREIGN, sender_id="THEIRS")
    ours = machines.of_own_office(actor=an_administrator(making.OWN, making.SECOND))
    theirs = machines.of_own_office(actor=an_administrator(making.FOREIGN, office=making.HILLCREST))
    assert [each.row.sender_id for each in ours.rows] == ["OURS"]
    assert [each.row.sender_id for each in theirs.rows] == ["THEIRS"]
    assert last_use().function == "manage_users"


def test_an_administrator_of_some_tax_ids_sees_the_machines_that_reach_them() -> None:
    making.a_partner(sender_id="FIRST")
    making.a_partner(tax_id=making.SECOND, sender_id="SECOND")
    making.a_partner(making.a_grant(tax_ids=(making.OWN, making.SECOND)), sender_id="BOTH")
    seen = machines.of_own_office(actor=an_administrator(making.SECOND))
    assert [each.row.sender_id for each in seen.rows] == ["BOTH", "SECOND"]


@pytest.mark.parametrize(
    "actor", [people.visitor(), people.front_desk(), people.plan_staff(), people.machine()]
)
def test_nobody_but_an_administrator_asks_for_the_own_offices_machines(actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        machines.of_own_office(actor=actor)


def test_revoking_is_told_once_and_for_good() -> None:
    made = making.a_client()
    public_id = made.machine.row.public_id
    desk = people.plan_staff()
    assert machines.revoke(actor=desk, public_id=public_id)
    assert (last_use().conclusion, mails()[-1][1]["kind"]) == ("machine_revoked", "revoked")
    told = len(mails())
    assert not machines.revoke(actor=desk, public_id=public_id)
    assert (last_use().conclusion, len(mails())) == ("nothing_to_revoke", told)
    machine = models.Machine.objects.get()
    assert (machine.revoked_at, machine.revoked_by) == (making.NOW, desk.persona_id)
    assert held(made).account.state is AccountState.DISABLED
    asks = (
        lambda: machines.change_contact(actor=desk, public_id=public_id, contact_email=CONTACT),
        lambda: machines.set_keys(actor=desk, public_id=public_id, key_set=signing.KEY_SET),
        lambda: machines.add_grant(actor=desk, public_id=public_id, new=making.a_grant()),
        lambda: machines.rotate(actor=desk, public_id=public_id),
    )
    for ask in asks:
        with pytest.raises(CannotRegister, match="revoked"):
            ask()


def test_a_grant_is_added_and_ended_in_force_at_the_next_request() -> None:
    made = making.a_partner()
    public_id, desk = made.machine.row.public_id, people.plan_staff()
    grant_id = machines.add_grant(actor=desk, public_id=public_id, new=making.a_grant())
    assert [grant.id for grant in held(made).held.all] == [grant_id]
    assert subjects(last_use())[-1] == ("grant", str(grant_id))
    assert machines.end_grant(actor=desk, public_id=public_id, grant_id=grant_id)
    assert [grant.state for grant in held(made).held.all] == ["ended"]
    assert not machines.end_grant(actor=desk, public_id=public_id, grant_id=grant_id)
    with pytest.raises(CannotGrant):
        machines.add_grant(actor=desk, public_id=public_id, new=making.a_grant(tax_ids=(making.FOREIGN,)))


def test_the_grant_of_another_holder_is_not_ended_by_mistake() -> None:
    user_id = making.a_person(making.an_end_user(making.a_grant()))
    (grant,) = making.actor(user_id).held.all
    public_id = making.a_partner().machine.row.public_id
    assert not machines.end_grant(actor=people.plan_staff(), public_id=public_id, grant_id=grant.id)
    assert making.actor(user_id).held.all == (grant,)


def test_whom_to_write_to_is_changed() -> None:
    public_id, desk = making.a_partner().machine.row.public_id, people.plan_staff()
    machines.change_contact(actor=desk, public_id=public_id, contact_email=f" {TECHNICIAN} ")
    assert machines.one(actor=desk, public_id=public_id).contact_email == TECHNICIAN
    with pytest.raises(CannotRegister):
        machines.change_contact(actor=desk, public_id=public_id, contact_email="nobody")


def test_keys_are_replaced() -> None:
    public_id, desk = making.a_client().machine.row.public_id, people.plan_staff()
    other = {"keys": [signing.public(signing.ec_key(number=2), "other")]}
    machines.set_keys(actor=desk, public_id=public_id, key_set=other)
    assert last_use().conclusion == "keys_set"
    assert machines.one(actor=desk, public_id=public_id).key_ids == ("other",)
    with pytest.raises(CannotRegister):
        machines.set_keys(actor=desk, public_id=public_id)


def test_each_kind_has_its_own_way_in() -> None:
    partner, client = making.a_partner(), making.a_client()
    desk = people.plan_staff()
    with pytest.raises(CannotRegister, match="no keys"):
        machines.set_keys(actor=desk, public_id=partner.machine.row.public_id, key_set=signing.KEY_SET)
    with pytest.raises(CannotRegister, match="no secret"):
        machines.rotate(actor=desk, public_id=client.machine.row.public_id)


def test_the_database_refuses_a_grant_of_two_holders() -> None:
    made = making.a_partner(making.a_grant())
    user_id = making.a_person(making.an_end_user())
    (persona_id,) = making.personas_of(user_id)
    grant = models.Grant.objects.get(pk=made.machine.grants[0].id)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Grant.objects.filter(pk=grant.pk).update(persona_id=persona_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Grant.objects.filter(pk=grant.pk).update(machine=None)


@pytest.mark.parametrize(
    "change", [{"username": None}, {"sender_id": None}, {"client_id": "x"}, {"kind": "fhir_client"}], ids=str
)
def test_the_database_refuses_a_machine_without_what_its_kind_signs_in_with(change: dict[str, Any]) -> None:
    making.a_partner()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Machine.objects.update(**change)
