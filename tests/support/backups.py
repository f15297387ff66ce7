"""The key that signs the backups of tests."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storage.audit.export import name_of
from storage.ops.backup_archive import Trust

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TRUSTED = Trust(key=name_of(KEY))
