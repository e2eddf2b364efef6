"""Somebody who registers by the pages: a physician of the provider file, what is typed, each step sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.members.tests import factories
from portico.domains.plan import catalogue
from portico.domains.plan.catalogue import Named
from portico.shared import identifiers
from tests.support import cast, inviting
from tests.support import world as worlds

NPI: Final = str(identifiers.npi_with_check_digit("100000731"))
OTHER_NPI: Final = str(identifiers.npi_with_check_digit("100000732"))
TAX_ID, OTHER_TAX_ID = "612345601", "612345602"
OFFICE_TAX_ID: Final = cast.FOREIGN
LICENCE, OTHER_LICENCE, LICENCE_STATE = "A112233", "A445566", "CA"
FIRST_NAME, LAST_NAME = "Sol", "Okada"
EMAIL: Final = "sol@okada.example.org"
ON_FILE: Final = "desk@okada.example.org"
USERNAME, PASSWORD = "sol.okada", "seven herons over the weir"
REGIONS: Final = (Named("north", "North Valley"), Named("south", "South Coast"))
STEPS: Final = ("terms", "region", "account", "person", "at_hand", "facts", "contact")
FACTS: Final[Mapping[str, str]] = {
    "licence_state": LICENCE_STATE,
    "licence_number": LICENCE,
    "npi": NPI,
    "tax_id_0": TAX_ID,
    "office_name": "Okada Family Medicine",
}
CONTACT: Final[Mapping[str, str]] = {
    "first_name": FIRST_NAME,
    "last_name": LAST_NAME,
    "email": EMAIL,
    "telephone": "(530) 555-0193",
}
PLACE: Final[Mapping[str, str]] = {
    "npi": OTHER_NPI,
    "tax_id_0": TAX_ID,
    "office_name": "Okada General Hospital",
    "address": "12 Lake St",
    "city": "Northlake",
    "state_code": "CA",
    "postal_code": "90001",
}
HOSPITAL: Final[Mapping[str, Any]] = {
    "account": {"account_type": "hospital"},
    "person": {"user_type": "delegated_administrator"},
    "facts": PLACE,
}
BILLING_COMPANY: Final[Mapping[str, Any]] = {
    "account": {"account_type": "billing_company"},
    "person": {"user_type": "delegated_administrator"},
    "facts": {name: said for name, said in PLACE.items() if name != "npi"} | {"office_name": "Tally House"},
}


OF_OFFICE: Final[Mapping[str, str]] = {
    **FACTS,
    "npi": OTHER_NPI,
    "licence_number": OTHER_LICENCE,
    "tax_id_0": OFFICE_TAX_ID,
}


def prepare(*, email: str = ON_FILE) -> str:
    """A plan with regions and terms, and a physician who takes part; answers the digest of the terms."""
    catalogue.configure(
        actor=worlds.system(), identity=catalogue.identity(), lines=catalogue.lines(), regions=REGIONS
    )
    in_the_file(NPI, TAX_ID, email=email)
    in_the_file(OTHER_NPI, OFFICE_TAX_ID, licence=OTHER_LICENCE)
    return inviting.publish_terms()


def in_the_file(npi: str, tax_id: str, *, email: str = ON_FILE, licence: str = LICENCE) -> None:
    """A physician of the provider file with the licence, who takes part under the tax ID."""
    factories.a_provider(npi, tax_id)
    apps.get_model("offices", "Provider").objects.filter(npi=npi).update(
        first_name=FIRST_NAME,
        last_name=LAST_NAME,
        name_key=LAST_NAME.upper(),
        licence_number=licence,
        licence_state=LICENCE_STATE,
    )
    affiliation = apps.get_model("offices", "Affiliation").objects.get(provider__npi=npi)
    affiliation.email = email
    affiliation.save(update_fields=["email"])
    apps.get_model("offices", "Participation").objects.create(
        affiliation=affiliation, line_id=cast.HMO, first_on=date(2025, 1, 1)
    )


def typed(digest: str) -> dict[str, dict[str, Any]]:
    """What a solo practitioner whose facts agree sends at each step."""
    return {
        "terms": {"digest": digest, "agree": "on"},
        "region": {"regions": ["north"]},
        "account": {"account_type": "physician"},
        "person": {"user_type": "solo_practitioner"},
        "at_hand": {},
        "facts": dict(FACTS),
        "contact": dict(CONTACT),
    }


def step(browser: Client, name: str, sent: Mapping[str, Any]) -> Any:
    """The answer to one step."""
    return browser.post(reverse(f"register_{name}"), sent)


def fill_in(browser: Client, digest: str, *, until: str = "", **changes: Mapping[str, Any]) -> None:
    """Does every step in order, up to `until` and without it; `changes` are sent instead at their steps."""
    for name in STEPS:
        if name == until:
            return
        sent = {**typed(digest)[name], **changes.get(name, {})} if name != "facts" else {}
        if name == "facts":
            sent = dict(changes.get(name, FACTS))
        answer = step(browser, name, sent)
        assert answer.status_code == 302, answer.content.decode()


def submit(browser: Client) -> Any:
    """The answer to sending it."""
    return browser.post(reverse("register_submit"))


def registered(browser: Client, digest: str, **changes: Any) -> Any:
    """The answer to a whole registration."""
    fill_in(browser, digest, **changes)
    return submit(browser)


def id_on(answer: Any) -> str:
    """The transaction ID that the page shows."""
    return str(answer.context["transaction_id"])


def look(browser: Client, transaction_id: str) -> Any:
    """The answer to the transaction ID at the status page."""
    return browser.post(reverse("register_status"), {"transaction_id": transaction_id})


def open_account(browser: Client, **changes: str) -> Any:
    """The answer to a username and a password."""
    sent = {"username": USERNAME, "password": PASSWORD, **changes}
    return browser.post(reverse("register_opening"), sent)


HOSPITAL_NPI: Final = str(identifiers.npi_with_check_digit("100000733"))
HOSPITAL_TAX_ID: Final = "612345603"
HOSPITAL_MAIL: Final = "office@okada-general.example.org"


def hospital_in_the_file() -> None:
    """The hospital as the provider file has it; it takes part in the line."""
    in_the_file(HOSPITAL_NPI, HOSPITAL_TAX_ID, email=HOSPITAL_MAIL, licence="")
    apps.get_model("offices", "Provider").objects.filter(npi=HOSPITAL_NPI).update(
        is_organization=True, first_name="", last_name=PLACE["office_name"], licence_state=""
    )


def take_part_in_nothing(npi: str = NPI) -> None:
    """The physician is on file, and takes part in no line any more."""
    apps.get_model("offices", "Participation").objects.filter(affiliation__provider__npi=npi).delete()
