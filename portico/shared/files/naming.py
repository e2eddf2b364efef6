"""What a file was called, made fit to be shown beside it. It is used for nothing else."""

from typing import Final

LONGEST: Final = 120


def shown(name: str) -> str:
    """The name without the folders it came from and without signs nobody sees, 120 at most; never empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:LONGEST].strip() or "file"
