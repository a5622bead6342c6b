"""Reads a report of the Test Anything Protocol, version 14, by its grammar, and refuses everything else."""

import json
import re

_PLAN = re.compile(r"1\.\.(\d+)")
# A "#" that is not escaped begins a directive.
_POINT = re.compile(r"(not )?ok (\d+) - ((?:[^#\\]|\\[#\\])*?)(?: # SKIP (.+))?")
_BAIL_OUT = re.compile(r"Bail out! (.+)")
# The YAML that is written: names, and strings as JSON has them, numbers and words.
_YAML = re.compile(r"  ( *)(?:- )?(?:([a-z_]+):)?(?: ?(\"(?:[^\"\\]|\\[\"\\])*\"|[0-9]+(?:\.[0-9]+)?|[A-Z_]+))?")


class Point:
    """A test point, with the strings of its YAML block."""

    def __init__(self, match):
        self.ok = not match[1]
        self.number = int(match[2])
        self.description = re.sub(r"\\([#\\])", r"\1", match[3])
        self.skip = match[4]
        self.yaml = []


class Report:
    """`points` in order, `planned` how many there were to be, `bailed` the reason of a bail-out or None."""

    def __init__(self, text):
        lines = text.split("\n")
        _expect(lines.pop() == "", "the last line has no end")
        _expect(lines[:1] == ["TAP version 14"], f"the version line is {lines[:1]}")
        plan = _PLAN.fullmatch(lines[1])
        _expect(plan, f"the plan is {lines[1]!r}")
        self.planned = int(plan[1])
        self.points = []
        self.bailed = None
        self._read(lines[2:])
        _expect([point.number for point in self.points] == list(range(1, len(self.points) + 1)), "numbers")
        _expect(self.bailed or len(self.points) == self.planned, f"{len(self.points)} points of {self.planned}")

    def _read(self, lines):
        rest = iter(lines)
        for line in rest:
            _expect(self.bailed is None, f"{line!r} behind a bail-out")
            if line == "  ---":
                _expect(self.points and not self.points[-1].ok, "a block without a failure above it")
                self.points[-1].yaml = _block(rest)
            elif bail_out := _BAIL_OUT.fullmatch(line):
                self.bailed = bail_out[1]
            else:
                point = _POINT.fullmatch(line)
                _expect(point, f"no test point: {line!r}")
                self.points.append(Point(point))


def _block(rest):
    """The strings and numbers of a block, (name, value) each, read to its end."""
    found = []
    name = None
    for line in rest:
        if line == "  ...":
            return found
        match = _YAML.fullmatch(line)
        _expect(match and (match[2] or match[3]), f"no YAML: {line!r}")
        name = match[2] or name
        if match[3]:
            found.append((name, json.loads(match[3]) if match[3][0] == '"' else match[3]))
    raise AssertionError("a block without its end")


def _expect(holds, otherwise):
    if not holds:
        raise AssertionError(otherwise)
