"""A trading partner of our office, the rows it asks about, and 270s as it writes them."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portico.domains.members import models
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Account, Actor, ActorKind, Door, Held
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.edges.x12 import exchange
from portico.shared.identifiers import npi_with_check_digit
from tests.support import requirements

NOW = factories.AT
OURS, ALSO_OURS, STRANGERS = factories.OURS, factories.ALSO_OURS, factories.STRANGERS
NPI = npi_with_check_digit("200000001")
NPI_ALSO = npi_with_check_digit("200000002")
NPI_ELSEWHERE = npi_with_check_digit("200000003")
NPI_UNKNOWN = npi_with_check_digit("200000004")
BOTH = (Function.ELIGIBILITY, Function.BENEFITS)


def partner(
    *functions: Function,
    lines: frozenset[str] | None = None,
    tax_ids: tuple[str, ...] = (OURS,),
    **changes: Any,
) -> Actor:
    """Our office's software; it holds eligibility and benefits, unless said otherwise."""
    held = [factories.grant(each, lines=lines, tax_ids=tax_ids) for each in functions or BOTH]
    changed: dict[str, Any] = {
        "kind": ActorKind.MACHINE,
        "door": Door.X12,
        "machine_id": 41,
        "user_id": None,
        "persona_id": None,
        "persona_kind": None,
        "account": Account(),
        "held": Held(held),
        "context": {"tax_id": OURS, "office_name": "Lakeside Family Practice"},
    }
    return replace(factories.front_desk(), **{**changed, **changes})


def a_world() -> None:
    """Our plan and office, providers here and elsewhere, and a family covered in the HMO."""
    factories.a_plan()
    lines = [catalogue.Named(line.code, line.name) for line in catalogue.lines()]
    identity = catalogue.Identity(
        "Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org", "99999"
    )
    catalogue.configure(actor=factories.loader(), identity=identity, lines=lines, regions=[])
    factories.an_office()
    factories.a_provider(NPI, OURS)
    factories.a_provider(NPI_ALSO, ALSO_OURS)
    factories.a_provider(NPI_ELSEWHERE, STRANGERS)
    a_schedule()
    a_family()


def a_family() -> None:
    """Adaeze Okafor, her husband and her twins, on one policy; she has a PCP and another payer."""
    family: dict[str, Any] = {"subscriber_number": "N1001", "group_number": "G-77"}
    adaeze = factories.a_covered_member(
        "N1001",
        middle_name="B",
        sex="F",
        address="12 Lake St",
        address_more="Apt 3",
        city="Northlake",
        state="CA",
        postal_code="90001",
        ssn="900123456",
        **family,
    )
    for number, first, relationship, born in (
        ("N100102", "Chidi", "01", date(1983, 2, 1)),
        ("N100103", "Ada", "19", date(2015, 3, 4)),
        ("N100104", "Obi", "19", date(2015, 3, 4)),
    ):
        factories.a_covered_member(
            number, first_name=first, relationship=relationship, birth_date=born, **family
        )
    factories.a_pcp(adaeze, NPI, OURS)
    factories.used(adaeze, "deductible", 300)
    factories.used(adaeze, "limit", 4, service_type="AE")
    models.OtherCoverage.objects.create(
        member=adaeze,
        order="P",
        payer_name="Lakeshore Mutual",
        policy_number="LM-55",
        first_on=date(2025, 1, 1),
    )


def a_schedule() -> None:
    """What the HMO pays: visits, therapy with a limit, and a few of the services CORE asks for."""
    hospital = {"coinsurance": Decimal(20), "deductible_applies": True}
    services: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("1", "Medical care", {"copay": Decimal(25)}),
        ("33", "Chiropractic care", {"copay": Decimal(25)}),
        ("48", "Hospital stay", hospital),
        ("86", "Emergency care", {"copay": Decimal("250.50")}),
        ("35", "Dental care", {"is_covered": False}),
    )
    requirements.say("48")
    requirements.say("33", "notify")
    requirements.say("AE", "after_limit")
    version = factories.a_version()
    for place, (code, name, facts) in enumerate(services, 3):
        factories.a_benefit(version, code, name, position=place, **facts)


def patient(
    *more: str,
    last: str = "OKAFOR",
    first: str = "ADAEZE",
    number: str = "N1001",
    birth: str = "19840506",
    trace: str = "T1",
    wanted: str = "30",
) -> list[str]:
    """A subscriber who is the patient: TRN, NM1, DMG and EQ; `more` stand before the EQ."""
    identified = f"****MI*{number}" if number else ""
    segments = [f"TRN*1*{trace}*9LAKESIDE1", f"NM1*IL*1*{last}*{first}{identified}".rstrip("*")]
    segments += [f"DMG*D8*{birth}"] if birth else []
    return [*segments, *more, f"EQ*{wanted}"]


def dependent(
    first: str = "ADA", birth: str = "20150304", last: str = "OKAFOR", trace: str = "D1"
) -> list[str]:
    """A dependent who is the patient."""
    segments = [f"TRN*1*{trace}*9LAKESIDE1", f"NM1*03*1*{last}*{first}".rstrip("*")]
    return [*segments, *([f"DMG*D8*{birth}"] if birth else []), "EQ*30"]


def a_270(
    *subscribers: list[str] | tuple[list[str], ...],
    receiver: str = f"NM1*1P*2*LAKESIDE FAMILY PRACTICE*****XX*{NPI}",
    references: tuple[str, ...] = (),
    number: str = "0001",
    reference: str = "LAKE-1",
) -> list[str]:
    """One set: each subscriber is its segments, or those of the subscriber and of its dependents."""
    body = [
        f"BHT*0022*13*{reference}*20260312*0900",
        "HL*1**20*1",
        "NM1*PR*2*NORTHLAKE HEALTH PLAN*****PI*99999",
        "HL*2*1*21*1",
        receiver,
        *references,
    ]
    level = 2
    for each in subscribers or (patient(),):
        family = each if isinstance(each, tuple) else (each,)
        level += 1
        own, children = level, family[1:]
        body += [f"HL*{own}*2*22*{1 if children else 0}", *family[0]]
        for child in children:
            level += 1
            body += [f"HL*{level}*{own}*23*0", *child]
    return [f"ST*270*{number}*005010X279A1", *body, f"SE*{len(body) + 2}*{number}"]


def interchange(*sets: list[str], groups: int = 1, asks_ta1: bool = False) -> bytes:
    """Sets in one interchange: all in one group, or one after the other in several."""
    header = (
        "ISA*00*          *00*          *ZZ*LAKESIDE       *ZZ*99999          "
        f"*260312*0900*^*00501*000000907*{int(asks_ta1)}*P*:"
    )
    size = -(-len(sets) // groups)
    parts = [sets[place : place + size] for place in range(0, len(sets), size)]
    segments = [header]
    for number, part in enumerate(parts, 1):
        segments.append(f"GS*HS*LAKESIDE*99999*20260312*0900*{number}*X*005010X279A1")
        segments += [segment for one in part for segment in one]
        segments.append(f"GE*{len(part)}*{number}")
    return "~".join([*segments, f"IEA*{len(parts)}*000000907", ""]).encode()


def asked(payload: bytes, actor: Actor | None = None, now: datetime = NOW) -> exchange.Reply:
    """The reply to an interchange."""
    return exchange.answer(payload, actor=actor or partner(), now=now)


def answer(
    *subscribers: list[str] | tuple[list[str], ...], actor: Actor | None = None, **said: Any
) -> list[str]:
    """The segments of the 271 to one 270 of these subscribers."""
    return segments(asked(interchange(a_270(*subscribers, **said)), actor).write(7))


def segments(content: bytes) -> list[str]:
    """An interchange as its segments."""
    return content.decode().split("~")[:-1]
