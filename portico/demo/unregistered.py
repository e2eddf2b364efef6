"""Practices of the provider file without an account at first: one for each way a registration can go.

Their tax IDs, NPIs and licences are fixed, so that guides and `var/demo.json` can name them.
"""

from collections.abc import Iterator
from datetime import date

from portico.demo import days, identifiers, practices, regions, specialties
from portico.demo.lines import CODES
from portico.demo.roster import Affiliation, Practice, Provider
from portico.demo.specialties import Specialty

_NO_PHONE = None
_SINCE = -48


def _practice(
    tax_id: str, name: str, town: str, street: str, phone: int | None, lines: tuple[str, ...] = CODES
) -> Practice:
    mail = f"office@{name.lower().replace(' ', '-')}.{identifiers.MAIL_DOMAIN}" if phone is not None else ""
    place = regions.region_of(town).code
    return Practice(tax_id, name, regions.town(town), place, street, lines, None, phone, mail)


def _person(number: int, first: str, last: str, specialty: Specialty) -> Provider:
    return Provider(practices.npi(number), False, last, specialty, _licence(number), first_name=first)


def _place(number: int, practice: Practice, specialty: Specialty) -> Provider:
    return Provider(practices.npi(number), True, practice.name, specialty, _licence(number))


def _licence(number: int) -> str:
    """A number as the state's board writes them, far above those it has given out."""
    return f"A99{number:05d}"


SORVALD = _practice("174311206", "Sorvald Family Medicine", "Pinefall", "12 Juniper Street", 60)
ACHTERBERG = _practice("174311214", "Achterberg Internal Medicine", "Weir", "3 Mill Road", _NO_PHONE)
MARSH = _practice("286220317", "Quartz Bend Internal Medicine", "Quartz Bend", "88 Depot Street", 62)
PENROSE = _practice("286220325", "Penrose Bone and Joint", "Aurelia", "410 Mission Street", 64)
VALE = _practice("490411030", "Fogmoor Obstetrics", "Fogmoor", "6 Lark Street", 66)
STILLWATER = _practice("693410028", "Stillwater General Hospital", "Sluice", "1 River Street", 68)
TULE_CREEK = _practice("693410036", "Tule Creek Dialysis", "Levee", "230 Tule Road", 70)
GRANITE_LAKE = _practice("693410044", "Granite Lake Physicians", "Granite Lake", "75 Granite Way", 72)
ASHWORTH = _practice("789925516", "Dunelea Chiropractic", "Dunelea", "19 Sage Court", 74, ())
DRUMMOND = _practice("789925524", "Salt Flat General Practice", "Salt Flat", "5 Canyon Road", 76)
KERR = _practice("789925532", "Date City Pediatrics", "Date City", "140 Palm Street", 78)
HALVORSEN = _practice("789925540", "Almond Grove Eye Care", "Almond Grove", "27 Poppy Way", 80)
OSPREY = _practice("174311222", "Osprey Point Family Care", "Osprey Point", "31 Pine Street", 82)
PRACTICES = (
    *(SORVALD, ACHTERBERG, MARSH, PENROSE, VALE, STILLWATER),
    *(TULE_CREEK, GRANITE_LAKE, ASHWORTH, DRUMMOND, KERR, HALVORSEN, OSPREY),
)

ANNIKA_SORVALD = _person(201, "Annika", "Sorvald", specialties.FAMILY_MEDICINE)
TOBIN_ACHTERBERG = _person(202, "Tobin", "Achterberg", specialties.INTERNAL_MEDICINE)
LUCINDA_MARSH = _person(203, "Lucinda", "Marsh", specialties.INTERNAL_MEDICINE)
FERDINAND_PENROSE = _person(204, "Ferdinand", "Penrose", specialties.ORTHOPEDICS)
HESPER_VALE = _person(205, "Hesper", "Vale", specialties.OBSTETRICS)
THE_HOSPITAL = _place(206, STILLWATER, specialties.HOSPITAL)
THE_DIALYSIS = _place(207, TULE_CREEK, specialties.DIALYSIS_CENTER)
THE_GROUP = _place(208, GRANITE_LAKE, specialties.CLINIC)
GIDEON_ASHWORTH = _person(209, "Gideon", "Ashworth", specialties.CHIROPRACTIC)
SILAS_DRUMMOND = _person(210, "Silas", "Drummond", specialties.GENERAL_PRACTICE)
OTTILIE_KERR = _person(211, "Ottilie", "Kerr", specialties.PEDIATRICS)
INGRID_HALVORSEN = _person(212, "Ingrid", "Halvorsen", specialties.EYE_SURGERY)
MAREN_LOCKE = _person(213, "Maren", "Locke", specialties.FAMILY_MEDICINE)
DUNCAN_HALE = _person(214, "Duncan", "Hale", specialties.FAMILY_MEDICINE)

RENEWED_LICENCE = _licence(904)
"""Ferdinand Penrose's licence was given a new number; the provider file does not know it yet."""

_STAFF = (
    *((SORVALD, ANNIKA_SORVALD), (ACHTERBERG, TOBIN_ACHTERBERG), (MARSH, LUCINDA_MARSH)),
    *((PENROSE, FERDINAND_PENROSE), (VALE, HESPER_VALE), (STILLWATER, THE_HOSPITAL)),
    *((TULE_CREEK, THE_DIALYSIS), (GRANITE_LAKE, THE_GROUP), (ASHWORTH, GIDEON_ASHWORTH)),
    *((DRUMMOND, SILAS_DRUMMOND), (KERR, OTTILIE_KERR), (HALVORSEN, INGRID_HALVORSEN)),
    *((OSPREY, MAREN_LOCKE), (OSPREY, DUNCAN_HALE)),
)


def affiliations(today: date) -> Iterator[Affiliation]:
    """Who bills under which of these tax IDs; one of them takes part in no line."""
    first_on = days.month_start(today, _SINCE)
    for practice, provider in _STAFF:
        takes_part = first_on if practice.lines else None
        yield Affiliation(provider, practice, first_on, None, practice.lines, takes_part)
