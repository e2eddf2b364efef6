"""Known devices: browsers in which somebody passed the second factor, and so is no stranger to that name.

A device keeps tallies of its own, so that whoever guesses elsewhere locks nobody out of it. It is no factor:
the password and the code are asked for all the same (decision record 0008).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from portico.domains.accounts import models
from portico.shared import identifiers

ID_SIGNS = 26


@dataclass(frozen=True, slots=True)
class Device:
    """A browser as one user's; counting that user's epoch up, as when it is disabled, makes it unknown."""

    user_id: int
    epoch: int
    id: str


def new(*, user_id: int, epoch: int) -> Device:
    """A device of that user, under a random id of 130 bits."""
    return Device(user_id, epoch, identifiers.new_reference(ID_SIGNS))


def known(devices: Iterable[Device], user: models.User | None) -> str:
    """The id of the one that is this user's; empty for a stranger."""
    mine = None if user is None else (user.pk, user.session_epoch)
    return next((device.id for device in devices if (device.user_id, device.epoch) == mine), "")
