"""`python -m klapkarre` does what the console script does."""

import sys

from klapkarre.cli import main

if __name__ == "__main__":
    sys.exit(main())
