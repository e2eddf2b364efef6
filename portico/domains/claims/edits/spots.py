"""Makes misfits that say where in the claim they are. Pure."""

from dataclasses import replace

from portico.domains.claims.edits.codes import (
    INSTITUTIONAL_SPOTS,
    PROFESSIONAL_SPOTS,
    SERVICE_SPOTS,
    SPOTS,
    Code,
    Misfit,
    Spot,
)
from portico.domains.claims.facts.submitted import Form, SentClaim, SentService


def of_claim(claim: SentClaim, code: Code, name: str, *, about: str = "") -> Misfit:
    """A misfit of one field of the claim as a whole; `name` is one of SPOTS."""
    spot = SPOTS[name]
    if name == "rendering.npi" and claim.form is Form.INSTITUTIONAL:
        spot = replace(spot, loop="2310D")
    return Misfit(code, spot, "" if name in ("claim", "is_encounter") else name, about=about)


def of_service(claim: SentClaim, service: SentService, code: Code, name: str, *, about: str = "") -> Misfit:
    """A misfit of one field of a service line."""
    value_at = "" if name == "line" else f"services.{service.number}.{name}"
    return Misfit(code, _service_spot(claim.form, name), value_at, service.number, about)


def of_diagnosis(index: int, code: Code) -> Misfit:
    """A misfit of the diagnosis at this place, counted from 1."""
    return Misfit(code, SPOTS["diagnoses"], f"diagnoses.{index}")


def _service_spot(form: Form, name: str) -> Spot:
    own = PROFESSIONAL_SPOTS if form is Form.PROFESSIONAL else INSTITUTIONAL_SPOTS
    return own.get(name) or SERVICE_SPOTS.get(name) or SERVICE_SPOTS["line"]
