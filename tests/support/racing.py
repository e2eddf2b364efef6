"""Many who ask at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Answer = TypeVar("Answer")


def together(asks: list[Callable[[], Answer]]) -> list[Answer]:
    """The answers of all, begun at the same moment on connections of their own."""
    start = Barrier(len(asks))

    def ask(one: Callable[[], Answer]) -> Answer:
        try:
            start.wait(timeout=20)
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(ask, asks))
