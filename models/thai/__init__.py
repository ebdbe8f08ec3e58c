"""The Thai of faults: by code, and sentence by sentence."""

from models.thai.codes import MEANINGS
from models.thai.sentences import SENTENCES

__all__ = ["MEANINGS", "SENTENCES"]
