"""From a letter as it was written to its paper: the same for the office and for the plan's desk."""

from django.http import HttpResponse

from portico.domains.authorizations.letters import Kept
from portico.edges.web.documents import authorization_letter
from portico.edges.web.documents.authorization_letter import AuthorizationLetter, PrintedSection
from portico.edges.web.documents.brand import Brand


def as_pdf(kept: Kept) -> HttpResponse:
    """The letter as PDF/UA-1; its name holds the number of the request and nobody's name."""
    headers = {"Content-Disposition": f'inline; filename="authorization-{kept.letter.number}.pdf"'}
    return HttpResponse(printed(kept), content_type="application/pdf", headers=headers)


def printed(kept: Kept) -> bytes:
    """The letter on paper."""
    letter = kept.letter
    return authorization_letter.render(
        AuthorizationLetter(
            brand=Brand(kept.plan, kept.telephone),
            title=letter.title,
            number=letter.number,
            written_on=letter.written_on,
            to=letter.to,
            facts=letter.facts,
            opening=letter.opening,
            rows=tuple((row.service, row.asked, row.decided) for row in letter.rows),
            sections=tuple(
                PrintedSection(each.heading, each.paragraphs, each.points) for each in letter.sections
            ),
            made_at=kept.made_at,
        )
    )
