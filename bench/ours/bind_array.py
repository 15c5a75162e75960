"""A real kernel, asked as an editor asks it: how long a round trip takes, and how long one that binds an array.

Arguments: files with the expression of the first time, and of all further ones.
"""

import json
import statistics
import sys
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel

TRIPS = 21


def main(load: str, again: str) -> None:
    manager, client = start_new_kernel(kernel_name="python3")

    def ask(expression: str) -> "tuple[float, dict]":
        began = time.perf_counter()
        message = client.execute("", silent=True, store_history=False, user_expressions={"headwater": expression})
        while True:
            reply = client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == message:
                return (time.perf_counter() - began) * 1000, reply["content"]["user_expressions"]["headwater"]

    try:
        trip = statistics.median(ask("1")[0] for _ in range(TRIPS))
        first, reply = ask(load)
        check(reply)
        later = []
        for _ in range(TRIPS):
            took, reply = ask(again)
            check(reply)
            later.append(took)
        bound = statistics.median(later)
        print(json.dumps({"round trip": trip, "bound, the first time": first, "bound": bound, "beyond the round trip": bound - trip}))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def check(reply: dict) -> None:
    answer = reply["data"]["application/vnd.headwater+json"]
    if answer["status"] != "ok":
        raise SystemExit(f"the kernel answered {answer}")


if __name__ == "__main__":
    main(*(Path(path).read_text() for path in sys.argv[1:]))
