"""What the benchmark runs: the programs, the servers they talk to, and how a run is timed."""

import contextlib
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Programs:
    """Where everything lies. grpcurl and buf are None where they are not installed."""

    def __init__(self, build, installed):
        """`build` is the folder of a release build, `installed` an empty one for what is measured."""
        self.build = build
        self.installed = installed
        subprocess.run(["cmake", "--install", build, "--prefix", installed], stdout=subprocess.DEVNULL, check=True)
        for folder in ("bin", "libexec/rpcctl"):
            for name in os.listdir(f"{installed}/{folder}"):
                write_alike(f"{installed}/{folder}/{name}")
        self.rpcctl = f"{installed}/bin/rpcctl"
        self.reference_server = f"{installed}/bin/rpcctl-reference-server"
        self.examples = self.bench("gen/examples.protoset")
        self.mixed = self.bench("gen/bench.protoset")
        self.grpcurl = self.peer("grpcurl")
        self.buf = self.peer("buf")

    def bench(self, name):
        """A program or a file of the benchmark."""
        copy = f"{self.installed}/bench/{name}"
        if not os.path.exists(copy):
            self.copy(f"{self.build}/tests/bench/{name}", copy)
        return copy

    def peer(self, name):
        """A program that is not ours, copied as ours are; None where it is not installed."""
        found = os.environ.get(name.upper()) or shutil.which(name)
        return found and self.copy(found, f"{self.installed}/peers/{name}")

    @staticmethod
    def copy(source, copy):
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        shutil.copy(source, copy)
        write_alike(copy)
        return copy

    def run(self, name, *words):
        """What a program of the benchmark prints."""
        return subprocess.run([self.bench(name), *words], stdout=subprocess.PIPE, text=True, check=True).stdout

    def write_documents(self, shape, count, path):
        with open(path, "wb") as file:
            subprocess.run([self.bench("stream_server"), "documents", shape, str(count)], stdout=file, check=True)

    def average_size(self, shape):
        return int(self.run("stream_server", "size", shape))

    def versions(self):
        """Program and version, of those that are installed."""
        asked = {"rpcctl": [self.rpcctl, "--version"], "grpcurl": self.grpcurl and [self.grpcurl, "-version"],
                 "buf": self.buf and [self.buf, "--version"]}
        told = {}
        for name, command in asked.items():
            if not command:
                told[name] = "not installed: left out"
                continue
            result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
            told[name] = result.stdout.splitlines()[0].removeprefix(name).strip()
            if told[name].startswith("dev build"):
                told[name] = built_version(command[0])
        return told


def write_alike(path):
    """Writes a file again in one go. The pieces in which it was written decide how large the pieces are that the page
    cache holds it in, and those decide about a fifth of a short process: what a linker, cmake and shutil have written
    cannot be compared."""
    # Not by this process: what it ever held is the least that can be seen of a process that it starts.
    writer = os.fork()
    if writer == 0:
        try:
            _write_again(path)
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(writer, 0)[1] != 0:
        sys.exit(f"bench: cannot write {path}")


def _write_again(path):
    with open(path, "rb") as file:
        content = file.read()
    mode = os.stat(path).st_mode
    os.unlink(path)
    with open(path, "wb", buffering=0) as file:
        assert file.write(content) == len(content)
    os.chmod(path, mode)


def built_version(program):
    """The module version of a program that was built by 'go install'."""
    go = shutil.which("go")
    if not go:
        return "of unknown version"
    told = subprocess.run([go, "version", "-m", program], stdout=subprocess.PIPE, text=True, check=True).stdout
    return next(line.split()[2] for line in told.splitlines() if line.split()[0] == "mod")


@contextlib.contextmanager
def server(programs):
    """The address of the reference server, on a free port."""
    command = [programs.reference_server, "--listen", "127.0.0.1:0"]
    with _running(command) as line:
        yield line.split()[-1]


@contextlib.contextmanager
def answer_server(programs):
    """The address of a server of the greeter that takes next to no time to answer."""
    with _running([programs.bench("answer_server")]) as line:
        yield line.split()[-1]


@contextlib.contextmanager
def stream_server(programs, shape, count):
    """The address of a server that answers every call with `count` messages."""
    with _running([programs.bench("stream_server"), "serve", shape, str(count)]) as line:
        yield f"127.0.0.1:{line.strip()}"


@contextlib.contextmanager
def _running(command):
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline()
        finally:
            process.terminate()


class Run:
    """One run of a command: wall and CPU seconds, and the peak of its memory in MiB."""

    def __init__(self, wall, usage):
        self.wall = wall
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024


class Measure:
    """Commands, by the names that tables call them."""

    def __init__(self, commands, stdin=os.devnull, silenced=False):
        """With `silenced` what they say on standard error is dropped."""
        self.commands = commands
        self.stdin = stdin
        self.silenced = silenced

    def run(self, runs):
        """Runs the commands in turn, as often as asked for; the medians, by name. Each round has another order, so
        that none always comes after the one that leaves the caches and the clock of the processor worst."""
        order = random.Random(1)
        samples = {name: [] for name in self.commands}
        for command in self.commands.values():
            self._run_once(command)  # warms the caches; not counted
        for _ in range(runs):
            for name, command in order.sample(list(self.commands.items()), len(self.commands)):
                samples[name].append(self._run_once(command))
        return {name: {what: statistics.median(getattr(run, what) for run in taken)
                       for what in ("wall", "cpu", "peak")} for name, taken in samples.items()}

    def _run_once(self, command):
        actions = [(os.POSIX_SPAWN_OPEN, 0, self.stdin, os.O_RDONLY, 0),
                   (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        if self.silenced:
            actions.append((os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0))
        began = time.perf_counter()
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - began
        if status != 0:
            sys.exit(f"bench: {' '.join(command)} ended with {status}")
        return Run(wall, usage)

    @staticmethod
    def once(command, producer=None, bytes_a_second=None):
        """One run, its input from another command or its output taken at a limited rate."""
        feeding = subprocess.Popen(producer, stdout=subprocess.PIPE) if producer else None
        taking = subprocess.PIPE if bytes_a_second else subprocess.DEVNULL
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=feeding.stdout if feeding else subprocess.DEVNULL, stdout=taking)
        if feeding:
            feeding.stdout.close()
        if bytes_a_second:
            take_slowly(process.stdout, bytes_a_second)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        if status != 0 or (feeding and feeding.wait() != 0):
            sys.exit(f"bench: {' '.join(command)} ended with {status}")
        return Run(time.perf_counter() - began, usage)


def take_slowly(stream, bytes_a_second):
    """Reads to the end, no faster than asked."""
    began = time.monotonic()
    taken = 0
    while chunk := os.read(stream.fileno(), 65536):
        taken += len(chunk)
        ahead = taken / bytes_a_second - (time.monotonic() - began)
        if ahead > 0:
            threading.Event().wait(ahead)
    stream.close()
