"""Where a request or a service stands, as HCR01 says it; and what the words beside it are.

| stands | HCR01 |
| --- | --- |
| approved | A1 |
| partly | A2 of the whole, A6 of a service |
| denied | A3 |
| in review, pended | A4 |
| cancelled | C |
| not needed | NA, or CT where somebody else decides |
"""

from collections.abc import Mapping

from portico.domains.authorizations.facts.requested import Warning
from portico.domains.authorizations.facts.shown import State

PENDED, SOMEBODY_ELSE = "A4", "CT"
_ANY: Mapping[State, str] = {
    State.IN_REVIEW: PENDED,
    State.PENDED: PENDED,
    State.APPROVED: "A1",
    State.DENIED: "A3",
    State.CANCELLED: "C",
    State.NOT_NEEDED: "NA",
}
OF_WHOLE: Mapping[State, str] = {**_ANY, State.PARTLY: "A2"}
OF_SERVICE: Mapping[State, str] = {**_ANY, State.PARTLY: "A6"}
APPROVED = frozenset({State.APPROVED, State.PARTLY})
ADVERSE = frozenset({State.DENIED, State.PARTLY})
UNNUMBERED = frozenset({"NA", SOMEBODY_ELSE})
"""What has no number that could be billed with."""

WORDS: Mapping[State, str] = {
    State.NOT_NEEDED: "No authorization is needed for this on these days.",
    State.DENIED: "A reconsideration or an appeal can be asked for in the portal.",
    State.PARTLY: "A reconsideration or an appeal can be asked for in the portal.",
}
WARNINGS: Mapping[Warning, str] = {
    Warning.DUPLICATE: "Another request covers this on the same days.",
    Warning.COVERAGE_ENDS: "The patient's coverage ends before the last day.",
    Warning.COVERAGE_ENDED: "The patient's coverage has ended.",
    Warning.NOT_REQUIRED: "No authorization is needed for this on these days.",
    Warning.OTHER_DECIDES: "Somebody else decides on this for the plan: contact",
    Warning.OUT_OF_NETWORK: "The service provider is not in the plan's network on these days.",
    Warning.PCP_DIFFERS: "The patient has another PCP on these days.",
    Warning.NO_PCP: "The patient has no PCP on these days.",
    Warning.NOTICE_LATE: "The notice of the admission came late.",
}
REPORTS: Mapping[str, str] = {
    "clinical_notes": "M1",
    "test_results": "DG",
    "progress": "09",
    "treatment_history": "77",
    "treatment_plan": "77",
    "order": "77",
    "discharge_plan": "77",
}
"""PWK01 of what the plan asks for, by its kind; what is no document has none."""
