"""Makes the package importable from its source."""

import sys

from .flows import ROOT

if ROOT not in sys.path:
    sys.path.insert(0, ROOT)
