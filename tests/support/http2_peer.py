"""The server's side of one HTTP/2 connection: frames, flow control, gRPC messages. It checks nothing."""

import select
import socket
import struct

import hpack

DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 3, 4, 6, 7, 8, 9
END_STREAM = ACK = 0x1
END_HEADERS = 0x4
PADDED = 0x8
PRIORITY = 0x20
_INITIAL_WINDOW_SIZE = 4
_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_LARGEST_FRAME = 16384

CANCEL = 8  # the RST_STREAM code of a client that cancels

RESPONSE_HEADERS = ((":status", "200"), ("content-type", "application/grpc"))


class PeerGone(Exception):
    """The client has closed the connection or broken it."""


def grpc_message(payload, compressed=0):
    """`payload` behind gRPC's five bytes."""
    return struct.pack(">BI", compressed, len(payload)) + payload


class Stream:
    """What a client said on one stream."""

    def __init__(self, number, headers, window):
        self.number = number
        self.headers = headers
        self.body = b""
        self.ended = False
        self.reset = None  # the code of its RST_STREAM
        self.window = window

    @property
    def path(self):
        return dict(self.headers)[":path"]


class Peer:
    """Speaks with one client; every method may raise PeerGone."""

    def __init__(self, connection):
        self._connection = connection
        self._decoder = hpack.Decoder()
        self._window = 65535
        self._stream_window = 65535
        self.streams = {}
        self._unserved = []

    # ---- beginning ----

    def greet(self):
        """The connection preface, and room for whatever the client sends."""
        if self._receive(len(_PREFACE)) != _PREFACE:
            raise PeerGone("no HTTP/2 preface")
        self.send(SETTINGS, 0, 0)
        self.send(WINDOW_UPDATE, 0, 0, struct.pack(">I", 1 << 30))

    # ---- reading ----

    def _receive(self, size):
        data = b""
        while len(data) < size:
            try:
                chunk = self._connection.recv(size - len(data))
            except (ConnectionError, socket.timeout) as error:
                raise PeerGone(str(error)) from error
            if not chunk:
                raise PeerGone("closed")
            data += chunk
        return data

    def _read_frame(self):
        head = self._receive(9)
        length = int.from_bytes(head[:3], "big")
        return head[3], head[4], int.from_bytes(head[5:9], "big") & 0x7FFFFFFF, self._receive(length)

    def read(self):
        """Handles one frame of the client."""
        kind, flags, number, payload = self._read_frame()
        stream = self.streams.get(number)
        if kind == HEADERS:
            self._open(flags, number, payload)
        elif kind == DATA and stream:
            pad = payload[0] if flags & PADDED else 0
            stream.body += payload[1:len(payload) - pad] if flags & PADDED else payload
            stream.ended = stream.ended or bool(flags & END_STREAM)
            if payload:
                self.send(WINDOW_UPDATE, 0, number, struct.pack(">I", len(payload)))
        elif kind == RST_STREAM and stream:
            stream.reset = int.from_bytes(payload, "big")
        elif kind == SETTINGS and not flags & ACK:
            self._take_settings(payload)
            self.send(SETTINGS, ACK, 0)
        elif kind == PING and not flags & ACK:
            self.send(PING, ACK, 0, payload)
        elif kind == WINDOW_UPDATE:
            self._widen(stream, number, int.from_bytes(payload, "big"))

    def _open(self, flags, number, payload):
        if flags & PADDED:
            payload = payload[1:len(payload) - payload[0]]
        if flags & PRIORITY:
            payload = payload[5:]
        end = flags
        while not end & END_HEADERS:
            _, end, _, more = self._read_frame()
            payload += more
        stream = Stream(number, self._decoder.decode(payload), self._stream_window)
        stream.ended = bool(flags & END_STREAM)
        self.streams[number] = stream
        self._unserved.append(stream)

    def _take_settings(self, payload):
        for key, value in struct.iter_unpack(">HI", payload):
            if key != _INITIAL_WINDOW_SIZE:
                continue
            for stream in self.streams.values():
                stream.window += value - self._stream_window
            self._stream_window = value

    def _widen(self, stream, number, amount):
        if number == 0:
            self._window += amount
        elif stream:
            stream.window += amount

    def read_until(self, condition):
        while not condition():
            self.read()

    def read_to_end(self):
        """Reads until the client closes the connection."""
        try:
            while True:
                self.read()
        except PeerGone:
            pass

    def ignore(self):
        """Reads nothing more, for as long as the connection lives."""
        poll = select.poll()
        poll.register(self._connection, select.POLLRDHUP)
        poll.poll()

    def next_stream(self):
        """The next call that nobody has answered yet."""
        self.read_until(lambda: self._unserved)
        return self._unserved.pop(0)

    def next_message(self, stream):
        """The next request message; None when the client has said everything or has reset the stream."""

        def complete():
            return len(stream.body) >= 5 and len(stream.body) >= 5 + int.from_bytes(stream.body[1:5], "big")

        self.read_until(lambda: complete() or stream.ended or stream.reset is not None)
        if not complete():
            return None
        end = 5 + int.from_bytes(stream.body[1:5], "big")
        message, stream.body = stream.body[5:end], stream.body[end:]
        return message

    # ---- writing ----

    def send_raw(self, data):
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise PeerGone(str(error)) from error

    def send(self, kind, flags, number, payload=b""):
        self.send_raw(len(payload).to_bytes(3, "big") + bytes([kind, flags]) + struct.pack(">I", number) + payload)

    def headers(self, stream, headers=RESPONSE_HEADERS, end=False):
        """One header block, in as many frames as it takes."""
        block = hpack.encode(headers)
        parts = [block[at:at + _LARGEST_FRAME] for at in range(0, len(block), _LARGEST_FRAME)] or [b""]
        for index, part in enumerate(parts):
            last = END_HEADERS if index == len(parts) - 1 else 0
            flags = last | (END_STREAM if end and index == 0 else 0)
            self.send(HEADERS if index == 0 else CONTINUATION, flags, stream.number, part)

    def data(self, stream, data, end=False):
        """DATA frames as the client's windows allow."""
        view = memoryview(data)
        while view:
            self.read_until(lambda: min(self._window, stream.window) > 0 or stream.reset is not None)
            if stream.reset is not None:
                return
            size = min(len(view), self._window, stream.window, _LARGEST_FRAME)
            self.send(DATA, 0, stream.number, bytes(view[:size]))
            self._window -= size
            stream.window -= size
            view = view[size:]
        if end:
            self.send(DATA, END_STREAM, stream.number)

    def message(self, stream, payload, compressed=0):
        self.data(stream, grpc_message(payload, compressed))

    def trailers(self, stream, status=0, message="", extra=()):
        """The end of a call. `message` goes out as it is: percent-encode what needs it."""
        text = (("grpc-message", message),) if message else ()
        self.headers(stream, (("grpc-status", str(status)), *text, *extra), end=True)

    def reset(self, stream, code):
        self.send(RST_STREAM, 0, stream.number, struct.pack(">I", code))

    def go_away(self, code, last=0x7FFFFFFF, text=b""):
        self.send(GOAWAY, 0, 0, struct.pack(">II", last, code) + text)

    def close(self):
        """Says nothing more and waits for the client to go: closing at once would reset what is on its way."""
        self._connection.shutdown(socket.SHUT_WR)
        self.read_to_end()
        raise PeerGone("closed by us")
