#!/usr/bin/env python3
"""Times rpcctl beside a client with generated code: bench.py BUILD_FOLDER.

Every figure is a median of interleaved runs in this one process, so that a machine whose speed drifts spoils both
sides alike; the ratios carry over to other machines, the milliseconds do not.
"""

import os
import statistics
import subprocess
import sys
import time

RUNS = 40


class Server:
    """The reference server on a free port, for the length of a with block."""

    def __init__(self, build, *options):
        self.command = [f"{build}/cmd/reference_server/rpcctl-reference-server", "--listen", "127.0.0.1:0", *options]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().split()[-1]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def run_once(command):
    """Wall seconds, CPU seconds and peak memory (KiB) of one run of a command, its output thrown away."""
    sink = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
    began = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=sink)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    if status != 0:
        sys.exit(f"bench: {' '.join(command)} ended with {status}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def compare(title, contestants, runs):
    """Runs the named commands in turn and prints their medians, and their ratios to the first."""
    samples = {name: [] for name in contestants}
    for command in contestants.values():
        run_once(command)  # warms the caches; not counted
    for _ in range(runs):
        for name, command in contestants.items():
            samples[name].append(run_once(command))
    print(f"\n{title} (median of {runs}, interleaved)")
    print(f"  {'':34}{'wall ms':>10}{'cpu ms':>10}{'peak MiB':>10}{'ratio':>8}")
    base = None
    for name, rows in samples.items():
        wall, cpu, memory = (statistics.median(row[i] for row in rows) for i in range(3))
        base = base or wall
        print(f"  {name:34}{wall * 1000:10.2f}{cpu * 1000:10.2f}{memory / 1024:10.1f}{wall / base:8.2f}")


def main():
    build = os.path.abspath(sys.argv[1])
    rpcctl = f"{build}/cmd/rpcctl/rpcctl"
    stub = f"{build}/tests/bench/stub_call"
    proto = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../proto/helloworld.proto")
    with Server(build) as server:
        call = [rpcctl, "call", "Greeter.SayHello", "name=you", "-t", server.address]
        compare(
            "Cold call, unary",
            {
                "generated stub, no shutdown": [stub, server.address, "you"],
                "generated stub": [stub, server.address, "you", "--shutdown"],
                "rpcctl call, by reflection": call,
                "rpcctl call, by --proto": [*call, "--proto", proto],
            },
            RUNS,
        )
    stream = 1_000_000
    with Server(build, "--features", str(stream)) as server:
        compare(
            f"Stream of {stream} small messages",
            {"rpcctl call, as JSON lines": [rpcctl, "call", "RouteGuide.ListFeatures", "lo.latitude=-900000000",
                                            "lo.longitude=-1800000000", "hi.latitude=900000000",
                                            "hi.longitude=1800000000", "-t", server.address, "-o", "jsonl"]},
            3,
        )


if __name__ == "__main__":
    main()
