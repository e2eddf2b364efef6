"""Documents of requests: who hands them in, what their receipt says, who is handed them."""

import hashlib
from uuid import uuid4

import pytest
from pytest_django import Settings

from portico.domains.authorizations import document_kinds, documents, models
from portico.domains.authorizations.at_hand import NotNow, UnknownRequest
from portico.domains.authorizations.document_kinds import Full
from portico.domains.authorizations.documents import UnknownDocument
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.shown import DocumentFacts
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.shared import references
from portico.shared.files.scanning import Scan
from tests.support import authorizations as requests
from tests.support import cast, patients, scanning, world
from tests.support.documents_of_requests import PDF, looked
from tests.support.world import World

pytestmark = pytest.mark.django_db
ELSEWHERE = {
    "requesting": (cast.OWN, patients.NPI),
    "servicing": (cast.FOREIGN, patients.NPI_ELSEWHERE),
}


@pytest.fixture
def made() -> World:
    return world.build()


def add(
    made: World, row: models.Authorization, who: str = "front_desk", **how: object
) -> DocumentFacts | Full:
    told = {"of": Kind(row.kind), "kind": "clinical_notes", "file": looked(), **how}
    return documents.add(actor=world.actor(made[who]), authorization=row.public_id, **told)  # type: ignore[arg-type]


def last() -> tuple[str, str]:
    use = world.uses()[-1]
    return use.outcome, use.conclusion


def test_a_document_has_a_receipt_and_a_row_of_the_ledger(made: World) -> None:
    row = requests.in_review()
    kept = add(made, row, service=2)
    assert isinstance(kept, DocumentFacts)
    assert kept.digest == hashlib.sha256(PDF).hexdigest()
    assert (kept.size, kept.name, kept.kind, kept.service) == (len(PDF), "notes.pdf", "clinical_notes", 2)
    assert references.parse(kept.reference) == kept.reference
    assert last() == ("allowed", "document_kept")
    event = row.events.get(kind="document")
    assert event.details == {
        "reference": kept.reference,
        "size": len(PDF),
        "digest": kept.digest,
        "service": 2,
    }
    row.refresh_from_db()
    assert row.version == 2


def test_what_is_kept_does_not_stand_in_the_row_as_it_is(made: World) -> None:
    add(made, requests.in_review())
    assert b"Catalog" not in bytes(models.Document.objects.get().sealed)


def test_whoever_does_the_service_hands_in_too_and_the_pcp_does_not(made: World) -> None:
    servicing = requests.in_review(parties=ELSEWHERE)
    assert isinstance(add(made, servicing, "outsider"), DocumentFacts)
    pcp = requests.in_review(parties={**ELSEWHERE, "servicing": (cast.SECOND, patients.NPI)})
    requests.party(pcp, "pcp", cast.FOREIGN, patients.NPI_ELSEWHERE)
    with pytest.raises(NotNow):
        add(made, pcp, "outsider")
    assert last() == ("allowed", "not_now")


def test_a_request_of_others_is_as_unknown_as_none(made: World) -> None:
    row = requests.in_review()
    with pytest.raises(UnknownRequest):
        add(made, row, "outsider")
    assert last() == ("allowed", "not_found")
    with pytest.raises(UnknownRequest):
        documents.add(
            actor=world.actor(made["front_desk"]),
            authorization=uuid4(),
            of=Kind.AUTHORIZATION,
            kind="x",
            file=looked(),
        )
    with pytest.raises(UnknownRequest):
        add(made, row, of=Kind.REFERRAL)
    assert not models.Document.objects.exists()


def test_an_administrator_hands_in_nothing(made: World) -> None:
    row = requests.in_review()
    with pytest.raises(NotPermitted):
        add(made, row, "administrator")


def test_what_is_decided_takes_no_document(made: World) -> None:
    with pytest.raises(NotNow):
        add(made, requests.denied())


def test_a_place_that_is_none_takes_no_document(made: World) -> None:
    with pytest.raises(NotNow):
        add(made, requests.in_review(), service=9)


@pytest.mark.parametrize(
    ("count", "held", "today", "expected"),
    [
        (0, 0, 0, None),
        (19, 0, 0, None),
        (20, 0, 0, Full.TOO_MANY),
        (1, document_kinds.MOST_BYTES - 10, 0, None),
        (1, document_kinds.MOST_BYTES - 9, 0, Full.TOO_MUCH),
        (1, 0, document_kinds.MOST_BYTES_A_DAY - 10, None),
        (1, 0, document_kinds.MOST_BYTES_A_DAY - 9, Full.OFFICE_TODAY),
    ],
)
def test_so_many_documents_are_taken(count: int, held: int, today: int, expected: Full | None) -> None:
    assert document_kinds.full(count=count, held=held, today=today, size=10) == expected


def test_one_too_many_is_not_kept(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_kinds, "MOST_FILES", 1)
    row = requests.in_review()
    add(made, row)
    assert add(made, row) is Full.TOO_MANY
    assert last() == ("allowed", "too_many")
    assert models.Document.objects.count() == 1


def test_a_party_and_the_plan_are_handed_it_and_nobody_else(made: World) -> None:
    row = requests.in_review()
    kept = add(made, row)
    assert isinstance(kept, DocumentFacts)
    for who, function in (
        ("front_desk", Function.AUTHORIZATION_INQUIRY),
        ("reviewer", Function.AUTHORIZATION_REVIEW),
    ):
        file = documents.hand_out(
            actor=world.actor(made[who]), authorization=row.public_id, document=kept.id, function=function
        )
        assert (file.content, file.name) == (PDF, f"document-{kept.reference}.pdf")
        told = world.uses()[-1].subjects.values_list("kind", "identifier")
        assert {("member", row.member_id), ("authorization", row.number)} < set(told)
    with pytest.raises(UnknownDocument):
        documents.hand_out(
            actor=world.actor(made["outsider"]),
            authorization=row.public_id,
            document=kept.id,
            function=Function.AUTHORIZATION_INQUIRY,
        )
    assert last() == ("allowed", "not_found")


def test_what_waits_for_the_scanner_is_handed_to_nobody_until_it_was_looked_at(
    made: World, settings: Settings
) -> None:
    settings.UPLOAD_SCANNER = scanning.SETTING
    row = requests.in_review()
    kept = add(made, row, file=looked(scan=Scan.WAITING))
    ill = add(made, row, file=looked(content=scanning.VIRUS, scan=Scan.WAITING))
    assert isinstance(kept, DocumentFacts)
    assert isinstance(ill, DocumentFacts)
    actor = world.actor(made["front_desk"])

    def handed(document: DocumentFacts) -> bytes:
        return documents.hand_out(
            actor=actor,
            authorization=row.public_id,
            document=document.id,
            function=Function.AUTHORIZATION_INQUIRY,
        ).content

    with pytest.raises(UnknownDocument):
        handed(kept)
    with scanning.down():
        assert documents.scan_waiting(actor=world.system()) == 0
    assert documents.scan_waiting(actor=world.system()) == 2
    assert handed(kept) == PDF
    with pytest.raises(UnknownDocument):
        handed(ill)
    assert not models.Document.objects.get(public_id=ill.id).sealed
