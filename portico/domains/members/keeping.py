"""Answers and questions as text and back: what a batch keeps is read by every edge as it was told.

Frozen values become JSON by their types (shared.plain_values), so that older texts stay readable. Answers
repeat much (a plan's services), so their text is compressed.
"""

import base64
import json
import zlib

from portico.domains.members.answers import Answered
from portico.domains.members.asked import Inquiry, NotAnswered
from portico.domains.permits.decisions import Decision
from portico.shared.plain_values import Image, codec_of

Kept = Answered | NotAnswered | Decision

_AMOUNTS = ("benefits", "accumulators")


def text_of(answer: Kept) -> str:
    """What came of a question, whole, as ASCII text."""
    plain = json.dumps(codec_of(Kept).to_json(answer), separators=(",", ":"))
    return base64.b64encode(zlib.compress(plain.encode(), 1)).decode()


def answer_of(text: str, *, with_benefits: bool = True) -> Kept:
    """The answer a text was made of; without `with_benefits`, quicker, and without the amounts."""
    image = json.loads(zlib.decompress(base64.b64decode(text)))
    if not with_benefits:
        for told in image.get(Answered.__name__, {}).get("told", ()):
            for part in _AMOUNTS:
                told.pop(part, None)
    answer: Kept = codec_of(Kept).of_json(image)
    return answer


def image_of(inquiry: Inquiry) -> Image:
    """A question as JSON holds it."""
    image: Image = codec_of(Inquiry).to_json(inquiry)
    return image


def inquiry_of(image: Image) -> Inquiry:
    """The question an image was made of."""
    inquiry: Inquiry = codec_of(Inquiry).of_json(image)
    return inquiry
