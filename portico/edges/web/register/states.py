"""The states as a list to choose from."""

from typing import Final

from portico.domains.registration.licence_shapes import STATES

CHOICES: Final = [("", "Choose a state"), *STATES.items()]
