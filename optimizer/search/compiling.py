"""The decorator of compiled functions, under its former name."""

from optimizer.compiling import compiled

__all__ = ["compiled"]
