"""The terms of use of the demo's plan: the version in force, and the one before it."""

from typing import Final

EARLIER_VERSION: Final = "2025-1"
VERSION: Final = "2026-1"
_BEGINS: Final = """# Terms of use of the Northlake provider portal

These terms are between Northlake Health Plan and everybody who signs in to this portal for an office that
treats Northlake's members, or for Northlake itself.

## Your sign-in is yours

- Use your own username, and let nobody else use it. Tell Northlake at once if you think that somebody did.
- Keep your passkey, your authenticator and your recovery codes where only you can reach them.
- Sign out, or lock the screen, when you leave a computer that others use.

## What you may look up

- Look up a member only when your work for that member needs it, and no more than it needs.
- Your office may keep what it needs for the member's record, and protects it as the law asks.
- Everything that is looked up is recorded: who did it, for which office, and when. Your office's
  administrator and Northlake can read that record.

## What an answer means

- An answer about eligibility is true for the day and the hour it was given. It is no promise of payment.
- Benefits, limits and authorizations follow the member's plan; where a page and the plan's own documents
  differ, the documents decide.

"""
_LEAVING: Final = """## When somebody leaves

- Your office's administrator ends the access of people who leave, on the day they leave.
- Northlake suspends accounts that nobody uses, and closes access that these terms do not allow.

"""
_ENDS: Final = """## Changes

When these terms change, the portal shows you the new version and asks you again. Earlier versions stay
readable.
"""
EARLIER_TEXT: Final = _BEGINS + _ENDS
TEXT: Final = _BEGINS + _LEAVING + _ENDS
