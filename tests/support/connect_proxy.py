"""An HTTP proxy that knows CONNECT, and the names it is told."""

import base64
import select
import socket

from hostile_server import HostileServer


class ConnectProxy(HostileServer):
    """Connects to what `places` has for a name: {"api.test:443": ("127.0.0.1", 50051)}; anything else is a 502. With
    `credentials`, "user:password", it asks for them.

    `heads` are the requests it got, as text; `interim` is what it says before it connects."""

    def __init__(self, places, credentials=None, interim=b""):
        self._places = places
        self._interim = interim
        self._credentials = credentials
        self.heads = []

        def serve(client):
            self._answer(client)
        serve.raw = True
        super().__init__(serve)

    @property
    def url(self):
        return f"http://{self.target}"

    def _answer(self, client):
        head = read_head(client)
        self.heads.append(head)
        if self._credentials and f"\r\nProxy-Authorization: Basic {encoded(self._credentials)}\r\n" not in head:
            client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n")
            return
        place = self._places.get(head.split()[1])
        if not place:
            client.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(place) as server:
            client.sendall(self._interim + b"HTTP/1.1 200 Connection established\r\n\r\n")
            _move_both_ways(client, server)


def encoded(credentials):
    return base64.b64encode(credentials.encode()).decode()


def read_head(client):
    """The head of a request; nothing may follow it before it is answered."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        part = client.recv(4096)
        if not part:
            raise OSError("the client has gone")
        head += part
    return head.decode("ascii")


def _move_both_ways(one, other):
    """Until either ends."""
    while True:
        try:
            ready = select.select((one, other), (), ())[0]
        except ValueError:  # the test is over, and closed a socket that nobody waited on
            return
        for end in ready:
            part = end.recv(1 << 16)
            if not part:
                return
            (other if end is one else one).sendall(part)
