"""The plan's service area: six regions and their towns, invented, in a state that looks like California."""

from dataclasses import dataclass

STATE = "CA"
STREETS = (
    "Alder Lane|Bayberry Court|Canyon Road|Cedar Street|Citrus Avenue|Coyote Way|Depot Street|"
    "Eucalyptus Drive|Fennel Court|Foothill Road|Granite Way|Harbor Street|Heron Lane|Juniper Street|"
    "Kestrel Court|Lark Street|Laurel Avenue|Manzanita Drive|Meadow Lane|Mill Road|Mission Street|"
    "Oak Street|Olive Avenue|Orchard Road|Palm Street|Pepper Tree Lane|Pine Street|Poppy Way|Quail Run|"
    "Redwood Avenue|Ridge Road|River Street|Sage Court|Saltmarsh Lane|Sparrow Street|Sycamore Avenue|"
    "Tule Road|Valley Street|Walnut Street|Willow Way"
).split("|")


@dataclass(frozen=True, slots=True)
class Town:
    """A town, its postal code and the telephone area it lies in."""

    name: str
    postal_code: str
    area_code: str


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the service area; `share` is its part of the members in percent."""

    code: str
    name: str
    share: int
    towns: tuple[Town, ...]


def _region(code: str, name: str, share: int, area_code: str, first_postal: int, towns: str) -> Region:
    listed = enumerate(towns.split("|"))
    return Region(code, name, share, tuple(Town(t, f"{first_postal + i}", area_code) for i, t in listed))


REGIONS: tuple[Region, ...] = (
    _region(
        "north-lakes", "North Lakes", 22, "530", 90901, "Northlake|Tarn Harbor|Pinefall|Osprey Point|Weir"
    ),
    _region(
        "gold-valley", "Gold Valley", 20, "916", 90921, "Aurelia|Sluice|Quartz Bend|Almond Grove|Delta Fork"
    ),
    _region(
        "harbor-coast",
        "Harbor Coast",
        18,
        "831",
        90941,
        "Marlow Bay|Kelp Landing|Fogmoor|Pelican Head|Dunelea",
    ),
    _region(
        "inland-basin",
        "Inland Basin",
        17,
        "909",
        92901,
        "Mesquite Wells|Salt Flat|Joshua Reach|Date City|Arroyo",
    ),
    _region(
        "mission-plain",
        "Mission Plain",
        14,
        "559",
        92921,
        "Santa Orla|Vinedale|Cotton Ferry|Raisin Park|Levee",
    ),
    _region(
        "cedar-highlands",
        "Cedar Highlands",
        9,
        "209",
        92941,
        "Cedar Ridge|High Meadow|Granite Lake|Snowline|Ursa",
    ),
)
BY_CODE = {region.code: region for region in REGIONS}
CODES = tuple(BY_CODE)


def town(name: str) -> Town:
    """The town of that name; raises KeyError for a name that is not on the map."""
    return _TOWNS[name]


def region_of(name: str) -> Region:
    """The region the town of that name lies in; raises KeyError for a name that is not on the map."""
    return _REGION_OF[name]


_TOWNS = {place.name: place for region in REGIONS for place in region.towns}
_REGION_OF = {place.name: region for region in REGIONS for place in region.towns}
