"""Follow-up and evaluation: what was planned against what was held, in figures with one definition each."""
