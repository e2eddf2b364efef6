"""The demo's offices, in the shape `make demo` needs to open their accounts.

Their tax IDs and providers are those of `practices`, so they stand in the provider file of every plan built.
"""

from dataclasses import dataclass

from portico.demo import practices
from portico.demo.roster import Practice


@dataclass(frozen=True, slots=True)
class Office:
    """An organisation with an account: `kind` as in the provider's registration, its practices by tax ID."""

    key: str
    name: str
    kind: str
    region: str
    practices: tuple[Practice, ...]

    @property
    def tax_ids(self) -> tuple[str, ...]:
        """The tax IDs it bills under, the main one first."""
        return tuple(practice.tax_id for practice in self.practices)

    @property
    def telephone(self) -> str:
        """Ten digits, kept for fiction."""
        return practices.telephone(self.practices[0])

    @property
    def contact_email(self) -> str:
        """Where mail for the office goes."""
        return self.practices[0].email


LAKESIDE = Office(
    "lakeside-family-medicine",
    "Lakeside Family Medicine",
    "physician",
    "north-lakes",
    (practices.LAKESIDE, practices.LAKESIDE_PEDIATRICS),
)
CEDAR_RIDGE = Office(
    "cedar-ridge-medical-group",
    "Cedar Ridge Medical Group",
    "medical_group",
    "cedar-highlands",
    (practices.CEDAR_RIDGE, practices.CEDAR_RIDGE_SPECIALISTS),
)
VANDERMEER = Office(
    "ilse-vandermeer-md", "Ilse Vandermeer, MD", "physician", "harbor-coast", (practices.VANDERMEER,)
)
HARBOR_POINT = Office(
    "harbor-point-hospital", "Harbor Point Hospital", "hospital", "harbor-coast", (practices.HARBOR_POINT,)
)
BRIGHT_RIVER = Office(
    "bright-river-imaging", "Bright River Imaging", "ancillary", "gold-valley", (practices.BRIGHT_RIVER,)
)
JUNIPER_FLATS = Office(
    "juniper-flats-family-care",
    "Juniper Flats Family Care",
    "physician",
    "inland-basin",
    (practices.JUNIPER_FLATS,),
)
SANDSTONE = Office(
    "sandstone-heart-care", "Sandstone Heart Care", "physician", "mission-plain", (practices.SANDSTONE,)
)
OFFICES = (LAKESIDE, CEDAR_RIDGE, VANDERMEER, HARBOR_POINT, BRIGHT_RIVER, JUNIPER_FLATS, SANDSTONE)
BY_KEY = {office.key: office for office in OFFICES}
