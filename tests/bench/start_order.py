#!/usr/bin/env python3
"""Prints what rpcctl runs in short calls, for cmd/rpcctl/start_order.txt: see start_order.cmake beside it.

It runs calls under valgrind, takes the addresses that were executed, and looks up in the map of the linker which
sections of its input lie there. Usage: start_order.py BUILD, the folder of a release build.
"""

import bisect
import os
import re
import subprocess
import sys
import tempfile

from contestants import ROOT, Programs, server

# A member of an archive larger than this would bring along more than it is worth.
LARGEST_MEMBER = 20000
HEADER = """# What a short call runs, in the order it lies in an executable that was not told one.
# Written by ./dev order; read by start_order.cmake, which says what it is for.
"""


def executed(rpcctl, words, scratch):
    """The addresses of the instructions that a run executes, as the file has them."""
    out = os.path.join(scratch, "callgrind.out")
    subprocess.run(["valgrind", "--tool=callgrind", "--dump-instr=yes", f"--callgrind-out-file={out}", rpcctl, *words],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True,
                   env={**os.environ, "XDG_CACHE_HOME": scratch})
    addresses, address = set(), 0
    with open(out, encoding="utf-8") as lines:
        for line in lines:
            place = re.match(r"(0x[0-9a-f]+|[+-]\d+|\*) ", line)
            if not place:
                continue
            if place[1].startswith("0x"):
                address = int(place[1], 16)
            elif place[1] != "*":
                address += int(place[1])
            addresses.add(address)
    return addresses


def sections(build, scratch):
    """(address, size, name, file) of each section of code, by the map of one more link."""
    commands = subprocess.run(["ninja", "-t", "commands", "cmd/rpcctl/rpcctl"], cwd=build, stdout=subprocess.PIPE,
                              text=True, check=True).stdout
    link = commands.splitlines()[-1].removeprefix(": && ").removesuffix(" && :")
    path = os.path.join(scratch, "map")
    link = link.replace("-o cmd/rpcctl/rpcctl", f"-o {scratch}/rpcctl -Wl,-Map,{path}")
    subprocess.run(link, shell=True, cwd=build, check=True)
    with open(path, encoding="utf-8") as file:
        rows = re.findall(r"^ (\.text\S*)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)\s+(\S+)$", file.read(), re.MULTILINE)
    found = [(int(address, 16), int(size, 16), name, file) for name, address, size, file in rows]
    return sorted(row for row in found if row[0] and row[1])


def line_of(size, name, file):
    """The line for a section; none for one that the linker keeps together anyway or that is not worth it."""
    if re.match(r"\.text\.(startup|unlikely|exit)", name):
        return None
    if name != ".text":
        return name
    member = re.search(r"/(libc\.a)\(([^)]+)\)$", file)
    return f"{member[1]}:{member[2]}" if member and size <= LARGEST_MEMBER else None


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as installed, tempfile.TemporaryDirectory() as scratch:
        programs = Programs(build, installed)
        rows = sections(build, scratch)
        starts = [row[0] for row in rows]
        addresses = set()
        with server(programs) as address:
            for call in (["call", "Greeter.SayHello", "name=you", "-t", address],
                         ["call", "helloworld.Greeter/SayHello", "name=you", "-t", address],
                         ["call", "Greeter.SayHello", "name=you", "-t", address, "--protoset", programs.examples],
                         ["call", "Greeter.SayHello", "name=you", "-t", address, "--proto",
                          os.path.join(ROOT, "proto/helloworld.proto")]):
                addresses |= executed(os.path.join(build, "cmd/rpcctl/rpcctl"), call, scratch)
    run = set()
    for address in addresses:
        index = bisect.bisect_right(starts, address) - 1
        if index >= 0 and address < rows[index][0] + rows[index][1]:
            run.add(index)
    lines = [line_of(*rows[index][1:]) for index in sorted(run)]
    print(HEADER + "\n".join(dict.fromkeys(line for line in lines if line)))


if __name__ == "__main__":
    main()
