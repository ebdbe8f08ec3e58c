"""Replanning, differences and explanations in words, for a terminal, a page, and programs."""
