"""The parts of an .xlsx package that intake needs, read as streams: sheets, texts, number formats.

Readers of whole workbooks lose what matters here (what a number is shown as, which text a formula left behind, which
sheets are hidden, what is merged) and spend time and memory on cells that are styled and empty. This one keeps the
first and passes over the second. Weights are bounded before anything is unpacked; document types are refused.
"""

from models.intake.xlsx.package import Package, SheetPart, UnreadableError, open_package
from models.intake.xlsx.sheets import Content, TooLargeError, read_sheet

__all__ = ["Content", "Package", "SheetPart", "TooLargeError", "UnreadableError", "open_package", "read_sheet"]
