"""Runs as jobs of Dask ``distributed``: an embedded cluster by default, another by its address."""
