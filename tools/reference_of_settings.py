"""The page of settings: every variable the settings file reads, found by reading that file."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portico.edges.cli.keys_command import NAMES
from tools.reference import NOTE, ROOT, table

FILES = ("portico/config/settings.py", "portico/config/keys.py")
TAKES: Mapping[str, str] = {
    "text": "text",
    "flag": "1 or 0",
    "number": "a whole number",
    "choice": "one of the words named",
    "words": "words with commas between",
    "hosts": "host names with commas between",
    "forms": "forms with commas between",
    "pairs": "pairs `key=value` with commas between",
    "classes": "words with commas between, another class as `word=path`",
    "dotted": "the dotted path of a class",
    "place": "`host:port`, or the path of a socket",
    "path": "a path",
    "key": "64 hexadecimal digits",
    "keys": "keys with commas between",
}
MEANS: Mapping[str, str] = {
    "PORTICO_SECRET_KEY": "signs sessions and forms",
    "PORTICO_VAULT_KEY": "seals Social Security numbers and authenticators",
    "PORTICO_INDEX_KEY": "finds sealed values again; changing it makes them unfindable",
    "PORTICO_AUDIT_KEY": "signs the chain of the audit",
    "PORTICO_SECRET_KEY_FALLBACKS": "earlier secret keys that open sessions still carry",
    "PORTICO_VAULT_OLD_KEYS": "earlier vault keys, the oldest first; they open and no longer seal",
    "PORTICO_AUDIT_OLD_KEYS": "earlier audit keys; they verify and no longer sign",
    "PORTICO_VAR_DIR": "where files, mail of the demo and the SQLite database live",
    "PORTICO_DEMO": "run as the demo: keys of its own, no TLS, a banner on every page",
    "PORTICO_TESTING": "run as the tests do; never in production",
    "PORTICO_BEHIND_TLS": "cookies for HTTPS only, HSTS, redirect to HTTPS",
    "PORTICO_HOSTS": "the host names the portal answers to",
    "PORTICO_ORIGINS": "origins forms may be sent from, with scheme",
    "PORTICO_PROXY_COUNT": "how many proxies stand in front and are believed",
    "PORTICO_DATABASE_URL": "`sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST:PORT/NAME`",
    "PORTICO_TIME_ZONE": "the plan's time zone: in it a day begins and ends",
    "PORTICO_STATIC_DIR": "where compiled styles and scripts are collected",
    "PORTICO_IDLE_MINUTES": "after how many idle minutes a session ends",
    "PORTICO_SITE": "the portal's own address, with the folder it lies beneath; mails and passkeys name it",
    "PORTICO_FIRST_SIGN_IN": "how people first come in: by a `temporary_password` or a `link`, mailed",
    "PORTICO_PUBLIC_DIRECTORY": "what visitors find of providers: nothing (`off`), `names`, or `all`",
    "PORTICO_NONPAR_TIER": "what is open to a tax ID outside the network: nothing (`off`), or its `claims`",
    "PORTICO_RECOVERY_QUESTION": "the recovery question: `extra` to the link, for the `helpdesk`, or `off`",
    "PORTICO_CONFIRMATION_MINUTES": "how long a proof of who one is opens sensitive acts",
    "PORTICO_TRUSTED_DEVICE_DAYS": "how long a browser may stand for the second factor; 0: never",
    "PORTICO_INACTIVE_DAYS": "after how many days without a sign-in an account is suspended; 0: never",
    "PORTICO_INACTIVE_NOTICE_DAYS": "how many days before that its owner is told",
    "PORTICO_IDENTITY_HOSTS": "hosts of identity providers that may be spoken to, `host` or `host:port`",
    "PORTICO_IDENTITY_LOCAL": "`localhost:port` of a provider on this machine; demos and tests only",
    "PORTICO_IDENTITY_PROVERS": "by what people may prove who they are, beside the plan's desk",
    "PORTICO_AUDIENCE_DIRECTORY": "asks the plan's other sign-ins whose account somebody tries here",
    "PORTICO_UPLOAD_SCANNER": "looks for viruses in uploads; `portico.shared.files.clamd.Clamd` is there",
    "PORTICO_CLAMD": "where ClamAV's daemon listens, for the scanner `Clamd`",
    "PORTICO_EMAIL_BACKEND": "Django's mail backend, by dotted path",
    "PORTICO_SMTP_HOST": "the mail server",
    "PORTICO_SMTP_PORT": "its port",
    "PORTICO_SMTP_USER": "whom the mail server knows",
    "PORTICO_SMTP_PASSWORD": "and by what",
    "PORTICO_SMTP_TLS": "speak to the mail server by STARTTLS",
    "PORTICO_MAIL_FROM": "the sender of every mail",
    "PORTICO_MEMBER_ID_FORMS": "how member IDs are written: `#` a digit, `@` a letter, any other sign itself",
    "PORTICO_SSN_SEARCH": "may members be searched for by Social Security number?",
    "PORTICO_AS_OF_MONTHS_BACK": "how many months back a search may ask",
    "PORTICO_AS_OF_MONTHS_AHEAD": "how many months ahead, past the end of this month",
    "PORTICO_834_DEFAULT_LINE": "the line of coverage whose 834 names no plan code",
    "PORTICO_REGISTRATIONS_A_DAY": "how many registrations are taken from one network in a day",
    "PORTICO_REGISTRATION_DRAFTS_A_DAY": "how many may be begun from one network in a day",
    "PORTICO_REGISTRATION_FILES_A_DAY": "how many files with registrations from one network in a day",
    "PORTICO_REGISTRATION_MEGABYTES_A_DAY": "how much in files from everybody, in units of 1,048,576 bytes",
    "PORTICO_NETWORK_REQUESTS_A_DAY": "how many requests to join the network from one network in a day",
    "PORTICO_ENQUIRIES_AN_HOUR": "how many questions and calls back are taken from one network in an hour",
    "PORTICO_EXPORT_ROWS": "how many claims an export holds",
    "PORTICO_INDIVIDUAL_LINES": "the lines that people buy for themselves; lists of claims tell them apart",
    "PORTICO_BATCH_ROWS": "how many rows a batch of a person may have",
    "PORTICO_FHIR_SYSTEMS": "the address below which the plan's own identifiers and codes are named in FHIR",
    "PORTICO_KEY_SET_HOSTS": "hosts that FHIR clients' keys may be fetched from, `host` or `host:port`",
    "PORTICO_REAL_TIME_REQUESTS": "how many patients one real-time interchange may ask about",
    "PORTICO_X12_INSURANCE_TYPES": "EB04 of an HMO in these lines of business",
    "PORTICO_X12_BATCH_MEGABYTES": "a larger X12 batch is refused, in units of 1,048,576 bytes",
    "PORTICO_X12_BODY_SECONDS": "how long an X12 message may take to arrive",
    "PORTICO_ENCOUNTERS_OUT_DIR": "files of encounters are put here for the core system to fetch",
    "PORTICO_CORE_SYSTEM_ID": "the ID the core system has in files handed to it (ISA08): at most 15 signs",
    "PORTICO_X12_AT_ONCE": "how many X12 messages one process answers at once; more are told to come again",
    "PORTICO_MAX_FEED_BYTES": "a larger feed is refused unread",
}
DEFAULTS: Mapping[str, str] = {
    "PORTICO_DEMO": "`0`; `1` where nothing at all is set and the demo was built here",
    "PORTICO_BEHIND_TLS": "`1`; `0` for the demo and the tests",
    "PORTICO_VAR_DIR": "`var` in the folder of the code",
    "PORTICO_STATIC_DIR": "`static` in `PORTICO_VAR_DIR`",
    "PORTICO_ENCOUNTERS_OUT_DIR": "`encounters-out` in `PORTICO_VAR_DIR`",
    "PORTICO_DATABASE_URL": "SQLite, `portico.sqlite3` in `PORTICO_VAR_DIR`",
    "PORTICO_EMAIL_BACKEND": "SMTP; files in `PORTICO_VAR_DIR` for the demo",
    "PORTICO_MAX_FEED_BYTES": "4 GiB less one byte",
    "PORTICO_IDENTITY_PROVERS": "`documents,contact,payment,openid_connect`",
}
_UNSET: Mapping[str, str] = {"flag": "`0`", **dict.fromkeys(("words", "keys", "dotted", "place"), "none")}
HEAD = f"""{NOTE}

# Settings

Everything an installation sets comes from variables of the environment, read once at the start. A
variable that does not say what it must stops the start and is named. The keys come from `portico keys
new`; they, and every variable that takes text, may be given as a file instead: `NAME_FILE` holds the
file's path. [Starting a plan](../guides/start-a-plan.md) shows a complete set.
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One variable: its name, how it is read, and its default as the code writes it (None: there is none)."""

    name: str
    reader: str
    default: str | None
    limits: str = ""


def page() -> str:
    """The whole page."""
    rows = [
        (f"`{each.name}`", MEANS[each.name], TAKES[each.reader] + each.limits, _default(each))
        for each in readings()
    ]
    return HEAD + "\n" + table(("variable", "says", "takes", "unless set"), rows) + "\n"


def readings() -> list[Reading]:
    """Every variable that is read, keys first, then in the order of the settings file."""
    keys = [Reading(f"PORTICO_{name}", "key", None) for name in NAMES]
    return keys + [reading for file in FILES for reading in _readings(file)]


def _readings(file: str) -> Iterator[Reading]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: node.lineno):
        if ast.unparse(call.func).removeprefix("env.") in TAKES and isinstance(call.args[0], ast.Constant):
            yield _reading(call, call.args[0])


def _reading(call: ast.Call, name: ast.Constant) -> Reading:
    reader = ast.unparse(call.func).removeprefix("env.")
    named = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    default = ast.unparse(call.args[1]) if len(call.args) > 1 else named.get("default")
    limits = f" from {named.get('least', '0')}" if reader == "number" else ""
    limits += f" to {named['most']}" if "most" in named else ""
    return Reading(str(name.value), reader, default, limits)


def _default(reading: Reading) -> str:
    if reading.name in DEFAULTS:
        return DEFAULTS[reading.name]
    if reading.default is None:
        return _UNSET.get(reading.reader, "must be set")
    if reading.reader == "flag":
        return "`1`" if reading.default == "True" else "`0`"
    literal = reading.default.strip("'")
    return f"`{literal}`" if literal else "empty"
