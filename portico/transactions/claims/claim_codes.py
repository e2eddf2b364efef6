"""How the writer puts diagnoses, procedures and the DRG of a claim: the HI segments."""

from collections.abc import Sequence

from portico.domains.claims.facts.submitted import Diagnosis, DiagnosisKind, Form, SentClaim
from portico.transactions.claims.parties import Put, day

_IN_A_SEGMENT = 12
_QUALIFIERS = {
    DiagnosisKind.PRINCIPAL: "ABK",
    DiagnosisKind.ADMITTING: "ABJ",
    DiagnosisKind.REASON_FOR_VISIT: "APR",
    DiagnosisKind.EXTERNAL_CAUSE: "ABN",
    DiagnosisKind.OTHER: "ABF",
}
_ORDER = ("ABK", "ABJ", "APR", "ABN", "DR", "ABF")

Code = tuple[str | None, ...]


def write(put: Put, claim: SentClaim, *, with_procedures: bool) -> None:
    """HI: in a professional claim in the order in which lines point at them, else by kind.

    `with_procedures`: those of an institution too.
    """
    if claim.form is Form.PROFESSIONAL:
        _put(put, [_diagnosis(one) for one in claim.diagnoses])
        _put(put, [("BP" if not at else "BO", code) for at, code in enumerate(claim.procedures)])
        return
    for qualifier in _ORDER:
        if qualifier == "DR":
            _put(put, [("DR", claim.drg)] if claim.drg else [])
        else:
            found = [one for one in claim.diagnoses if _QUALIFIERS[one.kind] == qualifier]
            _put(put, [_diagnosis(one) for one in found])
    if with_procedures:
        _procedures(put, claim)


def _procedures(put: Put, claim: SentClaim) -> None:
    """The first is the principal one; all of them are told as of the first day of service."""
    starts_on = claim.starts_on
    if starts_on is None:
        return
    codes: list[Code] = [
        ("BBR" if not at else "BBQ", code, "D8", day(starts_on)) for at, code in enumerate(claim.procedures)
    ]
    _put(put, codes[:1])
    _put(put, codes[1:])


def _diagnosis(one: Diagnosis) -> Code:
    if one.present_on_admission:
        return (_QUALIFIERS[one.kind], one.code, *(None,) * 6, one.present_on_admission)
    return (_QUALIFIERS[one.kind], one.code)


def _put(put: Put, codes: Sequence[Code]) -> None:
    for at in range(0, len(codes), _IN_A_SEGMENT):
        put("HI", *codes[at : at + _IN_A_SEGMENT])
