"""Entries of the schema cache (src/schema/cache_format.h), written by hand."""

import struct
import zlib

START = b"rpcctl schema cache 1\n"


def _section(content):
    return struct.pack("<II", len(content), zlib.crc32(content)) + content


def file_name(key):
    """What the file of this key is called: FNV-1a in 64 bits."""
    digest = 0xcbf29ce484222325
    for byte in key:
        digest = (digest ^ byte) * 0x100000001b3 % (1 << 64)
    return f"{digest:016x}.schema"


def renamed(entry, old, new):
    """The file's name and bytes when what `entry` says of the target `old` is said of `new`."""
    assert entry.startswith(START), entry[:40]
    length, _ = struct.unpack_from("<II", entry, len(START))
    rest = entry[len(START) + 8 + length:]
    key = f"target {len(new)} {new}\nplaintext\ndirectly\n".encode()
    assert f"target {len(old)} {old}\nplaintext\ndirectly\n".encode() in entry
    target = new.encode()
    # Head: the key is its field 1, the target its field 2; both are short.
    head = b"\x0a" + bytes([len(key)]) + key + b"\x12" + bytes([len(target)]) + target
    return file_name(key), START + _section(head) + rest
