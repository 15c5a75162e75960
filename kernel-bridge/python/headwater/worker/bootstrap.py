"""The first lines that run in a pod or job: fetches the worker and the project's code, checks them, and starts.

Given to the interpreter as text, so it needs Python and its standard library, nothing else. Whatever goes wrong becomes one
sentence on stderr, which the engine finds in the state of the pod.
"""

import hashlib
import http.client
import io
import json
import os
import shutil
import signal
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request

TRIES = 6
"""With doubling waits from a quarter of a second: eight seconds of an endpoint that is not there yet."""

UNREACHABLE = 68
"""Exit code (sysexits.h: EX_NOHOST) that tells the engine: the code could not be fetched, no cell has run."""


def give_up(sentence):
    """Ends with the sentence."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
    os._exit(UNREACHABLE)


def fetch(url, digest):
    """The bytes behind a lent address, if they are the ones that were meant."""
    place = url.split("?")[0]
    for number in range(TRIES):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                data = answer.read()
            break
        except urllib.error.HTTPError as error:
            if error.code < 500:
                give_up("the store refuses the code package at %s: %s %s" % (place, error.code, error.reason))
            reason = error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
        if number == TRIES - 1:
            give_up("the store cannot be reached from the pod: %s: %s" % (place, reason))
        time.sleep(0.25 * 2**number)
    if hashlib.sha256(data).hexdigest() != digest:
        give_up("the code package at %s is not the one that was sent" % place)
    return data


def unpack(data, folder):
    """An archive of plain files with relative names: the engine made it, and nothing else is taken out of it."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        for member in archive:
            if not member.isfile() or member.name.startswith("/") or ".." in member.name.split("/"):
                give_up("the code package holds %r, which is no plain file" % member.name)
            path = os.path.join(folder, member.name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            source = archive.extractfile(member)
            if source is not None:
                with open(path, "wb") as file:
                    shutil.copyfileobj(source, file)


def main():
    """What to start stands in `HEADWATER_START`."""
    # As the first process of a container it would otherwise not hear that it is to end.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(143))
    if sys.version_info < (3, 9):
        give_up("the image has Python %s; cells need Python 3.9 or newer" % ".".join(map(str, sys.version_info[:3])))
    start = json.loads(os.environ.pop("HEADWATER_START"))
    root = tempfile.mkdtemp(prefix="headwater-code-")
    for package in start["packages"]:
        unpack(fetch(package["url"], package["digest"]), os.path.join(root, package["into"]))
    os.makedirs(os.path.join(root, "project"), exist_ok=True)
    sys.path[:] = [each for each in sys.path if each]
    sys.path.insert(0, os.path.join(root, "worker", "python"))
    from headwater.worker.relay import Relay

    os._exit(Relay(start, os.path.join(root, "project")).run())


if __name__ == "__main__":
    main()
