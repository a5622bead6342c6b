"""gRPC servers that Debian does not have: go_server/ with grpc-go, js_server/ with grpc-js, made once into build/peers.

Both serve post.v1.PostOffice. Each needs its own tools, and its packages from the network the first time: what is
missing skips the tests, with words."""

import contextlib
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys
import time
import unittest

from proto_types import descriptor_set
from rpcctl_testing import PROTO_DIR, ROOT, TEST_PROTO_DIR
from server_process import Server

_HERE = pathlib.Path(__file__).resolve().parent
_MADE = ROOT / "build" / "peers"
_SECONDS_TO_MAKE = 100
_SECONDS_TO_TRY_AGAIN = 600  # so that where there is no network one run of all tests waits for it once
_NPM_INSTALL = ("npm", "install", "--loglevel=error", "--no-audit", "--no-fund", "--no-package-lock",
                "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=30000", "--prefix")


class _Unmade(Exception):
    """Why a server cannot be had."""


def _output(*words, **how):
    """What a tool prints."""
    if not shutil.which(words[0]):
        raise _Unmade(f"{words[0]} is not installed")
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                              timeout=_SECONDS_TO_MAKE, **how)
    except subprocess.TimeoutExpired:
        raise _Unmade(f"{words[0]} was not done within {_SECONDS_TO_MAKE} s") from None
    if done.returncode != 0:
        raise _Unmade(f"{words[0]} {words[1]} failed: {' '.join(done.stderr.split())[:500]}")
    return done.stdout


def _make_go_server(folder):
    """The Go on this machine builds it, or none: it is not to fetch another. What it cannot fetch skips the tests, but
    a source that it does not build fails them."""
    how = {"cwd": _HERE / "go_server", "env": {**os.environ, "GOTOOLCHAIN": "local"}}
    _output("go", "mod", "download", **how)
    subprocess.run(["go", "build", "-o", folder / "go_server", "."], check=True, timeout=2 * _SECONDS_TO_MAKE, **how)
    with descriptor_set([TEST_PROTO_DIR, PROTO_DIR], ["post/v1/office.proto"]) as path:
        shutil.copyfile(path, folder / "office.pb")


def _make_js_server(folder):
    _output("node", "--version")
    shutil.copyfile(_HERE / "js_server" / "package.json", folder / "package.json")
    _output(*_NPM_INSTALL, folder)


_MAKERS = {"go_server": _make_go_server, "js_server": _make_js_server}


def _sources(name):
    """What a server is made of, as one text."""
    files = sorted((_HERE / name).iterdir()) + sorted((TEST_PROTO_DIR / "post").rglob("*.proto"))
    return "".join(f"{file.name}\n{file.read_text()}" for file in files)


@contextlib.contextmanager
def _alone(folder):
    """One process at a time makes what is in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remembered_failure(path, sources):
    """The reason of a failure with the same sources not long ago; otherwise an empty text."""
    if not path.exists() or time.time() - path.stat().st_mtime > _SECONDS_TO_TRY_AGAIN:
        return ""
    reason, _, failed_sources = path.read_text().partition("\n\n")
    return reason if failed_sources == sources else ""


def _make(name):
    """The folder of a server that stands ready; _Unmade where it cannot be had."""
    folder, sources = _MADE / name, _sources(name)
    with _alone(folder):
        made, failure = folder / "made_of", folder / "failure"
        if made.exists() and made.read_text() == sources:
            return folder
        reason = _remembered_failure(failure, sources)
        if reason:
            raise _Unmade(reason)
        try:
            _MAKERS[name](folder)
        except _Unmade as unmade:
            failure.write_text(f"{unmade}\n\n{sources}")
            raise
        made.write_text(sources)
        return folder


class _PeerServer(Server):
    """`reflection` is "v1", "v1alpha", "both" or "none". With `identity` (certificates.Identity) it speaks TLS, and
    with `client_ca` only to clients with a certificate of that authority. `options` are words of its command line."""

    def __init__(self, reflection="both", *options, identity=None, client_ca=None):
        words = ["--reflection", reflection, *options]
        if identity:
            words += ["--certificate", identity.certificate, "--key", identity.key]
        if client_ca:
            words += ["--client-ca", client_ca]
        super().__init__([*self.command(_MADE / self.name), *words], env=self.environment(_MADE / self.name))

    @staticmethod
    def environment(_):
        return dict(os.environ)

    def next_call(self):
        """The next line it prints: "/package.Service/Method OK" of a call that ended, or what else it tells."""
        return self.process.read_line()


class GoServer(_PeerServer):
    """go_server, with grpc-go."""

    name = "go_server"

    @staticmethod
    def command(folder):
        return [folder / "go_server", "--descriptors", folder / "office.pb"]


class JsServer(_PeerServer):
    """js_server, with grpc-js."""

    name = "js_server"

    @staticmethod
    def command(_):
        return ["node", _HERE / "js_server" / "main.js"]

    @staticmethod
    def environment(folder):
        return {**os.environ, "NODE_PATH": str(folder / "node_modules")}


_SKIPPED = 77  # as CMake knows it


def main(server):
    """Runs the tests of a module that needs this server, or tells why they are skipped."""
    try:
        _make(server.name)
    except _Unmade as unmade:
        print(f"skipped: the tests of {server.name} need what cannot be had here: {unmade}")
        sys.exit(_SKIPPED)
    unittest.main()
