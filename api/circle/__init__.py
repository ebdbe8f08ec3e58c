"""The circle as people see it: handbook, analysis, evaluation and the next quarter, in Thai and English."""
