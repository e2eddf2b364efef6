"""276s as a trading partner of our office writes them, and its 277s as it reads them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from portico.domains.claims.tests import asking
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Account, Actor, ActorKind, Door
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.edges.x12 import exchange
from portico.shared.identifiers import npi_with_check_digit
from tests.support.actors import NOW
from tests.support.cast import FOREIGN, OWN
from tests.support.doors import x12_claims
from tests.support.doors.x12_claims import Told

NPI, NPI_ELSEWHERE = npi_with_check_digit("200000001"), npi_with_check_digit("200000003")
PROVIDER = f"NM1*1P*2*LAKESIDE*****FI*{OWN}"
SERVED = "DTP*472*RD8*20260101-20260331"
SUBSCRIBER = [
    "DMG*D8*19840506*F",
    f"NM1*IL*1*QUILLFEATHER*ZEPHYRINE****MI*{asking.SUBSCRIBER}",
]
CHILD = ["DMG*D8*20150304", "NM1*QC*1*QUILLFEATHER*OTTOLINE"]


def a_world() -> None:
    """Our plan with its name, and a provider of our office."""
    factories.a_plan()
    lines = [catalogue.Named(line.code, line.name) for line in catalogue.lines()]
    identity = catalogue.Identity(
        "Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org", "99999"
    )
    catalogue.configure(actor=factories.loader(), identity=identity, lines=lines, regions=[])
    factories.an_office()
    factories.a_provider(NPI, OWN)
    factories.a_provider(NPI_ELSEWHERE, FOREIGN)


def partner(*functions: Function, **limits: Any) -> Actor:
    """Our office's software; it holds claims in every line, unless said otherwise."""
    person = asking.biller(*(functions or (Function.CLAIMS_INQUIRY,)), **limits)
    return replace(
        person,
        kind=ActorKind.MACHINE,
        door=Door.X12,
        machine_id=41,
        user_id=None,
        persona_id=None,
        persona_kind=None,
        account=Account(),
        context={"tax_id": OWN, "office_name": "Lakeside Family Practice"},
    )


def claim(*more: str, trace: str = "T1", served: str = SERVED) -> list[str]:
    """A claim asked about by its days; `more` are its REF and AMT."""
    return [f"TRN*1*{trace}", *more, *([served] if served else [])]


def a_276(
    *subscribers: Iterable[str] | tuple[Iterable[str], ...],
    provider: str = PROVIDER,
    number: str = "0001",
    reference: str = "ASK-1",
) -> list[str]:
    """One set: each subscriber is its segments, or those of the subscriber and of its dependents."""
    body = [
        f"BHT*0010*13*{reference}*20260312*0900",
        "HL*1**20*1",
        "NM1*PR*2*NORTHLAKE HEALTH PLAN*****PI*99999",
        "HL*2*1*21*1",
        "NM1*41*2*LAKESIDE SOFTWARE*****46*LAKESIDE",
        "HL*3*2*19*1",
        *provider.split("~"),
    ]
    level = 3
    for each in subscribers or ([*SUBSCRIBER, *claim()],):
        family = each if isinstance(each, tuple) else (each,)
        level += 1
        own, children = level, family[1:]
        body += [f"HL*{own}*3*22*{1 if children else 0}", *family[0]]
        for child in children:
            level += 1
            body += [f"HL*{level}*{own}*23", *child]
    return [f"ST*276*{number}*005010X212", *body, f"SE*{len(body) + 2}*{number}"]


def interchange(*sets: list[str]) -> bytes:
    """Sets in one group of one interchange."""
    segments = [
        "ISA*00*          *00*          *ZZ*LAKESIDE       *ZZ*99999          "
        "*260312*0900*^*00501*000000907*0*P*:",
        "GS*HR*LAKESIDE*99999*20260312*0900*1*X*005010X212",
        *(segment for one in sets for segment in one),
        f"GE*{len(sets)}*1",
        "IEA*1*000000907",
        "",
    ]
    return "~".join(segments).encode()


def asked(payload: bytes, actor: Actor | None = None) -> exchange.Reply:
    """The reply to an interchange."""
    return exchange.answer(payload, actor=actor or partner(), now=NOW)


def told(content: bytes | str) -> list[Told]:
    """Each claim of an interchange of 277s, in order."""
    return x12_claims.claims(content if isinstance(content, str) else content.decode())
