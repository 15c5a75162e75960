"""The first lines that run in a pod or job: fetches the worker and the project's code, checks them, and starts.

Given to the interpreter as text, so it needs Python and its standard library, nothing else. Whatever goes wrong becomes one
sentence on stderr, which the engine finds in the state of the pod.
"""

import hashlib
import http.client
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


def fetch(url, digest, path):
    """Puts the bytes behind a lent address into a file, if they are the ones that were meant; -> its path."""
    place = url.split("?")[0]
    for number in range(TRIES):
        try:
            found = copy(url, path)
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
    if found != digest:
        give_up("the code package at %s is not the one that was sent" % place)
    return path


def copy(url, path):
    """-> digest of what was written. An environment may be larger than the memory of its pod."""
    digest = hashlib.sha256()
    with urllib.request.urlopen(url, timeout=10) as answer, open(path, "wb") as file:
        for chunk in iter(lambda: answer.read(1 << 20), b""):
            digest.update(chunk)
            file.write(chunk)
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
    return digest.hexdigest()


def unpack(path, folder):
    """An archive of plain files with relative names: the engine made it, and nothing else is taken out of it."""
    made = set()
    with tarfile.open(path, "r|gz") as archive:
        for member in archive:
            if not member.isfile() or member.name.startswith("/") or ".." in member.name.split("/"):
                give_up("the code package holds %r, which is no plain file" % member.name)
            target = os.path.join(folder, member.name)
            parent = os.path.dirname(target)
            if parent not in made:
                os.makedirs(parent, exist_ok=True)
                made.add(parent)
            source = archive.extractfile(member)
            if source is not None:
                with open(target, "wb") as file:
                    shutil.copyfileobj(source, file)
                if member.mode & 0o100:
                    os.chmod(target, 0o755)


def refuse_misfit(package):
    """Packages with compiled parts fit one minor of Python and one kind of machine."""
    here, machine = "%d.%d" % sys.version_info[:2], os.uname().machine
    if here != package["python"]:
        give_up("the packages of this step are for Python %s; the image has Python %s" % (package["python"], here))
    if machine != package["machine"]:
        give_up("the packages of this step are for %s (`platform` in headwater.json); the image is for %s" % (package["machine"], machine))


def make_environment(folder):
    """Makes packages that came along an environment of the image's Python, in which nothing else of the image is; -> its interpreter."""
    python = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
    programs = os.path.join(folder, "bin")
    os.makedirs(programs, exist_ok=True)
    with open(os.path.join(folder, "pyvenv.cfg"), "w") as file:
        file.write("home = %s\ninclude-system-site-packages = false\n" % os.path.dirname(python))
    for name in ("python", "python3"):
        os.symlink(python, os.path.join(programs, name))
    os.environ.update(VIRTUAL_ENV=folder, PATH=programs + os.pathsep + os.environ.get("PATH", os.defpath))
    for name in ("PYTHONPATH", "PYTHONHOME"):
        os.environ.pop(name, None)
    return os.path.join(programs, "python")


def main():
    """What to start stands in `HEADWATER_START`."""
    # As the first process of a container it would otherwise not hear that it is to end.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(143))
    if sys.version_info < (3, 9):
        give_up("the image has Python %s; cells need Python 3.9 or newer" % ".".join(map(str, sys.version_info[:3])))
    start = json.loads(os.environ.pop("HEADWATER_START"))
    root = tempfile.mkdtemp(prefix="headwater-code-")
    python = sys.executable
    for package in start["packages"]:
        if package["into"] == "environment":
            refuse_misfit(package)
        archive = fetch(package["url"], package["digest"], os.path.join(root, "archive"))
        unpack(archive, os.path.join(root, package["into"]))
        os.remove(archive)
        if package["into"] == "environment":
            python = make_environment(os.path.join(root, "environment"))
    os.makedirs(os.path.join(root, "project"), exist_ok=True)
    sys.path[:] = [each for each in sys.path if each]
    sys.path.insert(0, os.path.join(root, "worker", "python"))
    from headwater.worker.relay import Relay

    os._exit(Relay(start, os.path.join(root, "project"), python).run())


if __name__ == "__main__":
    main()
