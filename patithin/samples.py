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
