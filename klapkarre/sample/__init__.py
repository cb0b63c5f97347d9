"""Fictional data: the demo year around an imported town, and data at scale for measuring and practice."""


def generate(teams, years, seed=1, progress=None):
    """Fill an empty database with fictional teams; see `klapkarre.sample.scale.generate`."""
    # Imported at the call, since models need the settings first.
    from klapkarre.sample import scale

    return scale.generate(teams, years, seed, progress)
