"""Every way in which software may stand before the doors of programs, and what it is told there.

What a machine holds is what a person of the cast holds; beside that it may be revoked, be registered for a
tax ID it was not given, have a token for something else, or not be what it says at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.test import Client

from portico.domains.permits.reasons import Reason
from tests.support import cast, programs, visiting
from tests.support.doors import fhir
from tests.support.programs import Program
from tests.support.world import World

COVERAGE, PATIENT = "system/Coverage.", "system/Patient."


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose grants a machine holds, and what is wrong with it.

    `refused`: why it may ask nothing; `is_known` is false for what is not let in at all. `lines` are those it
    sees. `other_tax_id`: it is registered for one it was not given.
    """

    key: str
    holds: str = "front_desk"
    is_known: bool = True
    refused: Reason | None = None
    lines: tuple[str, ...] = (cast.HMO, cast.MEDI_CAL)
    other_tax_id: str = ""

    def program(self, world: World, make: Callable[..., Program]) -> Program:
        """The machine, made by `make`."""
        return make(world, self.holds, tax_id=self.other_tax_id)


STANDINGS = (
    Standing("own"),
    Standing("own, another tax ID", holds="colleague"),
    Standing("own, two tax IDs", holds="two_tax_ids"),
    Standing("another office's", holds="outsider"),
    Standing("one line", holds="medi_cal_only", lines=(cast.MEDI_CAL,)),
    Standing("eligibility alone", holds="eligibility_only"),
    Standing("another function", holds="without_function", refused=Reason.FUNCTION_NOT_GRANTED),
    Standing("a tax ID not given", other_tax_id=cast.SECOND, refused=Reason.TAX_ID_NOT_GRANTED),
    Standing("outside the network", holds="out_of_network", refused=Reason.NOT_PARTICIPATING),
    Standing("grants over", holds="expired", refused=Reason.GRANT_EXPIRED),
    Standing("grants ended", holds="revoked", refused=Reason.GRANT_EXPIRED),
    Standing("grants ahead", holds="early", refused=Reason.GRANT_NOT_YET_ACTIVE),
    Standing("grants proposed", holds="proposed", refused=Reason.GRANT_PROPOSED),
    Standing("revoked", is_known=False),
)


@dataclass(slots=True)
class Bearer:
    """What is sent with a request to the FHIR door."""

    token: str = ""
    client: Client = field(default_factory=Client)


def tokens(world: World) -> dict[str, Bearer]:
    """A bearer for each standing, and for whoever comes with something else than a token of its own."""
    bearers = {}
    for standing in STANDINGS:
        program = standing.program(world, programs.application)
        bearers[standing.key] = Bearer(fhir.token(program))
        if standing.key == "revoked":
            programs.revoke(program)
    return bearers | _with_something_else(world)


def _with_something_else(world: World) -> dict[str, Bearer]:
    partner = programs.partner(world, "front_desk")
    reads = programs.application(world, "front_desk", scopes=(f"{COVERAGE}r", f"{PATIENT}r"))
    searches = programs.application(world, "front_desk", scopes=(f"{COVERAGE}s", f"{PATIENT}s"))
    own = programs.application(world, "front_desk")
    return {
        "anonymous": Bearer(),
        "a wrong token": Bearer("x" * 43),
        "a person's session": Bearer(client=visiting.sign_in(world["front_desk"])),
        "a partner's password": Bearer(partner.secret),
        "scopes to read": Bearer(fhir.token(reads, f"{COVERAGE}r", f"{PATIENT}r")),
        "scopes to search": Bearer(fhir.token(searches, f"{COVERAGE}s", f"{PATIENT}s")),
        "scopes of Coverage": Bearer(fhir.token(own, f"{COVERAGE}rs")),
        "scopes of Patient": Bearer(fhir.token(own, f"{PATIENT}rs")),
    }


def partners(world: World) -> dict[str, Program]:
    """A trading partner for each standing."""
    made = {standing.key: standing.program(world, programs.partner) for standing in STANDINGS}
    programs.revoke(made["revoked"])
    return made
