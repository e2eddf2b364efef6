"""Forms that make one thing however often they are sent: the key that a page gives them."""

import re
from typing import Any


def key_of(answer: Any) -> str:
    """The key of the form on a page."""
    found = re.search(r'name="once" value="([^"]*)"', answer.content.decode())
    assert found is not None
    return found[1]
