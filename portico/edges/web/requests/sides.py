"""From which side somebody decides about access requests: an office's administrator, or the plan's desk."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from portico.domains.access.delegating import acting
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking


@dataclass(frozen=True, slots=True)
class Side:
    """What the routes of this side begin with, and what somebody decides under there."""

    prefix: str
    function: Function

    @property
    def is_plan(self) -> bool:
        """Is it the plan's side?"""
        return self.function is Function.PROVISIONING

    def inbox(self) -> str:
        """The address of the list."""
        return reverse(f"{self.prefix}_requests")

    def one(self, number: UUID, act: str = "") -> str:
        """The address of a request, or of an answer to it."""
        return reverse(f"{self.prefix}_request{act and '_'}{act}", args=[number])

    def actor(self, request: HttpRequest) -> Actor:
        """Who asks; whoever decides on the other side only is refused here. Raises NotPermitted."""
        actor = asking.actor_of(request)
        if acting.function_of(actor) is not self.function:
            with permit(actor, self.function) as given:
                given.conclude("side_taken")
        return actor


OFFICE: Final = Side("office", Function.MANAGE_USERS)
PLAN: Final = Side("staff", Function.PROVISIONING)
