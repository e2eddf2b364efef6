"""How often a page asks the database, and why each time.

A permit begins and commits a transaction (in these tests a savepoint). Every page reads the session, the
persona with its user and office, and what it holds together with its office's tax IDs. Who the plan is, a
process remembers for some seconds: it is asked for before the counting begins.
"""

import itertools
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portico.domains.access import granting
from portico.domains.plan import catalogue, opening, policy
from portico.domains.registration import network_review
from portico.domains.registration.tests import registering, wishing
from portico.domains.support.tests import asking as enquiring
from tests.support import (
    billing,
    cast,
    deciding,
    delegating,
    directory,
    files_of_patients,
    looking,
    missing_access,
    patients,
    proving,
    systems,
    trusting,
    visiting,
)
from tests.support import directory_keeping as keeping
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

ASKER = ("session", "persona", "grants and tax IDs")
BEGIN, ROW, COMMIT = "begin", "audit row", "commit"
ROW_ABOUT = (ROW, "audit subjects")
LOOK = ("lookup with member", BEGIN, "coverage")
PERSON = (*ROW_ABOUT, COMMIT)
SIGNS = (
    *("recovery codes", "authenticator", "ways to pass a factor", "recovery question"),
    *("linked sign-ins", "session", "user", "known browsers"),
)
ON_FILE = ("offices", "offices", *("the PCP's practice",) * 3)
WHOLE = ("machines with offices", "passwords' days", "grants and tax IDs", "limits of grants")

NAMES = {
    "accounts_session": "session",
    "accounts_user": "user",
    "accounts_invitation": "invitations",
    "accounts_factorreset": "resets that wait",
    "accounts_misses": "failed tries",
    "accounts_knowndevice": "known browsers",
    "accounts_passkey": "ways to pass a factor",
    "accounts_factor": "authenticator",
    "accounts_recoverycode": "recovery codes",
    "access_accessrequest": "access requests",
    "registration_joinrequest": "wishes to join",
    "accounts_draft": "draft",
    "accounts_recoveryquestion": "recovery question",
    "accounts_addresschange": "a change that waits",
    "accounts_outsideidentity": "linked sign-ins",
    "accounts_termsacceptance": "agreements",
    "plan_terms": "terms",
    "accounts_proof": "tasks of identity",
    "claims_payment": "payments lately",
    "claims_claim": "claims",
    "authorizations_draft": "drafts of requests",
    "authorizations_informationrequest": "requests with questions",
    "authorizations_authorization": "requests",
    "accounts_proofdocument": "documents handed in",
    "accounts_identityprovider": "providers of identity",
    "plan_verificationrule": "sign-in rules",
    "plan_accesspolicy": "rules of access",
    "access_persona": "persona",
    "access_grant": "grants and tax IDs",
    "plan_freshness": "freshness of feeds",
    "plan_lineofbusiness": "lines of business",
    "audit_entry": ROW,
    "audit_subject": "audit subjects",
    "authorizations_requirementlist": "lists of what needs asking",
    "authorizations_requirement": "their rules",
    "members_lookup": "lookup with member",
    "members_member": "members",
    "members_coverage": "coverage",
    "members_planversion": "plan version",
    "members_planamounts": "plan amounts",
    "members_benefit": "benefits",
    "members_accumulator": "amounts used",
    "members_pcpassignment": "PCP",
    "members_othercoverage": "other payers",
    "members_miss": "earlier misses",
    "members_batch": "batches",
    "members_batchrow": "rows of batches",
    "members_receipt": "receipts with members",
    "offices_affiliation": "the PCP's practice",
    "notifications_notice": "notices",
    "work_item": "work items",
    "jobs_job": "loads",
    "jobs_rowresult": "rows held back",
    "access_machine": "machines with offices",
    "access_machinesecret": "passwords' days",
    "access_grantlimit": "limits of grants",
    "access_clientgrant": "what clients gave",
    "offices_office": "offices",
    "offices_taxid": "tax IDs",
    "offices_provider": "providers",
    "offices_participation": "who takes part",
    "exchange_exchange": "exchanges",
    "exchange_exchangedset": "sets",
    "support_enquiry": "enquiries",
    "support_case": "cases",
    "support_caseentry": "what was written in cases",
    "registration_application": "registrations",
    "registration_catalogue": "catalogue of registrations",
    "registration_networkrequest": "network requests",
    "registration_networkevent": "events",
    "directory_zipcode": "where ZIP codes lie",
    "directory_listing": "listings with places",
    "directory_network": "networks of listings",
    "directory_language": "languages of listings",
    "directory_change": "directory changes",
    "directory_attestation": "what was confirmed",
}

# Each source of Today is asked by its own function. Of claims the first by each way of being due.
TODAY_OF_OFFICE = (
    *(BEGIN, "requests with questions", ROW, COMMIT),
    *(BEGIN, "drafts of requests", ROW, COMMIT) * 2,
    *(BEGIN, *("claims",) * 3, ROW, COMMIT),
    *(BEGIN, "requests", ROW, COMMIT),
    *(BEGIN, "access requests", ROW, COMMIT),
)

OFFICE_PAGES: dict[str, tuple[str, ...]] = {
    "home": (*ASKER, "freshness of feeds", "lines of business", *TODAY_OF_OFFICE),
    "today": (*ASKER, *TODAY_OF_OFFICE),
    "notices": (*ASKER, BEGIN, "notices", ROW, COMMIT),
    "cases": (*ASKER, BEGIN, "cases", ROW, COMMIT),
    "diagnose": ASKER,
    "patient_search": (*ASKER, "lines of business"),
    "patient": (
        *ASKER,
        *(
            *LOOK,
            "plan version",
            "lines of business",
            "PCP",
            "the PCP's practice",
            "freshness of feeds",
            *PERSON,
        ),
        *(
            *LOOK,
            "plan version",
            "amounts used",
            "lines of business",
            "lists of what needs asking",
            "their rules",
            "benefits",
            "freshness of feeds",
            *PERSON,
        ),
        *(*LOOK, "plan version", "amounts used", "plan amounts", "freshness of feeds", *PERSON),
        *(*LOOK, "other payers", "freshness of feeds", *PERSON),
    ),
    "patient_choose": (*ASKER, "lookup with member", BEGIN, "members", "coverage", *PERSON),
    "access_requests": (*ASKER, BEGIN, "access requests", ROW, COMMIT),
    "access_request_new": (*ASKER, BEGIN, ROW, COMMIT),
    "batches": (*ASKER, BEGIN, "batches", ROW, COMMIT),
    "batch_new": ASKER,
    "receipts": (*ASKER, BEGIN, "receipts with members", *PERSON),
    "receipt": (*ASKER, BEGIN, "receipts with members", *PERSON),
    "schedules": (*ASKER, BEGIN, ROW, COMMIT),
    "schedule": (
        *(
            *ASKER,
            BEGIN,
            "plan version",
            "lists of what needs asking",
            "their rules",
            "benefits",
            "lines of business",
            "plan amounts",
            "freshness of feeds",
        ),
        *(ROW, COMMIT),
    ),
    "personas": (*ASKER, BEGIN, "persona", "persona", ROW, COMMIT),
    "account": (
        *(*ASKER, BEGIN, "user", "a change that waits", *SIGNS, "agreements", ROW, COMMIT),
        *(BEGIN, "user", "failed tries", "ways to pass a factor", ROW, COMMIT),
        *(BEGIN, "persona", "persona", ROW, COMMIT),
    ),
    "account_details": (*ASKER, BEGIN, "user", "a change that waits", *SIGNS, "agreements", ROW, COMMIT),
    "terms": ("session", "terms", "persona", "grants and tax IDs"),
    "terms_accept": (*ASKER, BEGIN, "terms", "agreements", ROW, COMMIT),
    "own_password": (*ASKER, BEGIN, "user", ROW, COMMIT),
    "factors": (
        *(*ASKER, BEGIN, "ways to pass a factor", "authenticator", "recovery codes"),
        *PERSON,
    ),
    "own_question": (*ASKER, BEGIN, "recovery question", ROW, COMMIT),
    "identity": (
        *(*ASKER, BEGIN, "user", "persona", *ON_FILE, "tax IDs", "payments lately", "providers of identity"),
        *("tasks of identity", ROW, COMMIT),
    ),
    "sessions": (
        *(*ASKER, BEGIN, "session", "user", "known browsers", ROW, COMMIT),
        *(BEGIN, "user", "failed tries", "ways to pass a factor", ROW, COMMIT),
    ),
}
BATCH_PAGE = (
    *(*ASKER, "batches", "rows of batches", "rows of batches"),
    *("batches", BEGIN, "rows of batches", *PERSON),
)
STAFF_PAGES: dict[str, tuple[str, ...]] = {
    "work_items": (*ASKER, BEGIN, "work items", ROW, COMMIT),
    "staff_requests": (*ASKER, BEGIN, "access requests", "access requests", ROW, COMMIT),
    "enquiries": (*ASKER, BEGIN, "enquiries", "enquiries", ROW, COMMIT),
    "staff_cases": (*ASKER, BEGIN, "cases", "cases", ROW, COMMIT),
    "staff_directory": (*ASKER, BEGIN, *("directory changes",) * 2, ROW, COMMIT),
    "staff_directory_published": (*ASKER, BEGIN, *("directory changes",) * 4, ROW, COMMIT),
    "staff_directory_unconfirmed": (*ASKER, BEGIN, *("listings with places",) * 2, ROW, COMMIT),
    "staff_directory_export": (*ASKER, BEGIN, "directory changes", ROW, COMMIT),
    "network_requests": (*ASKER, BEGIN, "network requests", "network requests", ROW, COMMIT),
    "registration_rules": (*ASKER, BEGIN, "catalogue of registrations", ROW, COMMIT),
    "registration_rules_versions": (
        *(*ASKER, BEGIN, "catalogue of registrations", *PERSON),
        *(BEGIN, ROW, COMMIT),
    ),
    "feeds": (*ASKER, BEGIN, "loads", ROW, COMMIT),
    "feed": (*ASKER, BEGIN, "loads", "rows held back", ROW, COMMIT),
    "audit": (*ASKER, BEGIN, ROW, COMMIT),
    "machines": (*ASKER, BEGIN, "machines with offices", ROW, COMMIT),
    "machine": (*ASKER, BEGIN, *WHOLE, *PERSON, "lines of business"),
    "machine_rotate": (*ASKER, BEGIN, *WHOLE, *PERSON),
    "exchanges": (*ASKER, BEGIN, "exchanges", ROW, COMMIT, BEGIN, "exchanges", ROW, COMMIT),
    "exchange": (*ASKER, BEGIN, "exchanges", "sets", *PERSON),
    "verify_receipt": (*ASKER, BEGIN, ROW, COMMIT),
    "identity_providers": (*ASKER, BEGIN, "providers of identity", ROW, COMMIT),
    "identity_queue": (*ASKER, BEGIN, "tasks of identity", ROW, COMMIT),
    "sign_in_rules": (*ASKER, BEGIN, "sign-in rules", ROW, COMMIT),
    "sign_in_rules_history": (*ASKER, BEGIN, ROW, ROW, COMMIT),
    "staff_lookups": (*ASKER, BEGIN, ROW, COMMIT),
    "access_rules": (*ASKER, BEGIN, "rules of access", ROW, COMMIT),
    "access_rules_history": (*ASKER, BEGIN, ROW, ROW, COMMIT),
    "staff_terms": (*ASKER, BEGIN, "terms", ROW, COMMIT, "terms"),
}


def reasons_of(visit: Callable[[], Any]) -> tuple[str, ...]:
    """What each query of a visit was for, in order."""
    catalogue.identity()
    catalogue.choices()
    policy.current()
    opening.hours()
    with CaptureQueriesContext(connection) as queries:
        assert visit().status_code in (200, 302)
    return tuple(_reason(query["sql"]) for query in queries)


def _reason(sql: str) -> str:
    if sql.startswith("SAVEPOINT"):
        return BEGIN
    if sql.startswith("RELEASE SAVEPOINT"):
        return COMMIT
    table = re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)"?', sql)
    return NAMES[table[1]] if table else sql


def arguments(world: World, route: str) -> list[Any]:
    """What stands in the address of a route."""
    signer = world["front_desk"]
    known: dict[str, list[Any]] = {
        "patient": [signer.lookup],
        "patient_choose": [signer.undecided],
        "receipt": [world.receipts[cast.OWN]],
        "schedule": [patients.HMO_CODE, TODAY],
        "feed": [world.job],
    }
    if route in ("machine", "machine_rotate"):
        return [systems.public_id(systems.partner_of(world))]
    if route == "exchange":
        return [systems.exchange_of(world)]
    return known.get(route, [])


@pytest.mark.parametrize("route", OFFICE_PAGES)
def test_each_page_of_an_office_asks_what_it_must(front_desk: Client, world: World, route: str) -> None:
    address = reverse(route, args=arguments(world, route))
    assert reasons_of(lambda: front_desk.get(address)) == OFFICE_PAGES[route]


@pytest.mark.parametrize("route", STAFF_PAGES)
def test_each_page_of_the_plan_asks_what_it_must(operations: Client, world: World, route: str) -> None:
    address = reverse(route, args=arguments(world, route))
    assert reasons_of(lambda: operations.get(address)) == STAFF_PAGES[route]


def test_a_search_writes_a_lookup_and_its_audit_row(front_desk: Client) -> None:
    found = reasons_of(lambda: visiting.search(front_desk, member_id=patients.ZEPHYRINE))
    kept = ("earlier misses", "members", "coverage", "lookup with member")
    assert found == (*ASKER, "lines of business", BEGIN, *kept, *PERSON)


@pytest.mark.parametrize("rows", [2, 40])
def test_a_page_of_results_asks_the_same_whatever_its_length(front_desk: Client, rows: int) -> None:
    batch = files_of_patients.asked(front_desk, *_family(rows))
    found = reasons_of(lambda: front_desk.get(reverse("batch", args=[batch])))
    assert found == BATCH_PAGE


@pytest.mark.parametrize("more", [1, 12])
def test_a_list_of_batches_asks_the_same_whatever_its_length(front_desk: Client, more: int) -> None:
    for _ in range(more):
        files_of_patients.draft(front_desk, files_of_patients.ZEPHYRINE)
    found = reasons_of(lambda: front_desk.get(reverse("batches")))
    assert found == (*ASKER, BEGIN, "batches", "rows of batches", ROW, COMMIT)


@pytest.mark.parametrize("more", [1, 4])
def test_the_pages_of_directory_entries_ask_the_same_whatever_their_length(world: World, more: int) -> None:
    for number in range(more):
        keeping.another_entry(world, number)
    keeper = visiting.sign_in(world[keeping.KEEPER])
    listed = ("listings with places", "listings with places", "directory changes", "directory changes")
    assert reasons_of(lambda: keeper.get(reverse("office_directory"))) == (
        *ASKER,
        BEGIN,
        *listed,
        ROW,
        COMMIT,
    )
    found = reasons_of(lambda: keeper.get(reverse("office_directory_confirm")))
    read = ("listings with places", "listings with places", "what was confirmed", *("directory changes",) * 2)
    assert found == (*ASKER, BEGIN, *read, ROW, COMMIT)
    found = reasons_of(lambda: keeper.get(reverse("office_directory_changes")))
    assert found == (*ASKER, BEGIN, "directory changes", ROW, COMMIT)


def _family(rows: int) -> list[str]:
    """Rows that find somebody, each on another day."""
    return [
        f"{patients.ZEPHYRINE},Quillfeather,,,,{TODAY - timedelta(days=day):%m/%d/%Y}" for day in range(rows)
    ]


@pytest.mark.parametrize("more", [1, 12])
def test_a_list_asks_the_same_whatever_its_length(front_desk: Client, more: int) -> None:
    for _ in range(more):
        page = visiting.search(front_desk, member_id=patients.ENDED).headers["Location"]
        front_desk.post(f"{page}receipt/")
    assert reasons_of(lambda: front_desk.get(reverse("receipts"))) == OFFICE_PAGES["receipts"]


@pytest.mark.parametrize("more", [1, 12])
def test_the_lists_of_systems_ask_the_same_whatever_their_length(
    operations: Client, world: World, more: int
) -> None:
    for number in range(more):
        systems.a_partner(sender_id=f"SENDER{number}")
        systems.an_exchange()
    assert reasons_of(lambda: operations.get(reverse("machines"))) == STAFF_PAGES["machines"]
    assert reasons_of(lambda: operations.get(reverse("exchanges"))) == STAFF_PAGES["exchanges"]
    administrator = visiting.sign_in(world["administrator"])
    found = reasons_of(lambda: administrator.get(reverse("office_systems")))
    assert found == (*ASKER, BEGIN, *WHOLE, ROW, COMMIT, "lines of business")


@pytest.mark.parametrize("route", ["forgot_password", "forgot_username"])
def test_asking_for_a_way_back_looks_nobody_up(world: World, route: str) -> None:
    form = {"username": "front.desk", "email": "front.desk@example.org"}
    Client().post(reverse(route), {"username": "x", "email": "x@example.org"})
    found = reasons_of(lambda: Client().post(reverse(route), form))
    tally, counted = ("failed tries",) * 2, ("failed tries",) * 2
    assert found == (BEGIN, *tally, *tally, *counted, *counted, "loads", *PERSON)


PEOPLE_PAGE = (
    *(*ASKER, BEGIN, "user", "invitations", "failed tries", "persona", "grants and tax IDs", ROW, COMMIT),
    *(BEGIN, "resets that wait", ROW, COMMIT),
)


MATRIX_PAGE = (BEGIN, "persona", "offices", "tax IDs", "persona", "limits of grants", ROW, COMMIT)


@pytest.mark.parametrize("more", [1, 4])
def test_the_queue_of_identities_asks_the_same_whatever_its_length(
    operations: Client, world: World, more: int
) -> None:
    for key in ("unverified", "front_desk", "colleague", "outsider")[:more]:
        proving.documents_of(world, key)
    found = reasons_of(lambda: operations.get(reverse("identity_queue")))
    waiting = ("tasks of identity", "documents handed in")
    assert found == (*ASKER, BEGIN, *waiting, ROW, COMMIT, "persona")


@pytest.mark.parametrize("more", [1, 30])
def test_the_queue_of_enquiries_asks_the_same_whatever_its_length(operations: Client, more: int) -> None:
    for _ in range(more):
        enquiring.ask(address="")
    assert reasons_of(lambda: operations.get(reverse("enquiries"))) == STAFF_PAGES["enquiries"]


@pytest.mark.parametrize("more", [1, 30])
def test_the_queue_of_network_requests_asks_the_same_whatever_its_length(
    operations: Client, more: int
) -> None:
    for _ in range(more):
        wishing.ask(address="", regions=(), lines=(cast.HMO,))
    found = reasons_of(lambda: operations.get(reverse("network_requests")))
    assert found == STAFF_PAGES["network_requests"]


def test_one_network_request_asks_the_same_however_much_happened(operations: Client) -> None:
    wishing.ask(address="", regions=(), lines=(cast.HMO,))
    number, found = wishing.number(), []
    for _ in range(2):
        found.append(reasons_of(lambda: operations.get(reverse("network_request", args=[number]))))
        for _ in range(12):
            network_review.note(actor=registering.desk(), number=number, text="a note")
            wishing.ask(address="", regions=(), lines=(cast.HMO,))
    assert found[0] == found[1]


@pytest.mark.parametrize("more", [1, 12])
def test_the_queue_of_registrations_asks_the_same_whatever_its_length(
    operations: Client, world: World, more: int
) -> None:
    for _ in range(more):
        deciding.waiting()
    apps.get_model("registration", "Application").objects.update(assigned_to=world["support"].user_id)
    address = reverse("registrations")
    operations.get(address)
    found = reasons_of(lambda: operations.get(address))
    lists = ("registrations", "registrations", "persona")
    assert found == (*ASKER, BEGIN, *lists, ROW, COMMIT)


@pytest.mark.parametrize("more", [1, 12])
def test_an_inbox_of_access_requests_asks_the_same_whatever_its_length(world: World, more: int) -> None:
    wanted = [function for function in cast.EVERYTHING if function not in cast.ELIGIBILITY]
    askers = ("eligibility_only", "revoked")
    for asker, function in list(itertools.product(askers, wanted))[:more]:
        missing_access.asked(world, asker, function)
    administrator = visiting.sign_in(world["administrator"])
    administrator.get(reverse("office_requests"))
    lists = (BEGIN, "access requests", "persona", "access requests", ROW, COMMIT)
    joins = (BEGIN, "wishes to join", ROW, COMMIT)
    assert reasons_of(lambda: administrator.get(reverse("office_requests"))) == (*ASKER, *lists, *joins)


@pytest.mark.parametrize("more", [1, 12])
def test_the_lists_of_people_ask_the_same_whatever_their_length(
    operations: Client, world: World, more: int
) -> None:
    administrator = visiting.sign_in(world["administrator"])
    for number in range(more):
        looking.invited(f"ivy.new{number}")
    assert reasons_of(lambda: operations.get(reverse("people"))) == PEOPLE_PAGE
    assert reasons_of(lambda: administrator.get(reverse("office_people"))) == PEOPLE_PAGE


@pytest.mark.parametrize("more", [1, 12])
def test_look_ups_ask_the_same_whatever_their_length(front_desk: Client, world: World, more: int) -> None:
    administrator = visiting.sign_in(world["administrator"])
    for _ in range(more):
        visiting.search(front_desk, member_id=patients.ZEPHYRINE)
    sight = ("limits of grants", "tax IDs", "what clients gave")
    shown = (BEGIN, *sight, "audit subjects", *PERSON)
    compared = (BEGIN, *sight, ROW, ROW, COMMIT)
    found = reasons_of(lambda: administrator.get(reverse("office_lookups")))
    assert found == (*ASKER, *shown, *compared)


@pytest.mark.parametrize("more", [1, 3])
def test_billing_companies_and_clients_ask_the_same_whatever_their_length(world: World, more: int) -> None:
    company = billing.house(world)
    for number in range(more):
        billing.gives(world["administrator"], cast.OWN, last_on=TODAY + timedelta(days=number))
    administrator = visiting.sign_in(world["administrator"])
    shown = (*ASKER, BEGIN, "what clients gave", "tax IDs", ROW, COMMIT, "lines of business")
    assert reasons_of(lambda: administrator.get(reverse("office_billing_companies"))) == shown
    in_company = visiting.sign_in(company.administrator)
    assert reasons_of(lambda: in_company.get(reverse("office_clients"))) == shown
    working = visiting.sign_in(company.clerk)
    working.get("/")
    whose_side = "offices"
    assert reasons_of(lambda: working.get("/")).count(whose_side) == 1


@pytest.mark.parametrize("more", [1, 12])
def test_the_picture_of_who_may_do_what_asks_the_same_whatever_its_length(world: World, more: int) -> None:
    administrator = visiting.sign_in(world["administrator"])
    for number in range(more):
        looking.invited(f"ivy.new{number}")
    found = reasons_of(lambda: administrator.get(reverse("office_people_matrix")))
    assert found == (*ASKER, *MATRIX_PAGE)


WAITING_PAGE = (
    *(BEGIN, "grants and tax IDs", "persona", "tax IDs", "grants and tax IDs", "limits of grants"),
    *("persona", "what clients gave", ROW, COMMIT),
)


@pytest.mark.parametrize("more", [1, 12])
def test_what_waits_to_be_confirmed_asks_the_same_whatever_its_length(
    operations: Client, world: World, more: int
) -> None:
    delegating.ask(confirmed_by="plan")
    administrator = visiting.sign_in(world["administrator"])
    for number in range(more):
        delegating.proposed(f"pia.wait{number}", by=world["colleague"].user_id)
    found = reasons_of(lambda: administrator.get(reverse("office_people_waiting")))
    assert found == (*ASKER, *WAITING_PAGE)
    of_plan = reasons_of(lambda: operations.get(reverse("people_waiting")))
    desks_above = "persona"
    assert of_plan == (*ASKER, *WAITING_PAGE[:7], desks_above, *WAITING_PAGE[7:])


@pytest.mark.parametrize("more", [1, 12])
def test_those_suspended_ask_the_same_whatever_their_number(world: World, more: int) -> None:
    administrator = visiting.sign_in(world["administrator"])
    for number in range(more):
        persona_id = delegating.proposed(f"sam.away{number}")
        granting.suspend_persona(actor=worlds.system(), persona_id=persona_id)
    found = reasons_of(lambda: administrator.get(reverse("office_people_suspended")))
    assert found == (*ASKER, BEGIN, "persona", "offices", "tax IDs", "persona", ROW, COMMIT)


@pytest.mark.parametrize("more", [1, 12])
def test_the_lists_of_a_provider_ask_the_same_whatever_their_length(
    operations: Client, world: World, more: int
) -> None:
    slug = trusting.saml_of(world)
    for number in range(more):
        trusting.identity(slug, f"waits-{number}", None)
    trusting.linked_of(world)
    found = reasons_of(lambda: operations.get(reverse("identity_provider", args=[slug])))
    lists = (BEGIN, "linked sign-ins", ROW, COMMIT)
    assert found == (*ASKER, BEGIN, "providers of identity", *PERSON, *lists, *lists)


def test_a_visitor_costs_no_query(world: World) -> None:
    visitor = Client()
    visitor.get("/")
    assert reasons_of(lambda: visitor.get("/")) == ()


@pytest.mark.parametrize("more", [1, 12])
def test_the_search_for_a_provider_asks_the_same_whatever_its_length(
    front_desk: Client, world: World, more: int
) -> None:
    for number in range(more):
        directory.affiliated(directory.GRACE, f"1812345{number:02d}")
    directory.of_world(world)
    asked = {"near": "90901", "within": "5", "on": "03/12/2026"}
    front_desk.get(reverse("providers"), asked)
    rings, unconfirmed = ("listings with places",) * 2, "listings with places"
    of_rows = ("networks of listings", "languages of listings", "freshness of feeds")
    found = reasons_of(lambda: front_desk.get(reverse("providers"), asked))
    searched = ("where ZIP codes lie", *rings, unconfirmed, *of_rows)
    assert found == (*ASKER, BEGIN, *searched, ROW, COMMIT)
