"""Composes a larger office on the sample's real places, to see how plans and times grow.

    python data/khonkaen/larger.py FOLDER [COOPERATIVES]

writes a whole office folder: the tables of ``compose.py`` with so many illustrative cooperatives (400 by default) and
half as many officers, and ``office.toml`` and ``districts.geojson`` of the sample. Kinds, topics, cars and what
partners take part in grow with the cooperatives; days, prices and policy stay. It always writes the same.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from compose import COOPERATIVES, HERE, compose, grown

#: one car of the settings
CAR = re.compile(r"\[\[cars\]\]\n(?:\w+ = .*\n)+\n")


def furnish(folder: Path, cooperatives: int) -> None:
    """Give ``folder`` what is kept by hand: the settings, with as many times the cars, and the map."""
    settings = (HERE / "office.toml").read_text(encoding="utf-8")
    cars = CAR.findall(settings)
    more = [
        cars[number % len(cars)].replace(f"car{number % len(cars) + 1}", f"car{number + 1}")
        .replace(f" {number % len(cars) + 1}\"", f" {number + 1}\"")
        for number in range(len(cars), grown(len(cars), cooperatives))
    ]  # fmt: skip
    (folder / "office.toml").write_text(settings.replace(cars[-1], "".join([cars[-1], *more]), 1), encoding="utf-8")
    shutil.copy(HERE / "districts.geojson", folder)


def main(folder: Path, cooperatives: int = 400) -> None:
    """Compose an office into ``folder``."""
    if cooperatives < COOPERATIVES:
        sys.exit(f"An office of {cooperatives} cooperatives is not larger than the sample's {COOPERATIVES}.")
    folder.mkdir(parents=True, exist_ok=True)
    compose(folder, cooperatives)
    furnish(folder, cooperatives)


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("usage: python data/khonkaen/larger.py FOLDER [COOPERATIVES]")
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
