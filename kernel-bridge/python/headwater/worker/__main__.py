"""`python -m headwater.worker`: serves one run over standard input and output."""

from __future__ import annotations

from headwater.worker.main import main

main()
