"""Signatures against the examples that Amazon documents (S3 API Reference, "Signature Calculations for the Authorization Header")."""

from __future__ import annotations

import pytest

from headwater.store.carrier.sign import Keys, Request, sign

KEYS = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None)
HOST = "examplebucket.s3.amazonaws.com"


@pytest.mark.parametrize(
    "request_, signature",
    [
        (
            Request("GET", HOST, "/test.txt", {}, {"range": "bytes=0-9"}, b""),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            Request(
                "PUT",
                HOST,
                "/test%24file.text",
                {},
                {"date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
                b"Welcome to Amazon S3.",
            ),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (Request("GET", HOST, "/", {"lifecycle": ""}, {}, b""), "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        (
            Request("GET", HOST, "/", {"max-keys": "2", "prefix": "J"}, {}, b""),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)
def test_signatures_are_those_that_amazon_documents(request_: Request, signature: str) -> None:
    assert sign(request_, KEYS, "us-east-1", "20130524T000000Z")["authorization"].endswith(f"Signature={signature}")
