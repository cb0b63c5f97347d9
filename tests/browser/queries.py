"""How many queries a page costs when nothing is cached: `python -m tests.browser.queries /path/ ...` prints JSON.

A process of its own, on the demo town, with the settings of real use.
"""

import json
import os
import sys


def main(paths):
    """Print {path: [status, [query, ...]]} for these paths, as a stranger asks them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klapkarre.config.settings")
    import django

    django.setup()
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    answers = {}
    for path in paths:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            status = Client(HTTP_HOST="localhost", raise_request_exception=False).get(path).status_code
        answers[path] = [status, [query["sql"][:300] for query in asked.captured_queries]]
    print(json.dumps(answers))


if __name__ == "__main__":
    main(sys.argv[1:])
