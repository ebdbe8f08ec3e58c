"""What pyproject.toml cannot say: the sample offices lie in data/ and are installed within the package patithin."""

from pathlib import Path

from setuptools import find_packages, setup

DATA = Path("data")
samples = [
    f"patithin.data.{path.name}"
    for path in sorted(DATA.iterdir())
    if any((path / name).exists() for name in ("office.toml", "office.xlsx"))
]
setup(
    packages=[
        *find_packages(include=["patithin*", "models*", "optimizer*", "api*"]),
        "patithin.data",
        *samples,
    ],
    package_dir={"patithin.data": "data"} | {name: f"data/{name.rpartition('.')[2]}" for name in samples},
)
