"""Fictional data: the demo year around an imported town, and data at scale for measuring and practice."""
