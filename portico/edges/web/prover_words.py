"""The ways to prove who one is, in words: what each is called, and how it goes."""

from collections.abc import Mapping
from typing import Final

NAMES: Final[Mapping[str, str]] = {
    "desk": "The plan's desk makes sure who you are",
    "documents": "Documents that you send us",
    "contact": "A code to a contact we have on file",
    "payment": "A recent payment to your practice",
    "openid_connect": "A sign-in elsewhere that verifies people",
    "provider_file": "A registration that agreed with the provider file",
}
HOW: Final[Mapping[str, str]] = {
    "desk": "Call Provider Services. Whoever answers asks what only you can know, and opens it at once.",
    "documents": (
        "You send pictures or a PDF, such as of your licence. The plan's desk looks at them and tells you by "
        "mail. They are erased thirty days after that."
    ),
    "contact": (
        "We mail a code to an address we have on file for your practice, or call its telephone and read one "
        "out. You enter the code. It takes a few minutes."
    ),
    "payment": (
        "You enter the number and the amount of a check or a transfer that the plan sent your practice in "
        "the last four months. Both stand on the check, and in your bank's statement. It takes a minute."
    ),
    "openid_connect": "You sign in with somebody who has verified you already, and come back here.",
    "provider_file": (
        "It is noted when your licence, NPI and tax ID agree with what we have on file as you register. You "
        "need not begin anything."
    ),
}


def name(code: str) -> str:
    """What a way is called; one of a plan's own says its code."""
    return NAMES.get(code) or code.replace("_", " ").capitalize()
