"""What a TAB costs: the program that completion scripts run, warm beside /bin/true, and at servers that do not answer."""

import contextlib
import os
import pathlib
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from contestants import Measure, server

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from certificates import self_signed
from hostile_faults import answering
from hostile_server import HostileServer


def warm(programs, runs):
    """With the server's schema in the cache; the medians by what is run."""
    with server(programs) as address:
        subprocess.run([programs.rpcctl, "describe", "-t", address], stdout=subprocess.DEVNULL, check=True)
        complete = lambda line: [programs.rpcctl, "__complete", "bash", f"rpcctl call -t {address} {line}"]
        commands = {
            "/bin/true": ["/bin/true"],
            "TAB behind Gree": complete("Gree"),
            "TAB behind Greeter.SayHello na": complete("Greeter.SayHello na"),
            "TAB behind RouteGuide.ListFeatures lo.lat": complete("RouteGuide.ListFeatures lo.lat"),
            "rpcctl --version": [programs.rpcctl, "--version"],
        }
        if programs.grpcurl:
            commands["grpcurl -version"] = [programs.grpcurl, "-version"]
        # grpcurl tells its version there.
        return Measure(commands, silenced=True).run(runs)


def unanswered(programs, runs):
    """Of servers that do not answer: wall milliseconds of the first TAB and of the next one, and what was said on
    standard error, by what is wrong."""
    with contextlib.ExitStack() as ends:
        folder = pathlib.Path(ends.enter_context(tempfile.TemporaryDirectory()))
        silent = ends.enter_context(socket.create_server(("127.0.0.1", 0)))
        free = socket.create_server(("127.0.0.1", 0))
        dead = free.getsockname()[1]
        free.close()
        untrusted = ends.enter_context(_tls_server(self_signed(folder)))
        mute = ends.enter_context(HostileServer(answering(lambda peer, stream: None)))
        plain = ends.enter_context(server(programs))
        lines = {
            "a port that is closed": f"-t 127.0.0.1:{dead}",
            "a server that says nothing": f"-t 127.0.0.1:{silent.getsockname()[1]}",
            "a server that greets and answers no call": f"-t {mute.target}",
            "a certificate that is not trusted": f"--tls -t localhost:{untrusted.getsockname()[1]}",
            "TLS to a plaintext port": f"--tls -t {plain}",
        }
        return {what: _unanswered(programs, f"rpcctl call {line} Gree", runs) for what, line in lines.items()}


@contextlib.contextmanager
def _tls_server(identity):
    """A listener that shakes hands with this certificate, and does no more."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.certificate, identity.key)
    context.set_alpn_protocols(["h2"])

    def serve():
        with contextlib.suppress(OSError):  # the listener is closed
            while True:
                with contextlib.suppress(ssl.SSLError), listener.accept()[0] as connection:
                    context.wrap_socket(connection, server_side=True).close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener


def _unanswered(programs, line, runs):
    first, again, said = [], [], b""
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as cache:
            env = {**os.environ, "XDG_CACHE_HOME": cache}
            for times in (first, again):
                began = time.perf_counter()
                done = subprocess.run([programs.rpcctl, "__complete", "bash", line], env=env, capture_output=True,
                                      check=True)
                times.append((time.perf_counter() - began) * 1000)
                said += done.stderr
                if not done.stdout.startswith(b":nofiles\n#"):
                    sys.exit(f"bench: completion of a server that is not there said {done.stdout!r}")
    return statistics.median(first), max(first), statistics.median(again), said
