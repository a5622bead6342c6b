"""The faults of the hostile server by name. The methods they answer are those of protos/hostile.proto."""

import base64
import gzip
import struct

from http2_peer import CONTINUATION, END_HEADERS, HEADERS, RESPONSE_HEADERS, grpc_message
from wire import any_message, bytes_field, close_group, nested, number_field, open_group

FAULTS = {}

# What the bench's texts try to do to a terminal: set its title, clear, colour, return, reorder, hide.
EVIL = "\x1b]0;pwned\x07\x1b[2J\r\x9b31m\u202eevil\u200b"
EVIL_BYTES = EVIL.encode("utf-8")
EVIL_PERCENT = "".join(f"%{byte:02X}" for byte in EVIL_BYTES)

BOMB_MIB = 64


def pong(text):
    """A hostile.Pong."""
    return bytes_field(1, text)


def fault(name):
    """Registers a function of (peer, stream) that answers one call."""

    def register(answer):
        FAULTS[name] = answering(answer)
        return answer

    return register


def raw_fault(name):
    """Registers a function of a plain socket."""

    def register(serve):
        serve.raw = True
        FAULTS[name] = serve
        return serve

    return register


def answering(answer):
    """A server that answers every call with `answer`, once its first message or its end has come."""

    def serve(peer):
        while True:
            stream = peer.next_stream()
            peer.next_message(stream)
            answer(peer, stream)

    return serve


def reply(peer, stream, *messages, status=0, message="", headers=(), trailers=()):
    """A whole answer: headers, messages, trailers."""
    peer.headers(stream, RESPONSE_HEADERS + tuple(headers))
    for payload in messages:
        peer.message(stream, payload)
    peer.trailers(stream, status, message, trailers)


def status_details(*details):
    """The value of grpc-status-details-bin with these Any messages."""
    status = number_field(1, 9) + bytes_field(2, "own") + b"".join(bytes_field(3, detail) for detail in details)
    return base64.b64encode(status).decode()


# ---- A: hostile text ----

@fault("evil-status")
def _(peer, stream):
    reply(peer, stream, status=9, message=EVIL_PERCENT)


@fault("evil-metadata")
def _(peer, stream):
    extra = (("x-evil", EVIL_BYTES), ("x-data-bin", base64.b64encode(EVIL_BYTES).decode()))
    reply(peer, stream, pong("fine"), headers=extra, trailers=extra)


@fault("evil-field")
def _(peer, stream):
    reply(peer, stream, pong(EVIL))


@fault("evil-goaway")
def _(peer, stream):
    peer.headers(stream)
    peer.go_away(11, text=EVIL_BYTES)
    peer.close()


@fault("evil-te")
def _(peer, stream):
    """Header values that the library would complain about in its log."""
    reply(peer, stream, pong("fine"), headers=(("te", EVIL_BYTES), ("grpc-timeout", EVIL_BYTES)))


@fault("bad-utf8")
def _(peer, stream):
    reply(peer, stream, bytes_field(1, b"caf\xe9"))


@fault("unknown-any")
def _(peer, stream):
    reply(peer, stream, bytes_field(3, any_message("nowhere.Thing", b"\x08\x01")))


@fault("unknown-detail")
def _(peer, stream):
    reply(peer, stream, status=9, message="own",
          trailers=(("grpc-status-details-bin", status_details(any_message("nowhere.Thing", b"\x08\x01"))),))


@fault("broken-details")
def _(peer, stream):
    broken = base64.b64encode(b"\xff\xff\xff").decode()
    reply(peer, stream, status=9, message="own", trailers=(("grpc-status-details-bin", broken),))


@fault("deep-details")
def _(peer, stream):
    """An Any in an Any, 200 deep."""
    detail = b""
    for _ in range(200):
        detail = any_message("google.protobuf.Any", detail)
    reply(peer, stream, status=9, message="own", trailers=(("grpc-status-details-bin", status_details(detail)),))


# ---- C: the protocol ----

@fault("nostatus")
def _(peer, stream):
    peer.headers(stream)
    peer.message(stream, pong("one"))
    peer.headers(stream, (("x-trailer", "lonely"),), end=True)


@fault("halfmsg")
def _(peer, stream):
    peer.headers(stream)
    peer.data(stream, grpc_message(pong("whole message"))[:-4])
    peer.trailers(stream)


@fault("half-second")
def _(peer, stream):
    peer.headers(stream)
    peer.message(stream, pong("one"))
    peer.data(stream, grpc_message(pong("whole message"))[:-4])
    peer.trailers(stream)


@fault("zero-messages")
def _(peer, stream):
    reply(peer, stream)


@fault("two-messages")
def _(peer, stream):
    reply(peer, stream, pong("one"), pong("two"))


@fault("two-messages-open")
def _(peer, stream):
    """Two messages, and the call never ends by itself."""
    peer.headers(stream)
    peer.message(stream, pong("one"))
    peer.message(stream, pong("two"))


@fault("hugelen")
def _(peer, stream):
    peer.headers(stream)
    peer.data(stream, struct.pack(">BI", 0, 0xFFFFFFF0) + b"a little")


for _status in ("99", "-7", "abc", ""):
    def _odd(peer, stream, status=_status):
        reply(peer, stream, pong("one"), status=status, message="odd")

    FAULTS[f"status-{_status or 'empty'}"] = answering(_odd)


@fault("long-status")
def _(peer, stream):
    reply(peer, stream, status=9, message="long " * 13107)


@fault("ten-then-error")
def _(peer, stream):
    reply(peer, stream, *(pong(f"{number}") for number in range(1, 11)), status=15, message="lost it")


@fault("only-trailers")
def _(peer, stream):
    peer.headers(stream, RESPONSE_HEADERS + (("grpc-status", "5"), ("grpc-message", "not here")), end=True)


def _compressed(payload, encoding):
    def answer(peer, stream):
        peer.headers(stream, RESPONSE_HEADERS + ((("grpc-encoding", encoding),) if encoding else ()))
        peer.message(stream, payload, compressed=1)
        peer.trailers(stream)

    return answering(answer)


FAULTS["gzip"] = _compressed(gzip.compress(pong("small")), "gzip")
FAULTS["gzip-corrupt"] = _compressed(gzip.compress(pong("small"))[:-6] + b"\0\0\0\0\0\0", "gzip")
FAULTS["gzip-garbage"] = _compressed(b"this is no gzip", "gzip")
FAULTS["unknown-encoding"] = _compressed(b"whatever", "snappy")
FAULTS["flag-without-encoding"] = _compressed(gzip.compress(pong("small")), "")


@fault("bomb")
def _(peer, stream):
    """A string of zeros that is 64 MiB long once it is inflated."""
    payload = gzip.compress(pong(b"0" * (BOMB_MIB << 20)), compresslevel=1)
    peer.headers(stream, RESPONSE_HEADERS + (("grpc-encoding", "gzip"),))
    peer.message(stream, payload, compressed=1)
    peer.trailers(stream)


def _big_trailers(name, extra):
    def answer(peer, stream):
        reply(peer, stream, pong("one"), status=9, message="own", trailers=extra)

    FAULTS[name] = answering(answer)


_big_trailers("trailers-9k", (("x-big", "v" * 9000),))
_big_trailers("trailers-1m", (("x-big", "v" * (1 << 20)),))
_big_trailers("trailers-many", tuple((f"x-{number}", "v") for number in range(10000)))
_big_trailers("trailers-bad-bin", (("x-data-bin", "!!!"),))


@fault("continuation-flood")
def _(peer, stream):
    """A header block that never ends."""
    piece = b"\x00\x05x-big\x7f\x81\x1f" + b"v" * 4096
    peer.send(HEADERS, 0, stream.number, piece)
    while True:
        peer.send(CONTINUATION, 0, stream.number, piece)


for _code in range(14):
    def _reset(peer, stream, code=_code):
        peer.headers(stream)
        peer.message(stream, pong("one"))
        peer.message(stream, pong("two"))
        peer.reset(stream, code)

    FAULTS[f"reset-{_code}"] = answering(_reset)

for _code in (0, 11):
    def _go_away(peer, stream, code=_code):
        peer.headers(stream)
        peer.message(stream, pong("one"))
        peer.message(stream, pong("two"))
        peer.go_away(code)
        peer.close()

    FAULTS[f"goaway-{_code}"] = answering(_go_away)


@fault("goaway-first")
def _(peer, stream):
    """Refuses the call in the way that makes a client try again."""
    peer.go_away(0, last=0)
    peer.close()


@fault("close-after-two")
def _(peer, stream):
    peer.headers(stream)
    peer.message(stream, pong("one"))
    peer.message(stream, pong("two"))
    peer.close()


@fault("never-reads")
def _(peer, stream):
    peer.headers(stream, RESPONSE_HEADERS + (("x-reads", "nothing"),))
    peer.ignore()


@fault("html")
def _(peer, stream):
    """What a proxy says whose server is away."""
    peer.headers(stream, ((":status", "502"), ("content-type", "text/html")))
    peer.data(stream, b"<html><h1>Bad Gateway</h1></html>", end=True)


@fault("bad-frame")
def _(peer, stream):
    """A SETTINGS frame on a stream, which no server may send."""
    peer.headers(stream)
    peer.send(4, 0, stream.number, b"\0\0\0")


@fault("padding-lie")
def _(peer, stream):
    """A header block that ends in the middle of a string."""
    peer.send(HEADERS, END_HEADERS, stream.number, b"\x00\x7f\x7f")


# ---- C: odd messages ----

@fault("odd-fields")
def _(peer, stream):
    unknown = number_field(99, 7) + open_group(98) + number_field(1, 1) + close_group(98)
    enum = number_field(5, 42)
    both = bytes_field(6, "first") + bytes_field(7, "second")
    packed = bytes_field(8, b"\x01\x02") + number_field(8, 3)
    reply(peer, stream, pong("one") + unknown + enum + both + packed)


@fault("garbage-message")
def _(peer, stream):
    reply(peer, stream, pong("one"), b"\xff\xff\xff\xff")


for _depth in (50, 99, 100, 101, 5000, 200000):
    def _deep(peer, stream, depth=_depth):
        reply(peer, stream, pong("before"), nested(4, depth))

    FAULTS[f"deep-{_depth}"] = answering(_deep)


@fault("deep-groups")
def _(peer, stream):
    reply(peer, stream, pong("before"), open_group(97) * 5000 + close_group(97) * 5000)


_FOUR_MIB = 4 << 20
for _size in (_FOUR_MIB - 1, _FOUR_MIB, _FOUR_MIB + 1):
    def _sized(peer, stream, size=_size):
        reply(peer, stream, pong("x" * (size - 5)))  # tag and length take five bytes

    FAULTS[f"size-{_size}"] = answering(_sized)


# ---- C: no HTTP/2 at all ----

@raw_fault("silent")
def _(connection):
    """Takes the connection and says nothing."""
    while connection.recv(1 << 16):
        pass


def _says(name, text):
    @raw_fault(name)
    def _(connection):
        connection.recv(1 << 16)
        connection.sendall(text)
        connection.shutdown(1)
        while connection.recv(1 << 16):
            pass


_says("http1", b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\ncontent-length: 12\r\n"
               b"connection: close\r\n\r\n<h1>No</h1>\r\n")
_says("redirect", b"HTTP/1.1 301 Moved Permanently\r\nlocation: http://elsewhere.invalid/\r\n\r\n")
_says("ssh", b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
_says("tls-alert", b"\x15\x03\x01\x00\x02\x02\x46")
_says("random", bytes(range(256)) * 4)
_says("closes", b"")
