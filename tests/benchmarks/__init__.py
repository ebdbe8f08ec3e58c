"""Measurements that need minutes and a quiet machine: ``python -m benchmarks.peers`` in the folder ``tests``."""

from __future__ import annotations

import sys
from pathlib import Path

# as pytest does it: the root first, for a folder tests/optimizer must not stand for the package optimizer
sys.path.insert(0, str(Path(__file__).parents[2]))
