"""Checks a piece of a desk's record with nothing but its public key: see docs/record-format.md.

    python examples/verify_record.py FILE KEY

Needs Python and the package ``cryptography``. Prints how many events the piece has, or what is wrong with it.
"""

import json
import sys
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIELDS = ("chain", "link", "at", "task", "person", "unit", "by", "via", "reason", "body")


def flaw(lines: list[bytes], key: str) -> str | None:
    """The first thing that is wrong with the lines of a file, None when all is well."""
    heading, *events, last = [json.loads(line) for line in lines]
    if heading["format"] not in ("gad-record-1", "gad-record-2") or heading["key"] != key.lower():
        return "it is of another format, or signed by another key"
    try:
        signed = sha256(b"".join(lines[:-1])).digest()
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(last["signature"]), signed)
    except InvalidSignature:
        return "it is not what was signed"
    ends: dict[int, tuple[int, str]] = {}
    for event in events:
        values = [event[name] for name in FIELDS]
        if event.get("digest") is not None:
            values.append(event["digest"])
        if event.get("said") is not None and sha256((event["salt"] + event["said"]).encode()).hexdigest() != values[-1]:
            return f"the words of event {event['link']} of chain {event['chain']} are not what their digest says"
        row = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        if sha256((event["before"] + row).encode()).hexdigest() != event["hash"]:
            return f"event {event['link']} of chain {event['chain']} is not what its hash says"
        link, digest = ends.get(event["chain"], (0, ""))
        if event["link"] <= link or (event["link"] == link + 1 and link and event["before"] != digest):
            return f"event {event['link']} of chain {event['chain']} does not follow the one before it"
        ends[event["chain"]] = event["link"], event["hash"]
    return None


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        read = file.readlines()
    problem = flaw(read, sys.argv[2])
    print(problem or f"{len(read) - 2} events, all as they were signed")
    sys.exit(1 if problem else 0)
