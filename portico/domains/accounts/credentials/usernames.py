"""A username made from somebody's name: what most people can type and remember."""

import re
import unicodedata
from itertools import chain, count

from portico.domains.accounts import models, rules

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LONGEST = 50
_NOBODY = "user"


def suggested(first_name: str, last_name: str) -> str:
    """A username nobody has: `ann.lee`, or `ann.lee2` where that is taken. For whoever makes a user."""
    base = made_of(first_name, last_name)
    return next(name for name in chain([base], (f"{base}{n}" for n in count(2))) if _is_free(name))


def made_of(first_name: str, last_name: str) -> str:
    """The name as a username: small ASCII letters, a dot between; accents and signs are left out."""
    parts = (_plain(part) for part in (first_name, last_name))
    made = ".".join(part for part in parts if part)[:_LONGEST].strip(".")
    return made if rules.username_key(made) else _NOBODY


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return _NO_LETTER.sub("", bare)


def _is_free(name: str) -> bool:
    return models.User.objects.named(name) is None
