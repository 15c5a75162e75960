"""Restart-and-Run-All in a plain kernel: `run_all.py NOTEBOOK` prints ms until the kernel answers and ms for all cells."""

import json
import sys
import time

from jupyter_client.manager import start_new_kernel

with open(sys.argv[1], encoding="utf-8") as file:
    cells = ["".join(cell["source"]) for cell in json.load(file)["cells"] if cell["cell_type"] == "code"]

began = time.perf_counter()
manager, client = start_new_kernel(kernel_name="python3")
ready = time.perf_counter()
try:
    for cell in cells:
        reply = client.execute_interactive(cell, output_hook=lambda message: None)
        if reply["content"]["status"] != "ok":
            sys.exit("\n".join(reply["content"]["traceback"]))
    done = time.perf_counter()
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print(json.dumps({"start": (ready - began) * 1000, "cells": (done - ready) * 1000}))
