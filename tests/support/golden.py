"""Whole outputs kept as files in tests/data/golden, with what differs from run to run made alike.

To write them anew after a change that is meant, run the test that uses them with --update:

    /usr/bin/python3 tests/e2e/test_reports.py --update

and read what `git diff` says."""

import re
import sys

from rpcctl_testing import ROOT

GOLDEN = ROOT / "tests" / "data" / "golden"

# What is a length of time, a moment or the address of a server, wherever a report has it: the whole rule.
_ALIKE = (
    (re.compile(r"127\.0\.0\.1:\d+"), "SERVER"),
    (re.compile(r'("seconds":)\d+\.\d{6}'), r"\g<1>TIME"),
    (re.compile(r"(duration_ms: )\d+\.\d{3}"), r"\g<1>TIME"),
    (re.compile(r'( time=")\d+\.\d{3}"'), r'\g<1>TIME"'),
    (re.compile(r'( timestamp=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"'), r'\g<1>MOMENT"'),
    (re.compile(r"^((?:ok  |FAIL) .* \()(?:<1ms|[\dhms.]+)(, \d+ attempts)?\)$", re.MULTILINE), r"\g<1>TIME\g<2>)"),
    (re.compile(r"^(\d+ passed, .* in )(?:<1ms|[\dhms.]+)$", re.MULTILINE), r"\g<1>TIME"),
)


def made_alike(text):
    """`text` without what differs from run to run."""
    for pattern, replacement in _ALIKE:
        text = pattern.sub(replacement, text)
    return text


def take_update_option():
    """Whether --update was given; the option is taken away, so that unittest does not see it."""
    if "--update" not in sys.argv:
        return False
    sys.argv.remove("--update")
    return True


def check_golden(test, name, text, update):
    """That `text` is what the file `name` holds. With `update` it is from now on."""
    path = GOLDEN / name
    alike = made_alike(text)
    if update:
        path.write_text(alike)
    test.assertEqual(alike, path.read_text(), f"is this meant? see {__file__}")
