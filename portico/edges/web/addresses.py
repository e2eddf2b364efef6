"""Where a request comes from: the client's network address, believed only as far as our own proxies say it.

`X-Forwarded-For` grows at its right end: each proxy adds the address it was called from. With as many
proxies of our own as `settings.PROXY_COUNT` says, the entry that many places from the right is the client's;
what stands further left the client wrote itself. Anything that is no address there counts as not said.
"""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = ""
_MOST_CHARACTERS = 2_000


def client_address(request: HttpRequest) -> str:
    """The client's network address; the peer's, where no proxy of ours says one.

    Written as `ipaddress` does. Empty where there is no address at all, as behind a local socket.
    """
    return _forwarded(request) or _plain(str(request.META.get("REMOTE_ADDR") or ""))


def _forwarded(request: HttpRequest) -> str:
    proxies: int = settings.PROXY_COUNT
    if not proxies:
        return UNKNOWN
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))[-_MOST_CHARACTERS:].split(",")
    return _plain(hops[-proxies]) if len(hops) >= proxies else UNKNOWN


def _plain(said: str) -> str:
    """The address without a port or a zone; an IPv4 address that came dressed as IPv6 is undressed."""
    try:
        address = ip_address(_without_port(said.strip()).partition("%")[0])
    except ValueError:
        return UNKNOWN
    inner = getattr(address, "ipv4_mapped", None)
    return str(inner or address)


def _without_port(said: str) -> str:
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.partition(":")[0] if said.count(":") == 1 else said
