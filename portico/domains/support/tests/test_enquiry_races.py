"""The same form sent twice at the same moment, each in a transaction of its own."""

import pytest

from portico.domains.support import models
from portico.domains.support.enquiries import Received
from portico.domains.support.tests import asking
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "a-key-of-one-form-0123"


@pytest.mark.parametrize("address", [asking.NETWORK, ""], ids=["known_network", "unknown"])
def test_a_double_click_makes_one_enquiry(address: str) -> None:
    def ask() -> Received:
        return asking.ask(asking.QUESTION, key=KEY, address=address)

    outcomes = together([ask] * 6)
    assert len({each.reference for each in outcomes}) == 1
    assert models.Enquiry.objects.count() == 1
    assert len(asking.mails()) == 1
