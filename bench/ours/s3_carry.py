"""Carries blobs between a cache and a store as a run does: `s3_carry.py PACKAGE URL put|get COUNT BYTES FOLDER` prints seconds as JSON.

`put` makes COUNT blobs of random bytes in FOLDER first, and writes their addresses to FOLDER/addresses; `get` fetches those into FOLDER.
"""

import json
import os
import sys
import time

package, url, what, count, size, folder = sys.argv[1:7]
sys.path.insert(0, package)

from headwater.store.carrier.blobs import Blobs  # noqa: E402
from headwater.store.carrier.objects import make_objects  # noqa: E402
from headwater.store.disk import DiskStore  # noqa: E402
from headwater.store.place import parse_s3_url  # noqa: E402

addresses = os.path.join(os.path.dirname(folder), "addresses")
os.makedirs(os.path.join(folder, "blobs"), exist_ok=True)
if what == "put":
    store = DiskStore(folder, "bench")
    digests = [store.put_blob([os.urandom(int(size))]) for _ in range(int(count))]
    with open(addresses, "w") as file:
        json.dump(digests, file)
else:
    with open(addresses) as file:
        digests = json.load(file)

blobs = Blobs(make_objects(parse_s3_url(url)), folder)
began = time.perf_counter()
if what == "put":
    for digest in digests:
        blobs.send(digest)
    blobs.settle()
else:
    missing = blobs.fetch(digests)
    assert not missing, missing
print(json.dumps({"seconds": time.perf_counter() - began}), flush=True)
os._exit(0)
