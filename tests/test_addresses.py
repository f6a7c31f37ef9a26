"""Whose address counts: nobody chooses it by what they write into a header."""

from ipaddress import IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.ground.addresses import caller, counted_as

PROXIES = (ip_network("10.0.0.0/8"), ip_network("2001:db8:ffff::/48"))
anything = st.one_of(st.ip_addresses().map(str), st.text(max_size=30))


def is_trusted(address: str) -> bool:
    return any(ip_address(address) in network for network in PROXIES)


@given(st.ip_addresses().map(str), st.lists(anything))
def test_without_a_trusted_proxy_the_peer_counts_whatever_is_forwarded(peer, forwarded):
    plain = caller(peer, (), ())
    assert caller(peer, forwarded, ()) == plain
    if not is_trusted(plain):
        assert caller(peer, forwarded, PROXIES) == plain


@given(st.ip_addresses(v=4).map(str), st.text(max_size=40))
def test_what_a_caller_writes_before_the_proxy_s_own_hop_changes_nothing(client, written):
    for peer in ("10.1.2.3", "2001:db8:ffff::1"):
        told = caller(peer, [written, client], PROXIES)
        if not is_trusted(client):
            assert told == client
        assert told == caller(peer, [f"{written},{client}"], PROXIES)


@given(st.lists(st.text(max_size=30)), st.integers(0, 3))
def test_a_header_that_cannot_be_read_leaves_an_address_that_can(forwarded, hops):
    told = caller("10.1.2.3", [*forwarded, *["10.0.0.1"] * hops], PROXIES)
    assert ip_address(told)


@pytest.mark.parametrize(
    ("forwarded", "told"),
    [
        (["203.0.113.7"], "203.0.113.7"),
        (["1.2.3.4, 203.0.113.7"], "203.0.113.7"),
        (["1.2.3.4", "203.0.113.7, 10.0.0.5"], "203.0.113.7"),
        (["203.0.113.7:50123"], "203.0.113.7"),
        (["[2001:db8::5]:50123"], "2001:db8::5"),
        (["2001:db8::5"], "2001:db8::5"),
        (["::ffff:203.0.113.7"], "203.0.113.7"),
        (["203.0.113.7, unknown"], "10.1.2.3"),
        (["203.0.113.7,"], "10.1.2.3"),
        (["10.0.0.9"], "10.0.0.9"),
        (["1.2.3.4," * 10_000 + "203.0.113.7"], "203.0.113.7"),
        ([], "10.1.2.3"),
    ],
)
def test_the_rightmost_hop_that_is_no_trusted_proxy_counts(forwarded, told):
    assert caller("10.1.2.3", forwarded, PROXIES) == told


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_the_lower_half_of_an_ipv6_address_makes_no_difference(address, lower):
    neighbour = IPv6Address((int(address) >> 64 << 64) | lower)
    if not (address.ipv4_mapped or neighbour.ipv4_mapped):
        assert counted_as(str(address)) == counted_as(str(neighbour))


@given(st.ip_addresses(v=4).map(str))
def test_an_ipv4_address_counts_by_itself_however_it_is_written(address):
    assert counted_as(address) == counted_as(f"::ffff:{address}") == address


@given(st.text())
def test_an_address_that_is_none_counts_as_it_is(text):
    assert isinstance(counted_as(text), str)
