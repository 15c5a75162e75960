"""`python -m headwater.worker`: serves one run over standard input and output."""

from headwater.worker.supervisor import main

main()
