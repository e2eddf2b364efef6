"""One application as the plan's desk reads it: what is claimed beside what is on file, and what happened."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Q

from portico.domains.access import colleagues
from portico.domains.offices import billing
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit
from portico.domains.registration import (
    application_rows,
    deciders,
    events,
    links,
    lists,
    matching_rules,
    models,
    on_file,
    review_queue,
    standing,
)
from portico.domains.registration import deciding_rules as rules
from portico.domains.registration.catalogue_rows import Holds
from portico.domains.registration.claims import Basis, Claim, Field, Finding, Reason
from portico.domains.registration.deciding_rules import Held, Obstacle
from portico.domains.registration.events import Kind
from portico.domains.registration.review_queue import LEFT
from portico.domains.registration.review_views import (
    Case,
    Compared,
    Entry,
    Listed,
    Office,
    Other,
    Paper,
    Word,
)

MOST_OTHERS: Final = 20


def of(given: Permit, application: models.Application) -> Case:
    """The case of an application."""
    claim = application_rows.claim_of(application)
    facts = on_file.facts(given, claim)
    held = standing.of(application, facts.compared)
    happened = list(models.Event.objects.filter(application=application).order_by("pk"))
    words = standing.words(application)
    who = _who(given, application, happened, words)
    owner = on_file.owner_of(application)
    names = billing.names_of(given, facts.offices)
    return Case(
        row=review_queue.rows(given, [application])[0],
        claim=claim,
        offer=facts.offer,
        seen=standing.seen(application),
        decision=application.decision,
        decided_at=application.decided_at,
        decided_by=who.get(application.decided_by or 0, ""),
        turnaround=application.turnaround,
        waited=application.waited,
        returned_at=application.returned_at,
        corrected_at=application.corrected_at,
        agreed_at=application.agreed_at,
        terms_version=application.terms_version,
        four_eyes=application.four_eyes,
        first_yes_by=who.get(application.first_yes_by or 0, ""),
        on_file=on_file.values(given, claim, facts),
        fields=tuple(_compared(each, facts, words, who) for each in held),
        listed=_listed(given, claim, facts),
        others=_others(given, application, claim),
        offices=tuple(Office(number, names[number]) for number in facts.offices),
        joins=_joined(application, names),
        owner=owner.office.name if owner and facts.is_claimed else "",
        papers=_papers(application),
        timeline=tuple(_entry(row, who) for row in happened),
        obstacles=_obstacles(application, facts, held),
        stops=deciders.of_own(given.actor, application),
        stops_yes=deciders.stops(given.actor, application),
        link=links.stand(application, at=given.actor.asked_at),
        colleagues=colleagues.holding(given, Function.REGISTRATION_REVIEW),
    )


def _obstacles(
    application: models.Application, facts: on_file.Facts, held: tuple[Held, ...]
) -> tuple[Obstacle, ...]:
    is_second = application.state == models.Application.State.SECONDING
    situation = rules.Situation(
        state=application.state,
        is_claimed=facts.is_claimed,
        takes_licence=is_second and application.reason == Reason.LICENCE_CLAIMED,
        offices=len(facts.offices),
        joins=is_second and application.office_id in facts.offices,
        is_offered=facts.offer is not None,
        is_of_another_kind=facts.is_of_another_kind,
    )
    return rules.obstacles(rules.unsettled(held), situation)


def _who(
    given: Permit,
    application: models.Application,
    happened: list[models.Event],
    words: Mapping[str, models.Check],
) -> Mapping[int, str]:
    numbers = {row.by for row in happened} | {row.by for row in words.values()}
    numbers |= {application.decided_by, application.first_yes_by}
    numbers |= {int(row.code) for row in happened if row.kind == Kind.ASSIGNED and row.code}
    return colleagues.names(given, [number for number in numbers if number is not None])


def _compared(
    held: Held, facts: on_file.Facts, words: Mapping[str, models.Check], who: Mapping[int, str]
) -> Compared:
    now, row = facts.compared[held.field], words.get(held.field)
    counts = rules.word_that_counts(held) is not None
    return Compared(
        field=held.field,
        finding=now.finding,
        basis=now.basis,
        as_of=now.as_of,
        is_settled=rules.is_settled(held),
        word=None
        if row is None
        else Word(Finding(row.finding), Basis(row.basis), row.at, who.get(row.by or 0, ""), counts),
    )


def _listed(given: Permit, claim: Claim, facts: on_file.Facts) -> tuple[Listed, ...]:
    holds = facts.offer.holds if facts.offer else Holds.NOBODY
    provider = matching_rules.own(matching_rules.closest(facts.roster, claim, holds), claim)
    found = lists.rows(given, claim, provider=provider)
    licences = (
        Listed(row.name, (row.number, row.kind, row.status), row.expires_on, row.as_of)
        for row in found.licences
    )
    excluded = (
        Listed(
            f"{row.first_name} {row.last_name}".strip(),
            (row.kind, row.city, row.state),
            row.excluded_on,
            row.as_of,
        )
        for row in found.exclusions
    )
    return (*licences, *excluded)


def _others(given: Permit, application: models.Application, claim: Claim) -> tuple[Other, ...]:
    """The newest first, twenty at most."""
    same_licence = Q(licence_state=application.licence_state, licence_key=application.licence_key)
    same_tax_id = Q(tax_ids__number__in=claim.tax_ids)
    wanted = same_tax_id
    wanted |= Q(npi=claim.npi) if claim.npi else Q()
    wanted |= same_licence if application.licence_key else Q()
    found = models.Application.objects.filter(wanted).exclude(pk=application.pk).distinct()
    newest = list(found.prefetch_related("tax_ids").order_by("-pk")[:MOST_OTHERS])
    return tuple(
        Other(row, _shares(other, application, claim))
        for row, other in zip(review_queue.rows(given, newest), newest, strict=True)
    )


def _shares(other: models.Application, application: models.Application, claim: Claim) -> tuple[Field, ...]:
    mine = (application.licence_state, application.licence_key)
    same = {
        Field.LICENCE: bool(mine[1]) and (other.licence_state, other.licence_key) == mine,
        Field.NPI: bool(claim.npi) and other.npi == claim.npi,
        Field.TAX_ID: any(each.number in claim.tax_ids for each in other.tax_ids.all()),
    }
    return tuple(each for each, shared in same.items() if shared)


def _joined(application: models.Application, names: Mapping[int, str]) -> Office | None:
    number = application.office_id
    return Office(number, names[number]) if number is not None and number in names else None


def _papers(application: models.Application) -> tuple[Paper, ...]:
    """Without what they hold, which may be much."""
    rows = models.Document.objects.filter(application=application).order_by("pk").defer("sealed")
    return tuple(
        Paper(row.pk, row.kind, row.name, row.content_type, row.size, row.sent_at, row.scan) for row in rows
    )


def _entry(row: models.Event, who: Mapping[int, str]) -> Entry:
    name = who.get(row.by or 0, LEFT) if row.by is not None else ""
    if row.kind == Kind.ASSIGNED and row.code:
        return Entry(row.kind, row.code, row.at, name, who.get(int(row.code), LEFT))
    return Entry(row.kind, row.code, row.at, name, events.text(row))
