"""Only our own proxies are believed about where a request comes from."""

from typing import Any

import pytest
from django.test import RequestFactory

from portico.edges.web import addresses

PEER = "192.0.2.9"


def asked(settings: Any, proxies: int, forwarded: str, peer: str = PEER) -> str:
    settings.PROXY_COUNT = proxies
    headers: dict[str, Any] = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return addresses.client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        pytest.param(0, "", PEER, id="no proxy, nothing forwarded"),
        pytest.param(0, "198.51.100.1", PEER, id="no proxy of ours: the header is the client's own"),
        pytest.param(1, "198.51.100.1", "198.51.100.1", id="one proxy"),
        pytest.param(1, "203.0.113.7, 198.51.100.1", "198.51.100.1", id="a longer header does nothing"),
        pytest.param(2, "203.0.113.7, 198.51.100.1, 10.0.0.2", "198.51.100.1", id="two proxies"),
        pytest.param(2, "198.51.100.1", PEER, id="fewer hops than proxies"),
        pytest.param(1, "", PEER, id="nothing forwarded"),
        pytest.param(1, "not-an-address", PEER, id="garbage"),
        pytest.param(1, "203.0.113.7, ", PEER, id="an empty last hop"),
        pytest.param(1, "<script>alert(1)</script>", PEER, id="markup"),
        pytest.param(1, "198.51.100.1:51000", "198.51.100.1", id="with a port"),
        pytest.param(1, "[2001:db8::1]:51000", "2001:db8::1", id="IPv6 with a port"),
        pytest.param(1, "2001:DB8:0::1", "2001:db8::1", id="IPv6 as it is usually written"),
        pytest.param(1, "::ffff:198.51.100.1", "198.51.100.1", id="IPv4 dressed as IPv6"),
        pytest.param(1, "fe80::1%eth0", "fe80::1", id="a zone is dropped"),
    ],
)
def test_whose_word_counts(settings: Any, proxies: int, forwarded: str, address: str) -> None:
    assert asked(settings, proxies, forwarded) == address


@pytest.mark.parametrize("peer", ["", "unix:", "@"], ids=["none", "socket", "abstract socket"])
def test_without_an_address_nothing_is_said(settings: Any, peer: str) -> None:
    assert asked(settings, 0, "", peer) == ""


def test_a_very_long_header_still_ends_with_the_proxys_word(settings: Any) -> None:
    assert asked(settings, 1, "1.1.1.1, " * 100_000 + "198.51.100.1") == "198.51.100.1"
