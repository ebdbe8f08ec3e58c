"""The Thai of faults: by code, and sentence by sentence."""

from models.thai.codes import MEANINGS
from models.thai.days import thai_date
from models.thai.handbook import HANDBOOK
from models.thai.inputs import INPUTS
from models.thai.office import OFFICE
from models.thai.runs import RUNS

SENTENCES = OFFICE | INPUTS | HANDBOOK | RUNS

__all__ = ["MEANINGS", "SENTENCES", "thai_date"]
