"""QR codes of addresses that are told once, so that a phone need not type them."""

from __future__ import annotations

import segno


def qr_of(text: str) -> str:
    """A QR code of ``text`` as a ``data:`` address of an SVG image, black on white in every theme."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=3, light="#fff")
