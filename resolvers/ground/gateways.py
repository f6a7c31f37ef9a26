"""Where a webhook leads: an address that is public, or one that the operator named."""

import asyncio
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from domain.office.channels import is_within
from resolvers.ground.addresses import Network

LONGEST_URL = 500


class NotAllowed(Exception):
    """It leads to no address, or to one that is neither public nor named by the operator."""


@dataclass(frozen=True)
class Gateway:
    """A webhook's place, and the one address of it that may be asked."""

    host: str
    address: str


async def reached(url: str, inner: Iterable[Network]) -> Gateway:
    """The address that a webhook is sent to: looked up now, so that no name leads inwards later.

    Raises: NotAllowed: it is no address of the web, cannot be found, or is none that may be asked;
    without TLS only one that the operator named.
    """
    parts, named = urlsplit(url), tuple(inner)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
        raise NotAllowed
    if len(url) > LONGEST_URL or parts.fragment:
        raise NotAllowed
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError, UnicodeError):
        raise NotAllowed from None
    addresses = [ip_address(str(each[4][0])) for each in found]
    ours = [each for each in addresses if any(each in one for one in named)]
    if not all(is_within(each, named) for each in addresses):
        raise NotAllowed
    if parts.scheme == "http" and len(ours) < len(addresses):
        raise NotAllowed
    return Gateway(parts.hostname, str(addresses[0]))
