"""A file that goes with a version: an image in its text, a form, the whole as a PDF."""

from dataclasses import dataclass

from portico.domains.library import models, shelf
from portico.domains.library.rows import DOCUMENT, UnknownDocument
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class Content:
    """A file with what is in it."""

    name: str
    content_type: str
    content: bytes


def of_version(*, actor: Actor, key: str, number: int, name: str) -> Content:
    """The file of a published version that this actor may read. Raises UnknownDocument, NotPermitted."""
    with permit(actor, shelf.function_for(actor, key)) as given:
        who = shelf.reader(actor, given.question.function)
        versions = shelf.published(who.at).filter(document__key=key, number=number)
        shown = versions.filter(is_public=True) if who.is_public else versions
        found = models.Attachment.objects.filter(version__in=shown, name=name).first()
        if found is not None:
            given.note_subject(DOCUMENT, key)
        given.conclude("file_read" if found else "not_found")
    if found is None:
        raise UnknownDocument(key)
    return Content(found.name, found.content_type, bytes(found.content))
