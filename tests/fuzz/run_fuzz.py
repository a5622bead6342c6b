"""run_fuzz.py BUILD SECONDS [--seed N] [TARGET...] - runs fuzz targets (all, where none is named), as many at a time as
there are processors.

Each begins with the inputs in corpus/TARGET beside this file and with those it found before, which it keeps in
BUILD/corpus/TARGET. What breaks something is kept as BUILD/finds/TARGET-*, and the process ends with 1."""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent

# Inputs that are no bytes in disguise, but text of some language.
DICTIONARIES = {"json_reader": "json", "documents": "json", "text_format": "json", "items": "items",
                "format_template": "items", "completion_line": "shell", "proto_file": "proto", "h2_peer": "h2"}

# Seconds and MiB for one input; a schema takes more than a message.
LIMITS = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=4096"]


def targets(build):
    return sorted(path.name.removeprefix("fuzz_") for path in (build / "tests/fuzz").glob("fuzz_*"))


def run(build, target, seconds, seed):
    """What the target printed, and whether nothing broke."""
    found, finds = build / "corpus" / target, build / "finds"
    for folder in (found, finds):
        folder.mkdir(parents=True, exist_ok=True)
    command = [build / "tests/fuzz" / f"fuzz_{target}", *LIMITS, f"-max_total_time={seconds}", f"-seed={seed}",
               "-print_final_stats=1", f"-artifact_prefix={finds}/{target}-", found, HERE / "corpus" / target]
    if target in DICTIONARIES:
        command.insert(1, f"-dict={HERE}/dictionaries/{DICTIONARIES[target]}.dict")
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.decode(errors="replace"), done.returncode == 0


def report(build, target, output, unbroken):
    runs = re.search(r"number_of_executed_units: (\d+)", output)
    print(f"{target}: {runs[1] if runs else 'no'} inputs, {'nothing broke' if unbroken else 'BROKEN'}", flush=True)
    if unbroken:
        return
    print(re.sub(r"^(#\d+|INFO:|\s+NEW_FUNC).*\n", "", output, flags=re.MULTILINE))
    find = re.search(r"Test unit written to (\S+)", output)
    if find:
        program = os.path.relpath(build / "tests/fuzz" / f"fuzz_{target}")
        print(f"again: {program} {os.path.relpath(find[1])}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("seconds", type=int)
    parser.add_argument("target", nargs="*")
    parser.add_argument("--seed", type=int, default=0, help="the same choices each time; 0: others each time")
    arguments = parser.parse_args()
    build, known = arguments.build.resolve(), targets(arguments.build)
    unknown = set(arguments.target) - set(known)
    if unknown:
        sys.exit(f"no fuzz target {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    good = True
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(run, build, target, arguments.seconds, arguments.seed): target
                   for target in arguments.target or known}
        for done in concurrent.futures.as_completed(running):
            output, unbroken = done.result()
            report(build, running[done], output, unbroken)
            good = good and unbroken
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
