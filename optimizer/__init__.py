"""How a plan is made: one verb, ``solve``, and what steers and watches it."""
