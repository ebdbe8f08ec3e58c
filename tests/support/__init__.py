"""What the tests lean on: terse builders, random whole problems, and an independent exhaustive optimum."""
