"""What is wrong with what was typed, and what only looks unusual, in plain words by their codes."""

from collections.abc import Mapping
from typing import Final

FAULTS: Final[Mapping[str, str]] = {
    "missing": "Fill this in.",
    "npi_format": "An NPI has ten digits.",
    "npi_check_digit": "One of the digits is not right: an NPI's last digit confirms the others. Check each.",
    "tax_id_format": "A tax ID has nine digits, such as 12-3456789.",
    "tax_id_twice": "This tax ID stands here twice. Remove one of the two.",
    "duplicate": "One of the tax IDs stands here twice. Name each once.",
    "too_many": "These are more tax IDs than one registration takes. Register with the main ones.",
    "licence_format": "A licence number has letters and digits, 40 at most.",
    "state_unknown": "Choose a state of the list.",
    "name_format": "Enter a name of at most 60 letters, without digits.",
    "email_format": "Enter a whole mail address, such as j.rivera@example.org.",
    "telephone_format": "Enter ten digits, such as (530) 555-0193.",
    "postal_code_format": "A ZIP code has five digits, or nine: 90210 or 90210-1234.",
    "office_name_format": "Enter a name with letters or digits.",
    "address_format": "Enter the street and the number.",
    "city_format": "Enter the name of the city.",
    "too_long": "This is too long.",
    "region_unknown": "The plan does not serve one of these regions. Choose again.",
    "not_asked": "This is not asked for here.",
    "username_format": (
        "A username has 2 to 60 small letters, digits, dots, dashes or underscores, and begins with a letter "
        "or a digit."
    ),
    "transaction_id_format": "A transaction ID has 17 letters and digits, in groups of four.",
    "transaction_id_check": "This transaction ID was mistyped. Compare each letter and digit.",
}
HINTS: Final[Mapping[str, str]] = {
    "licence_unusual": (
        "Licences of this state usually look otherwise. Compare it with yours; if it is right, go on."
    ),
    "tax_id_prefix": "Hardly any tax ID begins with these two digits. If it is right, go on.",
}
FINE: Final[Mapping[str, str]] = {
    "npi": "The digits fit together.",
    "username": "This can be a username.",
}
"""What is said of a text that is fine, where silence would leave somebody guessing."""
