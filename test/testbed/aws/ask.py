"""One request by Amazon's own client: `python ask.py ENDPOINT SERVICE OPERATION JSON` prints the answer."""

from __future__ import annotations

import json
import sys

import boto3


def main() -> None:
    """See above."""
    endpoint, service, operation, parameters = sys.argv[1:]
    client = boto3.client(service, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    print(json.dumps(getattr(client, operation)(**json.loads(parameters)), default=str))


if __name__ == "__main__":
    main()
