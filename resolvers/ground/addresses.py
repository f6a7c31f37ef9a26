"""Whose address a request counts for: the peer's, or the one that a trusted proxy forwards."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

ONE_SUBSCRIBER = 64
"""Bits of an IPv6 address that a provider hands out; below them a caller chooses freely."""

MOST_HOPS = 32


def caller(peer: str, forwarded: Sequence[str], trusted: Collection[Network]) -> str:
    """The rightmost hop that is no trusted proxy; each hop is vouched for by the one after it.

    `forwarded` holds the X-Forwarded-For headers in their order. What cannot be read ends the
    walk: the last hop that could be read counts.
    """
    known = _read(peer)
    if known is None:
        return peer
    for hop in reversed(",".join(forwarded).rsplit(",", MOST_HOPS)[-MOST_HOPS:]):
        if not any(known in network for network in trusted):
            break
        if (before := _read(hop)) is None:
            break
        known = before
    return str(known)


def counted_as(address: str) -> str:
    """What the attempts of an address are counted for: itself, or its IPv6 network."""
    known = _read(address)
    if isinstance(known, IPv6Address):
        return str(IPv6Network((int(known), ONE_SUBSCRIBER), strict=False))
    return str(known or address)


@lru_cache(1024)
def _read(text: str) -> Address | None:
    """An address as proxies write it: with a port, in brackets, IPv4 inside IPv6."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or IPv6Address(int(address))
    return address
