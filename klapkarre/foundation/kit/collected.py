"""The files that a browser gets, each under a name that changes with what is in it."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """Also the names by which one module imports another: an app that is kept on a phone never mixes two versions."""

    support_js_module_import_aggregation = True
