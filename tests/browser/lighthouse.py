"""What Lighthouse says of residents' pages on a phone with a slow line: another program than ours counts.

.venv/bin/python -m tests.browser.lighthouse http://localhost:8000      the demo that runs there: a line for each page
"""

import json
import os
import subprocess
import sys

from tests.browser import machine

PATHS = ("/", "/buurten/", "/buurtpunten/", "/activiteiten/", "/ar/", "/ar/activiteiten/")
FLAGS = ["--headless=new", *machine.CHROMIUM_FLAGS]


def measured(address):
    """The report of this address, as Lighthouse writes it."""
    command = [machine.lighthouse(), address, "--quiet", "--output=json", "--output-path=stdout"]
    command += ["--only-categories=performance,accessibility", f"--chrome-flags={' '.join(FLAGS)}"]
    environment = os.environ | {"CHROME_PATH": machine.chromium()}
    # On a busy machine it sometimes does not reach the browser that it started. A figure is never asked twice.
    for _attempt in range(2):
        ran = subprocess.run(command, capture_output=True, text=True, timeout=240, env=environment)
        if ran.returncode == 0:
            return json.loads(ran.stdout)
    raise RuntimeError(f"Lighthouse stopped: {ran.stderr[-2000:]}")


def figures(report):
    """accessibility (0 to 1), layout shift, bytes over the line with headers, and LCP in milliseconds."""
    audits = report["audits"]
    return {
        "accessibility": report["categories"]["accessibility"]["score"],
        "cls": round(audits["cumulative-layout-shift"]["numericValue"], 2),
        "bytes": audits["total-byte-weight"]["numericValue"],
        "lcp_ms": round(audits["largest-contentful-paint"]["numericValue"]),
    }


if __name__ == "__main__":
    for path in PATHS:
        print(json.dumps({"page": path} | figures(measured(sys.argv[1].rstrip("/") + path))))
