"""The practices the demo's people work in: always there, always the same, whatever the size of the plan.

Their tax IDs and NPIs are fixed, so that guides and tests can name them.
"""

from collections.abc import Iterator
from datetime import date

from portico.demo import days, identifiers, regions, specialties
from portico.demo.lines import CODES
from portico.demo.roster import Affiliation, Group, Pcp, Practice, Provider
from portico.demo.specialties import Specialty

LAKESIDE_GROUP = Group("LKS", "Lakes Physicians Alliance")
CEDAR_GROUP = Group("CDR", "Cedar Ridge Independent Doctors")

_EMPLOYER = ("employer-hmo", "employer-ppo", "employer-epo")
_NO_INDIVIDUAL = (*_EMPLOYER, "medicare-advantage", "medi-cal", "cal-mediconnect")


def _practice(tax_id: str, name: str, town: str, street: str, phone: int, *served: str) -> Practice:
    group = {"LKS": LAKESIDE_GROUP, "CDR": CEDAR_GROUP}.get(served[0])
    lines = served[1:] if group else served
    mail = f"office@{name.lower().replace(' ', '-')}.{identifiers.MAIL_DOMAIN}"
    place = regions.region_of(town).code
    return Practice(tax_id, name, regions.town(town), place, street, lines, group, phone, mail)


LAKESIDE = _practice(
    "174204417", "Lakeside Family Medicine", "Northlake", "120 Harbor Street", 10, "LKS", *CODES
)
LAKESIDE_PEDIATRICS = _practice(
    "174208852", "Lakeside Pediatrics", "Tarn Harbor", "8 Heron Lane", 12, "LKS", *_NO_INDIVIDUAL
)
CEDAR_RIDGE = _practice(
    "286113940", "Cedar Ridge Medical Group", "Cedar Ridge", "2200 Ridge Road", 20, "CDR", *CODES
)
CEDAR_RIDGE_SPECIALISTS = _practice(
    "286117725", "Cedar Ridge Specialists", "High Meadow", "41 Granite Way", 22, "CDR", *CODES
)
VANDERMEER = _practice(
    "490357708",
    "Ilse Vandermeer MD",
    "Marlow Bay",
    "15 Saltmarsh Lane",
    30,
    "employer-ppo",
    "medicare-advantage",
)
HARBOR_POINT = _practice("693302216", "Harbor Point Hospital", "Marlow Bay", "1 Harbor Street", 40, *CODES)
BRIGHT_RIVER = _practice(
    "789914463", "Bright River Imaging", "Delta Fork", "77 River Street", 50, *_NO_INDIVIDUAL
)
JUNIPER_FLATS = _practice(
    "490357716", "Juniper Flats Family Care", "Mesquite Wells", "9 Juniper Road", 90, *CODES
)
SANDSTONE = _practice("490357724", "Sandstone Heart Care", "Vinedale", "64 Quarry Street", 92, *CODES)
PRACTICES = (
    *(LAKESIDE, LAKESIDE_PEDIATRICS, CEDAR_RIDGE, CEDAR_RIDGE_SPECIALISTS),
    *(VANDERMEER, HARBOR_POINT, BRIGHT_RIVER, JUNIPER_FLATS, SANDSTONE),
)


def _person(number: int, first: str, last: str, specialty: Specialty, *languages: str) -> Provider:
    spoken = ("en", *languages)
    return Provider(npi(number), False, last, specialty, _licence(number), first_name=first, languages=spoken)


def _place(number: int, practice: Practice, specialty: Specialty) -> Provider:
    return Provider(npi(number), True, practice.name, specialty, _licence(number))


def npi(number: int) -> str:
    """The NPI of the demo's own provider `number` (1 to 999); generated providers stay below these."""
    return identifiers.npi(99_000_000 + number)


def _licence(number: int) -> str:
    return f"ZZ{900_000 + number}"


GRACE_LIN = _person(1, "Grace", "Lin", specialties.FAMILY_MEDICINE, "zh")
PAUL_ORTIZ = _person(2, "Paul", "Ortiz", specialties.FAMILY_NURSE, "es")
TEMPERANCE_OKORO = _person(3, "Temperance", "Okoro", specialties.PEDIATRICS)
BIJAN_FARAHANI = _person(4, "Bijan", "Farahani", specialties.INTERNAL_MEDICINE, "fa")
JONAS_WEIR = _person(5, "Jonas", "Weir", specialties.FAMILY_MEDICINE)
HELEN_PARK = _person(6, "Helen", "Park", specialties.INTERNAL_MEDICINE, "ko")
LUIS_ARANDA = _person(7, "Luis", "Aranda", specialties.FAMILY_MEDICINE, "es")
NADIA_KHOURY = _person(8, "Nadia", "Khoury", specialties.CARDIOLOGY, "ar", "fr")
STEFAN_BRANDT = _person(9, "Stefan", "Brandt", specialties.ORTHOPEDICS, "de")
ILSE_VANDERMEER = _person(10, "Ilse", "Vandermeer", specialties.INTERNAL_MEDICINE, "nl")
WALLIS_FENN = _person(12, "Wallis", "Fenn", specialties.FAMILY_MEDICINE)
RAMONA_STILES = _person(13, "Ramona", "Stiles", specialties.CARDIOLOGY)
MOLLY_TSOSIE = _person(11, "Molly", "Tsosie", specialties.PHYSICAL_THERAPY)


def affiliations(today: date) -> Iterator[Affiliation]:
    """Who bills under which of these tax IDs; one affiliation ended last quarter, one begins next month."""
    for practice, providers in _STAFF:
        for provider in providers:
            yield _affiliated(provider, practice, days.month_start(today, -60))
    left = days.month_end(today, -3)
    yield _affiliated(JONAS_WEIR, LAKESIDE, days.month_start(today, -72), left)
    yield _affiliated(JONAS_WEIR, CEDAR_RIDGE, days.days_after(left, 1))
    yield _affiliated(MOLLY_TSOSIE, LAKESIDE, days.month_start(today, 1))


def pcp(provider: Provider, practice: Practice) -> Pcp:
    """The provider as a member is assigned to one, through that practice."""
    return Pcp(provider.npi, provider.last_name, provider.first_name, practice.tax_id)


def npi_of(practice: Practice) -> str:
    """The NPI of the practice itself, an organisation that bills under its tax ID."""
    [providers] = (staff for where, staff in _STAFF if where is practice)
    return providers[0].npi


def telephone(practice: Practice) -> str:
    """The practice's telephone: ten digits; empty where none is on file."""
    return _number(practice, 0)


def fax(practice: Practice) -> str:
    """The practice's fax, likewise."""
    return _number(practice, 1)


def _number(practice: Practice, line: int) -> str:
    if practice.phone is None:
        return ""
    return identifiers.telephone(practice.town.area_code, practice.phone + line)


def _affiliated(who: Provider, where: Practice, first_on: date, last_on: date | None = None) -> Affiliation:
    return Affiliation(who, where, first_on, last_on, where.lines, first_on, last_on)


_STAFF: tuple[tuple[Practice, tuple[Provider, ...]], ...] = (
    (LAKESIDE, (_place(101, LAKESIDE, specialties.CLINIC), GRACE_LIN, PAUL_ORTIZ, BIJAN_FARAHANI)),
    (
        LAKESIDE_PEDIATRICS,
        (_place(102, LAKESIDE_PEDIATRICS, specialties.SINGLE_SPECIALTY_CLINIC), TEMPERANCE_OKORO, PAUL_ORTIZ),
    ),
    (CEDAR_RIDGE, (_place(103, CEDAR_RIDGE, specialties.CLINIC), HELEN_PARK, LUIS_ARANDA)),
    (
        CEDAR_RIDGE_SPECIALISTS,
        (_place(104, CEDAR_RIDGE_SPECIALISTS, specialties.CLINIC), NADIA_KHOURY, STEFAN_BRANDT),
    ),
    (VANDERMEER, (ILSE_VANDERMEER,)),
    (HARBOR_POINT, (_place(105, HARBOR_POINT, specialties.HOSPITAL),)),
    (BRIGHT_RIVER, (_place(106, BRIGHT_RIVER, specialties.IMAGING_CENTER),)),
    (JUNIPER_FLATS, (WALLIS_FENN,)),
    (SANDSTONE, (RAMONA_STILES,)),
)
