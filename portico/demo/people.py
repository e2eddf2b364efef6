"""The demo's people who sign in: who they are, what they were granted, and how they get in.

The passwords and authenticator secrets are published on purpose: they open a demo on this machine, nothing
else.
"""

from portico.demo import audiences, authorizers, billers, delegates, newcomers, practices
from portico.demo.lines import CODES
from portico.demo.offices import BRIGHT_RIVER, CEDAR_RIDGE, HARBOR_POINT, LAKESIDE, VANDERMEER, Office
from portico.demo.personas import Grant, Persona, User
from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import Desk, Function

FRONT_DESK = (Function.ELIGIBILITY, Function.BENEFITS)
_BILLING = (*FRONT_DESK, Function.CLAIMS_INQUIRY, Function.CLAIM_SUBMISSION, Function.REMITTANCE)
_AUTHORIZING = (
    *FRONT_DESK,
    Function.AUTHORIZATION_INQUIRY,
    Function.AUTHORIZATION_SUBMISSION,
    Function.REFERRALS,
)
_MANAGING = (Function.MANAGE_USERS,)
MOST_LINES = tuple(code for code in CODES if code not in ("employer-epo", "individual-medicare-advantage"))


def _end_user(office: Office, *grants: Grant) -> Persona:
    return Persona(PersonaKind.END_USER, office, grants=grants)


def _administrator(office: Office) -> Persona:
    return Persona(PersonaKind.ADMINISTRATOR, office, grants=(Grant(_MANAGING, office.tax_ids),))


def _staff(desk: Desk) -> Persona:
    return Persona(PersonaKind.PLAN_STAFF, desk=desk)


def _user(name: str, key: str, password: str, secret: str | None, persona: Persona, says: str) -> User:
    first, last = name.split()
    return User(key, f"{first}.{last}".lower(), first, last, password, secret, (persona,), says)


_PEDIATRICS_ONLY = (practices.LAKESIDE_PEDIATRICS.tax_id,)
_BOTH = LAKESIDE.tax_ids

PEOPLE: tuple[User, ...] = (
    _user(
        "Dana Whitfield",
        "front_desk",
        "lakeside-morning-coffee-41",
        "XLJWGJ6SKQC6IYQQ65PJRNFMQVA3I46D",
        _end_user(LAKESIDE, Grant(FRONT_DESK, _BOTH, MOST_LINES)),
        "Front desk: eligibility and benefits, both tax IDs, six of the eight lines",
    ),
    _user(
        "Marcus Bell",
        "biller",
        "paper-clips-and-ledgers-7",
        "Y3ZML2OEQAPU3KTJ2VA7K7G5ZGHYGUDD",
        _end_user(LAKESIDE, Grant(_BILLING, _PEDIATRICS_ONLY)),
        "Biller: eligibility, benefits and claims, for Lakeside Pediatrics' tax ID only",
    ),
    _user(
        "Priya Raman",
        "administrator",
        "keys-to-the-whole-office-12",
        "CXJMFFWGRT46PSR7EVJUK5QV3TPZHOTN",
        _administrator(LAKESIDE),
        "Delegated administrator: manages users, sees no member",
    ),
    _user(
        "Owen Castellano",
        "other_office",
        "cedar-ridge-afternoon-tea",
        "SM7XIDNI4YZQT7TCLKEIDYRLDBHTCDZ3",
        _end_user(CEDAR_RIDGE, Grant(_AUTHORIZING, CEDAR_RIDGE.tax_ids)),
        "End user at Cedar Ridge Medical Group: eligibility, benefits, authorizations, every line",
    ),
    _user(
        "Joan Merritt",
        "plan_staff",
        "northlake-operations-desk-3",
        "VVJ55GGSVSOBRGJG5BRS3QISK77YMEER",
        _staff(Desk.OPERATIONS),
        "The plan's operations desk: verifies receipts, reviews feeds, reads the audit",
    ),
    _user(
        "Theo Alvarado",
        "support_staff",
        "happy-to-help-you-today-88",
        "CL7OITY4KNBW6V4KBUXZGRBHSQZ5ZXTU",
        _staff(Desk.SUPPORT),
        "The plan's support desk: provisioning and work items, no member data",
    ),
    _user(
        "Lena Fischer",
        "member_services_staff",
        "member-services-by-the-lake",
        "54J44E6D3TLTVGWV6NI35I6CSUSBP73E",
        _staff(Desk.MEMBER_SERVICES),
        "The plan's member services desk: verifies receipts",
    ),
    User(
        "solo_physician",
        "ilse.vandermeer",
        "Ilse",
        "Vandermeer",
        "one-doctor-and-a-small-boat",
        "OAUVAVNZIK2GHNA3GSUHN7PM4EJDX2PA",
        (_end_user(VANDERMEER, Grant(_BILLING, VANDERMEER.tax_ids)), _administrator(VANDERMEER)),
        "Solo physician with two personas: end user, and administrator by the open switch",
    ),
    _user(
        "Beatriz Fontana",
        "second_administrator",
        "spare-set-of-office-keys-2",
        "G5ZC5H2Y64E24YV5UDQ7SH43YHPJMD52",
        _administrator(LAKESIDE),
        "Lakeside's second administrator",
    ),
    _user(
        "Cora Adeyemi",
        "named_provider",
        "only-for-doctor-grace-lin",
        "7QSMKKHUOGT5YMKCMCRS7V2M3IEWSQWY",
        _end_user(
            LAKESIDE, Grant(FRONT_DESK, (practices.LAKESIDE.tax_id,), providers=(practices.GRACE_LIN.npi,))
        ),
        "End user at Lakeside for one provider only: Grace Lin",
    ),
    _user(
        "Gil Navarro",
        "expired_grant",
        "summer-temp-until-august-31",
        "STO5XLBUEYYFOPXCPN5W6CMVOON3AVF6",
        _end_user(LAKESIDE, Grant(FRONT_DESK, _BOTH, to_day=-14)),
        "The grants ended two weeks ago: grant_expired",
    ),
    _user(
        "Ruth Oyelaran",
        "proposed_grant",
        "waiting-for-a-second-yes-5",
        "NVSTM7DHH56345DSVKTSGAQJDISUPGCE",
        _end_user(LAKESIDE, Grant(FRONT_DESK, _BOTH, state=GrantState.PROPOSED, from_day=-2)),
        "The grants wait to be confirmed: grant_proposed",
    ),
    _user(
        "Simon Takeda",
        "future_grant",
        "first-day-is-next-monday-9",
        "U3SFP4RCLV54JKCHZ4IG2TKP4THBKDJT",
        _end_user(LAKESIDE, Grant(FRONT_DESK, _BOTH, from_day=10)),
        "The grants begin in ten days: grant_not_yet_active",
    ),
    User(
        "locked_user",
        "walt.jennings",
        "Walt",
        "Jennings",
        "forgot-it-five-times-over",
        "EJFPJWKZQRGJ65KS2CRWJZI4AP77PT6A",
        (_end_user(LAKESIDE, Grant(FRONT_DESK, _BOTH)),),
        "Locked after too many misses: account_locked",
        locked=True,
    ),
    _user(
        "Ines Calloway",
        "no_second_factor",
        "new-phone-not-set-up-yet-1",
        None,
        _end_user(LAKESIDE, Grant(FRONT_DESK, _BOTH)),
        "No second factor yet: nothing about members opens before one is set up",
    ),
    User(
        "unverified_user",
        "noel.abernathy",
        "Noel",
        "Abernathy",
        "papers-still-in-the-mail-6",
        "MM45CGMA236OVRLR6RAAKDFB43U5ZXIN",
        (_end_user(CEDAR_RIDGE, Grant(FRONT_DESK, CEDAR_RIDGE.tax_ids)),),
        "Identity not proven yet: verification_required",
        verified=False,
    ),
    _user(
        "Hugo Lindgren",
        "hospital_user",
        "night-shift-at-the-harbor-4",
        "ASCRSJSJZY5IJG4ZEPG7MZ4MLH3WIBKJ",
        _end_user(HARBOR_POINT, Grant(_AUTHORIZING, HARBOR_POINT.tax_ids)),
        "End user at Harbor Point Hospital: eligibility, benefits, authorizations, every line",
    ),
    _user(
        "Amy Zielinski",
        "ancillary_user",
        "pictures-of-bones-and-lungs",
        "L5RQNC6UZ3WJY2TDKVAEPHX7OMGB4SIF",
        _end_user(BRIGHT_RIVER, Grant(FRONT_DESK, BRIGHT_RIVER.tax_ids, BRIGHT_RIVER.practices[0].lines)),
        "End user at Bright River Imaging: eligibility and benefits in the lines it takes part in",
    ),
    User(
        "invited_user",
        "gwen.ashby",
        "Gwen",
        "Ashby",
        None,
        None,
        (_end_user(LAKESIDE, Grant(FRONT_DESK, _BOTH)),),
        "Invited a moment ago: the temporary password is in the mailbox, good for a day",
        verified=False,
        agreed=False,
    ),
    User(
        "suspended_user",
        "saul.whitmore",
        "Saul",
        "Whitmore",
        "back-from-a-long-sabbatical",
        "KRSXG5CTMVRXEZLUKN2XAZLSKNSWG4TF",
        (_end_user(LAKESIDE, Grant(FRONT_DESK, _BOTH)),),
        "Suspended, as nobody signed in for long: account_suspended",
        unused=True,
    ),
    User(
        "new_terms",
        "tess.lindqvist",
        "Tess",
        "Lindqvist",
        "reads-the-small-print-first",
        "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U",
        (_end_user(LAKESIDE, Grant(FRONT_DESK, _BOTH)),),
        "Has not agreed to the terms in force yet: terms_not_accepted",
        agreed=False,
    ),
    _user(
        "Marta Kowal",
        "second_plan_staff",
        "second-pair-of-eyes-on-keys",
        "NB2HI4DTHIXS653XO4XHEZLEMRUXI3DB",
        _staff(Desk.OPERATIONS),
        "The plan's operations desk, too: what needs two people needs her",
    ),
    _user(
        "Edda Lorimer",
        "communications_staff",
        "plain-words-in-short-lines-6",
        "GVQWIZLTNFSGKY3PN5XGIZLSMF2GC4TF",
        _staff(Desk.COMMUNICATIONS),
        "The plan's communications desk: writes and publishes what the library holds",
    ),
    *billers.PEOPLE,
    *authorizers.PEOPLE,
    *newcomers.PEOPLE,
    *delegates.PEOPLE,
)
BY_KEY = {user.key: user for user in PEOPLE}


def sign_ins() -> list[dict[str, object]]:
    """Every entry of `var/demo.json`'s `sign_ins`, in the order of the cast; a member of the plan's last."""
    return [*(entry for user in PEOPLE for entry in user.sign_ins()), _member()]


def _member() -> dict[str, object]:
    username, password = next(iter(audiences.MEMBERS.items()))
    return {
        "key": "member",
        "username": username,
        "password": password,
        "totp_secret": None,
        "persona": None,
        "office": None,
        "tax_ids": [],
        "lines": [],
        "functions": [],
        "says": "A member at the provider's door: told so, and led to the members' site: wrong_audience",
    }
