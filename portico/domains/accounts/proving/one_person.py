"""Who counts as one person where two are needed: accounts that share a mail address, and who invited whom.

Whoever made an account may hold it in truth, so nobody agrees with, nor speaks for, somebody they invited.
"""

from portico.domains.accounts import models


def is_same(one: int, other: int) -> bool:
    """Are these one person, as far as we know: the same user, or two with the same mail address?"""
    if one == other:
        return True
    found = models.User.objects.filter(pk__in=(one, other)).values_list("email", flat=True)
    mails = [email.casefold() for email in found if email]
    return len(mails) > len(set(mails))


def has_invited(one: int, other: int) -> bool:
    """Was any invitation of the user `other` made by `one`, from whichever of that person's accounts?"""
    made = models.Invitation.objects.filter(user_id=other, invited_by__isnull=False)
    return any(is_same(one, by) for by in set(made.values_list("invited_by", flat=True)) if by is not None)


def is_reached_at(one: int, email: str) -> bool:
    """Is that the mail address of the user `one`, whatever the case?"""
    return models.User.objects.filter(pk=one, email__iexact=email).exclude(email="").exists()
