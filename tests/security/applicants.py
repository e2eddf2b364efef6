"""Every way in which a stranger types somebody's numbers and names into a registration, or a wish to join.

Which field differs is told only where all others agree; so sides are compared that have as many wrong.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.registration.claims import Reason
from portico.edges.web.register.reason_words import REASONS
from tests.security import alike, practices
from tests.security.alike import Side
from tests.security.practices import EMAIL, EXCLUDED, FREE, HERE, KNOWN, NOBODYS, Facts
from tests.security.strangers import DISABLED, NOBODY, SUSPENDED
from tests.security.strangers import KNOWN as SOMEBODY
from tests.security.ways import Sides, Way, side
from tests.support import cast, inviting, joining_network, registering
from tests.support.registering import OF_OFFICE
from tests.support.world import World

FACTS_OF = ("npi", "tax_id_0", "licence_number")
WISH = {**joining_network.SENT, "regions": ["north"]}
OF_PEOPLE: Mapping[str, Mapping[str, str]] = {
    "nobody's": {},
    "somebody's mailbox": {"email": f"{SOMEBODY}@example.org"},
    "a mailbox on file": {"email": registering.ON_FILE},
    "another name": {"first_name": "Desk", "last_name": "Front"},
}


def _begun(digest: str, *, until: str) -> Client:
    browser = alike.stranger()
    registering.fill_in(browser, digest, until=until)
    return browser


def _typed_facts(world: World) -> Sides:
    """Numbers that are sent at their step, and looked up nowhere yet."""
    del world
    digest = practices.prepare()
    facts = {"nobody's": NOBODYS, **KNOWN}
    return {
        key: side("register_facts", each, browser=_begun(digest, until="facts"))
        for key, each in facts.items()
    }


def _typed_contact(world: World) -> Sides:
    """Mailboxes and names that are sent at their step."""
    world["front_desk"]
    digest = practices.prepare()
    return {
        key: side(
            "register_contact", {**registering.CONTACT, **each}, browser=_begun(digest, until="contact")
        )
        for key, each in OF_PEOPLE.items()
    }


def _while_typed(name: str, *values: str) -> Callable[[World], Sides]:
    """A field that is looked at while it is typed: the first value is nobody's."""

    def sides(world: World) -> Sides:
        del world
        practices.prepare()
        inviting.invite()
        return {each: side("register_check", {"check": name, name: each}) for each in values}

    return sides


def _submitted(claims: Mapping[str, tuple[Facts, Mapping[str, str]]], digest: str) -> Sides:
    return {key: _sent(digest, place, *claims[key]) for place, key in enumerate(claims)}


def _sent(digest: str, place: int, facts: Facts, contact: Mapping[str, str]) -> Side:
    browser = alike.stranger()
    reached = {"email": EMAIL.format(place), **contact}
    registering.fill_in(browser, digest, facts=facts, contact=reached)
    return Side(lambda: registering.submit(browser))


def _nothing_together(world: World) -> Sides:
    """Numbers that do not belong together: of nobody, and each that is known among nobody's."""
    world["front_desk"]
    alone = {
        f"the {name} {whose}": {**NOBODYS, name: facts[name]}
        for whose, facts in KNOWN.items()
        for name in FACTS_OF
    }
    claims = {key: (facts, OF_PEOPLE["nobody's"]) for key, facts in ({"nobody's": NOBODYS} | alone).items()}
    people = {key: (NOBODYS, contact) for key, contact in OF_PEOPLE.items() if contact}
    return _submitted(claims | people, practices.prepare())


def _one_wrong(name: str) -> Callable[[World], Sides]:
    """One number is nobody's or somebody else's, the others of one on file, here, or in an office here."""

    def sides(world: World) -> Sides:
        del world
        wrong = {
            f"{whose}, the {name} {other}": ({**facts, name: number}, OF_PEOPLE["nobody's"])
            for whose, facts in (("on file", FREE), ("here", HERE), ("an office here", OF_OFFICE))
            for other, number in _others(name, facts)
        }
        return _submitted(wrong, practices.prepare())

    return sides


def _others(name: str, own: Facts) -> list[tuple[str, str]]:
    known = [(whose, facts[name]) for whose, facts in KNOWN.items() if facts[name] != own[name]]
    return [("of nobody", NOBODYS[name]), *known]


def _another_name(world: World) -> Sides:
    """Whose numbers they are does not show where the name is another's."""
    del world
    claims = {whose: (facts, OF_PEOPLE["another name"]) for whose, facts in KNOWN.items()}
    return _submitted(claims, practices.prepare())


def _being_checked(world: World) -> Sides:
    """All agrees, and the list of licences holds none of them; whether that, or an exclusion, is not told."""
    del world
    digest = practices.prepare()
    practices.load_licences()
    return _submitted({whose: (facts, {}) for whose, facts in KNOWN.items()}, digest)


def _corrected(act: str) -> Callable[[World], Sides]:
    """One's own registration, corrected to numbers that do not belong together either."""

    def sides(world: World) -> Sides:
        del world
        digest, found = practices.prepare(), {}
        alike.stranger().get(reverse("register_status"))
        numbers = {"nobody's": practices.NOBODYS_TOO, **KNOWN}
        for place, (key, facts) in enumerate(numbers.items()):
            made = _sent(digest, place, NOBODYS, {}).ask()
            whose = {"transaction_id": registering.id_on(made)}
            found[key] = correction = side("register_correct", {**whose, "npi": facts["npi"]})
            if act == "register_finish":
                assert correction.ask().status_code == 200
                found[key] = side(act, whose)
        return found

    return sides


def _organizations(world: World) -> Sides:
    """Numbers and names that do not belong together, of one that is no person."""
    del world
    digest = practices.prepare()
    practices.an_organization()
    facts: dict[str, Facts] = {
        "nobody's": {"npi": NOBODYS["npi"], "tax_id_0": NOBODYS["tax_id_0"]},
        "npi": {"tax_id_0": NOBODYS["tax_id_0"]},
        "npi, and the tax id of an office here": {"tax_id_0": cast.OWN},
        "the same under that office's name": {"tax_id_0": cast.OWN, "office_name": _name_of_own()},
        "tax id": {"npi": NOBODYS["npi"]},
        "tax id of an office here": {"npi": NOBODYS["npi"], "tax_id_0": cast.OWN},
        "npi of one excluded": {"npi": EXCLUDED["npi"]},
    }
    sides = {}
    for place, (key, each) in enumerate(facts.items()):
        browser = alike.stranger()
        claim = {**practices.ORGANIZATION, "office_name": "Another House", **each}
        contact = {"email": EMAIL.format(place)}
        registering.fill_in(browser, digest, **{**registering.HOSPITAL, "facts": claim, "contact": contact})
        sides[key] = Side(lambda browser=browser: registering.submit(browser))  # type: ignore[misc]
    return sides


def _name_of_own() -> str:
    """What the own tax ID is called on file."""
    return str(apps.get_model("offices", "TaxId").objects.get(number=cast.OWN).name)


def _asked_to_join(world: World) -> Sides:
    """Numbers of an office that would like to join the network."""
    world["front_desk"]
    practices.prepare()
    alike.stranger().get(reverse("join_network_ask"))
    wishes: dict[str, dict[str, Any]] = {
        "nobody's": {},
        "npi": {"npi": HERE["npi"]},
        "tax id": {"tax_id": cast.OWN},
        "both": {"npi": HERE["npi"], "tax_id": HERE["tax_id_0"]},
        "excluded": {"npi": EXCLUDED["npi"], "tax_id": EXCLUDED["tax_id_0"]},
        "mailbox": {"email": f"{SOMEBODY}@example.org"},
    }
    return {
        key: side("join_network_ask", {**WISH, "email": EMAIL.format(place), **each})
        for place, (key, each) in enumerate(wishes.items())
    }


def _each(name: str) -> tuple[str, ...]:
    return tuple(facts[name] for facts in (NOBODYS, *KNOWN.values()))


def _says(reason: Reason) -> str:
    return REASONS[reason].headline


WAYS = {
    "numbers at their step": Way("register_facts", _typed_facts),
    "a mailbox at its step": Way("register_contact", _typed_contact),
    "an NPI while it is typed": Way("register_check", _while_typed("npi", *_each("npi"))),
    "a tax ID while it is typed": Way(
        "register_check", _while_typed("tax_id_0", *(each["tax_id_0"] for each in (NOBODYS, FREE, HERE)))
    ),
    "a licence while it is typed": Way(
        "register_check", _while_typed("licence_number", *_each("licence_number"))
    ),
    "a mailbox while it is typed": Way(
        "register_check", _while_typed("email", "n@o.example", f"{SOMEBODY}@example.org", registering.ON_FILE)
    ),
    "a username while it is typed": Way(
        "register_check",
        _while_typed("username", NOBODY, SOMEBODY, DISABLED, SUSPENDED, inviting.USERNAME),
        says="This can be a username",
    ),
    "numbers that do not belong together": Way(
        "register_submit", _nothing_together, says=_says(Reason.NOTHING_MATCHES)
    ),
    "another NPI": Way("register_submit", _one_wrong("npi"), says=_says(Reason.NPI_DIFFERS)),
    "another tax ID": Way("register_submit", _one_wrong("tax_id_0"), says=_says(Reason.TAX_ID_DIFFERS)),
    "another licence": Way(
        "register_submit", _one_wrong("licence_number"), says=_says(Reason.LICENCE_DIFFERS)
    ),
    "another name": Way("register_submit", _another_name, says=_says(Reason.NAME_DIFFERS)),
    "a correction": Way("register_correct", _corrected("register_correct"), says="What you entered is kept"),
    "the end of correcting": Way(
        "register_finish", _corrected("register_finish"), says=_says(Reason.NOTHING_MATCHES)
    ),
    "an organization's numbers": Way("register_submit", _organizations, says=_says(Reason.NOTHING_MATCHES)),
    "what is being checked": Way("register_submit", _being_checked, says=_says(Reason.BEING_CHECKED)),
    "a wish to join": Way("join_network_ask", _asked_to_join, says="Your request has arrived"),
}
