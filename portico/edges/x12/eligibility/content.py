"""What a 271 says of somebody found: the EBs of 2110C or 2110D, in order.

    EB*1 or 6   the coverage that decides, its plan; another coverage in force, with its days
    EB*C EB*G   the plan's deductibles and out-of-pocket maximums, and what remains
    EB*1 EB*I   each service type asked about: covered or not, in which network, with authorization or not
    EB*B EB*A EB*C EB*F   what it costs, its limits and what is left of them
    EB*L        the PCP, with days and telephone
    EB*R        other payers
    EB*U        whom to ask, where costs are not open or not on file, and why

Costs are told of coverage in force only. A service type the plan's catalogue does not have is answered as if
the plan as a whole were asked about (CORE 154).
"""

from collections.abc import Collection, Iterator

from portico.domains.members.answers import CoverageSpan, OtherPayer, Pcp, ServiceBenefit, Told, Verdict
from portico.domains.plan.catalogue import Identity
from portico.edges.x12.eligibility import amounts, codes, contacts, refusals
from portico.edges.x12.eligibility.benefit_lines import Line, Segment, written
from portico.shared.periods import Period
from portico.shared.x12.dates import format_d8, format_rd8

_MESSAGES = {
    Verdict.ACTIVE_IN_GRACE: "The premium is overdue; coverage is in its grace period.",
    Verdict.NOT_YET_ACTIVE: "Coverage begins after the day asked about.",
    Verdict.TERMINATED: "Coverage ended before the day asked about.",
    Verdict.NOT_COVERED: "No coverage is on file.",
}
_NO_SCHEDULE = "No schedule of benefits is on file for this plan and day."
_IN_FORCE = (Verdict.ACTIVE, Verdict.ACTIVE_IN_GRACE)


def of(told: Told, wanted: Collection[str], plan: Identity) -> Iterator[Segment]:
    """Everything that is told; `wanted` are the service types asked about."""
    answer = told.eligibility
    yield from _status(answer.coverage, answer.verdict)
    if answer.verdict in _IN_FORCE:
        for span in answer.others:
            if span.verdict in _IN_FORCE:
                yield from _beside(span)
        yield from _costs(told, wanted, plan)
        if answer.pcp:
            yield from _pcp(answer.pcp)
    for payer in told.other_coverage.payers:
        yield from _other_payer(payer)


def service_types(services: Collection[str], wanted: Collection[str]) -> list[str]:
    """The service types to answer, of those a plan's catalogue has, in the order asked."""
    unknown = any(code not in services for code in wanted if code != codes.GENERIC)
    generic = codes.GENERIC_TYPES if unknown or codes.GENERIC in wanted or not wanted else ()
    return [code for code in dict.fromkeys((*wanted, *generic)) if code in services]


def _status(coverage: CoverageSpan | None, verdict: Verdict) -> Iterator[Segment]:
    message = _MESSAGES.get(verdict)
    after = (("MSG", message),) if message else ()
    yield from written(_span(codes.STATUSES[verdict], coverage, after), [codes.GENERIC])


def _beside(span: CoverageSpan) -> Iterator[Segment]:
    """Another coverage in force the same day, such as dental."""
    about = codes.SERVICE_TYPES_OF.get(span.product_code, codes.GENERIC)
    yield from written(_span(codes.STATUSES[span.verdict], span, (_dtp("291", span.period),)), [about])


def _span(status: str, span: CoverageSpan | None, after: tuple[Segment, ...]) -> Line:
    if span is None:
        return Line(status, after=after)
    return Line(
        status,
        level=span.level if span.level in codes.LEVELS else "",
        insurance=codes.insurance_type(span.product_code, span.line),
        plan=(span.plan_name or span.plan_code)[:50],
        after=after,
    )


def _costs(told: Told, wanted: Collection[str], plan: Identity) -> Iterator[Segment]:
    if told.benefits_refused:
        why = f"Benefits are not open. {refusals.why_not(told.benefits_refused)}"
        yield from _ask_plan(plan, why)
    elif told.benefits and told.benefits.version is None:
        yield from _ask_plan(plan, _NO_SCHEDULE)
    elif told.benefits:
        services: dict[str, ServiceBenefit] = {each.service_type: each for each in told.benefits.services}
        chosen = [services[code] for code in service_types(services, wanted)]
        if told.accumulators:
            yield from amounts.of_plan(told.accumulators)
        yield from amounts.of_services(chosen, told.accumulators)


def _ask_plan(plan: Identity, why: str) -> Iterator[Segment]:
    yield from written(Line(codes.CONTACT, after=(("MSG", why[:264]),)), [codes.GENERIC])
    yield from _related(contacts.plan_name(plan), contacts.plan_contact(plan))


def _pcp(pcp: Pcp) -> Iterator[Segment]:
    since = ("DTP", "295", "D8", format_d8(pcp.since))
    last, first = (pcp.last_name, pcp.first_name) if pcp.last_name else (pcp.name, "")
    numbered = ("", "", "", "XX", pcp.npi) if pcp.npi else ()
    kind = "2" if pcp.last_name and not pcp.first_name else "1"
    name = ("NM1", "P3", kind, last[:60], first[:35], *numbered)
    yield from written(Line(codes.PCP, after=(since,)), [codes.GENERIC])
    yield from _related(name, contacts.telephone(pcp.telephone))


def _other_payer(payer: OtherPayer) -> Iterator[Segment]:
    policy = payer.policy_number
    after: list[Segment] = [("REF", "IG", policy)] if policy else []
    if payer.period:
        after.append(_dtp("290", payer.period))
    numbered = ("", "", "", "", "MI", policy) if len(policy) > 1 else ()
    name = ("NM1", codes.PAYERS.get(payer.order, "PR"), "2", payer.payer_name[:60], *numbered)
    yield from written(Line(codes.OTHER_PAYER, after=tuple(after)), [codes.GENERIC])
    yield from _related(name, None)


def _related(name: Segment, contact: Segment | None) -> Iterator[Segment]:
    """Somebody an EB is about, in a loop of its own."""
    yield ("LS", "2120")
    yield name
    if contact:
        yield contact
    yield ("LE", "2120")


def _dtp(kind: str, period: Period) -> Segment:
    if period.last is None:
        return ("DTP", kind, "D8", format_d8(period.first))
    return ("DTP", kind, "RD8", format_rd8(period.first, period.last))
