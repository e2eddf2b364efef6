"""A draft that a coordinator began and handed to the doctor, who finds it on Today.

Imported once Django is set up.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from portico.demo import authorizers, practices
from portico.demo.acting import CannotFurnish
from portico.demo.scene import Scene
from portico.domains.authorizations import draft_handing, drafts
from portico.domains.authorizations.draft_content import ServiceTyped
from portico.domains.authorizations.drafts import Begun
from portico.domains.authorizations.facts.requested import Kind, Unit
from portico.domains.members.asked import ByMemberId
from portico.domains.plan import days

_MEMBER: Final = "NLH8842010801"
_AGO: Final = 0.2


def over(scene: Scene) -> None:
    """Begin it, fill in what is known, and hand it over. Raises CannotFurnish."""
    at, tax_id = scene.ago(_AGO), practices.LAKESIDE.tax_id
    petra, ansel = scene.act(authorizers.COORDINATOR, at), scene.act(authorizers.DOCTOR, at)
    begun = drafts.begin(actor=petra, kind=Kind.AUTHORIZATION, tax_id=tax_id, by=ByMemberId(_MEMBER))
    if not isinstance(begun, Begun):
        raise CannotFurnish("the draft of the demo was not begun")
    held = drafts.read(actor=petra, draft=begun.id)
    first = days.of(at) + timedelta(days=7)
    therapy = ServiceTyped(
        service_type="PT",
        code="97110",
        quantity="10",
        unit=Unit.VISITS,
        first_on=first.isoformat(),
        last_on=(first + timedelta(days=60)).isoformat(),
    )
    content = replace(
        held.content,
        requesting=practices.GRACE_LIN.npi,
        diagnoses="M54.50",
        services=(therapy,),
        contact_name="Petra Solano",
    )
    drafts.save(actor=petra, draft=begun.id, content=content, version=held.version)
    if ansel.persona_id is None:
        raise CannotFurnish("nobody is there to hand the draft to")
    draft_handing.hand_over(actor=petra, draft=begun.id, to=ansel.persona_id)
