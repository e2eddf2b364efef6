"""The demo's connected systems: a clearinghouse and an application that work, and two that are refused.

Passwords and keys are made while the demo is built, as for anybody, and stand in `var/demo.json` only.
"""

from dataclasses import dataclass

from portico.demo import people, practices
from portico.demo.offices import LAKESIDE, Office
from portico.demo.personas import Grant
from portico.demo.roster import Practice
from portico.domains.permits.functions import Function

SCOPES = ("system/Coverage.rs", "system/Patient.rs")


@dataclass(frozen=True, slots=True)
class System:
    """A system that asks for a practice of an office, kept in `var/demo.json` under `key`.

    A trading partner has a `sender_id`, a FHIR client none.
    """

    key: str
    name: str
    office: Office
    practice: Practice
    grant: Grant
    says: str
    sender_id: str = ""
    is_revoked: bool = False

    @property
    def npi(self) -> str:
        """An NPI that bills under the practice's tax ID."""
        return practices.npi_of(self.practice)

    @property
    def contact_email(self) -> str:
        """Its technician's mail."""
        return f"it@{self.practice.email.partition('@')[2]}"


_LAKESIDES = (practices.LAKESIDE.tax_id,)
_ASKING = Grant(people.FRONT_DESK, _LAKESIDES, people.MOST_LINES)
_MONEY = (Function.CLAIMS_INQUIRY, Function.REMITTANCE, Function.ENCOUNTERS)
_REQUESTS = (Function.AUTHORIZATION_INQUIRY, Function.AUTHORIZATION_SUBMISSION, Function.REFERRALS)
_EXCHANGING = Grant((*people.FRONT_DESK, *_MONEY, *_REQUESTS), _LAKESIDES, people.MOST_LINES)
_ENDED = Grant(people.FRONT_DESK, _LAKESIDES, people.MOST_LINES, to_day=-14)

TRADING_PARTNER = System(
    "trading_partner",
    "Lakeside practice software",
    LAKESIDE,
    practices.LAKESIDE,
    _EXCHANGING,
    "By X12: eligibility, benefits, claim status, payments, encounters, authorizations; six of the lines",
    sender_id="LAKESIDEFM",
)
FHIR_CLIENT = System(
    "fhir_client",
    "Lakeside care dashboard",
    LAKESIDE,
    practices.LAKESIDE,
    _ASKING,
    "Asks by FHIR: the same",
)
GRANT_ENDED = System(
    "grant_ended",
    "Lakeside billing bureau",
    LAKESIDE,
    practices.LAKESIDE,
    _ENDED,
    "Signs in, and its grants ended two weeks ago: grant_expired",
    sender_id="LAKEBILLING",
)
REVOKED = System(
    "revoked",
    "Former clearinghouse",
    LAKESIDE,
    practices.LAKESIDE,
    _ASKING,
    "Was revoked: signs in no more",
    sender_id="OLDCLEARING",
    is_revoked=True,
)
SYSTEMS = (REVOKED, GRANT_ENDED, FHIR_CLIENT, TRADING_PARTNER)
