"""People who ask for authorizations, and those of the plan who decide about them."""

from typing import Final

from portico.demo.offices import LAKESIDE
from portico.demo.personas import Grant, Persona, User
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Desk, Function

TWO_YEARS: Final = 760
_ASKING: Final = (
    Function.ELIGIBILITY,
    Function.BENEFITS,
    Function.AUTHORIZATION_INQUIRY,
    Function.AUTHORIZATION_SUBMISSION,
    Function.REFERRALS,
)
COORDINATOR, DOCTOR = "referral_coordinator", "office_doctor"
REVIEWER, DIRECTOR, SECOND_DIRECTOR = "clinical_reviewer", "medical_director", "second_medical_director"


def _asks() -> tuple[Persona, ...]:
    grant = Grant(_ASKING, LAKESIDE.tax_ids, from_day=-TWO_YEARS)
    return (Persona(PersonaKind.END_USER, LAKESIDE, grants=(grant,)),)


def _of(desk: Desk) -> tuple[Persona, ...]:
    return (Persona(PersonaKind.PLAN_STAFF, desk=desk),)


PEOPLE: Final[tuple[User, ...]] = (
    User(
        COORDINATOR,
        "petra.solano",
        "Petra",
        "Solano",
        "seven-forms-before-breakfast-3",
        "MJUXEZDTEBUW4IDUNBSSA43LPEQGC3TE",
        _asks(),
        "Lakeside's referral coordinator: authorizations and referrals of both tax IDs, two years of them",
    ),
    User(
        DOCTOR,
        "ansel.marchetti",
        "Ansel",
        "Marchetti",
        "a-signature-and-a-second-look",
        "ON2G64TNPEQHGZLBEBQW4ZBAMEQGYYLN",
        _asks(),
        "Reads and sends what Petra Solano drafts: a draft was handed over and waits on Today",
    ),
    User(
        REVIEWER,
        "rhea.lindgren",
        "Rhea",
        "Lindgren",
        "notes-first-and-then-the-scan-2",
        "OR3W6IDQMFTWK4ZAN5TCA3TPORSXGIDB",
        _of(Desk.CLINICAL_REVIEW),
        "The plan's clinical reviewer: the work list of requests, approves and asks for more, never denies",
    ),
    User(
        DIRECTOR,
        "birgit.salonen",
        "Birgit",
        "Salonen",
        "reasons-in-words-they-can-use-6",
        "NZXSA3LPOJSSA53POJSHGIDUNBQW4IDO",
        _of(Desk.MEDICAL_DIRECTION),
        "The plan's medical director: decides what is denied, with its reason, and talks with colleagues",
    ),
    User(
        SECOND_DIRECTOR,
        "tobias.ferrand",
        "Tobias",
        "Ferrand",
        "somebody-who-did-not-decide-it-1",
        "MFXG65DIMVZCA4DBNFZCA33GEBSXSZLT",
        _of(Desk.MEDICAL_DIRECTION),
        "A second medical director: decides appeals of what the first denied",
    ),
)
