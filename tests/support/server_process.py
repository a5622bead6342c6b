"""Servers as processes of their own, on free ports."""

import os
import pathlib
import signal
import sys
import tempfile

from live_process import CAP_SECONDS, LiveProcess, wait_until
from rpcctl_testing import ROOT

REFERENCE_SERVER = os.environ.get(
    "RPCCTL_REFERENCE_SERVER",
    str(ROOT / "build" / "release" / "cmd" / "reference_server" / "rpcctl-reference-server"))


def has_connection(port):
    """Whether somebody is connected to this port of 127.0.0.1, by the kernel's table."""
    wanted = f"0100007F:{port:04X}"
    rows = [row.split() for row in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(row[2] == wanted and row[3] == "01" for row in rows)


class Server:
    """Ends with its `with` block, or by stop()."""

    def __init__(self, arguments, env=None):
        self.process = LiveProcess(arguments, stderr=None, env=env)
        try:
            self.target = self._read_target()
        except BaseException:
            self.process.__exit__()
            raise

    def _read_target(self):
        line = self.process.read_line(seconds=3 * CAP_SECONDS)
        if line is None or not line.startswith("listening on "):
            raise AssertionError(f"{self.process.arguments} said {line!r}")
        return line[len("listening on "):]

    @property
    def port(self):
        return int(self.target.rpartition(":")[2])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.__exit__()

    def send_signal(self, number):
        self.process.send_signal(number)


class ReferenceServer(Server):
    """rpcctl-reference-server with `options`, by default on a free port of 127.0.0.1."""

    def __init__(self, *options, listen="127.0.0.1:0"):
        self._folder = tempfile.TemporaryDirectory(prefix="rpcctl-server-")
        self.call_log = pathlib.Path(self._folder.name) / "calls"
        where = ["--listen", listen] if listen else []
        super().__init__([REFERENCE_SERVER, *where, "--call-log", self.call_log, *options])

    def __exit__(self, *_):
        super().__exit__()
        self._folder.cleanup()

    def log_lines(self):
        """Every call that has ended: "/package.Service/Method STATUS"."""
        return self.call_log.read_text().splitlines() if self.call_log.exists() else []

    def calls(self):
        """The same without reflection."""
        return [line for line in self.log_lines() if not line.startswith("/grpc.")]

    def wait_for_call(self, line):
        """Waits until the log has this line."""
        return wait_until(lambda: line in self.log_lines(), f"{line!r} in the server's log, which is {self.calls()}")

    def stop(self):
        """Ends it in an orderly way, so that every call is in the log; returns the calls."""
        self.send_signal(signal.SIGTERM)
        self.process.wait()
        return self.calls()


class OpensslServer(Server):
    """openssl s_server with `options`: TLS, and nothing behind it."""

    def __init__(self, identity, *options):
        super().__init__(["openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", identity.certificate, "-key",
                          identity.key, *options])

    def _read_target(self):
        while True:
            line = self.process.read_line()
            if line is None or line.startswith("ACCEPT "):
                break
        if line is None:
            raise AssertionError(f"{self.process.arguments} ended")
        return line[len("ACCEPT "):]


class PythonServer(Server):
    """grpcio_server.py; `reflection` is "v1", "v1alpha", "both" or "none". With `identity` (certificates.Identity) it
    speaks TLS, and with `client_ca` only to clients with a certificate of that authority."""

    def __init__(self, reflection="both", identity=None, client_ca=None, listen="127.0.0.1:0"):
        script = pathlib.Path(__file__).with_name("grpcio_server.py")
        words = [sys.executable, script, "--reflection", reflection, "--listen", listen]
        if identity:
            words += ["--certificate", identity.certificate, "--key", identity.key]
        if client_ca:
            words += ["--client-ca", client_ca]
        super().__init__(words, env=dict(os.environ))

    def next_call(self):
        """The next line it prints about a call that ended: "/package.Service/Method OK"."""
        return self.process.read_line()


class EditionServer(Server):
    """edition_server.py, with descriptors of this edition."""

    def __init__(self, edition):
        script = pathlib.Path(__file__).with_name("edition_server.py")
        super().__init__([sys.executable, script, "--edition", str(edition)], env=dict(os.environ))
