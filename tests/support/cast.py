"""The people of the small world: who they are, what they act as, and what they were given.

One person for each way of standing before a door. All of them have the same password; those with a second
factor the same authenticator.
"""

from dataclasses import dataclass

from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import GRANTABLE, TRAITS, Desk, Function

LAKESIDE, HILLCREST = "lakeside", "hillcrest"
OWN, SECOND, UNGRANTED, NOT_IN_NETWORK = "171234567", "171234568", "171234569", "171234570"
FOREIGN = "181234567"
UNKNOWN_TAX_ID = "189999999"
HMO, PPO, MEDI_CAL = "employer-hmo", "employer-ppo", "medi-cal"

PASSWORD = "a long enough pass phrase"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

EVERYTHING = tuple(function for function in GRANTABLE if TRAITS[function].phi)
ELIGIBILITY = (Function.ELIGIBILITY,)


@dataclass(frozen=True, slots=True)
class Person:
    """A user with one persona; `lines` empty means every line, `tax_ids` are those of every grant.

    `grants_ended`: they were taken away after the person had worked here for a while. Not `is_activated`:
    the steps of the first sign-in are done as far as the recovery codes.
    """

    key: str
    kind: PersonaKind = PersonaKind.END_USER
    office: str = LAKESIDE
    desk: Desk | None = None
    functions: tuple[Function, ...] = EVERYTHING
    tax_ids: tuple[str, ...] = (OWN,)
    lines: tuple[str, ...] = ()
    has_factor: bool = True
    is_verified: bool = True
    state: str = "active"
    audience: str = "provider"
    grant_state: GrantState = GrantState.ACTIVE
    grant_over: bool = False
    grant_ahead: bool = False
    grants_ended: bool = False
    is_activated: bool = True

    @property
    def username(self) -> str:
        """What the person types to sign in."""
        return self.key.replace("_", ".")


def _staff(key: str, desk: Desk) -> Person:
    return Person(key, PersonaKind.PLAN_STAFF, office="", desk=desk, functions=(), tax_ids=())


CAST: tuple[Person, ...] = (
    Person("front_desk"),
    Person("colleague", tax_ids=(SECOND,)),
    Person("outsider", office=HILLCREST, tax_ids=(FOREIGN,)),
    Person("medi_cal_only", lines=(MEDI_CAL,)),
    Person("eligibility_only", functions=ELIGIBILITY),
    Person("out_of_network", tax_ids=(NOT_IN_NETWORK,)),
    Person("without_function", functions=(Function.DIRECTORY_MAINTENANCE,)),
    Person("administrator", PersonaKind.ADMINISTRATOR, functions=(Function.MANAGE_USERS,)),
    _staff("operations", Desk.OPERATIONS),
    _staff("member_services", Desk.MEMBER_SERVICES),
    _staff("support", Desk.SUPPORT),
    _staff("communications", Desk.COMMUNICATIONS),
    _staff("medical_director", Desk.MEDICAL_DIRECTION),
    Person("no_factor", has_factor=False),
    Person("suspended"),
    Person("disabled"),
    Person("revoked", grants_ended=True),
    Person("expired", grant_over=True),
    Person("early", grant_ahead=True),
    Person("proposed", grant_state=GrantState.PROPOSED),
    Person("unverified", is_verified=False),
    Person("pending", state="pending"),
    Person("broker", audience="broker"),
    Person("invited", is_activated=False),
)
# They stand before no other door than those above do; what they hold is for comparing doors with.
FURTHER = (
    Person("two_tax_ids", tax_ids=(OWN, SECOND)),
    _staff("operations_too", Desk.OPERATIONS),
    _staff("reviewer", Desk.CLINICAL_REVIEW),
)
PEOPLE = {person.key: person for person in (*CAST, *FURTHER)}
VISITOR = "visitor"
ACTORS = (VISITOR, *(person.key for person in CAST))
