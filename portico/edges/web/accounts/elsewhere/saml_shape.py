"""The one shape a SAML response may have here, so that what is verified is what is read.

    samlp:Response
      ds:Signature?            of the response, by its ID
      saml:Assertion           the only one, wherever one looks
        ds:Signature           of the assertion, by its ID
        saml:Subject …

Nothing is encrypted, no ID stands twice, no comment or instruction splits a text, and each signature has one
reference, to its own parent, by SHA-256 or better. Whatever else a wrapped or doctored response needs has no
place in it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from portico.edges.web.accounts.elsewhere.failing import Code, Failed

SAMLP: Final = "{urn:oasis:names:tc:SAML:2.0:protocol}"
SAML: Final = "{urn:oasis:names:tc:SAML:2.0:assertion}"
DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
_MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
_ENC: Final = "http://www.w3.org/2001/04/xmlenc#"
_EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
SIGNATURES: Final = frozenset(f"{_MORE}rsa-sha{bits}" for bits in (256, 384, 512))
DIGESTS: Final = frozenset({f"{_ENC}sha256", f"{_MORE}sha384", f"{_ENC}sha512"})
TRANSFORMS: Final = frozenset({"http://www.w3.org/2000/09/xmldsig#enveloped-signature", _EXCLUSIVE})
_IDS: Final = ("ID", "Id", "id", "{http://www.w3.org/XML/1998/namespace}id")
_MOST_ELEMENTS: Final = 2_000


def check(root: Any) -> Any:
    """The one signed assertion of the response, its signatures not yet verified. Raises Failed."""
    elements = _elements(root)
    if root.tag != f"{SAMLP}Response":
        raise Failed(Code.WRONG_SHAPE)
    assertions = [each for each in elements if each.tag == f"{SAML}Assertion"]
    if len(assertions) != 1 or assertions[0].getparent() is not root:
        raise Failed(Code.WRONG_SHAPE)
    if any("Encrypted" in each.tag for each in elements):
        raise Failed(Code.WRONG_SHAPE)
    _check_ids(elements)
    _check_signatures(elements, {root: None, assertions[0]: None})
    return assertions[0]


def check_nodes(root: Any) -> None:
    """Refuse a text with a document type, a comment, an instruction or an entity in it. Raises Failed."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise Failed(Code.MALFORMED)
    _elements(root)


def _elements(root: Any) -> list[Any]:
    """Every element, and there is nothing else."""
    found: list[Any] = []
    for node in root.getroottree().iter():
        if not isinstance(node.tag, str) or len(found) >= _MOST_ELEMENTS:
            raise Failed(Code.WRONG_SHAPE)
        found.append(node)
    return found


def _check_ids(elements: list[Any]) -> None:
    ids = [value for each in elements for name in _IDS if (value := each.get(name)) is not None]
    if len(set(ids)) < len(ids):
        raise Failed(Code.WRONG_SHAPE)


def _check_signatures(elements: list[Any], places: Mapping[Any, None]) -> None:
    """The assertion's own is there; each stands right under what it signs, and signs that alone."""
    signed = []
    for signature in (each for each in elements if each.tag == f"{DS}Signature"):
        parent = signature.getparent()
        if parent not in places or parent in signed:
            raise Failed(Code.WRONG_SHAPE)
        _check_signature(signature, parent)
        signed.append(parent)
    if not any(each.tag == f"{SAML}Assertion" for each in signed):
        raise Failed(Code.BAD_SIGNATURE)


def _check_signature(signature: Any, parent: Any) -> None:
    references = list(signature.iter(f"{DS}Reference"))
    if len(references) != 1 or not parent.get("ID") or references[0].get("URI") != f"#{parent.get('ID')}":
        raise Failed(Code.WRONG_SHAPE)
    if list(signature.iter(f"{DS}Object")) or references[0].getparent().getparent() is not signature:
        raise Failed(Code.WRONG_SHAPE)
    for name, allowed in (
        ("CanonicalizationMethod", {_EXCLUSIVE}),
        ("SignatureMethod", SIGNATURES),
        ("DigestMethod", DIGESTS),
        ("Transform", TRANSFORMS),
    ):
        found = set(_algorithms(signature, name))
        if not found or not found <= allowed:
            raise Failed(Code.WRONG_ALGORITHM)


def _algorithms(signature: Any, name: str) -> Iterator[str]:
    return (each.get("Algorithm", "") for each in signature.iter(f"{DS}{name}"))
