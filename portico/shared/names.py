"""Names of people, made comparable (CAQH CORE 258, last-name normalisation)."""

import re
import unicodedata

_SUFFIXES = frozenset("JR SR I II III IV V RN MD MR MS DR MRS PHD REV ESQ".split())
_WORD_BREAK = re.compile(r"[ ,/]+")
_NOT_LETTER = re.compile(r"[^A-Z0-9]")
_LATIN = str.maketrans(
    {"Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "ß": "SS", "Þ": "TH", "Ð": "D", "ẞ": "SS"}
)


def key(name: str) -> str:
    """The name as it is compared: upper case, accents and punctuation gone, titles and suffixes gone.

    A word such as JR counts as a suffix only after a space, comma or slash, so `Ivey` stays whole; a
    name that is nothing but such a word keeps it. Letters of other alphabets are kept as they are.
    """
    upper = _plain(name)
    words = [word for word in _WORD_BREAK.split(upper) if word]
    kept = [word for i, word in enumerate(words) if i == 0 or word.strip(".") not in _SUFFIXES]
    return "".join(_compact(word) for word in kept)


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.strip().upper().translate(_LATIN))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _compact(word: str) -> str:
    return _NOT_LETTER.sub("", word) if word.isascii() else "".join(s for s in word if s.isalnum())
