"""Servers that break the protocol: rpcctl tells what happened, and keeps what came before."""

import base64
import pathlib
import signal
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import hostile_faults
from hostile_server import HostileServer
from live_process import SLOWNESS
from rpcctl_testing import (CONNECT, SCHEMA, TEST_PROTO_DIR, RpcctlTest, by_transport, only_over, run, run_measured,
                            start, status_code)

KINDS = ("Unary", "ServerStream", "ClientStream", "Bidi")
SCHEMA_WORDS = ("--proto", TEST_PROTO_DIR / "hostile.proto", "-I", TEST_PROTO_DIR)
CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, FAILED_PRECONDITION = 1, 2, 4, 9
RESOURCE_EXHAUSTED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS = 8, 12, 13, 14, 15
ANY_STATUS = tuple(status_code(number) for number in range(1, 17))
ONE, TWO = {"text": "one"}, {"text": "two"}
PEAK_MIB = 64
PORT_HINT = "is this the port of a gRPC server?"


class HostileTest(RpcctlTest):
    def meets(self, fault, codes, *words, method="Unary", target=None, **how):
        """Calls `method` of a server with this fault; the exit code must be one of `codes`."""
        with HostileServer(fault) as server:
            outcome = self.call(server, method, *words, **how)
        self.assertIn(outcome.code, (codes,) if isinstance(codes, int) else codes, outcome)
        return outcome

    def call(self, server, method, *words, talks=False, **how):
        outcome = run(*_words(method, *words), target=server.target, **how)
        self.check_rules(outcome, talks)
        return outcome

    def meets_in_little_memory(self, fault, codes, *words, method="Unary"):
        with HostileServer(fault) as server:
            outcome, peak = run_measured(*_words(method, *words), target=server.target)
        self.check_rules(outcome)
        self.assertIn(outcome.code, codes, outcome)
        if SLOWNESS == 1:  # a sanitizer needs memory of its own
            self.assertLess(peak, PEAK_MIB, outcome)
        return outcome


def _words(method, *words):
    return "call", f"hostile.Target.{method}", "text=hi", *SCHEMA_WORDS, *words


class HostileTextTest(HostileTest):
    """A: nothing a server says reaches the terminal unescaped."""

    ESCAPED = r"\x1b]0;pwned\x07\x1b[2J\x0d\u009b31m\u202eevil\u200b"

    def test_a_status_message(self):
        for tty in (False, True):
            with self.subTest(tty=tty):
                outcome = self.meets("evil-status", status_code(9), "--color", "never", tty=tty)
                self.assertEqual(outcome.error(), f"FAILED_PRECONDITION (9): {self.ESCAPED}")

    def test_metadata(self):
        for verbosity in ("-v", "-vv"):
            outcome = self.meets("evil-metadata", 0, verbosity, talks=True)
            self.assertEqual(outcome.stderr.count(f"< x-evil: {self.ESCAPED}\n"), 2)
            encoded = base64.b64encode(hostile_faults.EVIL_BYTES).decode()
            self.assertEqual(outcome.stderr.count(f"< x-data-bin: {encoded}\n"), 2)

    def test_a_string_field_as_json(self):
        for output in ("jsonl", "json"):
            outcome = self.meets("evil-field", 0, "-o", output)
            self.assertEqual(outcome.documents(), [{"text": hostile_faults.EVIL}])

    def test_a_string_field_on_a_terminal(self):
        outcome = self.meets("evil-field", 0, "--color", "never", tty=True)
        self.assertEqual(outcome.documents(), [{"text": hostile_faults.EVIL}])

    def test_a_string_field_in_a_template_on_a_terminal(self):
        outcome = self.meets("evil-field", 0, "-f", "{text}", tty=True)
        self.assertEqual(outcome.stdout, self.ESCAPED + "\n")

    def test_what_the_library_would_log(self):
        for env in ({}, {"GRPC_VERBOSITY": "debug"}):
            self.assertEqual(self.meets("evil-te", 0, env=env).stderr, "")

    def test_the_farewell_of_a_connection(self):
        self.meets("evil-goaway", status_code(UNAVAILABLE))

    def test_a_string_that_is_not_utf8(self):
        outcome = self.meets("bad-utf8", status_code(INTERNAL), method="ServerStream")
        self.assertEqual(outcome.error(), "response does not parse: invalid UTF-8 in hostile.Pong.text")

    def test_a_proto2_string_that_is_not_utf8(self):
        outcome = self.meets("bad-utf8", 0, method="Old", talks=True)
        self.assertEqual(outcome.documents(), [{"text": "caf\ufffd"}])

    def test_an_any_of_an_unknown_type(self):
        outcome = self.meets("unknown-any", 0)
        self.assertEqual(outcome.documents(),
                         [{"detail": {"@type": "type.googleapis.com/nowhere.Thing", "@value": "CAE="}}])

    def test_a_detail_of_an_unknown_type(self):
        outcome = self.meets("unknown-detail", status_code(9))
        self.assertEqual(outcome.error(), "FAILED_PRECONDITION (9): own")
        [detail] = outcome.belonging("detail")
        self.assertIn("nowhere.Thing", detail)
        self.assertIn("CAE=", detail)

    def test_details_that_do_not_parse(self):
        outcome = self.meets("broken-details", status_code(9))
        self.assertEqual(outcome.error(), "FAILED_PRECONDITION (9): own")
        self.assertIn("////", outcome.belonging("detail")[0])

    def test_details_in_details_200_deep(self):
        outcome = self.meets("deep-details", status_code(9))
        self.assertEqual(outcome.error(), "FAILED_PRECONDITION (9): own")
        self.assertEqual(len(outcome.belonging("detail")), 1)


class HostileProtocolTest(HostileTest):
    """C: how a call ends, whatever the server does."""

    def test_no_status(self):
        for method in KINDS:
            with self.subTest(method=method):
                outcome = self.meets("nostatus", status_code(UNKNOWN), method=method)
                self.assertRegex(outcome.error(), r"^UNKNOWN \(2\): (?i:no status received)")
                self.assertEqual(outcome.documents(), [ONE])

    CUT = r"^INTERNAL \(13\): the server ended the call in the middle of a message, after 16 bytes of 20$"

    def test_a_message_that_is_cut(self):
        # The core cannot tell it from no message (unary, client streaming), or hides it (the others).
        missing = (status_code(UNIMPLEMENTED), r"^UNIMPLEMENTED \(12\): .*no response")
        core = {"Unary": missing, "ClientStream": missing, "ServerStream": (0, "^$"), "Bidi": (0, "^$")}
        for method in KINDS:
            with self.subTest(method=method):
                code, error = by_transport(h2=(status_code(INTERNAL), self.CUT), grpc=core[method])
                outcome = self.meets("halfmsg", code, method=method)
                self.assertEqual(outcome.out, b"")
                self.assertRegex(outcome.error(), error)

    def test_a_second_message_that_is_cut(self):
        for method in ("ServerStream", "Bidi"):
            with self.subTest(method=method):
                code, error = by_transport(h2=(status_code(INTERNAL), self.CUT), grpc=(0, "^$"))
                outcome = self.meets("half-second", code, method=method)
                self.assertEqual(outcome.documents(), [ONE])
                self.assertRegex(outcome.error(), error)

    def test_no_message_where_one_is_due(self):
        for method in ("Unary", "ClientStream"):
            with self.subTest(method=method):
                outcome = self.meets("zero-messages", status_code(UNIMPLEMENTED), method=method)
                self.assertRegex(outcome.error(), r"^UNIMPLEMENTED \(12\): .*no response")

    def test_no_message_where_any_number_will_do(self):
        for method in ("ServerStream", "Bidi"):
            with self.subTest(method=method):
                self.assertEqual(self.meets("zero-messages", 0, method=method).out, b"")

    def test_two_messages_where_one_is_due(self):
        for fault in ("two-messages", "two-messages-open"):
            for method in ("Unary", "ClientStream"):
                with self.subTest(fault=fault, method=method):
                    outcome = self.meets(fault, status_code(UNIMPLEMENTED), "--timeout", "1h", method=method)
                    self.assertRegex(outcome.error(), r"^UNIMPLEMENTED \(12\): .*more than one")

    def test_a_huge_length(self):
        codes = (status_code(RESOURCE_EXHAUSTED), status_code(DEADLINE_EXCEEDED))
        for limit in ("4MiB", "2GiB"):
            with self.subTest(limit=limit):
                self.meets_in_little_memory("hugelen", codes, "--timeout", "1s", "--max-message-size", limit,
                                            method="ServerStream")

    def test_a_status_outside_the_list(self):
        outcome = self.meets("status-99", status_code(UNKNOWN))
        self.assertIn("99", outcome.error())

    def test_a_status_that_is_no_number(self):
        for status in ("-7", "abc", "empty"):
            with self.subTest(status=status):
                self.meets(f"status-{status}", status_code(UNKNOWN))

    def test_a_long_status_message(self):
        whole = self.meets("long-status", status_code(9)).error()
        self.assertEqual(whole, "FAILED_PRECONDITION (9): " + ("long " * 13107))
        shown = self.meets("long-status", status_code(9), tty=True, env={"NO_COLOR": "1"}).error()
        self.assertLess(len(shown), 4200)
        self.assertTrue(shown.startswith("FAILED_PRECONDITION (9): long long"), shown)

    def test_an_error_after_ten_messages(self):
        for method in ("ServerStream", "Bidi"):
            with self.subTest(method=method):
                outcome = self.meets("ten-then-error", status_code(DATA_LOSS), method=method)
                self.assertEqual(outcome.documents(), [{"text": f"{number}"} for number in range(1, 11)])
                self.assertEqual(outcome.stderr, "rpcctl: error: DATA_LOSS (15): lost it\n")

    def test_an_error_without_anything_before(self):
        for method in KINDS:
            with self.subTest(method=method):
                outcome = self.meets("only-trailers", status_code(5), method=method)
                self.assertEqual(outcome.stderr, "rpcctl: error: NOT_FOUND (5): not here\n")

    def test_compressed_messages(self):
        for method in KINDS:
            with self.subTest(method=method):
                self.assertEqual(self.meets("gzip", 0, method=method).documents(), [{"text": "small"}])

    def test_a_gzip_bomb(self):
        outcome = self.meets_in_little_memory("bomb", (status_code(RESOURCE_EXHAUSTED),), method="ServerStream")
        self.assertEqual(outcome.out, b"")
        self.assertIn("--max-message-size", outcome.hint())

    def test_compressed_messages_that_are_broken(self):
        for fault in ("gzip-corrupt", "gzip-garbage", "flag-without-encoding"):
            with self.subTest(fault=fault):
                self.assertEqual(self.meets(fault, status_code(INTERNAL), method="ServerStream").out, b"")

    def test_an_unknown_compression(self):
        self.meets("unknown-encoding", (status_code(UNIMPLEMENTED), status_code(INTERNAL)))

    def test_large_trailers(self):
        outcome = self.meets("trailers-9k", status_code(9))
        self.assertEqual(outcome.error(), "FAILED_PRECONDITION (9): own")

    def test_enormous_trailers(self):
        for fault in ("trailers-1m", "trailers-many", "trailers-bad-bin"):
            with self.subTest(fault=fault):
                self.meets(fault, (status_code(9), status_code(RESOURCE_EXHAUSTED), status_code(INTERNAL),
                                   status_code(UNKNOWN), status_code(UNAVAILABLE)), "-v", talks=True)

    def test_headers_without_end(self):
        # The core keeps all of them until the deadline, so there is no bound on memory.
        self.meets("continuation-flood", by_transport(h2=status_code(INTERNAL), grpc=ANY_STATUS), "--timeout", "2s")

    @only_over("h2", "nghttp2 has a limit")
    def test_headers_without_end_take_little_memory(self):
        self.meets_in_little_memory("continuation-flood", (status_code(INTERNAL),))

    def test_broken_frames(self):
        for fault in ("bad-frame", "padding-lie"):
            with self.subTest(fault=fault):
                self.meets(fault, (status_code(INTERNAL), status_code(UNAVAILABLE), status_code(UNKNOWN)), "--timeout",
                           "5s")

    def test_a_reset_stream_loses_nothing(self):
        codes = {7: UNAVAILABLE, 8: CANCELLED, 11: RESOURCE_EXHAUSTED, 12: 7}
        for number in range(14):
            for method in ("ServerStream", "Bidi"):
                with self.subTest(reset=number, method=method):
                    outcome = self.meets(f"reset-{number}", status_code(codes.get(number, INTERNAL)), method=method)
                    self.assertEqual(outcome.documents(), [ONE, TWO])

    def test_a_farewell_loses_nothing(self):
        for fault in ("goaway-0", "goaway-11", "close-after-two"):
            with self.subTest(fault=fault):
                outcome = self.meets(fault, status_code(UNAVAILABLE), method="ServerStream")
                self.assertEqual(outcome.documents(), [ONE, TWO])

    def test_a_call_is_made_once(self):
        for fault in ("goaway-first", "reset-7", "close-after-two"):
            with self.subTest(fault=fault), HostileServer(fault) as server:
                self.assertEqual(self.call(server, "ServerStream").code, status_code(UNAVAILABLE))
                self.assertEqual(len(server.streams), 1)

    def test_a_call_that_the_server_ends_early_waits_for_no_more_requests(self):
        for method in ("ClientStream", "Bidi"):
            with self.subTest(method=method), HostileServer("only-trailers") as server:
                words = ("call", f"hostile.Target.{method}", "@-", *SCHEMA_WORDS)
                with start(*words, target=server.target) as call:
                    call.write(b'{"text":"first"}')
                    self.assertEqual(call.wait(), status_code(5))
                    self.assertEqual(call.err.all, b"rpcctl: error: NOT_FOUND (5): not here\n")

    def test_a_server_that_reads_nothing_is_left_at_the_timeout(self):
        requests = b'{"text":"%s"}\n' % (b"x" * 1000) * 20000
        with HostileServer("never-reads") as server:
            outcome = run("call", "hostile.Target.Bidi", "@-", *SCHEMA_WORDS, "--timeout", "1s", stdin=requests,
                          target=server.target)
        self.check_rules(outcome)
        self.assertEqual(outcome.code, status_code(DEADLINE_EXCEEDED), outcome)

    def test_a_server_that_reads_nothing_is_left_at_ctrl_c(self):
        requests = b'{"text":"%s"}\n' % (b"x" * 1000) * 20000
        with HostileServer("never-reads") as server, tempfile.TemporaryFile() as file:
            file.write(requests)
            file.seek(0)
            words = ("call", "hostile.Target.Bidi", "@-", "-v", *SCHEMA_WORDS)
            with start(*words, target=server.target, stdin=file) as call:
                while call.read_line(call.err) != "< x-reads: nothing":
                    pass
                call.send_signal(signal.SIGINT)
                self.assertEqual(call.wait(), -signal.SIGINT)

    def test_an_answer_that_is_not_grpc(self):
        self.meets("html", (CONNECT, status_code(UNAVAILABLE), status_code(UNKNOWN)))


class HostileMessageTest(HostileTest):
    """C: messages that are odd, broken or deep."""

    def test_unknown_fields_enum_numbers_and_both_members_of_a_oneof(self):
        outcome = self.meets("odd-fields", 0)
        self.assertEqual(outcome.documents(), [{"text": "one", "mood": 42, "right": "second", "packed": [1, 2, 3]}])

    def test_a_message_that_does_not_parse(self):
        outcome = self.meets("garbage-message", status_code(INTERNAL), method="ServerStream")
        self.assertEqual(outcome.documents(), [ONE])
        self.assertTrue(outcome.error().startswith("response does not parse: "), outcome)

    def test_the_receive_limit_is_four_mebibytes(self):
        limit = 4 << 20
        for size in (limit - 1, limit):
            with self.subTest(size=size):
                outcome = self.meets(f"size-{size}", 0)
                self.assertEqual(len(outcome.documents()[0]["text"]), size - 5)
        outcome = self.meets(f"size-{limit + 1}", status_code(RESOURCE_EXHAUSTED))
        self.assertIn("--max-message-size", outcome.hint())
        self.meets(f"size-{limit + 1}", 0, "--max-message-size", "2GiB")

    def test_a_message_50_deep(self):
        outcome = self.meets("deep-50", 0, method="ServerStream")
        self.assertEqual(len(outcome.documents()), 2)
        self.assertEqual(outcome.lines[1].count("child"), 50)

    def test_messages_around_the_limit_are_whole_or_refused(self):
        for depth in (99, 100, 101):
            with self.subTest(depth=depth):
                outcome = self.meets(f"deep-{depth}", (0, status_code(INTERNAL)), method="ServerStream")
                printed = outcome.lines[1].count("child") if outcome.code == 0 else len(outcome.lines)
                self.assertEqual(printed, depth if outcome.code == 0 else 1)

    def test_a_message_too_deep_is_told_by_its_depth(self):
        for depth in (5000, 200000):
            with self.subTest(depth=depth):
                outcome = self.meets(f"deep-{depth}", status_code(INTERNAL), method="ServerStream")
                self.assertEqual(outcome.documents(), [{"text": "before"}])
                self.assertTrue(outcome.error().startswith("response does not parse: nesting deeper than 100"), outcome)

    def test_unknown_groups_too_deep(self):
        outcome = self.meets("deep-groups", (0, status_code(INTERNAL)), method="ServerStream")
        self.assertEqual(outcome.documents()[0], {"text": "before"})


class NoHttp2Test(HostileTest):
    """C: something else altogether answers at the port."""

    def test_a_peer_that_says_nothing(self):
        outcome = self.meets("silent", CONNECT, "--connect-timeout", "500ms")
        self.assertIn("timed out", outcome.error())

    # What the peer says, and what is told: the message behind the target, and the hint.
    OTHERS = (("http1", "the server speaks HTTP/1.x ('HTTP/1.1 400 Bad Request'), not gRPC", PORT_HINT),
              ("redirect", "the server speaks HTTP/1.x ('HTTP/1.1 301 Moved Permanently'), not gRPC", PORT_HINT),
              ("ssh", "the server speaks SSH ('SSH-2.0-OpenSSH_9.2p1 Debian-2'), not gRPC", PORT_HINT),
              ("tls-alert", "the server speaks TLS", "try --tls"),
              ("random", r"the server begins with '\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\x0d\x0e\x0f...', "
                         "not gRPC", PORT_HINT))

    def test_a_peer_that_speaks_something_else(self):
        for command in (_words("Unary"), _words("Bidi"), ("list",)):
            for fault, told, hint in self.OTHERS:
                with self.subTest(fault=fault, command=command), HostileServer(fault) as server:
                    self.refuses(CONNECT, f"cannot connect to {server.target} without TLS: {told}", hint, *command,
                                 "--timeout", "1h", target=server.target)

    def test_a_peer_that_closes_without_a_word(self):
        for command in (_words("Unary"), ("list",)):
            with self.subTest(command=command), HostileServer("closes") as server:
                outcome = self.fails(CONNECT, *command, "--timeout", "1h", target=server.target)
                self.assertEqual(outcome.error(), f"cannot connect to {server.target}: the server closed the "
                                                  "connection without a word")

    def test_an_http2_server_that_is_not_grpc(self):
        with HostileServer("html") as server:
            outcome = run("list", "--timeout", "1h", target=server.target)
            self.check_rules(outcome)
            self.assertIn(outcome.code, (SCHEMA, CONNECT, *ANY_STATUS), outcome)


if __name__ == "__main__":
    unittest.main()
