"""The options of call, list and describe, and what the program says about itself."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import CONNECT, PROTO_DIR, USAGE, RpcctlTest, by_transport, run, status_code
from server_process import ReferenceServer

SCREEN_LINES, SCREEN_COLUMNS = 50, 120
CALL = ("call", "Greeter.SayHello", "name=you")
HELLO = '{"message":"Hello, you!"}\n'


class OptionsTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def ok(self, *words, **how):
        how.setdefault("target", self.server.target)
        return self.succeeds(*words, **how)

    # ---- about the program ----

    def test_help_fits_a_screen(self):
        for words in (("--help",), ("-h",), ("call", "--help"), ("list", "--help"), ("describe", "-h"),
                      ("template", "--help"), ("health", "--help"), ("help", "call"), ("export", "-h")):
            with self.subTest(words=words):
                lines = self.succeeds(*words).lines
                self.assertTrue(any("Usage:" in line for line in lines))
                self.assertTrue(any("Examples:" in line for line in lines))
                self.assertLessEqual(len(lines), SCREEN_LINES)
                self.assertLessEqual(max(len(line) for line in lines), SCREEN_COLUMNS)

    def test_help_about_the_connection_tells_what_every_option_does(self):
        text = self.succeeds("help", "connection").stdout
        for option in ("-t, --target ADDR", "--proxy URL", "--tls ", "--cacert FILE", "--cert FILE", "--key FILE", "--server-name NAME",
                       "--insecure", "--authority NAME", "--allow-plaintext-credentials", "--header-file FILE",
                       "--call-header", "--reflect-header", "--expand-env", "--user-agent TEXT", "--keepalive DUR",
                       "--no-keepalive", "--transport h2|grpc"):
            self.assertIn("  " + option, text)
        self.assertLessEqual(max(len(line) for line in text.splitlines()), SCREEN_COLUMNS)

    def test_help_names_every_option_of_a_call(self):
        text = self.succeeds("call", "--help").stdout
        for option in ("-t, --target", "-H, --header", "--timeout", "--connect-timeout", "--max-message-size",
                       "--limit", "--dry-run", "-v, --verbose", "--color", "-d, --data", "-o, --output", "-f, --format",
                       "--proto", "-I, --proto-path", "--plaintext", "--compress", "--tls", "--cacert",
                       "--header-file", "--keepalive", "--transport"):
            self.assertIn(option, text)

    def test_help_names_no_option_that_is_not_there_yet(self):
        text = self.succeeds("call", "--help").stdout
        for option in ("--profile", "--retry"):
            self.assertNotIn(option, text)

    def test_version_names_the_libraries(self):
        lines = self.succeeds("--version").lines
        library = by_transport(h2="nghttp2 ", grpc="grpc++ ")
        for line, name in zip(lines, ("rpcctl ", library, "protobuf ", "OpenSSL "), strict=True):
            self.assertRegex(line, f"^{name.replace('+', '[+]')}[0-9]+[.][0-9]+")

    def test_no_command_prints_the_help_and_fails(self):
        outcome = self.fails_quietly()
        self.assertEqual(outcome.stdout, self.succeeds("--help").stdout)

    def fails_quietly(self):
        outcome = run()
        self.assertEqual((outcome.code, outcome.err), (USAGE, b""), outcome)
        return outcome

    # ---- order and repetition ----

    def test_options_stand_before_or_after_words(self):
        for words in (("call", "-o", "jsonl", "Greeter.SayHello", "name=you"),
                      ("call", "Greeter.SayHello", "-o", "jsonl", "name=you"),
                      ("call", "Greeter.SayHello", "name=you", "-ojsonl"),
                      ("call", "Greeter.SayHello", "name=you", "--output=jsonl"),
                      ("call", "Greeter.SayHello", "-o", "jsonl", "--", "name=you")):
            with self.subTest(words=words):
                self.assertEqual(self.ok(*words).stdout, HELLO)

    def test_the_last_of_a_single_valued_option_wins(self):
        self.assertEqual(self.ok(*CALL, "-t", "127.0.0.1:1", "-t", self.server.target).stdout, HELLO)

    def test_words_that_look_like_anything_else_arrive_as_they_are(self):
        for value in ("++", "[a,b]", "--help", "a=b", "a@1", "a,b", "%s", "a b", "é"):
            with self.subTest(value=value):
                document = self.ok("call", "HelloService.SayHello", "--", f"greeting={value}").documents()[0]
                self.assertEqual(document, {"reply": f"Hello, {value}!"})

    def test_the_target_of_the_environment_gives_way_to_the_option(self):
        self.assertEqual(self.ok(*CALL, "-t", self.server.target, target="127.0.0.1:1").stdout, HELLO)

    def test_forms_of_the_target(self):
        port = self.server.port
        for target in (f"127.0.0.1:{port}", f"localhost:{port}", f":{port}", f"dns:///127.0.0.1:{port}"):
            with self.subTest(target=target):
                self.assertEqual(self.ok(*CALL, "--target", target).stdout, HELLO)

    def test_unix_sockets(self):
        path = self.temporary_folder() / "socket"
        with ReferenceServer("--unix", path, listen=None):
            for target in (f"unix:{path}", f"unix://{path}"):
                with self.subTest(target=target):
                    self.assertEqual(self.succeeds(*CALL, "-t", target).stdout, HELLO)

    def test_ipv6(self):
        with ReferenceServer(listen="[::1]:0") as server:
            self.assertEqual(self.succeeds(*CALL, "-t", f"[::1]:{server.port}").stdout, HELLO)

    def test_plaintext_is_accepted_where_it_is_the_default(self):
        self.assertEqual(self.ok(*CALL, "--plaintext").stdout, HELLO)

    # ---- output ----

    def test_output_formats(self):
        for output, expected in (("auto", HELLO), ("jsonl", HELLO), ("json", '{\n  "message": "Hello, you!"\n}\n')):
            with self.subTest(output=output):
                self.assertEqual(self.ok(*CALL, "-o", output).stdout, expected)

    def test_output_none_counts_on_stderr(self):
        outcome = self.ok("call", "SayHelloStreamReply", "name=you", "-o", "none", talks=True)
        self.assertEqual((outcome.stdout, outcome.stderr), ("", "5 messages\n"))

    def test_a_terminal_gets_indented_json(self):
        outcome = self.ok(*CALL, "--color", "never", tty=True)
        self.assertEqual(outcome.stdout, '{\n  "message": "Hello, you!"\n}\n')

    def test_colour_is_for_terminals(self):
        for how, coloured in (({"tty": True}, True), ({}, False),
                              ({"tty": True, "env": {"NO_COLOR": "1"}}, False),
                              ({"tty": True, "env": {"TERM": "dumb"}}, False)):
            with self.subTest(how=how):
                self.assertEqual(b"\x1b[" in self.run_call(*CALL, **how).out, coloured)

    def test_colour_as_asked_for(self):
        self.assertIn(b"\x1b[", self.run_call(*CALL, "--color", "always").out)
        self.assertNotIn(b"\x1b[", self.run_call(*CALL, "--color", "never", tty=True).out)

    def run_call(self, *words, **how):
        outcome = run(*words, target=self.server.target, **how)
        self.assertEqual(outcome.code, 0, outcome)
        return outcome

    def test_templates(self):
        for template, expected in (("{reply}", "Hello, you!\n"), ("<{{{reply}}}>", "<{Hello, you!}>\n"),
                                   (r"a\n{reply}", "a\nHello, you!\n"), ("plain", "plain\n")):
            with self.subTest(template=template):
                outcome = self.ok("call", "HelloService.SayHello", "greeting=you", "-f", template)
                self.assertEqual(outcome.stdout, expected)

    def test_limit_stops_with_success_and_cancels(self):
        with ReferenceServer("--features", "10000000") as server:
            area = ("lo.latitude=-900000000", "lo.longitude=-1800000000", "hi.latitude=900000000",
                    "hi.longitude=1800000000")
            outcome = self.succeeds("call", "ListFeatures", *area, "--limit", "3", "-f", "{name}", target=server.target)
            self.assertEqual(outcome.stdout, "Place 1\nPlace 2\nPlace 3\n")
            server.wait_for_call("/routeguide.RouteGuide/ListFeatures CANCELLED")

    def test_a_limit_that_is_not_reached_changes_nothing(self):
        self.assertEqual(len(self.ok("call", "SayHelloStreamReply", "name=you", "--limit", "6").lines), 5)

    def test_the_receive_limit_holds_and_the_hint_names_its_option(self):
        name = "x" * 2000
        outcome = self.fails(status_code(8), "call", "HelloService.SayHello", f"greeting={name}",
                             "--max-message-size", "1KiB", target=self.server.target)
        self.assertIn("--max-message-size", outcome.hint())
        self.ok("call", "HelloService.SayHello", f"greeting={name}", "--max-message-size", "3KiB")

    def test_a_request_that_the_server_finds_too_large_gets_no_hint_about_our_limit(self):
        larger = json.dumps({"greeting": "x" * (4 << 20)}).encode()
        outcome = self.fails(status_code(8), "call", "HelloService.SayHello", "@-", stdin=larger,
                             target=self.server.target)
        self.assertEqual(outcome.hint(), "")

    # ---- what is sent ----

    def test_dry_run_prints_the_request_and_sends_nothing(self):
        with ReferenceServer() as server:
            outcome = self.succeeds("call", "RecordRoute", "latitude=1", ",", "longitude=2", "--dry-run",
                                    target=server.target)
            self.assertEqual(outcome.stdout, '{"latitude":1}\n{"longitude":2}\n')
            self.assertEqual(server.stop(), [])

    def test_dry_run_needs_no_server_where_files_give_the_schema(self):
        outcome = self.succeeds(*CALL, "--dry-run", "--proto", PROTO_DIR / "helloworld.proto", target="127.0.0.1:1")
        self.assertEqual(outcome.stdout, '{"name":"you"}\n')

    def test_proto_files_stand_in_for_reflection(self):
        with ReferenceServer("--reflection", "none") as server:
            for words in (("--proto", PROTO_DIR / "helloworld.proto"), ("--proto", "helloworld.proto"),
                          ("--proto", "helloworld.proto", "-I", PROTO_DIR), ("--proto", PROTO_DIR)):
                with self.subTest(words=words):
                    outcome = self.succeeds(*CALL, *words, cwd=PROTO_DIR, target=server.target)
                    self.assertEqual(outcome.stdout, HELLO)

    def test_headers_reach_the_server_in_lower_case(self):
        outcome = self.ok(*CALL, "-H", "X-Team: a b", "-H", "x-data-bin: AAE=", "-v", talks=True)
        self.assertIn("< x-team: a b\n", outcome.stderr)
        self.assertIn("< x-data-bin: AAE=\n", outcome.stderr)

    def test_verbose_tells_on_stderr_only(self):
        outcome = self.ok(*CALL, "-v", talks=True)
        self.assertEqual(outcome.stdout, HELLO)
        for part in ("/helloworld.Greeter/SayHello", self.server.target, "x-elapsed-us: ", "OK"):
            self.assertIn(part, outcome.stderr)

    def test_verbose_masks_secrets(self):
        secrets = ("authorization: Bearer c4n4ry", "cookie: session=c4n4ry", "x-api-key: c4n4ry",
                   "x-auth-token: c4n4ry")
        headers = [word for secret in secrets for word in ("-H", secret)]
        for verbosity in ("-v", "-vv"):
            outcome = self.ok(*CALL, *headers, verbosity, talks=True)
            self.assertNotIn("c4n4ry", outcome.stderr)
            self.assertIn("> authorization: ***\n", outcome.stderr)

    def test_verbose_of_a_failing_call_ends_with_the_error(self):
        outcome = self.fails(status_code(3), "call", "Greeter.SayHello", "name=abcdefghijk", "-v", talks=True,
                             target=self.server.target)
        self.assertLess(outcome.stderr.index("/helloworld.Greeter/SayHello"), outcome.stderr.index("rpcctl: error:"))

    def test_a_timeout_that_is_long_enough_changes_nothing(self):
        for timeout in ("5s", "1m30s", "1h", "9999999h", "8000ms"):
            with self.subTest(timeout=timeout):
                self.assertEqual(self.ok(*CALL, "--timeout", timeout, "--connect-timeout", timeout).stdout, HELLO)

    def test_the_default_target_is_the_reference_servers(self):
        outcome = self.fails_or_works(*CALL, "-v")
        self.assertIn("localhost:50051", outcome.stderr)

    def fails_or_works(self, *words):
        """Somebody's own server may be running on the default port."""
        outcome = run(*words)
        self.assertIn(outcome.code, (0, CONNECT), outcome)
        self.check_rules(outcome, talks=True)
        return outcome


if __name__ == "__main__":
    unittest.main()
