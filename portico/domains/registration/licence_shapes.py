"""What the numbers of physicians' licences usually look like, state by state. Pure.

A hint and never a gate: boards change their numbering, renumber on renewal, and number other callings
otherwise. A shape speaks of the number in capital letters and digits alone.
"""

import re
from collections.abc import Mapping
from typing import Final

STATES: Final[Mapping[str, str]] = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
}

_DIGITS: Final = "[0-9]{4,6}"
_DOCTOR: Final = "(MD|DO)[0-9]{3,8}"

_SHAPES: Final[Mapping[str, str]] = {
    "AL": "(MD|DO)?[0-9]{3,6}L?",
    "AK": "(MEDS|MEDO)?[0-9]{3,7}",
    "AZ": "(MD|DO)?[0-9]{3,6}",
    "AR": "[CENR][0-9]{3,5}",
    "CA": "(20A|[ACG])[0-9]{3,7}",
    "CO": "((DR|CDR|TL)[0-9]{4,8}|[0-9]{4,6})",
    "CT": "(1|CSP)?[0-9]{5,6}",
    "DE": "C[1-3][0-9]{4,8}",
    "DC": "(MD|DO)[A-Z]?[0-9]{3,9}",
    "FL": "(ME|OS|ACN|TRN)[0-9]{1,7}",
    "GA": _DIGITS,
    "HI": "(MD|DOS)[0-9]{1,6}",
    "ID": "[MO]C?[0-9]{2,6}",
    "IL": "(036|125)[0-9]{6}",
    "IN": "0[12][0-9]{6}[A-Z]",
    "IA": "(MD|DO|R)?[0-9]{4,6}",
    "KS": "0[45][0-9]{5}",
    "KY": "[0-9]{4,5}|TP[0-9]{3,5}|0[0-9]{4}",
    "LA": "(MD|DO)?[0-9]{4,6}R?",
    "ME": "(MD|DO)[0-9]{3,6}",
    "MD": "[DH][0-9]{4,7}",
    "MA": "[0-9]{4,7}",
    "MI": "(4301|5101|4351|5151)[0-9]{6}",
    "MN": "[0-9]{4,6}",
    "MS": "[0-9]{4,6}",
    "MO": "((19|20)[0-9]{8}|(R|DO|MD|MDR)?[0-9][0-9A-Z]{2,5})",
    "MT": "(MEDPHYSLIC)?[0-9]{3,6}",
    "NE": "[0-9]{3,5}",
    "NV": "(DO)?[0-9]{3,5}",
    "NH": "(T)?[0-9]{4,6}",
    "NJ": "25M[AB][0-9]{8}",
    "NM": "(MD|DO|A|AS)?[0-9]{4,9}",
    "NY": "[0-9]{6}",
    "NC": "((19|20)[0-9]{7}|[0-9]{4,6})",
    "ND": "(PHYS|PMD|PT)?[0-9]{3,6}",
    "OH": "3[45][0-9]{6}",
    "OK": "[0-9]{3,5}",
    "OR": "(MD|DO)[0-9]{4,6}",
    "PA": "(MD|OS|OT|MT)[0-9]{6}[A-Z]?",
    "RI": _DOCTOR,
    "SC": "(DO|MD|MMD)?[0-9]{3,6}",
    "SD": "[0-9]{3,5}",
    "TN": "(MD|DO)?[0-9]{3,10}",
    "TX": "[A-Z][0-9]{4}",
    "UT": "[0-9]{5,9}(12|89)[0-9]{2}",
    "VT": "0?[34]2[0-9]{7}",
    "VA": "010[12][0-9]{6}",
    "WA": "(MD|OP|ML|TR)[0-9]{6,8}",
    "WV": "[0-9]{4,6}",
    "WI": "[0-9]{3,6}(20|21|320|321)",
    "WY": "[0-9]{3,5}[A-Z]?",
}
_KNOWN: Final = {state: re.compile(shape) for state, shape in _SHAPES.items()}


def is_usual(number: str, state: str) -> bool:
    """Does this look like a physician's licence of the state? True for a state we know no shape of."""
    shape = _KNOWN.get(state)
    return shape is None or shape.fullmatch(re.sub(r"[^A-Z0-9]", "", number.upper())) is not None
