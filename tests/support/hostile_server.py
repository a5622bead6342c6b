"""A server that breaks the rules on purpose, one fault at a time, on plain sockets.

In a test:  with HostileServer("nostatus") as server: ... server.target
By hand:    python3 hostile_server.py nostatus     ("--list" names the faults)"""

import pathlib
import socket
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from http2_peer import Peer, PeerGone
from live_process import CAP_SECONDS


class HostileServer:
    """Serves each connection on a thread of its own with `fault`: a name out of hostile_faults or a function.

    A function that has the attribute `raw` gets the plain socket, any other a Peer that has been greeted. When it
    returns, the client sees the end of the connection after everything that was sent: a socket closed while words of
    the client lie unread would be reset, and take with it what the client has not read yet."""

    def __init__(self, fault, backlog=16):
        self._fault = _fault_named(fault) if isinstance(fault, str) else fault
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=backlog)
        self._connections = []
        self._threads = []
        self.peers = []  # of the connections that spoke HTTP/2
        self.failures = []  # exceptions of the fault's own
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    @property
    def port(self):
        return self._listener.getsockname()[1]

    @property
    def target(self):
        return f"127.0.0.1:{self.port}"

    @property
    def streams(self):
        """Every stream of every connection, as the client opened them."""
        return [stream for peer in self.peers for stream in peer.streams.values()]

    def accepted(self):
        """How many connections were made so far."""
        return len(self._connections)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.stop()
        if kind is None and self.failures:
            raise AssertionError("the hostile server failed itself") from self.failures[0]

    def stop(self):
        """Closes everything and waits for its threads."""
        for end in (self._listener, *self._connections):
            _shut(end)
        for thread in (self._accepting, *self._threads):
            thread.join(CAP_SECONDS)

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(3 * CAP_SECONDS)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connections.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        try:
            if getattr(self._fault, "raw", False):
                self._fault(connection)
            else:
                peer = Peer(connection)
                peer.greet()
                self.peers.append(peer)
                self._fault(peer)
            _finish(connection)
        except (PeerGone, OSError):
            pass
        except Exception as error:  # told by the test that runs us
            self.failures.append(error)
        finally:
            _shut(connection)


def _finish(connection):
    """Says no more, and listens until the client has gone."""
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(1 << 16):
        pass


def _shut(end):
    """Ends a socket also for a thread that waits on it."""
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()


def _fault_named(name):
    import hostile_faults
    return hostile_faults.FAULTS[name]


def main():
    import hostile_faults
    if sys.argv[1:] in ([], ["--list"]):
        print("\n".join(sorted(hostile_faults.FAULTS)))
        return
    server = HostileServer(sys.argv[1])
    print(f"listening on {server.target}", flush=True)
    server._accepting.join()


if __name__ == "__main__":
    main()
