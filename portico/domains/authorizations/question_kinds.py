"""What the plan may ask an office for before it decides: stable codes in plain words. Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

BY_CODE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "clinical_notes": "Clinical notes",
        "test_results": "Results of tests and imaging",
        "treatment_history": "What was tried before",
        "treatment_plan": "The plan of treatment",
        "order": "The order or prescription",
        "progress": "How the patient is doing",
        "discharge_plan": "The plan for discharge",
        "codes": "Codes of the diagnosis or the service",
        "provider": "Who does the service, and where",
        "other": "Something else",
    }
)
"""The kinds by code, in the order they are offered."""
