"""run_conformance.py TESTEE CACHE [RUNNER] - runs protobuf's conformance suite over the program TESTEE.

RUNNER is a conformance_test_runner with its .proto files in include/ beside it; without one it is made in the folder
CACHE (make_runner.sh). Ends with 0 when exactly the tests that exceptions.txt names fail, and with 77 when there is no
runner."""

import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

# The runner's arguments, and how many tests its two suites (binary and JSON; text format) may skip: those that print
# unknown fields in text, which rpcctl leaves out.
RUNS = {
    "proto2 and proto3": ([], (0, 4)),
    "edition 2023 too": (["--maximum_edition", "2023"], (0, 8)),
}


def find_runner(cache, runner):
    if runner:
        return pathlib.Path(runner).resolve()
    made = subprocess.run([HERE / "make_runner.sh", cache])
    if made.returncode != 0:
        sys.exit(made.returncode)
    return pathlib.Path(cache).resolve() / "conformance_test_runner"


def exceptions(with_editions):
    """The names in exceptions.txt of the first suite and of the second, which is that of the text format. The runner
    refuses names of tests that it does not run."""
    lines = [line.strip() for line in (HERE / "exceptions.txt").read_text().splitlines()]
    names = [line for line in lines if line and not line.startswith("#") and (with_editions or ".Editions" not in line)]
    return ([name for name in names if "TextFormat" not in name], [name for name in names if "TextFormat" in name])


def run(runner, testee, arguments):
    """What the runner prints, and whether it is content: it compares with the exceptions, both ways."""
    with tempfile.TemporaryDirectory() as folder:
        lists = []
        for option, names in zip(("--failure_list", "--text_format_failure_list"), exceptions(bool(arguments))):
            file = pathlib.Path(folder) / option.strip("-")
            file.write_text("".join(name + "\n" for name in names))
            lists += [option, file]
        done = subprocess.run(
            [runner, "--enforce_recommended", "--output_dir", folder, *lists, *arguments, testee,
             runner.parent / "include"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
    return done.stdout.decode(errors="replace"), done.returncode == 0


def passes(runner, testee, name):
    arguments, skips = RUNS[name]
    output, content = run(runner, testee, arguments)
    summaries = re.findall(r"^CONFORMANCE SUITE .*$", output, re.MULTILINE)
    print(f"{name}:", *summaries, sep="\n  ")
    skipped = tuple(int(re.search(r"(\d+) skipped", summary)[1]) for summary in summaries)
    if content and skipped == skips:
        return True
    print(output, f"skipped: {skipped}, expected: {skips}", sep="\n")
    return False


def main(testee, cache, runner=None):
    runner = find_runner(cache, runner)
    return 0 if all([passes(runner, testee, name) for name in RUNS]) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
