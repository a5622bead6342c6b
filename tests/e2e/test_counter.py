"""The line on a terminal that counts a long stream, and that it is gone when anything else is printed."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_process import wait_until
from rpcctl_testing import RpcctlTest, run, start, status_code
from server_process import ReferenceServer

ENDLESS = ("call", "ListFeatures", "lo.latitude=-900000000", "lo.longitude=-1800000000", "hi.latitude=900000000",
           "hi.longitude=1800000000")
UNAVAILABLE = 14
LINE = rb"\r[0-9]+ messages, [0-9]+/s, [0-9.]+ [KMG]iB\x1b\[K"
ERASE = b"\r\x1b[K"


def is_counting(process):
    """Whether the line has been shown twice."""
    process.err.pull()
    return len(re.findall(LINE, process.err.all)) >= 2


class CounterTest(RpcctlTest):
    def setUp(self):
        self.server = self.enterContext(ReferenceServer("--features", "100000000"))

    def counting(self, *more, **ends):
        """A call whose stream is being counted on a terminal."""
        ends.setdefault("stdout", subprocess.DEVNULL)
        call = self.enterContext(start(*ENDLESS, *more, target=self.server.target, stderr="terminal", **ends))
        wait_until(lambda: is_counting(call), "counter")
        return call

    def leaves(self, call, after=b""):
        """What stands on the terminal at the end is `after`: a pattern of bytes behind the last erasing."""
        self.assertRegex(call.err.all, b"^(" + LINE + b")+" + re.escape(ERASE) + after + b"$")

    def test_it_counts_and_goes_away_with_a_signal(self):
        call = self.counting()
        call.send_signal(signal.SIGINT)
        self.assertEqual(call.wait(), -signal.SIGINT)
        self.leaves(call)

    def test_the_numbers_grow(self):
        call = self.counting()
        shown = [int(number) for number in re.findall(rb"\r([0-9]+) messages", call.err.all)]
        self.assertEqual(shown, sorted(set(shown)))

    def test_it_goes_away_before_an_error(self):
        call = self.counting()
        self.server.send_signal(signal.SIGKILL)
        self.assertEqual(call.wait(), status_code(UNAVAILABLE))
        self.leaves(call, rb"rpcctl: .*error:.* UNAVAILABLE(.|\n)*")

    def test_it_goes_away_before_the_count_of_output_none(self):
        call = self.counting("-o", "none")
        self.server.send_signal(signal.SIGKILL)
        self.assertEqual(call.wait(), status_code(UNAVAILABLE))
        self.leaves(call, rb"[0-9]+ messages\nrpcctl: (.|\n)*")

    def test_with_output_none_standard_output_may_be_a_terminal(self):
        call = self.counting("-o", "none", stdout="terminal")
        call.send_signal(signal.SIGTERM)
        self.assertEqual(call.wait(), -signal.SIGTERM)
        self.leaves(call)

    def test_it_goes_away_with_the_reader_of_a_pipe(self):
        reader, writer = os.pipe()
        call = self.enterContext(start(*ENDLESS, target=self.server.target, stdout=writer, stderr="terminal"))
        os.close(writer)
        wait_until(lambda: os.read(reader, 1 << 16) and is_counting(call), "counter")
        os.close(reader)
        self.assertEqual(call.wait(), -signal.SIGPIPE)
        self.leaves(call)

    def test_it_comes_back_behind_what_v_tells(self):
        call = self.enterContext(start(*ENDLESS, "-v", target=self.server.target, stdout=subprocess.DEVNULL,
                                       stderr="terminal"))
        wait_until(lambda: is_counting(call), "counter")
        call.send_signal(signal.SIGINT)
        self.assertEqual(call.wait(), -signal.SIGINT)
        self.assertRegex(call.err.all, rb"^(\* .*\n)+((<|>) .*\n)*(" + LINE + rb")+\r\x1b\[K$")

    def test_a_short_stream_is_not_counted(self):
        outcome = run(*ENDLESS, "--limit", "3", target=self.server.target, stderr="terminal")
        self.assertEqual((outcome.code, outcome.err), (0, b""))

    def test_a_terminal_that_cannot_erase_has_none(self):
        call = self.enterContext(start(*ENDLESS, target=self.server.target, stdout=subprocess.DEVNULL,
                                       stderr="terminal", env={"TERM": "dumb"}))
        beside = self.counting()
        call.send_signal(signal.SIGINT)
        self.assertEqual((call.wait(), call.err.all), (-signal.SIGINT, b""))
        beside.send_signal(signal.SIGINT)
        beside.wait()

    def test_what_is_no_terminal_has_none(self):
        call = self.enterContext(start(*ENDLESS, target=self.server.target, stdout=subprocess.DEVNULL))
        beside = self.counting()
        call.send_signal(signal.SIGINT)
        self.assertEqual((call.wait(), call.err.all), (-signal.SIGINT, b""))
        beside.send_signal(signal.SIGINT)
        beside.wait()


if __name__ == "__main__":
    unittest.main()
