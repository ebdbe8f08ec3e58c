"""Whether a text is struck through: by its own pieces, and where they leave it open by the style of its cell."""

from __future__ import annotations

from collections.abc import Mapping


class Strikes:
    """Listens to the elements of one text after the other."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A text begins."""
        self._open = self._all = True
        self._rich = self._styled = self._struck = self._filled = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "r":
            if not self._rich:
                self._rich, self._open = True, False
            self._styled = self._struck = self._filled = False
        elif name == "rPr":
            self._styled = True
        elif name == "strike":
            self._struck = struck(given)

    def text(self, piece: str) -> None:
        """A piece of the text itself."""
        self._filled = self._filled or bool(piece.strip())

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "r" and self._filled:
            self._open = self._open or not self._styled
            self._all = self._all and (self._struck or not self._styled)

    def through(self, cell: bool) -> bool:
        """Whether all of the text is struck through in a ``cell`` whose style strikes through, or does not."""
        return self._all and (cell or not self._open)

    @property
    def rich(self) -> bool:
        """Whether the text has pieces of its own."""
        return self._rich


def struck(given: Mapping[str, str]) -> bool:
    """What an element ``strike`` says."""
    return given.get("val", "1") in ("1", "true")
