"""What the plan's lists of authorizations say: the rules of each version, for the file that brings them.

Every kind of service has its rule, from which the flags on benefits come; then codes, with the exceptions
that show how a list works: by place, network and line, by vendor, by medical group, by an office excused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from portico.demo import days, practices, questions
from portico.demo.lines import BY_CODE as LINES
from portico.demo.plans import PLANS
from portico.demo.services import SERVICES, Kind

DOCUMENT: Final = "authorization-table"
VENDOR, VENDOR_CONTACT = "Clearview Imaging Review", "1-800-555-0177, clearview.example.org"
NEEDS, PLACE, NOT_NEEDED = "27447", "J1745", "99213"
_EXCUSED: Final = practices.HARBOR_POINT.tax_id
_HOSPITAL, _OFFICE, _EMERGENCY = ("19", "22"), ("11", "12"), ("23",)
_GROUP_LINES: Final = ("employer-hmo", "medi-cal", "individual-family")
_ANSWERS: Final = {
    **dict.fromkeys(
        (Kind.SCAN, Kind.OUTPATIENT, Kind.INPATIENT, Kind.HOME, Kind.NURSING, Kind.EQUIPMENT), "required"
    ),
    **dict.fromkeys((Kind.HOSPICE, Kind.MATERNITY), "notify"),
}
_SAYS: Final = {
    "required": "Needs an authorization before it is given, but in an emergency.",
    "not_required": "Needs no authorization.",
    "notify": "Needs no authorization. Tell the plan within a business day that it began.",
    "after_limit": "Needs no authorization up to the limit of the plan; each visit after it does.",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A rule as the file has it; `key` names it in every version."""

    key: str
    first_code: str
    answer: str
    text: str = ""
    system: str = "procedure"
    last_code: str = ""
    line: str = ""
    plan_code: str = ""
    places: tuple[str, ...] = ()
    network: str = ""
    tax_id: str = ""
    decided_by: str = ""
    decider: str = ""
    decider_contact: str = ""
    service_type: str = ""
    questionnaire: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A list: its name, from when it counts, and its rules."""

    name: str
    effective_on: date
    rules: tuple[Written, ...]


def versions(today: date) -> tuple[Version, ...]:
    """The lists of two years ago, of this year, and of the next one, which waits to be published."""
    starts = [days.year_start(today, year) for year in (-2, 0, 1)]
    held = (tuple(_earlier()), tuple(_now()), tuple(_next()))
    return tuple(Version(f"{start.year}-1", start, rules) for start, rules in zip(starts, held, strict=True))


def records() -> list[dict[str, Any]]:
    """What `var/demo.json` tells of the list that counts today."""
    told = (
        (NEEDS, "required", "Needs an authorization wherever it is done; the plan decides, and asks first."),
        (NOT_NEEDED, "not_required", "Needs none."),
        (PLACE, "depends", "Needs one in a hospital (places 19 and 22), none in an office or at home."),
        ("70551", "required", f"Needs one; {VENDOR} decides."),
    )
    return [
        {"system": "procedure", "code": code, "answer": answer, "says": says} for code, answer, says in told
    ]


def _now() -> Iterator[Written]:
    yield from _of_service_types()
    yield from _imaging()
    yield from _by_place()
    yield from _of_groups()
    yield Written("PRO-VISITS", "99202", "not_required", last_code="99215", service_type="98")
    yield Written("PRO-KNEE", NEEDS, "required", service_type="2", questionnaire=questions.KNEE)
    yield Written("PRO-HIP", "27130", "required", service_type="2")
    yield Written("PRO-ARTHROSCOPY-OUT", "29881", "required", network="out", service_type="2")
    yield Written("PRO-ARTHROSCOPY-IN", "29881", "not_required", network="in", service_type="2")
    yield Written("PRO-THERAPY", "97110", "not_required", last_code="97150", service_type="AE")
    yield Written("EQP-OXYGEN", "E1390", "required", last_code="E1392", service_type="18")
    yield Written("EQP-WHEELCHAIR", "K0001", "required", last_code="K0108", service_type="12")
    yield Written("EQP-CANES", "E0100", "not_required", last_code="E0159", service_type="12")
    yield Written("ROOM-STAY", "0100", "required", system="revenue", last_code="0219", service_type="48")
    yield Written("ROOM-EMERGENCY", "0450", "not_required", system="revenue", last_code="0459")


def _earlier() -> Iterator[Written]:
    """What counted before: the infusion everywhere, no exception for emergencies, and no questions."""
    for rule in _now():
        if rule.key == "DRUG-INFUSION-OFFICE":
            yield replace(rule, key="DRUG-INFUSION", answer="required", places=())
        elif rule.key not in ("DRUG-INFUSION-HOSPITAL", "IMG-CT-EMERGENCY", "PRO-ARTHROSCOPY-IN"):
            yield replace(rule, questionnaire="")


def _next() -> Iterator[Written]:
    """What is to count next year: one joint more is free, genetic tests are asked for."""
    for rule in _now():
        if rule.key == "PRO-HIP":
            yield replace(rule, answer="notify")
        elif rule.key != "EQP-OXYGEN":
            yield rule
    yield Written("LAB-GENETIC", "81400", "required", last_code="81479", service_type="5")


def _of_service_types() -> Iterator[Written]:
    for service in SERVICES:
        answer = _ANSWERS.get(service.kind, "not_required")
        yield Written(f"TYPE-{service.code}", service.code, answer, service.name, "service_type")
        if service.kind is Kind.THERAPY:
            for plan in PLANS:
                if plan.therapy_needs_authorization_after:
                    key = f"TYPE-{service.code}-{plan.code}"
                    yield Written(
                        key, service.code, "after_limit", service.name, "service_type", plan_code=plan.code
                    )


def _imaging() -> Iterator[Written]:
    yield _by_vendor("IMG-MRI-HEAD", "70540", "70559")
    yield _by_vendor("IMG-MRI-LIMB", "73718", "73723")
    yield Written("IMG-MRI-EXCUSED", "73718", "not_required", last_code="73723", tax_id=_EXCUSED)
    yield _by_vendor("IMG-CT-HEAD", "70450", "70498")
    yield Written("IMG-CT-EMERGENCY", "70450", "not_required", last_code="70498", places=_EMERGENCY)
    yield _by_vendor("IMG-PET", "78811", "78816")


def _by_vendor(key: str, first: str, last: str) -> Written:
    return Written(
        key,
        first,
        "required",
        last_code=last,
        decided_by="vendor",
        decider=VENDOR,
        decider_contact=VENDOR_CONTACT,
        service_type="62",
    )


def _by_place() -> Iterator[Written]:
    yield Written("DRUG-INFUSION-HOSPITAL", PLACE, "required", places=_HOSPITAL)
    yield Written("DRUG-INFUSION-OFFICE", PLACE, "not_required", places=_OFFICE)


def _of_groups() -> Iterator[Written]:
    for line in _GROUP_LINES:
        key, says = (
            f"PRO-CONSULT-{line}",
            f"A consultation in {LINES[line].name} is for the PCP's group to say.",
        )
        yield Written(key, "99242", "required", says, last_code="99245", line=line, decided_by="group")


def text(rule: Written) -> str:
    """What the rule says, in words."""
    if rule.system == "service_type":
        return f"{rule.text}: {_SAYS[rule.answer]}"
    return rule.text or _SAYS[rule.answer]
