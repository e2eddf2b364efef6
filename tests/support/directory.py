"""A provider file for tests of the directory, and the directory made of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from portico.domains.directory import listings, models
from portico.domains.offices import models as offices
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import models as plan
from tests.support import cast, patients
from tests.support.actors import NOW, TODAY, system
from tests.support.world import World

Affiliation, Participation, TaxId = offices.Affiliation, offices.Participation, offices.TaxId
HMO, PPO = "employer-hmo", "employer-ppo"
TAX_ID, OTHER = "171234567", "181234567"
GRACE, NADIA, CLINIC = "2000000903", "2000000911", "2000000929"
LAST_YEAR = date(2025, 1, 1)
HARBOR = {"address": "120 Harbor Street", "city": "Northlake", "state": "CA", "postal_code": "90901"}
RIDGE = {"address": "2200 Ridge Road", "city": "Cedar Ridge", "state": "CA", "postal_code": "92941"}
PEOPLE: dict[str, dict[str, Any]] = {
    GRACE: {
        "last_name": "Lin",
        "first_name": "Grace",
        "credential": "MD",
        "specialty": "Family medicine",
        "languages": ["en", "zh"],
    },
    NADIA: {
        "last_name": "Khoury",
        "first_name": "Nadia",
        "credential": "MD",
        "specialty": "Heart",
        "languages": ["en", "ar", "fr"],
    },
    CLINIC: {"last_name": "Lakeside Clinic", "is_organization": True, "specialty": "Group practice"},
}


def lines() -> None:
    """The plan's two lines."""
    for position, code in enumerate((HMO, PPO)):
        plan.LineOfBusiness.objects.get_or_create(code=code, defaults={"name": code, "position": position})


def affiliated(npi: str = GRACE, tax_id: str = TAX_ID, **at: Any) -> offices.Affiliation:
    """The provider bills under the tax ID and takes part in the HMO since last year, unless told else."""
    lines()
    taking = at.pop("lines", (HMO,))
    who = PEOPLE[npi]
    provider, _ = offices.Provider.objects.get_or_create(
        npi=npi, defaults={**who, "name_key": who["last_name"]}
    )
    number, _ = offices.TaxId.objects.get_or_create(number=tax_id, defaults={"name": f"Office {tax_id[:2]}"})
    values = {"first_on": LAST_YEAR, "telephone": "5305550110", "accepts_new_patients": True, **HARBOR, **at}
    made = offices.Affiliation.objects.create(provider=provider, tax_id=number, **values)
    for line in taking:
        days = {"first_on": made.first_on, "last_on": made.last_on}
        offices.Participation.objects.create(affiliation=made, line_id=line, **days)
    return made


def zip_codes() -> None:
    """Where the two places lie: about 31 miles apart."""
    for code, latitude, longitude in (("90901", 39.5, -122.0), ("92941", 39.5, -121.4192)):
        models.ZipCode.objects.get_or_create(
            code=code, defaults={"latitude": latitude, "longitude": longitude}
        )


def refresh(*, on: date = TODAY, size: int = listings.TAX_IDS) -> int:
    """The whole directory is made anew on that day; answers how many listings it has."""
    after, count, is_over = "", 0, False
    while not is_over:
        with permit(replace(system(), today=on), Function.LOADING) as given:
            part = listings.refresh(given, after=after, size=size)
            given.conclude("refreshed")
        after, count, is_over = part.last, count + part.listings, part.is_over
    return count


def changed(listing: models.Listing, field: str, after: Any, **also: Any) -> models.Change:
    """The office changed a field, and the plan accepted it."""
    state = models.Change.State.ACCEPTED
    values = {"effective_on": TODAY, "state": state, "decided_at": NOW, "office_id": 1, **also}
    return models.Change.objects.create(
        reference=f"REF{models.Change.objects.count():014d}",
        listing=listing,
        npi=listing.npi,
        tax_id=listing.tax_id,
        field=field,
        before=listing.sent[field],
        after=after,
        sent_at=NOW,
        due_at=NOW,
        **values,
    )


def of_world(world: World) -> models.Listing:
    """The directory of the small world, made when first needed; answers Lakeside's own entry."""
    del world
    if not models.ZipCode.objects.exists():
        zip_codes()
        own = {"provider__npi": patients.NPI, "tax_id__number": cast.OWN}
        Affiliation.objects.filter(**own).update(**HARBOR, telephone="5305550110", accepts_new_patients=True)
        refresh()
    return models.Listing.objects.get(npi=patients.NPI, tax_id=cast.OWN)
