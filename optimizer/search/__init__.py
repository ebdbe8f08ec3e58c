"""The compiled search: ruin a part of a plan, build it up again, keep it when it pays."""
