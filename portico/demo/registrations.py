"""What to type to see each way a registration can go: whose numbers they are, and what comes of them.

Nothing here is registered while the demo is built, but for the practice whose licence is taken already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from portico.demo import identifiers, names, practices, regions, unregistered
from portico.demo.roster import Practice, Provider
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.claims import Claim, Reason

SOLO, ADMINISTRATOR, STAFF = "solo_practitioner", "delegated_administrator", "staff"
MATCHED, SUBMITTED, RECOGNISED, NOT_REGISTERED = "matched", "submitted", "recognised", "not_registered"


@dataclass(frozen=True, slots=True)
class Scenario:
    """What to type, and what comes of it: the state of the application, and the coded reason, if any.

    `corrected` is what to type when it may be corrected. `code_to`: the mail address on file that a code is
    mailed to, which the demo's mailbox shows.
    """

    key: str
    claim: Claim
    outcome: str
    says: str
    reason: Reason | None = None
    corrected: Mapping[str, str] = field(default_factory=dict)
    code_to: str = ""

    def record(self) -> dict[str, Any]:
        """The entry of `var/demo.json`."""
        claim = self.claim
        return {
            "key": self.key,
            "account_type": str(claim.account_type),
            "user_type": claim.user_type,
            "regions": list(claim.regions),
            "licence_state": claim.licence_state,
            "licence_number": claim.licence_number,
            "npi": claim.npi,
            "tax_ids": list(claim.tax_ids),
            "office_name": claim.office_name,
            "address": claim.address,
            "city": claim.city,
            "state_code": claim.state_code,
            "postal_code": claim.postal_code,
            "first_name": claim.first_name,
            "last_name": claim.last_name,
            "email": claim.email,
            "telephone": claim.telephone,
            "outcome": self.outcome,
            "reason": self.reason and str(self.reason),
            "corrected": dict(self.corrected),
            "contact_code": _code(self.code_to),
            "says": self.says,
        }


def solo(who: Provider, where: Practice) -> Claim:
    """The claim of a physician who runs the practice."""
    return Claim(
        account_type=AccountType.PHYSICIAN,
        user_type=SOLO,
        catalogue=0,
        regions=(where.region,),
        first_name=who.first_name,
        last_name=who.last_name,
        email=_mail(who.first_name, who.last_name),
        telephone=identifiers.telephone(where.town.area_code, 99),
        office_name=where.name,
        npi=who.npi,
        tax_ids=(where.tax_id,),
        licence_number=who.licence,
        licence_state=regions.STATE,
    )


def run_by(first_name: str, last_name: str, who: Provider, where: Practice) -> Claim:
    """The claim of somebody who runs the office of that physician."""
    claim = solo(who, where)
    mail = _mail(first_name, last_name)
    return replace(claim, user_type=ADMINISTRATOR, first_name=first_name, last_name=last_name, email=mail)


def organization(
    account_type: AccountType, first_name: str, last_name: str, who: Provider, where: Practice
) -> Claim:
    """The claim of an organisation's administrator."""
    return replace(
        run_by(first_name, last_name, who, where),
        account_type=account_type,
        licence_number="",
        licence_state="",
        address=where.street,
        city=where.town.name,
        state_code=regions.STATE,
        postal_code=where.town.postal_code,
    )


def _mail(first_name: str, last_name: str) -> str:
    return f"{plain(first_name)}.{plain(last_name)}@{identifiers.MAIL_DOMAIN}"


def plain(name: str) -> str:
    """The name in small letters alone, as usernames and mail addresses have it."""
    return "".join(filter(str.isalpha, names.without_accents(name))).lower()


def _code(address: str) -> str | None:
    """How to get the code that proves who one is."""
    return f"choose the mail on file; the code to {address} is at /demo/mailbox/" if address else None


_MARSH = solo(unregistered.LUCINDA_MARSH, unregistered.MARSH)
_PENROSE = solo(unregistered.FERDINAND_PENROSE, unregistered.PENROSE)
_SORVALD = solo(unregistered.ANNIKA_SORVALD, unregistered.SORVALD)
_MISTYPED: Final = "286220371"
_UNKNOWN: Final = replace(
    _SORVALD,
    first_name="Joachim",
    last_name="Fairweather",
    email=_mail("Joachim", "Fairweather"),
    office_name="Fairweather Family Care",
    npi=practices.npi(998),
    tax_ids=("899900017",),
    licence_number="A9900998",
)

TAKEN: Final = Scenario(
    "licence_claimed",
    solo(unregistered.INGRID_HALVORSEN, unregistered.HALVORSEN),
    SUBMITTED,
    "Somebody has registered with this licence already: the plan's desk looks who is right",
    Reason.LICENCE_CLAIMED,
)
SCENARIOS: Final = (
    Scenario(
        "solo_instant",
        _SORVALD,
        MATCHED,
        "Solo physician, everything agrees: in at once, patients open after an authenticator and a code",
        code_to=unregistered.SORVALD.email,
    ),
    Scenario(
        "solo_nothing_on_file",
        solo(unregistered.TOBIN_ACHTERBERG, unregistered.ACHTERBERG),
        MATCHED,
        "In at once as well; nothing is on file to send a code to, so patients wait for documents",
    ),
    Scenario(
        "tax_id_mistyped",
        replace(_MARSH, tax_ids=(_MISTYPED,)),
        SUBMITTED,
        "The tax ID has two digits swapped; corrected by the transaction ID, it goes through at once",
        Reason.TAX_ID_DIFFERS,
        {"tax_ids": unregistered.MARSH.tax_id},
        unregistered.MARSH.email,
    ),
    Scenario(
        "licence_renewed",
        replace(_PENROSE, licence_number=unregistered.RENEWED_LICENCE),
        SUBMITTED,
        "The licence has a new number that is not on file yet: hand in a copy of it, and the desk approves",
        Reason.LICENCE_DIFFERS,
    ),
    Scenario(
        "physician_administrator",
        run_by("Nora", "Whitlock", unregistered.HESPER_VALE, unregistered.VALE),
        SUBMITTED,
        "Runs the office of a physician: everything agrees, and the desk looks all the same",
        Reason.ALWAYS_REVIEWED,
    ),
    Scenario(
        "medical_group",
        organization(
            AccountType.MEDICAL_GROUP, "Conrad", "Bligh", unregistered.THE_GROUP, unregistered.GRANITE_LAKE
        ),
        SUBMITTED,
        "A medical group goes to the queue, and two people of the plan have to say yes",
        Reason.ALWAYS_REVIEWED,
    ),
    Scenario(
        "hospital",
        organization(
            AccountType.HOSPITAL, "Leonora", "Quist", unregistered.THE_HOSPITAL, unregistered.STILLWATER
        ),
        SUBMITTED,
        "A hospital goes to the queue; approved, a link is mailed that opens with the transaction ID",
        Reason.ALWAYS_REVIEWED,
    ),
    Scenario(
        "ancillary",
        organization(
            AccountType.ANCILLARY, "Basil", "Thornbury", unregistered.THE_DIALYSIS, unregistered.TULE_CREEK
        ),
        SUBMITTED,
        "A dialysis center goes to the queue",
        Reason.ALWAYS_REVIEWED,
    ),
    Scenario(
        "tax_id_shared",
        solo(unregistered.MAREN_LOCKE, unregistered.OSPREY),
        SUBMITTED,
        "Everything agrees, and a colleague bills under the tax ID too: the desk looks first",
        Reason.TAX_ID_SHARED,
    ),
    Scenario(
        "office_exists",
        solo(practices.GRACE_LIN, practices.LAKESIDE),
        RECOGNISED,
        "The office has an account: a code to its own mail names the administrators who can let one in",
        Reason.OFFICE_EXISTS,
        code_to=practices.LAKESIDE.email,
    ),
    Scenario(
        "not_participating",
        solo(unregistered.GIDEON_ASHWORTH, unregistered.ASHWORTH),
        SUBMITTED,
        "Takes part in no line of business: the way leads to /join-network/",
        Reason.NOT_PARTICIPATING,
    ),
    Scenario(
        "excluded",
        solo(unregistered.SILAS_DRUMMOND, unregistered.DRUMMOND),
        SUBMITTED,
        "Stands on the list of exclusions; the applicant reads only that it is being checked",
        Reason.BEING_CHECKED,
    ),
    Scenario(
        "licence_not_active",
        solo(unregistered.OTTILIE_KERR, unregistered.KERR),
        SUBMITTED,
        "The state's list of licences has it as expired",
        Reason.LICENCE_NOT_ACTIVE,
    ),
    TAKEN,
    Scenario(
        "nothing_matches",
        _UNKNOWN,
        SUBMITTED,
        "Numbers that nobody has on file: no field is named",
        Reason.NOTHING_MATCHES,
    ),
    Scenario(
        "staff",
        replace(
            _SORVALD,
            user_type=STAFF,
            first_name="Marguerite",
            last_name="Pell",
            email=_mail("Marguerite", "Pell"),
        ),
        NOT_REGISTERED,
        "A biller does not register: is told who invites, and what to ask them for",
    ),
)


def records() -> list[dict[str, Any]]:
    """Every entry of `var/demo.json`'s `registrations`, in the order of the scenarios."""
    return [scenario.record() for scenario in SCENARIOS]
