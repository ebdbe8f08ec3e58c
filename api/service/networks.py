"""Whom an address of numbers stands for, where clients without a token are counted."""

from __future__ import annotations

import ipaddress

#: bits of an IPv6 address that tell clients apart: whoever has one address has all with the same first bits
SHARED = 64


def network_of(address: str) -> str:
    """The address itself, of IPv6 its network of 64 bits; an IPv4 address in IPv6's clothes is that IPv4 address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:  # a test, or a socket of another kind
        return address
    if known.version == 4:
        return address
    mapped = known.ipv4_mapped
    return str(mapped or ipaddress.IPv6Network((known, SHARED), strict=False))
