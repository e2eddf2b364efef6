"""A file of encounters as it arrives: under which number, and what is answered where that was used before.

The website names `look` by the setting `ENCOUNTER_FILES`: what an interchange is, this edge alone knows.
"""

from datetime import datetime

from portico.domains.encounters.submissions import Answers, NewFile, Source
from portico.domains.plan import days
from portico.edges.x12 import codes_of_faults as codes
from portico.edges.x12 import judging
from portico.edges.x12.encounters import answers
from portico.edges.x12.reviews import InterchangeReview
from portico.shared.x12 import envelopes
from portico.shared.x12.faults import SyntaxFault, X12Error
from portico.shared.x12.headers import InterchangeHeader

_BEGINNING = 4096


def look(
    content: bytes, *, tax_id: str, at: datetime, name: str = "", source: Source = Source.WEB
) -> NewFile:
    """The file with the number of its interchange; without one where none can be read. `at` is an instant."""
    header = _header(content)
    if header is None:
        return NewFile(tax_id=tax_id, content=content, name=name, source=source)
    told = InterchangeReview(header, codes.DUPLICATE, (), ())
    number = int.from_bytes(content[:_BEGINNING], "big") % 10**9 or 1
    answer = answers.interchange_answer(told, at=days.local(at), number=number)
    return NewFile(
        tax_id=tax_id,
        content=content,
        sender=f"{header.sender_qualifier}{header.sender}"[:20],
        interchange=header.control_number,
        name=name,
        source=source,
        duplicate=Answers(of_interchange=answer),
    )


def _header(content: bytes) -> InterchangeHeader | None:
    """The first ISA of the file, also where its delimiters cannot be used."""
    try:
        for interchange in envelopes.read(content[:_BEGINNING], on_fault=_pass):
            return interchange.header
    except X12Error:
        found = judging.judge(content[:_BEGINNING], guides=()).interchanges
        return found[0].header if found else None
    return None


def _pass(fault: SyntaxFault) -> None:
    """Lets reading go on past a fault: the file is judged later."""
