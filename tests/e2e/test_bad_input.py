"""Bad input is told by what, where and what to do, with the contract's exit code; and nothing is sent."""

import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import (INPUT, PROTO_DIR, SCHEMA, TEST_PROTO_DIR, USAGE, RpcctlTest,
                            start)
from server_process import PythonServer, ReferenceServer

SAY_HELLO = ("call", "Greeter.SayHello")


class NothingSentTest(RpcctlTest):
    """Each test refuses a command line; in the end the server has seen no call at all."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    @classmethod
    def tearDownClass(cls):
        calls = cls.server.stop()
        if calls:
            raise AssertionError(f"calls were made: {calls}")

    def refuses(self, code, message, hint, *words, **how):
        how.setdefault("target", self.server.target)
        return super().refuses(code, message, hint, *words, **how)


class WordsTest(NothingSentTest):
    """Commands, methods and options."""

    def test_an_unknown_command(self):
        self.refuses(USAGE, "unknown command 'cal'", "did you mean 'call'?", "cal", "Greeter.SayHello")

    def test_a_method_where_the_command_should_stand(self):
        self.refuses(USAGE, "unknown command 'Greeter.SayHello'", "rpcctl call Greeter.SayHello",
                     "Greeter.SayHello", "name=you")

    def test_an_unknown_option(self):
        self.refuses(USAGE, "unknown option '--max-mesage-size'", "did you mean '--max-message-size'?",
                     *SAY_HELLO, "--max-mesage-size", "4MiB")

    def test_an_option_that_lacks_its_value(self):
        outcome = self.fails(USAGE, *SAY_HELLO, "--timeout", target=self.server.target)
        self.assertIn("--timeout", outcome.error())

    def test_a_flag_with_a_value(self):
        outcome = self.fails(USAGE, *SAY_HELLO, "--dry-run=please", target=self.server.target)
        self.assertIn("--dry-run", outcome.error())

    def test_no_method(self):
        outcome = self.fails(USAGE, "call", target=self.server.target)
        self.assertIn("METHOD", outcome.error())
        self.assertIn("rpcctl call --help", outcome.hint())

    def test_an_ambiguous_method(self):
        self.refuses(USAGE, "'SayHello' is ambiguous",
                     "it can be", "call", "SayHello", "name=you")

    def test_an_unknown_method(self):
        self.refuses(SCHEMA, "no method 'SayHelo' in helloworld.Greeter", "did you mean 'SayHello'?",
                     "call", "Greeter.SayHelo", "name=you")

    def test_an_unknown_service(self):
        outcome = self.fails(SCHEMA, "call", "Greter.SayHello", target=self.server.target)
        self.assertIn("Greter", outcome.error())
        self.assertIn("Greeter", outcome.hint())

    def test_a_malformed_method(self):
        for word in ("", ".", "/", "Greeter.", "Greeter..SayHello", "a b", "Greeter/Say/Hello", "\x1b[31m", "é"):
            with self.subTest(word=word):
                outcome = self.fails(USAGE, "call", word, target=self.server.target)
                self.assertTrue(outcome.hint(), outcome)

    def test_a_malformed_target(self):
        for target in ("", "host:", "host:0", "host:99999", "host:http", "a..b:1", "::1", "[::1", "[nope]:1", "a b:1",
                       "unix:", "http://localhost:50051", "x" * 300, f"unix:/{'x' * 200}", "\x1b[31m:1"):
            for words in (("-t", target),):
                with self.subTest(target=target):
                    outcome = self.fails(USAGE, *SAY_HELLO, *words)
                    self.assertIn("target", outcome.error())
                    self.assertTrue(outcome.hint(), outcome)

    def test_a_malformed_target_of_the_environment_is_told_as_such(self):
        outcome = self.fails(USAGE, *SAY_HELLO, target="host:99999")
        self.assertIn("RPCCTL_TARGET", outcome.error())

    def test_a_malformed_duration(self):
        for value in ("5", "0s", "0ms", "-1s", "soon", "", "5 s", "1e9s", "nan", "5sm"):
            for option in ("--timeout", "--connect-timeout"):
                with self.subTest(option=option, value=value):
                    outcome = self.fails(USAGE, *SAY_HELLO, f"{option}={value}", target=self.server.target)
                    self.assertTrue(outcome.error().startswith(f"{option}: '{value}' "), outcome)
                    self.assertEqual(outcome.hint(), "write it as 250ms, 5s or 1m30s")

    def test_a_malformed_size(self):
        for value in ("", "-1", "4 MiB", "4Mb", "much", "99999999999999999999", "1.5MiB"):
            with self.subTest(value=value):
                outcome = self.fails(USAGE, *SAY_HELLO, f"--max-message-size={value}", target=self.server.target)
                self.assertTrue(outcome.error().startswith("--max-message-size: "), outcome)
                self.assertIn("4MiB", outcome.hint())

    def test_a_malformed_limit(self):
        for value in ("0", "-1", "many", "", "1.5"):
            with self.subTest(value=value):
                outcome = self.fails(USAGE, *SAY_HELLO, f"--limit={value}", target=self.server.target)
                self.assertTrue(outcome.error().startswith("--limit: "), outcome)

    def test_an_unknown_output_format(self):
        self.refuses(USAGE, "--output: 'jsnl' is none of its values", "did you mean 'jsonl'?",
                     *SAY_HELLO, "-o", "jsnl")

    def test_an_unknown_colour_choice(self):
        self.refuses(USAGE, "--color: 'sometimes' is none of its values", "the values are auto, always and never",
                     *SAY_HELLO, "--color", "sometimes")

    def test_a_malformed_header(self):
        for header in ("no colon", ": no name", ":path: /", "te: trailers", "grpc-timeout: 1S", "content-type: x",
                       "connection: close", "na me: x", "n\u00e4me: x", "x: caf\u00e9", "x: a\nb", "x: a\x1bb",
                       "x-bin: !!!", "x:\x7f"):
            with self.subTest(header=header):
                outcome = self.fails(USAGE, *SAY_HELLO, "-H", header, target=self.server.target)
                self.assertTrue(outcome.error().startswith("--header: "), outcome)

    def test_a_header_without_its_colon_or_its_name(self):
        self.refuses(USAGE, "--header: the header has no ':'", "write it as 'name: value'",
                     *SAY_HELLO, "-H", "no colon")
        self.refuses(USAGE, "--header: the header has no name", "write it as 'name: value'",
                     *SAY_HELLO, "-H", ": no name")

    def test_a_template_that_does_not_fit_the_type(self):
        for template in ("{nowhere}", "{message.x}", "{message", "message}", "{}"):
            with self.subTest(template=template):
                outcome = self.fails(USAGE, *SAY_HELLO, "-f", template, target=self.server.target)
                self.assertIn("--format", outcome.error())

    def test_a_template_and_an_output_format(self):
        self.refuses(USAGE, "--format and --output exclude each other", "a template is an output format of its own",
                     *SAY_HELLO, "-f", "{message}", "-o", "json")

    def test_credentials_without_tls_to_another_machine(self):
        for header in ("authorization: Bearer c4n4ry", "cookie: c4n4ry", "x-api-key: c4n4ry", "my-token: c4n4ry"):
            with self.subTest(header=header):
                outcome = self.fails(USAGE, *SAY_HELLO, "-t", "192.0.2.1:50051", "--plaintext", "-H", header)
                self.assertIn("--allow-plaintext-credentials", outcome.hint())
                self.assertNotIn("c4n4ry", outcome.stderr)


class RequestTest(NothingSentTest):
    """Items and data."""

    def test_an_unknown_field_offers_the_nearest(self):
        self.refuses(INPUT, "nmae: no such field in HelloRequest", "did you mean 'name'?",
                     *SAY_HELLO, "nmae=you")

    def test_an_unknown_field_below(self):
        outcome = self.fails(INPUT, "call", "ListFeatures", "lo.latitud=1", target=self.server.target)
        self.assertTrue(outcome.error().startswith("lo.latitud: "), outcome)
        self.assertIn("latitude", outcome.hint())

    def test_the_wrong_type(self):
        self.refuses(INPUT, "id: expected int32, found 'x7'", "write a whole number, such as 42, 0x2a or 1e3",
                     "call", "Introduce", "id=x7")
        self.refuses(INPUT, "has_ponycopter: expected bool, found '007'", "a bool is true or false",
                     "call", "Introduce", "has_ponycopter=007")

    def test_values_of_the_wrong_type(self):
        for item in ("id=x7", "id=", "id=1.5", "id=true", "has_ponycopter=007", "has_ponycopter=yes",
                     "has_ponycopter="):
            with self.subTest(item=item):
                outcome = self.fails(INPUT, "call", "Introduce", item, target=self.server.target)
                self.assertTrue(outcome.error().startswith(item.split("=")[0] + ": "), outcome)

    def test_numbers_out_of_range(self):
        for value in ("2147483648", "-2147483649", "99999999999999999999", "1e10"):
            with self.subTest(value=value):
                self.refuses(INPUT, f"id: '{value}' is out of range for int32",
                             "int32 holds -2147483648 to 2147483647", "call", "Introduce", f"id={value}")

    def test_one_field_set_twice(self):
        self.refuses(INPUT, "name: set twice, by 'name=a' and by 'name=b'",
                     "the field holds one value; a lone ',' begins the next message of a stream", *SAY_HELLO, "name=a", "name=b")

    def test_words_that_are_no_items(self):
        for word in ("name", "=x", "", "name:you", ".name=x", "name.=x", "a b"):
            with self.subTest(word=word):
                self.fails(INPUT, *SAY_HELLO, word, target=self.server.target)

    def test_malformed_json_is_told_with_line_and_column(self):
        self.refuses(INPUT, "document 1: line 2, column 7: expected ',' or '}', found 'x'", "",
                     *SAY_HELLO, "-d", '{"name":\n"you" x}')
        self.refuses(INPUT, "document 1: line 1, column 2: nmae: no such field in helloworld.HelloRequest",
                     "did you mean 'name'?", *SAY_HELLO, "-d", '{"nmae":"x"}')

    def test_malformed_json(self):
        table = (
            ('{"name":"you"', "line 1"), ('{"name":"you",}', "line 1"), ("{'name':'you'}", "line 1"),
            ("{name:1}", "line 1"), ('{"name":\n"you" x}', "line 2"), ('{"name":"a","name":"b"}', "line 1"),
            ("[]", "line 1"), ("null", "line 1"), ("true", "line 1"), ('{"name":"\x01"}', "line 1"),
            ('{"name":"you"} // a comment', "line 1"), ('{"name":7}', "line 1"), ('{"nmae":"x"}', "line 1"),
            ('{"name":"\\ud800"}', "line 1"), ("}", "line 1"), ('{\n\n  "name": nope\n}', "line 3"),
        )
        for data, place in table:
            with self.subTest(data=data):
                outcome = self.fails(INPUT, *SAY_HELLO, "-d", data, target=self.server.target)
                self.assertIn(place, outcome.error())
                self.assertIn("column", outcome.error())

    def test_malformed_json_is_the_same_from_a_file_and_from_standard_input(self):
        file = self.temporary_folder() / "bad.json"
        file.write_text('{\n  "name": nope\n}')
        for words in ((f"@{file}",), ("-d", f"@{file}"), ("@-",)):
            with self.subTest(words=words):
                outcome = self.fails(INPUT, *SAY_HELLO, *words, stdin=file.read_bytes(), target=self.server.target)
                self.assertRegex(outcome.error(), r"line 2.*column 11")

    def test_one_field_under_both_its_names(self):
        outcome = self.fails(INPUT, "call", "Introduce", "-d", '{"hasPonycopter":true,"has_ponycopter":true}',
                             target=self.server.target)
        self.assertIn("column 23: has_ponycopter: ", outcome.error())

    def test_data_that_is_not_utf8(self):
        outcome = self.fails(INPUT, *SAY_HELLO, "@-", stdin=b'{"name":"caf\xe9"}', target=self.server.target)
        self.assertIn("UTF-8", outcome.error())

    def test_nesting_without_end(self):
        for depth in (101, 100000, 1000000):
            with self.subTest(depth=depth):
                self.fails(INPUT, *SAY_HELLO, "@-", stdin=b"[" * depth, target=self.server.target)
                self.fails(INPUT, *SAY_HELLO, "@-", stdin=b'{"name":' * depth, target=self.server.target)

    def test_two_documents_for_one_request(self):
        for words, stdin in ((("-d", '{"name":"a"}{"name":"b"}'), b""), (("@-",), b'{"name":"a"}\n{"name":"b"}'),
                             (("name=a", ",", "name=b"), b"")):
            with self.subTest(words=words):
                self.refuses(INPUT, "helloworld.Greeter.SayHello takes one request message, but there are more",
                             "only methods that stream requests take several", *SAY_HELLO, *words, stdin=stdin)

    def test_no_document_for_one_request(self):
        for stdin in (b"", b" \n\t"):
            with self.subTest(stdin=stdin):
                self.refuses(INPUT, "helloworld.Greeter.SayHello takes one request message, but the data holds none",
                             "leave the data out to send an empty message", *SAY_HELLO, "@-", stdin=stdin)

    def test_files_that_cannot_be_read(self):
        folder = self.temporary_folder()
        secret = folder / "secret"
        secret.write_text("{}")
        secret.chmod(0)
        table = [(folder / "missing", "No such file or directory"), (folder, "it is a folder")]
        if os.geteuid() != 0:
            table.append((secret, "Permission denied"))
        for path, cause in table:
            for words in ((f"@{path}",), ("-d", f"@{path}"), (f"name=@{path}",), (f"name:=@{path}",)):
                with self.subTest(words=words):
                    outcome = self.fails(INPUT, *SAY_HELLO, *words, target=self.server.target)
                    self.assertIn(f"cannot read '{path}': {cause}", outcome.error())

    def test_a_field_from_a_file_that_is_not_text(self):
        file = self.temporary_folder() / "bytes"
        file.write_bytes(b"\xff\xfe")
        outcome = self.fails(INPUT, *SAY_HELLO, f"name=@{file}", target=self.server.target)
        self.assertIn("UTF-8", outcome.error())

    def test_proto_files_that_cannot_be_read_or_do_not_parse(self):
        folder = self.temporary_folder()
        service = "service Greeter { rpc SayHello(M) returns (M); }\nmessage M {\n"
        texts = {"syntax": service + "  string name 1;\n}\n", "open": service, "type": service + "  strin name = 1;\n}\n",
                 "import": 'import "nowhere.proto";\n' + service + "  nowhere.T t = 1;\n}\n"}
        for what, text in texts.items():
            path = folder / f"{what}.proto"
            path.write_text('syntax = "proto3";\n' + text)
            with self.subTest(what=what):
                outcome = self.fails(SCHEMA, *SAY_HELLO, "--proto", path, target=self.server.target)
                self.assertIn(path.name, outcome.stderr)

    def test_a_proto_file_that_does_not_parse_is_told_with_its_line_by_every_command(self):
        path = self.temporary_folder() / "broken.proto"
        path.write_text('syntax = "proto3";\nmessage M {\n  string name 1;\n}\n')
        for words in (SAY_HELLO, ("list",), ("describe",)):
            with self.subTest(words=words):
                outcome = self.fails(SCHEMA, *words, "--proto", path, target=self.server.target)
                self.assertIn("broken.proto:3:", outcome.error())

    def test_proto_files_that_cannot_be_read(self):
        folder = self.temporary_folder()
        for words in (SAY_HELLO, ("list",), ("describe",)):
            with self.subTest(words=words):
                outcome = self.fails(INPUT, *words, "--proto", folder / "missing.proto", target=self.server.target)
                self.assertIn("missing.proto': No such file or directory", outcome.error())


class OtherTypesTest(RpcctlTest):
    """What the reference server's types do not have: enums, oneofs, maps, bytes, time."""

    WORDS = ("call", "PostOffice.Send", "--dry-run", "--proto", TEST_PROTO_DIR / "post/v1/office.proto",
             "-I", TEST_PROTO_DIR)

    def bad(self, *items):
        """The request is refused, and the message begins with the path of the last item."""
        outcome = self.fails(INPUT, *self.WORDS, *items)
        self.assertEqual(outcome.out, b"")
        return outcome

    def test_an_unknown_enum_value_offers_the_nearest(self):
        outcome = self.bad("class=frist")
        self.assertTrue(outcome.error().startswith("class: "), outcome)
        self.assertIn("FIRST", outcome.hint())

    def test_two_members_of_a_oneof(self):
        outcome = self.bad("sender=a", "box=7")
        self.assertEqual(outcome.error(), "box: sender and box are both members of the oneof return_to, which holds one")
        self.assertEqual(outcome.hint(), "leave out 'sender=a' or 'box=7'")
        outcome = self.bad("-d", '{"sender":"a","box":7}')
        self.assertTrue(outcome.error().startswith("document 1: line 1, column 15: box: 'sender' "), outcome)


    def test_a_gap_in_a_list(self):
        self.assertTrue(self.bad("lines.0=a", "lines.2=c").error().startswith("lines"))

    def test_bytes_without_a_form(self):
        outcome = self.bad("seal=abc")
        for form in ("hex:", "b64:", "text:"):
            self.assertIn(form, outcome.stderr)

    def test_broken_bytes(self):
        for item in ("seal=hex:0", "seal=hex:zz", "seal=b64:!!!"):
            with self.subTest(item=item):
                self.bad(item)

    def test_broken_times(self):
        for value in ("yesterday", "2026-13-01", "2026-02-30", "now-5", "unix:x", ""):
            with self.subTest(value=value):
                self.assertTrue(self.bad(f"posted={value}").error().startswith("posted: "))

    def test_broken_maps(self):
        for item in ("stamps=1", "stamps.queen=x", "stamps[queen=1"):
            with self.subTest(item=item):
                self.assertIn("stamps", self.bad(item).error())

    def test_a_message_by_its_name(self):
        self.bad("posted.nothing=1")

    def test_members_of_a_scalar(self):
        self.bad("recipient.name=1")


class CancelledTest(RpcctlTest):
    """A bad document in the middle of a stream: the call is cancelled, never ended as if complete."""

    def test_a_bad_document_in_a_file_is_found_before_the_call(self):
        file = self.temporary_folder() / "requests"
        file.write_text('{"greeting":"a"}\n{"greeting":"b"}\n{"greeting":7}\n')
        with ReferenceServer() as server:
            outcome = self.fails(INPUT, "call", "LotsOfGreetings", f"@{file}", target=server.target)
            self.assertIn("document 3", outcome.error())
            self.assertEqual(server.stop(), [])

    def test_a_bad_document_typed_later_cancels_the_call(self):
        for method in ("LotsOfGreetings", "BidiHello"):
            with self.subTest(method=method), ReferenceServer() as server:
                with start("call", method, "@-", target=server.target) as call:
                    call.write(b'{"greeting":"a"}\n{"greeting":"b"}\n')
                    if method == "BidiHello":
                        self.assertEqual(call.read_line(), '{"reply":"Hello, a!"}')
                    call.write(b'{"greeting":7}\n')
                    self.assertEqual(call.wait(), INPUT)
                    self.assertIn(b"document 3", call.err.all)
                server.wait_for_call(f"/hello.HelloService/{method} CANCELLED")

    def test_half_a_document_at_the_end_cancels_the_call(self):
        with ReferenceServer() as server:
            outcome = self.fails(INPUT, "call", "LotsOfGreetings", "@-", stdin=b'{"greeting":"a"}{"greet',
                                 target=server.target)
            self.assertIn("document 2", outcome.error())
            self.assertNotIn("/hello.HelloService/LotsOfGreetings OK", server.stop())


class NoReflectionTest(RpcctlTest):
    def test_the_hint_is_to_give_files(self):
        with ReferenceServer("--reflection", "none") as server:
            for words in (SAY_HELLO, ("list",), ("describe",), ("describe", "Greeter")):
                with self.subTest(words=words):
                    outcome = self.fails(SCHEMA, *words, target=server.target)
                    self.assertEqual(outcome.error(), f"the server at {server.target} does not serve reflection")
                    self.assertIn("--proto", outcome.hint())
            self.assertEqual([call for call in server.stop() if call.startswith("/")], [])

    def test_a_method_that_the_server_does_not_have(self):
        with PythonServer() as server:
            outcome = self.fails(64 + 12, *SAY_HELLO, "--proto", PROTO_DIR / "helloworld.proto", target=server.target)
            self.assertTrue(outcome.error().startswith("UNIMPLEMENTED (12)"), outcome)


if __name__ == "__main__":
    unittest.main()
