"""The first lines that run in a pod or job: fetches the worker and the project's code, checks them, and starts.

Given to the interpreter as text, so it needs Python and its standard library, nothing else, and of that as little as it can: many
images have no compiled files, so every module costs. Whatever goes wrong becomes one sentence on stderr, which the engine finds in the
state of the pod.
"""

import hashlib
import http.client
import json
import os
import signal
import sys
import time
import zlib
from urllib.parse import urlsplit

PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")

BLOCK = 512
"""Of an archive."""

PIECE_BYTES = 1 << 16
"""Of a packed one: what becomes of it fits the memory of a small pod."""

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
            answer = ask(url)
            if answer.status == 200:
                found = copy(answer, path)
                break
            if answer.status < 500:
                give_up("the store refuses the code package at %s: %s %s" % (place, answer.status, answer.reason))
            reason = "%s %s" % (answer.status, answer.reason)
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
        if number == TRIES - 1:
            give_up("the store cannot be reached from the pod: %s: %s" % (place, reason))
        time.sleep(0.25 * 2**number)
    if found != digest:
        give_up("the code package at %s is not the one that was sent" % place)
    return path


def ask(url):
    """The answer, whatever it is."""
    if any(os.environ.get(name) for name in PROXIES):
        import urllib.error
        import urllib.request

        try:
            return urllib.request.urlopen(url, timeout=10)
        except urllib.error.HTTPError as error:
            return error
    place = urlsplit(url)
    connect = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    line = connect(place.netloc, timeout=10)
    line.request("GET", "%s?%s" % (place.path, place.query))
    answer = line.getresponse()
    return ask(answer.headers["location"]) if answer.status in (302, 307) else answer


def copy(answer, path):
    """-> digest of what was written. An environment may be larger than the memory of its pod."""
    digest = hashlib.sha256()
    with answer, open(path, "wb") as file:
        for chunk in iter(lambda: answer.read(1 << 20), b""):
            digest.update(chunk)
            file.write(chunk)
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
    return digest.hexdigest()


class Unpacked:
    """What a packed file holds, from its begin on. `gzip` takes longer to load, and for every read."""

    def __init__(self, file):
        self.file, self.unzip = file, zlib.decompressobj(31)
        self.data, self.at = b"", 0

    def read(self, size):
        """As many bytes, or what is left."""
        while len(self.data) < self.at + size:
            piece = self.file.read(PIECE_BYTES)
            if not piece:
                break
            self.data, self.at = self.data[self.at :] + self.unzip.decompress(piece), 0
        begin, self.at = self.at, min(self.at + size, len(self.data))
        return self.data[begin : self.at]


def unpack(path, folder):
    """An archive of plain files with relative names: the engine made it, and nothing else is taken out of it."""
    made = set()
    with open(path, "rb") as file:
        archive = Unpacked(file)
        for name, size, mode in members(archive):
            target = os.path.join(folder, name)
            parent = os.path.dirname(target)
            if parent not in made:
                os.makedirs(parent, exist_ok=True)
                made.add(parent)
            with open(target, "wb", 0) as output:
                for at in range(0, size, 1 << 20):
                    output.write(archive.read(min(1 << 20, size - at)))
            archive.read(-size % BLOCK)
            if mode & 0o100:
                os.chmod(target, 0o755)


def members(archive):
    """(name, size, mode) of each file of a tar as the engine writes it; whoever asks reads its bytes. `tarfile` takes longer to load."""
    name = None
    while True:
        head = archive.read(BLOCK)
        if not head.strip(b"\0"):
            return
        size, kind = number(head[124:136]), head[156:157]
        if kind == b"x":
            name = path_in(archive.read(size + -size % BLOCK)[:size])
            continue
        prefix = head[345:500].rstrip(b"\0")
        name = (name or (prefix + b"/" if prefix else b"") + head[:100].rstrip(b"\0")).decode()
        if kind not in (b"0", b"\0") or name.startswith("/") or ".." in name.split("/"):
            give_up("the code package holds %r, which is no plain file" % name)
        yield name, size, number(head[100:108])
        name = None


def path_in(records):
    """Of what does not fit a header, each as `30 path=…` and a newline: the name, or None."""
    while records:
        length = int(records.partition(b" ")[0])
        key, _, value = records[:length].partition(b" ")[2].partition(b"=")
        if key == b"path":
            return value[:-1]
        records = records[length:]
    return None


def number(field):
    """In a header: octal digits."""
    return int(field.rstrip(b" \0") or b"0", 8)


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
    root = os.path.join(os.environ.get("TMPDIR") or "/tmp", "headwater-code-" + os.urandom(6).hex())
    os.mkdir(root, 0o700)
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
