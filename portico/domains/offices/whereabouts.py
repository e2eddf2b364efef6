"""Where providers practise and in which lines they take part, for whoever lists them all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from portico.domains.offices import models, providers
from portico.domains.offices.provider_file import SentPlace
from portico.shared.periods import Period


@dataclass(frozen=True, slots=True)
class Stated:
    """One affiliation as the provider file has it; `lines`: each line taken part in, and when.

    An organisation's name is its `last_name`. `name` is what people call the provider.
    """

    tax_id: str
    npi: str
    is_organization: bool
    name: str
    last_name: str
    first_name: str
    credential: str
    specialty: str
    group_name: str
    languages: tuple[str, ...]
    affiliated: Period
    at: SentPlace
    lines: tuple[tuple[str, Period], ...]


def next_tax_ids(after: str, *, size: int) -> tuple[str, ...]:
    """The tax IDs of the provider file that follow this number, by number. One query."""
    rows = models.TaxId.objects.filter(number__gt=after).order_by("number")
    return tuple(rows.values_list("number", flat=True)[:size])


def under(tax_ids: Collection[str]) -> tuple[Stated, ...]:
    """Every affiliation under these tax IDs, whenever, by tax ID, NPI and start. Two queries."""
    rows = models.Affiliation.objects.filter(tax_id__number__in=tax_ids)
    joined = rows.select_related("provider", "tax_id", "group").prefetch_related("participations")
    return tuple(map(_stated, joined.order_by("tax_id__number", "provider__npi", "first_on")))


def _stated(row: models.Affiliation) -> Stated:
    who = row.provider
    return Stated(
        tax_id=row.tax_id.number,
        npi=who.npi,
        is_organization=who.is_organization,
        name=providers.name(who),
        last_name=who.last_name,
        first_name=who.first_name,
        credential=who.credential,
        specialty=who.specialty,
        group_name=row.group.name if row.group else "",
        languages=tuple(who.languages),
        affiliated=Period(row.first_on, row.last_on),
        at=_place(row),
        lines=_lines(row.participations.all()),
    )


def _lines(rows: Iterable[models.Participation]) -> tuple[tuple[str, Period], ...]:
    return tuple(sorted((row.line_id, Period(row.first_on, row.last_on)) for row in rows))


def _place(row: models.Affiliation) -> SentPlace:
    return SentPlace(
        address=row.address,
        city=row.city,
        state=row.state,
        postal_code=row.postal_code,
        telephone=row.telephone,
        fax=row.fax,
        email=row.email,
        accepts_new_patients=row.accepts_new_patients,
        telehealth=row.telehealth,
        accessibility=tuple(row.accessibility),
    )
