"""The tests' own tools: a check that cannot fail checks nothing."""

import gzip
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import hpack
from live_process import Hang, LiveProcess, wait_until
from rpcctl_testing import Outcome, RpcctlTest
from wire import nested, number_field, varint


def outcome(code=0, out=b"", err=b"", words=("list",)):
    return Outcome(words, code, out, err)


class RulesTest(RpcctlTest):
    def breaks_rules(self, broken, **how):
        with self.assertRaises(AssertionError):
            self.check_rules(broken, **how)

    def test_what_is_fine(self):
        self.check_rules(outcome(out=b"a.B\n"))
        self.check_rules(outcome(2, err=b"rpcctl: error: what\n  hint: this\n        and that\n"))
        self.check_rules(outcome(-13))
        self.check_rules(outcome(err=b"* told\n"), talks=True)
        self.check_rules(outcome(out=b'{"a":1}\n{\n  "b": 2\n}\n', words=("call",)))

    def test_crashes(self):
        for code in (134, 139, -6, -11):
            self.breaks_rules(outcome(code, err=b"rpcctl: error: what\n"))

    def test_reports_of_sanitizers(self):
        for report in (b"==1==ERROR: AddressSanitizer: heap\n", b"a.cc:1:2: runtime error: shift\n"):
            self.breaks_rules(outcome(err=report), talks=True)

    def test_stderr_on_success(self):
        self.breaks_rules(outcome(err=b"I am fine\n"))

    def test_a_failure_without_an_error_or_with_two(self):
        self.breaks_rules(outcome(2))
        self.breaks_rules(outcome(2, err=b"rpcctl: error: a\nrpcctl: error: b\n"))

    def test_lines_around_the_error(self):
        self.breaks_rules(outcome(2, err=b"rpcctl: error: a\nnot indented\n"))
        self.breaks_rules(outcome(2, err=b"before\nrpcctl: error: a\n"))
        self.breaks_rules(outcome(2, err=b"rpcctl: error: no end of line"))

    def test_unsafe_characters(self):
        for raw in (b"\x1b[31m", b"\r", b"\x7f", "\x9b".encode(), "\u202e".encode(), "\u200b".encode(), b"\t"):
            self.breaks_rules(outcome(2, err=b"rpcctl: error: " + raw + b"\n"))
            self.breaks_rules(outcome(out=raw + b"\n"))

    def test_half_documents(self):
        self.breaks_rules(outcome(out=b'{"a":1}\n{"b":', words=("call",)))
        self.breaks_rules(outcome(out=b"no end of line"))

    def test_parts_of_an_error(self):
        failed = outcome(67, err=b"rpcctl: error: NOT (5): x\n  detail: d\n  hint: h\n")
        self.assertEqual((failed.error(), failed.belonging("detail"), failed.hint()), ("NOT (5): x", ["d"], "h"))


class LiveProcessTest(unittest.TestCase):
    def test_a_hang_is_a_failure(self):
        with LiveProcess(["cat"]) as process, self.assertRaises(Hang):
            process.read_line(seconds=0.01)
        with LiveProcess(["cat"]) as process, self.assertRaises(Hang):
            process.wait(seconds=0.01)
        with self.assertRaises(Hang):
            wait_until(lambda: False, "end of the world", seconds=0.01)

    def test_lines_come_one_by_one_and_end(self):
        with LiveProcess(["cat"]) as process:
            process.write(b"a\nb\n")
            self.assertEqual([process.read_line(), process.read_line()], ["a", "b"])
            process.close_stdin()
            self.assertIsNone(process.read_line())
            self.assertEqual(process.wait(), 0)

    def test_more_is_written_than_a_pipe_holds(self):
        with LiveProcess(["cat"]) as process:
            process.write(b"x" * (1 << 20))
            process.close_stdin()
            self.assertEqual(process.wait(), 0)
            self.assertEqual(len(process.out.all), 1 << 20)

    def test_terminals_are_terminals(self):
        script = "test -t 0 && test -t 1 && test -t 2 && printf 'a\\n' && printf 'b\\n' >&2"
        with LiveProcess(["sh", "-c", script], stdin="terminal", stdout="terminal", stderr="terminal") as process:
            self.assertEqual(process.wait(), 0)
            self.assertEqual((process.out.all, process.err.all), (b"a\n", b"b\n"))

    def test_closed_ends_are_closed(self):
        script = "for n in 0 1 2; do test -e /proc/self/fd/$n || exit 9; done"
        for name in ("stdin", "stdout", "stderr"):
            with LiveProcess(["sh", "-c", script], **{name: "closed"}) as process:
                self.assertEqual(process.wait(), 9, name)

    def test_signals_are_told(self):
        with LiveProcess(["cat"]) as process:
            process.send_signal(15)
            self.assertEqual(process.wait(), -15)


class EncodingTest(unittest.TestCase):
    def test_headers_written_are_read_again(self):
        headers = [(":path", "/a.B/C"), ("x-long", "v" * 5000)]
        self.assertEqual(hpack.Decoder().decode(hpack.encode(headers)), headers)

    def test_the_example_of_the_standard(self):
        """RFC 7541, C.4.1 and C.4.2: Huffman, static and dynamic table."""
        decoder = hpack.Decoder()
        first = bytes.fromhex("828684418cf1e3c2e5f23a6ba0ab90f4ff")
        self.assertEqual(decoder.decode(first), [(":method", "GET"), (":scheme", "http"), (":path", "/"),
                                                 (":authority", "www.example.com")])
        second = bytes.fromhex("828684be5886a8eb10649cbf")
        self.assertEqual(decoder.decode(second)[3:], [(":authority", "www.example.com"), ("cache-control", "no-cache")])

    def test_wire_format(self):
        self.assertEqual(varint(300), b"\xac\x02")
        self.assertEqual(number_field(1, -1), b"\x08" + b"\xff" * 9 + b"\x01")
        self.assertEqual(nested(4, 2, b"\x08\x01"), b"\x22\x04\x22\x02\x08\x01")

    def test_the_bomb_is_one(self):
        self.assertLess(len(gzip.compress(bytes(1 << 20), compresslevel=1)), 1 << 14)


if __name__ == "__main__":
    unittest.main()
