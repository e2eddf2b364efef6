"""The people of Cedar Ridge Medical Group whom its own administrators let in: who, as what, and how far.

Everybody begins with a role; `says` is what there is to see, for those one can sign in as.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portico.demo import identifiers, offices, practices

MAIN: Final = practices.CEDAR_RIDGE.tax_id
SPECIALISTS: Final = practices.CEDAR_RIDGE_SPECIALISTS.tax_id
BOTH: Final = frozenset((MAIN, SPECIALISTS))
EMPLOYER: Final = frozenset(("employer-hmo", "employer-ppo", "employer-epo"))
WHOLE, NARROW = "group_administrator", "narrow_administrator"


class Came(StrEnum):
    """How far somebody has come."""

    NOT = "not"
    SIGNED_IN = "signed_in"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody let in so many days ago by an administrator (a key), as a role under these tax IDs.

    None is no limit. `days_left`: how long the access lasts. `office`: whose they are. Without a password
    nobody is to sign in as them.
    """

    key: str
    name: str
    role: str
    days_ago: int
    by: str = WHOLE
    tax_ids: frozenset[str] = BOTH
    providers: frozenset[str] | None = None
    lines: frozenset[str] | None = None
    days_left: int | None = None
    came: Came = Came.VERIFIED
    password: str = ""
    says: str = ""
    office: str = offices.CEDAR_RIDGE.key

    @property
    def username(self) -> str:
        """What they sign in with."""
        return self.name.lower().replace(" ", ".")

    @property
    def email(self) -> str:
        """Where their mail goes."""
        return f"{self.username}@{identifiers.MAIL_DOMAIN}"


NARROWER: Final = Hand(
    NARROW,
    "Tomas Verhoeven",
    "administrator",
    112,
    tax_ids=frozenset((SPECIALISTS,)),
    password="only-the-second-floor-is-mine",
    says="Administers the Specialists' tax ID alone, gives a front desk's functions: other boxes say why not",
)
EARLY: Final = (
    Hand(
        "asks_now",
        "Agnes Lowell",
        "front_desk",
        110,
        lines=EMPLOYER,
        password="the-window-seat-in-the-morning",
        says="Front desk, employer lines: has just asked for Medi-Cal; see Access requests and its clock",
    ),
    Hand("asks_reminded", "Bruno Haas", "front_desk", 109),
    Hand(
        "asks_plan",
        "Celia Marchetti",
        "biller",
        108,
        password="numbers-that-add-up-by-noon",
        says="Biller: nobody answered her request, so it went on to the plan's desk",
    ),
    Hand(
        "asked_approved",
        "Dmitri Olsen",
        "authorization_coordinator",
        107,
        lines=EMPLOYER,
        password="forms-in-triplicate-again-77",
        says="Authorization coordinator: his request was approved a business day ago; the line is open",
    ),
    Hand(
        "asked_denied",
        "Edda Fairbanks",
        "clinician",
        106,
        tax_ids=frozenset((MAIN,)),
        providers=frozenset((practices.HELEN_PARK.npi, practices.LUIS_ARANDA.npi)),
        password="two-doctors-and-one-stairway",
        says="Clinician for two named providers: her request was denied, with the reason",
    ),
)
LATER: Final = (
    Hand(
        "ends_soon",
        "Felix Norwood",
        "read_only",
        52,
        lines=EMPLOYER,
        days_left=72,
        password="auditing-until-the-leaves-fall",
        says="Read-only with an end date, three weeks from now; was refused ten times on one day",
    ),
    Hand(
        "specialist_desk",
        "Greta Sandoval",
        "front_desk",
        50,
        by=NARROW,
        tax_ids=frozenset((SPECIALISTS,)),
        providers=frozenset((practices.NADIA_KHOURY.npi,)),
    ),
    Hand("changed_often", "Julian Cross", "front_desk", 48),
    Hand("one_line", "Ivana Petrov", "authorization_coordinator", 45, lines=frozenset(("medi-cal",))),
    Hand("not_verified", "Hamish Boyle", "biller", 9, lines=EMPLOYER, came=Came.SIGNED_IN),
    Hand("not_come", "Leopold Quill", "clinician", 2, tax_ids=frozenset((MAIN,)), came=Came.NOT),
)
PROPOSED: Final = Hand("proposed", "Kirsten Dahl", "front_desk", 5, tax_ids=frozenset((SPECIALISTS,)))
NEW_BILLER: Final = Hand(
    "new_biller",
    "Wren Halloran",
    "biller",
    3,
    lines=EMPLOYER,
    password="found-the-right-door-at-last",
    says="The new biller: let in, verified, missed Medi-Cal, asked, got it: see Access requests",
)
