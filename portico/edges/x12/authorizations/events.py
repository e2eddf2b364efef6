"""The segments of an event and of a service, as they are told: what was sent, and what is decided of it."""

from collections.abc import Iterable, Iterator

from portico.edges.x12.authorizations import segments
from portico.edges.x12.authorizations.answers import Decided
from portico.edges.x12.authorizations.requests import NO_PERIOD, Event, Party, Period, Service
from portico.edges.x12.eligibility.benefit_lines import Segment, segment

_SSN, _LONGEST, _MOST_MESSAGES = "SY", 264, 10


def party(who: Party) -> Iterator[Segment]:
    """NM1, REF and PER of a provider, as they were sent."""
    yield segments.named(who.name)
    yield from numbered(who.references)
    if who.contact or who.telephone:
        yield segment("PER", "IC", who.contact, *(("TE", who.telephone) if who.telephone else ()))


def numbered(references: Iterable[tuple[str, str]]) -> Iterator[Segment]:
    """REFs, as they were sent, without an SSN."""
    yield from (("REF", *reference) for reference in references if reference[0] != _SSN)


def of_event(event: Event, decided: Decided | None) -> Iterator[Segment]:
    """From UM to MSG of an event."""
    if event.review.category:
        yield segments.reviewed(event.review)
    yield from _hcr(decided)
    numbers = dict(event.references)
    if decided and decided.administrative:
        numbers["NT"] = decided.administrative
    yield from (("REF", kind, number) for kind, number in numbers.items())
    yield from (_dtp(kind, days) for kind, days in event.dates)
    yield from _certified(decided)
    if event.diagnoses:
        yield ("HI", *event.diagnoses)
    if any(event.delivery):
        yield ("HSD", *event.delivery)
    yield from _papers_and_words(event, decided)


def of_service(service: Service, decided: Decided | None, rejected: Iterable[Segment]) -> Iterator[Segment]:
    """From TRN to its providers, of one service; `rejected` are its AAAs."""
    yield from (("TRN", "2", *trace) for trace in service.traces)
    yield from rejected
    if service.review.category:
        yield segments.reviewed(service.review)
    yield from _hcr(decided)
    yield from (("REF", *reference) for reference in service.references)
    if service.served != NO_PERIOD:
        yield _dtp("472", service.served)
    yield from _certified(decided)
    if service.line.kind:
        yield segments.lined(service.line)
    if any(service.delivery):
        yield ("HSD", *service.delivery)
    yield from _papers_and_words(service, decided)
    for provider in service.providers:
        yield from party(provider)


def _hcr(decided: Decided | None) -> Iterator[Segment]:
    if decided:
        yield segment("HCR", decided.action, decided.number)


def _certified(decided: Decided | None) -> Iterator[Segment]:
    for kind, days in (("102", decided.issued), ("007", decided.valid)) if decided else ():
        if days != NO_PERIOD:
            yield _dtp(kind, days)


def _dtp(kind: str, days: Period) -> Segment:
    return ("DTP", kind, days.format, days.text)


def _papers_and_words(level: Event | Service, decided: Decided | None) -> Iterator[Segment]:
    for paper in level.papers:
        numbered = ("", "", "AC", paper.number) if paper.number else ()
        yield ("PWK", paper.kind, paper.way, *numbered)
    words = [part for said in (decided.messages if decided else ()) for part in _parts(said)]
    yield from (("MSG", part) for part in words[:_MOST_MESSAGES])


def _parts(said: str) -> Iterator[str]:
    """A text in parts that an MSG holds, cut at a space where there is one."""
    text = " ".join(said.split())
    while len(text) > _LONGEST:
        cut = text.rfind(" ", 1, _LONGEST + 1)
        cut = cut if cut > 0 else _LONGEST
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text
