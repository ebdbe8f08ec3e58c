"""The sample offices that come with Patithin: real places, illustrative cooperatives and officers."""

from __future__ import annotations

from pathlib import Path


def samples() -> dict[str, Path]:
    """The folder of each sample office, by name: within an installed package, else in the checkout."""
    here = Path(__file__).resolve().parent
    data = here / "data" if (here / "data").is_dir() else here.parent / "data"
    return {
        path.name: path
        for path in sorted(data.iterdir())
        if any((path / name).exists() for name in ("office.toml", "office.xlsx"))
    }


def sample(name: str = "khonkaen") -> Path:
    """The folder of a sample office, ``khonkaen`` or ``kalasin``: ``load(sample())``. To change it, copy it first.

    Raises:
        InvalidInput: there is none of that name.
    """
    from models import given
    from models.faults import InvalidInput
    from models.saying import both

    known = samples()
    if name not in known:
        named = ", ".join(known)
        raise InvalidInput([given.refused(name, "sample", both(f"Name any of {named}.", f"ระบุอย่างใดอย่างหนึ่ง: {named}"))])
    return known[name]
