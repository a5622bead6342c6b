"""Messages in other forms than JSON documents, in and out, and the outcome as a line of JSON."""

import json
import pathlib
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_process import wait_until
from rpcctl_testing import (CONNECT, INPUT, PROTO_DIR, SCHEMA, TEST_PROTO_DIR, USAGE, RpcctlTest, environment, start,
                            status_code)
from server_process import PythonServer, ReferenceServer, has_connection

LETTER = ('{"recipient":"Ada","lines":["a","b"],"class":"CLASS_SECOND","posted":"2026-11-22T00:00:00Z",'
          '"stamps":{"queen":"9007199254740993"},"box":7,"seal":"AP8="}')
LETTER_TEXT = ('recipient: "Ada"\nlines: "a"\nlines: "b"\nclass: CLASS_SECOND\nposted {\n  seconds: 1795305600\n}\n'
               'stamps {\n  key: "queen"\n  value: 9007199254740993\n}\nbox: 7\nseal: "\\000\\377"\n')


def delimited(*messages):
    """As protobuf's writeDelimitedTo has it, for messages below 128 bytes."""
    return b"".join(bytes([len(message)]) + message for message in messages)


class FormatTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())
        cls.office = cls.enterClassContext(PythonServer())

    def office_prints(self, expected, *words, **how):
        return self.prints(expected, *words, target=self.office.target, **how)

    def call(self, *words, target=None, **how):
        return self.succeeds("call", *words, target=target or self.server.target, **how)

    def test_text_out(self):
        outcome = self.call("Send", "-d", LETTER, "-o", "text", target=self.office.target)
        indented = "".join(f"  {line}\n" for line in LETTER_TEXT.splitlines())
        self.assertEqual(outcome.stdout, f"number: 9007199254740993\nletter {{\n{indented}}}\n")

    def test_text_in(self):
        self.office_prints(f'{{"number":"9007199254740993","letter":{LETTER}}}\n', "call", "Send", "--in", "text", "-d",
                           LETTER_TEXT, "-o", "jsonl")

    def test_text_of_a_stream_reads_back(self):
        out = self.call("Correspond", "sender=Ada", ",", "sender=Bob", ",", "-o", "text",
                        target=self.office.target).out
        thanks = 'lines: "Thank you"\nsender: ""\n'
        self.assertEqual(out.decode(), f'recipient: "Ada"\n{thanks}---\nrecipient: "Bob"\n{thanks}---\n{thanks}')
        self.office_prints('{"count":3,"recipients":["Ada","Bob",""]}\n', "call", "Deposit", "--in", "text", "-d", "@-",
                           stdin=out)

    def test_binary_out_and_in(self):
        out = self.call("Correspond", "sender=Ada", ",", "sender=Bob", "-o", "binary", target=self.office.target).out
        self.assertEqual(out, delimited(b"\x0a\x03Ada\x12\x09Thank you2\x00", b"\x0a\x03Bob\x12\x09Thank you2\x00"))
        self.office_prints('{"count":2,"recipients":["Ada","Bob"]}\n', "call", "Deposit", "--in", "binary", "@-",
                           stdin=out)

    def test_binary_of_10000_messages_goes_through_a_file(self):
        file = self.temporary_folder() / "letters.bin"
        letters = "".join(f'{{"sender":"Ada {number}"}}' for number in range(10000)).encode()
        with open(file, "wb") as out, start("call", "Correspond", "@-", "-o", "binary", target=self.office.target,
                                            stdout=out) as call:
            call.write(letters)
            call.close_stdin()
            self.assertEqual(call.wait(), 0)
        self.office_prints('{"count":10000,"recipients":["Ada 0",...]}\n'.replace(
            ",...", "".join(f',"Ada {number}"' for number in range(1, 10000))), "call", "Deposit", "--in", "binary",
            "-d", f"@{file}")

    def test_messages_are_sent_as_they_are_complete(self):
        with start("call", "Correspond", "--in", "text", "-o", "text", "@-", target=self.office.target) as call:
            call.write(b'sender: "Ada"\n---\n')
            self.assertEqual(call.read_line(), 'recipient: "Ada"')
            call.write(b'sender: "Bob"')
            call.close_stdin()
            self.assertEqual(call.wait(), 0)
            self.assertTrue(call.out.all.endswith(b'---\nrecipient: "Bob"\nlines: "Thank you"\nsender: ""\n'))

    def test_items_are_laid_over_every_format(self):
        for words in (("--in", "text", "-d", 'recipient: "Ada"'), ("-d", '{"recipient":"Ada"}')):
            with self.subTest(words=words):
                self.office_prints('{"number":"9007199254740993","letter":{"recipient":"Ada","box":3}}\n', "call", "Send",
                                   *words, "box=3", "-o", "jsonl")

    def test_a_json_item_is_json_whatever_the_data_is(self):
        self.office_prints('{"count":2,"recipients":["Ada","Bob"]}\n', "call", "Deposit", "--in", "text", "recipient=Ada",
                           ",", '{"recipient":"Bob"}')

    def test_what_is_wrong_is_told_with_its_place(self):
        for words, stdin, message in (
                (("--in", "text", "-d", "recipient: 'Ada'\nlin: 'x'"), b"",
                 'document 1: line 2, column 4: Message type "post.v1.Letter" has no field named "lin"'),
                (("--in", "text", "@-"), b"box: 1\n---\n\nbox: x\n",
                 "document 2: line 4, column 6: Expected integer, got: x"),
                (("--in", "binary", "@-"), b"\x02\x38", "is cut short by the end of the input"),
                (("--in", "binary", "@-"), b"\x01\x38", "document 1: the bytes are no message"),
                (("--in", "binary", "@-"), b"\xff" * 11, "has no valid length")):
            with self.subTest(words=words):
                outcome = self.fails(INPUT, "call", "Deposit", *words, stdin=stdin, target=self.office.target)
                self.assertIn(message, outcome.error())

    def test_options_that_do_not_go_together(self):
        for words in (("-o", "text", "--defaults"), ("-o", "binary", "--proto-names"), ("-f", "{message}", "--defaults"),
                      ("-o", "xml"), ("--in", "xml"), ("--as", "curl"), ("--status", "yaml")):
            with self.subTest(words=words):
                self.fails(USAGE, "call", "Greeter.SayHello", *words, target=self.server.target)

    def test_binary_is_not_for_a_terminal(self):
        outcome = self.fails(USAGE, "call", "Greeter.SayHello", "-o", "binary", "--color", "never",
                             target=self.server.target, tty=True)
        self.assertIn("redirect", outcome.hint())

    def test_proto_names_and_defaults(self):
        words = ("call", "RecordRoute", "-o", "jsonl")
        self.prints("{}\n", *words, target=self.server.target)
        self.prints('{"pointCount":0,"featureCount":0,"distance":0,"elapsedTime":0}\n', *words, "--defaults",
                    target=self.server.target)
        self.prints('{"point_count":0,"feature_count":0,"distance":0,"elapsed_time":0}\n', *words, "--defaults",
                    "--proto-names", target=self.server.target)

    def test_unknown_fields_may_be_allowed(self):
        data = '{"name":"you","title":"Dr","extra":{"a":[1]}}'
        self.fails(INPUT, "call", "Greeter.SayHello", "-d", data, target=self.server.target)
        self.prints('{"message":"Hello, you!"}\n', "call", "Greeter.SayHello", "-d", data, "--allow-unknown",
                    target=self.server.target)
        self.prints('{"message":"Hello, you!"}\n', "call", "Greeter.SayHello", "--in", "text", "-d",
                    'name: "you" title: "Dr"', "--allow-unknown", target=self.server.target)


def _any_set(folder):
    """A descriptor set that has nothing to do with the call."""
    path = folder / "other.pb"
    subprocess.run(["protoc", f"-I{PROTO_DIR}", f"--descriptor_set_out={path}", "helloworld.proto"], check=True)
    return path


class TranslationTest(RpcctlTest):
    """--as: the same call in other words. What is printed for rpcctl itself is run again, by a real shell."""

    @classmethod
    def setUpClass(cls):
        cls.office = cls.enterClassContext(PythonServer())

    def translated(self, tool, *words):
        return self.succeeds("call", *words, "--as", tool, target=self.office.target).stdout

    def rerun(self, line, folder):
        """The output of a printed command line, with rpcctl on the PATH."""
        from rpcctl_testing import RPCCTL
        (folder / "rpcctl").unlink(missing_ok=True)
        (folder / "rpcctl").symlink_to(RPCCTL)
        ran = subprocess.run(["sh", "-c", line], env=environment(PATH=f"{folder}:/usr/bin:/bin"), capture_output=True,
                             check=False)
        self.assertEqual(ran.returncode, 0, ran)
        return ran.stdout.decode()

    def test_words_for_rpcctl_make_the_same_call(self):
        folder = self.temporary_folder()
        hostile = "it's $(touch x) `y` \"z\" \\ ü \n =@-"
        for words in (("Send", "-d", LETTER), ("Send", f"recipient={hostile}", "class=first"),
                      ("Deposit", "recipient=Ada", ",", "recipient=Bob", ","), ("Deposit",), ("Send",),
                      ("Deposit", "{}"), ("Correspond", "-d", '{"sender":"a"}{}{"sender":"b"}'),
                      ("Send", "recipient=Ada", "-H", "x-note: it's", "--timeout", "20s")):
            if words == ("Send",):
                continue  # the office refuses it
            expected = self.succeeds("call", *words, target=self.office.target).stdout
            for tool in ("items", "json"):
                with self.subTest(words=words, tool=tool):
                    line = self.translated(tool, *words)
                    self.assertEqual(line.count("\n"), 1)
                    self.assertEqual(self.rerun(line, folder), expected)
        self.assertFalse((folder / "x").exists())

    def test_items(self):
        self.assertEqual(
            self.translated("items", "Send", "-d", LETTER),
            f"rpcctl call post.v1.PostOffice.Send recipient=Ada lines=a lines+=b class=CLASS_SECOND "
            f"posted=2026-11-22T00:00:00Z stamps.queen=9007199254740993 box=7 seal=b64:AP8= -t {self.office.target}\n")

    def test_grpcurl(self):
        self.assertEqual(
            self.translated("grpcurl", "Deposit", "recipient=Ada", ",", "recipient=it's", "-H", "x-a: 1", "--timeout",
                            "1m30s", "--max-message-size", "1MiB"),
            f"grpcurl -plaintext -H 'x-a: 1' -max-time 90 -max-msg-sz 1048576 -d "
            f"'{{\"recipient\":\"Ada\"}} {{\"recipient\":\"it'\\''s\"}}' {self.office.target} "
            "post.v1.PostOffice/Deposit\n")

    def test_options_of_the_connection_are_kept(self):
        office = ("Send", "recipient=Ada", "--proto", TEST_PROTO_DIR / "post/v1/office.proto", "-I", TEST_PROTO_DIR)
        options = ("--server-name", "a.test", "--authority", "b.test", "--call-header", "x-a: 1", "--reflect-header",
                   "x-b: 2", "--expand-env", "--user-agent", "me/1", "--keepalive", "90s")
        line = self.translated("items", *office, *options, "--compress", "gzip")
        self.assertIn(" --server-name a.test --authority b.test --call-header 'x-a: 1' --reflect-header 'x-b: 2' "
                      "--expand-env --user-agent me/1 --keepalive 90s ", line)
        self.assertIn(" --compress gzip", line)
        line = self.translated("items", *office, "--protoset", _any_set(self.temporary_folder()), "--reflection")
        self.assertRegex(line, r" --protoset \S+ --reflection\n")
        line = self.translated("grpcurl", "Send", "recipient=Ada", "--protoset", _any_set(self.temporary_folder()),
                               "--reflection")
        self.assertRegex(line, r" -protoset \S+ -use-reflection ")
        self.assertTrue(self.translated("grpcurl", *office, *options).startswith(
            "grpcurl -servername a.test -authority b.test -rpc-header 'x-a: 1' -reflect-header 'x-b: 2' "
            "-expand-headers -user-agent me/1 -keepalive-time 90 "))

    def test_what_grpcurl_cannot_do_is_told(self):
        for words in (("--compress", "gzip"), ("--header-file", "/dev/null"), ("--no-keepalive",)):
            self.refuses(USAGE, f"grpcurl has nothing for {words[0]}", "", "call", "Send", "recipient=Ada", *words,
                         "--as", "grpcurl", target=self.office.target)

    def test_a_script(self):
        self.assertEqual(
            self.translated("rpc", "Send", "recipient=Ada", "-H", "x-a: 1", "--timeout", "2s"),
            f"set target {self.office.target}\nset header 'x-a: 1'\n\ncase Send\n"
            "  call post.v1.PostOffice.Send recipient=Ada --timeout 2s\n  expect OK\n")

    def test_what_a_script_has_no_words_for_is_told_in_it(self):
        script = self.translated("rpc", "Send", "recipient=Ada", "--header-file", "/dev/null", "--no-keepalive",
                                 "--reflect-header", "authorization: sesame", "--reflect-header", "x-b: 2")
        self.assertEqual(script.splitlines()[0], "# to be run with: rpcctl test --header-file /dev/null "
                         "--reflect-header 'authorization: ...' --reflect-header 'x-b: 2' --no-keepalive")

    def test_nothing_is_sent(self):
        with ReferenceServer() as server:
            for tool in ("grpcurl", "items", "json", "rpc"):
                self.succeeds("call", "Greeter.SayHello", "name=you", "--as", tool, target=server.target)
            self.assertEqual(server.stop(), [])


class StatusLineTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def status(self, outcome):
        """The one line on stderr, as an object."""
        self.assertEqual(outcome.stderr.count("\n"), 1, outcome)
        self.check_text_is_safe(outcome.err)
        return json.loads(outcome.stderr)

    def run_for_status(self, code, *words, **how):
        from rpcctl_testing import run
        how.setdefault("target", self.server.target)
        outcome = run(*words, "--status", "json", **how)
        self.assertEqual(outcome.code, code, outcome)
        return self.status(outcome)

    def test_success(self):
        status = self.run_for_status(0, "call", "Greeter.SayHello", "name=you", "-H", "x-a: 1", "-H", "x-a: 2")
        self.assertEqual((status["code"], status["number"], status["message"], status["details"]), ("OK", 0, "", []))
        self.assertEqual((status["sent"], status["received"]), (1, 1))
        self.assertEqual(status["headers"]["x-a"], ["1", "2"])
        self.assertEqual(list(status["trailers"]), ["x-elapsed-us"])
        self.assertLessEqual(status["timing"]["first_ms"], status["timing"]["total_ms"])

    def test_a_failed_call_has_its_details(self):
        status = self.run_for_status(status_code(3), "call", "Greeter.SayHello", "name=abcdefghijk")
        self.assertEqual((status["code"], status["number"]), ("INVALID_ARGUMENT", 3))
        self.assertEqual(status["message"], "Length of `Name` cannot be more than 10 characters")
        self.assertEqual(status["details"][0]["@type"], "type.googleapis.com/google.rpc.BadRequest")
        self.assertEqual(status["details"][0]["fieldViolations"][0]["field"], "name")
        self.assertEqual((status["sent"], status["received"]), (1, 0))

    def test_a_limit_is_success(self):
        status = self.run_for_status(0, "call", "SayHelloStreamReply", "name=you", "--limit", "1")
        self.assertEqual((status["code"], status["received"]), ("OK", 1))

    def test_output_none_says_nothing_more(self):
        self.run_for_status(0, "call", "Greeter.SayHello", "-o", "none")

    def test_errors_of_our_own(self):
        for code, name, words in ((USAGE, "USAGE", ("call", "SayHello")), (SCHEMA, "SCHEMA", ("call", "Nothing.Here")),
                                  (INPUT, "INPUT", ("call", "Greeter.SayHello", "nam=x")),
                                  (USAGE, "USAGE", ("call", "Greeter.SayHello", "--nonsense")),
                                  (USAGE, "USAGE", ("list", "--color", "sometimes")),
                                  (SCHEMA, "SCHEMA", ("describe", "Nothing"))):
            with self.subTest(words=words):
                status = self.run_for_status(code, *words)
                self.assertEqual((status["code"], status["number"]), (name, code))
                self.assertTrue(status["message"])

    def test_no_server(self):
        status = self.run_for_status(CONNECT, "call", "Greeter.SayHello", target="127.0.0.1:1")
        self.assertEqual((status["code"], status["number"]), ("CONNECT", CONNECT))

    def test_a_deadline_before_the_call(self):
        with ReferenceServer("--reflection-delay", "60000") as server:
            status = self.run_for_status(status_code(4), "list", "--timeout", "100ms", target=server.target)
        self.assertEqual((status["code"], status["number"]), ("DEADLINE_EXCEEDED", 4))

    def test_an_interrupt(self):
        with start("call", "BidiHello", "@-", "--status", "json", target=self.server.target) as call:
            call.write(b'{"greeting":"Ann"}')
            call.read_line()
            call.send_signal(signal.SIGINT)
            self.assertEqual(call.wait(), -signal.SIGINT)
            status = json.loads(call.err.all)
        self.assertEqual((status["code"], status["number"], status["sent"], status["received"]), ("CANCELLED", 1, 1, 1))

    def test_an_interrupt_before_the_call(self):
        with ReferenceServer("--reflection-delay", "60000") as slow:
            for target, words in ((self.server.target, ("call", "Greeter.SayHello", "@-")),
                                  (slow.target, ("call", "Greeter.SayHello"))):
                with self.subTest(words=words), start(*words, "--status", "json", target=target) as call:
                    wait_until(lambda: has_connection(int(target.rpartition(":")[2])), "connection")
                    call.send_signal(signal.SIGINT)
                    self.assertEqual(call.wait(), -signal.SIGINT)
                    status = json.loads(call.err.all)
                    self.assertEqual((status["code"], status["number"], status["sent"]), ("CANCELLED", 1, 0))

    def test_what_sends_nothing_says_so(self):
        for words in (("--dry-run",), ("--as", "items")):
            status = self.run_for_status(0, "call", "Greeter.SayHello", *words)
            self.assertEqual((status["code"], status["sent"]), ("OK", 0))

    def test_commands_without_a_call_say_nothing_on_success(self):
        self.succeeds("list", "--status", "json", target=self.server.target)


if __name__ == "__main__":
    unittest.main()
