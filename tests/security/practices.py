"""The practices that a stranger may try the numbers of: on file, here with an account, excluded, nobody's."""

from collections.abc import Mapping
from typing import Final

from portico.domains.registration.tests import registering as rows
from portico.shared import identifiers
from tests.security import alike
from tests.support import registering, visiting
from tests.support.registering import FACTS, OF_OFFICE

Facts = Mapping[str, str]
EMAIL: Final = "a.stranger{}@example.org"


def _facts(number: int) -> Facts:
    numbers = {
        "npi": str(identifiers.npi_with_check_digit(f"10000{number:04}")),
        "tax_id_0": f"61990{number:04}",
        "licence_number": f"C77{number:04}",
    }
    return {**FACTS, **numbers}


HERE: Final[Facts] = dict(FACTS)
NOBODYS, NOBODYS_TOO, FREE, EXCLUDED = (_facts(number) for number in (901, 905, 902, 903))
KNOWN: Final[Mapping[str, Facts]] = {
    "on file": FREE,
    "of one here": HERE,
    "of an office here": OF_OFFICE,
    "of one excluded": EXCLUDED,
}


ORGANIZATION: Final[Facts] = {
    **registering.PLACE,
    "npi": str(identifiers.npi_with_check_digit("100000904")),
    "tax_id_0": "619900904",
    "office_name": "Weir Hospital",
}


def an_organization() -> None:
    """The organization on file, under its own tax ID."""
    facts = {"is_organization": True, "first_name": "", "last_name": ORGANIZATION["office_name"]}
    rows.a_provider(ORGANIZATION["npi"], ORGANIZATION["tax_id_0"], participates=False, **facts)


def prepare() -> str:
    """All of them, the list of exclusions loaded; answers the digest of the terms in force."""
    digest = registering.prepare()
    for facts in (FREE, EXCLUDED):
        registering.in_the_file(facts["npi"], facts["tax_id_0"], licence=facts["licence_number"])
    rows.excluded(npi=EXCLUDED["npi"])
    browser = alike.stranger()
    registering.registered(browser, digest, contact={"email": EMAIL.format("")})
    opened = registering.open_account(browser)
    assert opened.status_code == 302, visiting.seen(opened)
    return digest


def load_licences() -> None:
    """The state's list of licences, which holds none of theirs."""
    rows.licence_list()
