"""Reading an office: from a folder or a workbook of tables to the :class:`Office` and its :class:`Problem`."""

from models.intake.book import OfficeBook
from models.intake.reading import read_office

__all__ = ["OfficeBook", "read_office"]
