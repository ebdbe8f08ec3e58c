"""Measurements that need minutes and a quiet machine: ``PYTHONPATH=tests python -m benchmarks.peers``."""

from __future__ import annotations

import sys
from pathlib import Path

# the root first, also where this is started from the folder tests: tests/optimizer must not stand for optimizer
sys.path.insert(0, str(Path(__file__).parents[2]))
