"""Every part of a request has a label, and its place in a 278."""

from dataclasses import fields

from portico.domains.authorizations.document_kinds import DocumentKind, Full
from portico.domains.authorizations.facts.requested import (
    Kind,
    Level,
    Request,
    Role,
    ServiceSent,
    System,
    Unit,
)
from portico.edges.web.authorizations import labels


def test_every_field_has_a_label_and_its_element_of_the_278() -> None:
    named = {each.name for each in fields(Request)}
    named |= {f"services.{each.name}" for each in fields(ServiceSent)}
    assert set(labels.LABELS) == named
    assert set(labels.ELEMENTS) == named - labels.ONLY_HERE


def test_every_code_has_words() -> None:
    for words, codes in (
        (labels.KINDS, Kind),
        (labels.KINDS_EXPLAINED, Kind),
        (labels.LEVELS, Level),
        (labels.ROLES, Role),
        (labels.SYSTEMS, System),
        (labels.UNITS, Unit),
        (labels.DOCUMENTS, DocumentKind),
        (labels.FULL, Full),
    ):
        assert set(words) == set(codes)


def test_a_diagnosis_has_the_dot_people_write() -> None:
    assert [labels.diagnosis(code) for code in ("M2391", "I10")] == ["M23.91", "I10"]
