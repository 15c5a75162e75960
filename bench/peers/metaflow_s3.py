"""Metaflow's own S3 client, as its documentation uses it for many objects: `metaflow_s3.py URL put|get FOLDER` prints seconds as JSON."""

import json
import os
import sys
import time

from metaflow import S3

url, what, folder = sys.argv[1:4]
names = sorted(os.listdir(folder))
with S3(s3root=url) as s3:
    began = time.perf_counter()
    if what == "put":
        s3.put_files([(name, os.path.join(folder, name)) for name in names])
    else:
        s3.get_many(names)
    print(json.dumps({"seconds": time.perf_counter() - began}))
