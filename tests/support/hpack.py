"""Header compression of HTTP/2 (RFC 7541): reads what a client sends, writes plain literals."""

_STATIC_TABLE = [
    (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"), (":path", "/index.html"),
    (":scheme", "http"), (":scheme", "https"), (":status", "200"), (":status", "204"), (":status", "206"),
    (":status", "304"), (":status", "400"), (":status", "404"), (":status", "500"), ("accept-charset", ""),
    ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""), ("accept", ""),
    ("access-control-allow-origin", ""), ("age", ""), ("allow", ""), ("authorization", ""), ("cache-control", ""),
    ("content-disposition", ""), ("content-encoding", ""), ("content-language", ""), ("content-length", ""),
    ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""), ("date", ""),
    ("etag", ""), ("expect", ""), ("expires", ""), ("from", ""), ("host", ""), ("if-match", ""),
    ("if-modified-since", ""), ("if-none-match", ""), ("if-range", ""), ("if-unmodified-since", ""),
    ("last-modified", ""), ("link", ""), ("location", ""), ("max-forwards", ""), ("proxy-authenticate", ""),
    ("proxy-authorization", ""), ("range", ""), ("referer", ""), ("refresh", ""), ("retry-after", ""),
    ("server", ""), ("set-cookie", ""), ("strict-transport-security", ""), ("transfer-encoding", ""),
    ("user-agent", ""), ("vary", ""), ("via", ""), ("www-authenticate", ""),
]

# The Huffman code is canonical: the symbols of each length, in order, are all there is to know. Only those of
# printable ASCII are here.
_HUFFMAN_SYMBOLS = {
    5: "012aceiost", 6: " %-./3456789=A_bdfghlmnpru", 7: ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz", 8: "&*,;XZ",
    10: "!\"()?", 11: "'+|", 12: "#>", 13: "\0$@[]~", 14: "^}", 15: "<`{",
}


def _huffman_codes():
    codes, code, length = {}, 0, 5
    for size, symbols in sorted(_HUFFMAN_SYMBOLS.items()):
        code <<= size - length
        length = size
        for symbol in symbols:
            codes[size, code] = symbol
            code += 1
    return codes


_HUFFMAN = _huffman_codes()


def huffman_decode(data):
    """The text; what is left at the end is padding."""
    text, code, size = "", 0, 0
    for byte in data:
        for bit in range(7, -1, -1):
            code, size = code << 1 | byte >> bit & 1, size + 1
            if (size, code) in _HUFFMAN:
                text += _HUFFMAN[size, code]
                code = size = 0
    return text


class Decoder:
    """Reads header blocks of one connection."""

    def __init__(self):
        self._dynamic = []

    def decode(self, block):
        """The headers of one block: (name, value) pairs."""
        headers, at = [], 0
        while at < len(block):
            first = block[at]
            if first & 0x80:
                index, at = _read_integer(block, at, 7)
                headers.append(self._entry(index))
            elif first & 0x40:
                header, at = self._literal(block, at, 6)
                headers.append(header)
                self._dynamic.insert(0, header)
            elif first & 0x20:
                _, at = _read_integer(block, at, 5)
            else:
                header, at = self._literal(block, at, 4)
                headers.append(header)
        return headers

    def _entry(self, index):
        if index <= len(_STATIC_TABLE):
            return _STATIC_TABLE[index - 1]
        return self._dynamic[index - len(_STATIC_TABLE) - 1]

    def _literal(self, block, at, bits):
        index, at = _read_integer(block, at, bits)
        name, at = (self._entry(index)[0], at) if index else _read_string(block, at)
        value, at = _read_string(block, at)
        return (name, value), at


def _read_integer(block, at, bits):
    limit = (1 << bits) - 1
    value, at = block[at] & limit, at + 1
    if value < limit:
        return value, at
    shift = 0
    while True:
        byte, at = block[at], at + 1
        value += (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value, at


def _read_string(block, at):
    is_huffman = block[at] & 0x80
    length, at = _read_integer(block, at, 7)
    data = block[at:at + length]
    return (huffman_decode(data) if is_huffman else data.decode("latin-1")), at + length


def _integer(value, bits):
    limit = (1 << bits) - 1
    if value < limit:
        return bytes([value])
    encoded, value = bytearray([limit]), value - limit
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(encoded + bytes([value]))


def _bytes(text):
    return text if isinstance(text, bytes) else text.encode("latin-1")


def encode(headers):
    """A block that says each header in full; names and values may hold any byte."""
    block = b""
    for name, value in headers:
        name, value = _bytes(name), _bytes(value)
        block += b"\x00" + _integer(len(name), 7) + name + _integer(len(value), 7) + value
    return block
