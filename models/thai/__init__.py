"""The Thai of faults: by code, and sentence by sentence."""

from models.thai.codes import MEANINGS
from models.thai.days import thai_date
from models.thai.handbook import HANDBOOK
from models.thai.sentences import SENTENCES as _SENTENCES

SENTENCES = _SENTENCES | HANDBOOK

__all__ = ["MEANINGS", "SENTENCES", "thai_date"]
