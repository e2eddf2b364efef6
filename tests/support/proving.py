"""Somebody's identity on its way: documents that wait for the plan, and a call somebody asked for."""

from collections.abc import Callable

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from portico.domains.accounts.proving import document_proofs, proofs, provers
from portico.domains.accounts.proving.provers import CONTACT, DOCUMENTS
from tests.support import world as worlds
from tests.support.world import World

FILE = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TELEPHONE = "(530) 555-0166"


def attached(content: bytes = FILE, name: str = "licence.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it; what it claims to be is never asked."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def documents_of(world: World, key: str = "unverified") -> int:
    """The number of a case of documents, handed in when first asked for."""
    return _once(world, key, DOCUMENTS, lambda: _hand_in(world, key))


def file_of(world: World, key: str = "unverified") -> int:
    """The number of the one file of that case."""
    rows = apps.get_model("accounts", "ProofDocument").objects
    return int(rows.get(proof=documents_of(world, key)).pk)


def call_of(world: World, key: str = "unverified") -> int:
    """The number of a case of somebody to call, asked for when first asked for."""
    return _once(world, key, CONTACT, lambda: _ask_for_call(world, key))


def _hand_in(world: World, key: str) -> None:
    actor = worlds.actor(world[key])
    document_proofs.add(
        actor=actor, kind="licence", name="licence.pdf", content=FILE, asked_for="eligibility"
    )
    proofs.submit(actor=actor, prover=DOCUMENTS)


def _ask_for_call(world: World, key: str) -> None:
    apps.get_model("offices", "Office").objects.update(telephone=TELEPHONE)
    actor = worlds.actor(world[key])
    way = proofs.way(actor=actor, prover=CONTACT)
    assert way is not None
    choice = next(each for each in way.choices if each.way == "telephone")
    proofs.begin(actor=actor, prover=provers.CONTACT, choice=choice.key, asked_for="eligibility")


def _once(world: World, key: str, prover: str, make: Callable[[], None]) -> int:
    rows = apps.get_model("accounts", "Proof").objects.filter(user=world[key].user_id, prover=prover)
    if not rows.exists():
        make()
    return int(rows.latest("pk").pk)
