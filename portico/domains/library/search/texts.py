"""How texts and questions are cut into words: alike, so that what is asked meets what is written.

Words are letters and digits, small, without accents. A stem stands for all forms of an English word:
authorize, authorized and authorization meet.
"""

from collections.abc import Sequence
from typing import Final

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

STEMS: Final = "stems"
WORDS: Final = "words"
_LONGEST_WORD: Final = 40

SMALL_WORDS: Final = frozenset(
    "a about an and any are as at be been but by can cannot could did do does for from get gets had has have "
    "how i if in into is it its may me my of on or our shall should so such than that the their them then "
    "there these they this those to was we were what when where which who whom whose why will with would "
    "you your s t don doesn isn".split()
)
"""Words of a question that say nothing of what it is about; looked for only where there are no others."""


def _plain() -> TextAnalyzerBuilder:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return (
        builder.filter(Filter.remove_long(_LONGEST_WORD))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )


ANALYZERS: Final[dict[str, TextAnalyzer]] = {
    STEMS: _plain().filter(Filter.stemmer("english")).build(),
    WORDS: _plain().build(),
}


def words(text: str) -> list[str]:
    """The words of a text, in order: `Prior-Auth résumé` as prior, auth, resume."""
    return ANALYZERS[WORDS].analyze(text)


def stem(word: str) -> str:
    """The stem of one word; the word itself where it has none."""
    found = ANALYZERS[STEMS].analyze(word)
    return found[0] if found else word


def telling(words: Sequence[str]) -> list[str]:
    """Without the small words, unless there are no others."""
    return [word for word in words if word not in SMALL_WORDS] or list(words)
