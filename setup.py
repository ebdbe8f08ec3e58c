"""What pyproject.toml cannot say: the sample offices lie in data/ and are installed within the package patithin, and
machine code that was made before (``make wheel``) makes a wheel of one platform and one Python."""

import os
import shutil
from pathlib import Path

from setuptools import Distribution, find_packages, setup
from setuptools.command.build_py import build_py

DATA = Path("data")
#: folder with the search compiled, and the name of the processor that it is for; None where each machine compiles it
MACHINE_CODE = os.environ.get("PATITHIN_MACHINE_CODE")
samples = [
    f"patithin.data.{path.name}"
    for path in sorted(DATA.iterdir())
    if any((path / name).exists() for name in ("office.toml", "office.xlsx"))
]


class WithMachineCode(build_py):
    """Adds the machine code where the optimizer looks for it."""

    def run(self) -> None:
        """Copy the packages, then the code."""
        super().run()
        if MACHINE_CODE:
            shutil.copytree(MACHINE_CODE, Path(self.build_lib) / "optimizer" / "machine-code", dirs_exist_ok=True)


class OfOnePlatform(Distribution):
    """With machine code it is for one platform, as if it had extension modules."""

    def has_ext_modules(self) -> bool:
        """Whether there is anything that one platform alone can run."""
        return bool(MACHINE_CODE)


setup(
    distclass=OfOnePlatform,
    cmdclass={"build_py": WithMachineCode},
    packages=[
        *find_packages(include=["patithin*", "models*", "optimizer*", "api*"]),
        "patithin.data",
        *samples,
    ],
    package_dir={"patithin.data": "data"} | {name: f"data/{name.rpartition('.')[2]}" for name in samples},
)
