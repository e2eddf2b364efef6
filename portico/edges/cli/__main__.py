"""`python -m portico.edges.cli` is `portico`."""

import sys

from portico.edges.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
