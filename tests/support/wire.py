"""Protobuf's wire format by hand, valid or not."""


def varint(value):
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(encoded + bytes([value]))


def number_field(number, value):
    """A varint field; a negative value as an int32 has it."""
    return varint(number << 3) + varint(value & (1 << 64) - 1)


def bytes_field(number, value):
    """A length-delimited field: string, bytes, message, packed."""
    data = value.encode("utf-8") if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def open_group(number):
    return varint(number << 3 | 3)


def close_group(number):
    return varint(number << 3 | 4)


def nested(number, depth, innermost=b""):
    """A message inside a message inside... `depth` times, all in field `number`."""
    parts, size = [], len(innermost)
    for _ in range(depth):
        head = varint(number << 3 | 2) + varint(size)
        parts.append(head)
        size += len(head)
    return b"".join(reversed(parts)) + innermost


def any_message(type_name, value):
    """A google.protobuf.Any."""
    return bytes_field(1, "type.googleapis.com/" + type_name) + bytes_field(2, value)
