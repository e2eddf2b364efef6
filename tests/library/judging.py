"""How well a list of answers serves a question: normalised discounted cumulative gain at ten."""

from collections.abc import Mapping, Sequence
from math import log2


def ndcg(found: Sequence[str], grades: Mapping[str, int], most: int = 10) -> float:
    """1 where the best answers come first, 0 where none comes among the first ones. Each key counts once."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:most])
    own: float = _gain([grades.get(key, 0) for key in dict.fromkeys(found[:most])])
    return own / ideal


def _gain(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))
