"""Documents that go with requests, for tests: as they are handed in, and as they are kept."""

from hashlib import sha256
from typing import Any

from portico.domains.authorizations import sealing
from portico.domains.authorizations.models import Authorization, Document
from portico.shared import references
from portico.shared.files import keeping
from portico.shared.files.checking import Checked
from portico.shared.files.keeping import Looked
from portico.shared.files.scanning import Scan
from tests.support.actors import NOW

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def looked(name: str = "notes.pdf", content: bytes = PDF, *, scan: Scan | None = None) -> Looked:
    """A document that may be kept; `scan`: how far its scan is, whatever the scanner says."""
    if scan is not None:
        return Looked(name, Checked("application/pdf", "pdf", content), scan)
    found = keeping.look(name, content)
    assert isinstance(found, Looked)
    return found


def document(row: Authorization, **facts: Any) -> Document:
    """Progress notes that were kept with a request, found clean."""
    told = {
        "reference": references.new(),
        "kind": "clinical_notes",
        "name": "progress-notes.pdf",
        "content_type": "application/pdf",
        "size": len(PDF),
        "digest": sha256(PDF).hexdigest(),
        "scan": "clean",
        "received_at": NOW,
    }
    made = Document(authorization=row, **{**told, **facts})
    made.sealed = keeping.sealed(PDF, place=sealing.place(made, "content"))
    made.save()
    return made
