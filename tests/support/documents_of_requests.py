"""Documents that go with requests, for tests."""

from portico.shared.files import keeping
from portico.shared.files.checking import Checked
from portico.shared.files.keeping import Looked
from portico.shared.files.scanning import Scan

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def looked(name: str = "notes.pdf", content: bytes = PDF, *, scan: Scan | None = None) -> Looked:
    """A document that may be kept; `scan`: how far its scan is, whatever the scanner says."""
    if scan is not None:
        return Looked(name, Checked("application/pdf", "pdf", content), scan)
    found = keeping.look(name, content)
    assert isinstance(found, Looked)
    return found
