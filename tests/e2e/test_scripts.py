"""rpcctl test: the project's own scripts, what a failure looks like in each report, exit codes, and how runs end."""

import json
import os
import pathlib
import re
import shlex
import signal
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from hostile_server import HostileServer
from live_process import CAP_SECONDS, SLOWNESS, wait_until
from rpcctl_testing import CONNECT, INPUT, OUTPUT, PROTO_DIR, ROOT, USAGE, RpcctlTest, run, run_measured, start
from server_process import PythonServer, ReferenceServer, has_connection

EXPECTATION = 8
HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = ROOT / "tests" / "data" / "scripts"
FAILURES = SCRIPTS / "failures.rpc"
PROTOS = ("--proto", PROTO_DIR)


def cases_of(outcome):
    """The cases in a report made by --json."""
    return [line for line in outcome.documents() if "case" in line]


class ScriptTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def script(self, *lines, name="smoke.rpc"):
        """A file that holds these lines."""
        path = self.temporary_folder() / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def passes(self, *words, **how):
        how.setdefault("target", self.server.target)
        return self.succeeds("test", *words, **how)

    def misses(self, code, *words, **how):
        how.setdefault("target", self.server.target)
        return self.fails(code, "test", *words, talks=True, **how)


class OwnScriptsTest(ScriptTest):
    def test_they_hold_one_by_one_and_side_by_side(self):
        for jobs in ("1", "4"):
            with self.subTest(jobs=jobs):
                outcome = self.passes(HERE, "-j", jobs)
                self.assertRegex(outcome.lines[-1], r"^2\d passed, 0 failed in ")
                self.assertNotIn("s3cret", outcome.stdout)

    def test_they_check_without_a_server(self):
        outcome = self.passes(HERE, "--check", *PROTOS, target="127.0.0.1:1")
        self.assertRegex(outcome.stdout, r"^2\d cases in \d files checked\n$")

    def test_they_are_listed(self):
        outcome = self.passes(HERE / "greeter.rpc", "--list", "--tag", "negative", target="127.0.0.1:1")
        self.assertEqual(outcome.lines, [f"{HERE}/greeter.rpc:41: rejects a long name @negative",
                                         f"{HERE}/greeter.rpc:52: any status will do @negative"])


class ReportTest(ScriptTest):
    """What reports say is compared whole in test_reports.py."""

    def test_no_secret_is_in_any(self):
        path = self.temporary_folder() / "report.xml"
        for words in ((), ("--tap",), ("--json",), ("--junit", path)):
            with self.subTest(words=words):
                outcome = self.misses(EXPECTATION, FAILURES, *words)
                self.assertEqual(outcome.error(), "7 of 8 cases failed")
                told = outcome.stdout + outcome.stderr + (path.read_text(encoding="utf-8") if path.exists() else "")
                for secret in ("hunter2", "Bearer abcdef"):
                    self.assertNotIn(secret, told)

    def check_hidden(self, script, *secrets, words=()):
        for options in ((), ("--tap",), ("--json",), ("--junit", "-")):
            outcome = self.misses(EXPECTATION, script, *options, *words)
            for secret in secrets:
                with self.subTest(options=options, secret=secret):
                    self.assertNotIn(secret, outcome.stdout + outcome.stderr)
        return outcome.stdout

    def test_a_very_short_secret_is_warned_of(self):
        for value, warned in (("l", True), ("\u00fc\u00fc\u00fc", True), ("hunt", False)):
            with self.subTest(value):
                script = self.script(f"set k {value}", "set secret k", "case a", "call Greeter.SayHello name=you")
                told = self.passes(script, talks=True).stderr
                self.assertEqual(f"smoke.rpc:2:12: a secret of {len(value)} character" in told, warned, told)

    def test_a_secret_is_hidden_whatever_its_quotes(self):
        script = self.script("case a", r"call Greeter.SayHello name=abcdefghijk -H authorization:\ Bearer\ hunter3")
        self.assertIn("authorization: ***", self.check_hidden(script, "hunter3"))

    def test_a_credential_is_hidden_without_its_scheme(self):
        self.check_hidden(self.script("case a", "call Greeter.SayHello name=hunter3 -H 'authorization: Bearer hunter3'",
                                      "expect .message absent"), "hunter3")

    def test_a_secret_that_is_cut_short_is_hidden(self):
        secret = "s3cret" + 50 * "0123456789"
        script = self.script(f"set password {secret}", "set secret password", "case a",
                             f'call HelloService.SayHello "greeting={1800 * "a"}{{{{password}}}}"',
                             "expect .reply == x")
        self.assertIn("***...", self.check_hidden(script, "s3cret"))

    def test_a_header_that_is_refused_is_hidden(self):
        script = self.script("case a", "call HelloService.SayHello greeting=\u00fc", "let x = .reply",
                             'call HelloService.SayHello -H "authorization: {{x}}:hunter4"')
        self.check_hidden(script, "hunter4")

    def test_a_header_of_a_step_that_cannot_be_made_is_hidden(self):
        for header in ("--call-header 'authorization: Bearer hunter4'", "--call-header=x-token:hunter4"):
            script = self.script("case a", "call Greeter.SayHello name=abcdefghijk", "let id = .message", "case b",
                                 f'call Greeter.SayHello "name={{{{id}}}} hunter4" {header}')
            self.check_hidden(script, "hunter4")

    def test_a_mistake_shows_no_secret(self):
        for lines in (('set header "authorization Bearer {{env.TOK}}"', "case a", "call Greeter.SayHello name=you"),
                      ("set tok hunter-6", "set secret tok", 'set header "{{tok}}"', "case a",
                       "call Greeter.SayHello name=you"),
                      ("case a", 'call Greeter.SayHello name=you -H "{{env.TOK}}"'),
                      ("set tok hunter-6", "set secret tok", "case a",
                       'call Greeter.SayHello name=you -H "{{tok}} x: a"')):
            script = self.script(*lines)
            for options in ((), ("--check",), ("--tap",), ("--json",), ("--junit", "-")):
                with self.subTest(lines=lines, options=options):
                    outcome = self.misses(USAGE, script, *options, env={"TOK": "hunter-6"})
                    self.assertNotIn("hunter-6", outcome.stdout + outcome.stderr)

    def test_what_is_captured_can_be_a_secret(self):
        script = self.script("set secret reply", "case a", "call Greeter.SayHello name=hunter5", "let reply = .message",
                             'call HelloService.SayHello "greeting={{reply}}"', "expect .reply == x")
        self.check_hidden(script, "Hello, hunter5!")
        self.assertIn("1:12: nothing sets rely", self.misses(USAGE, self.script("set secret rely", "case a",
                      "call Greeter.SayHello")).stderr)

    def test_the_command_that_repeats_a_failure_repeats_it(self):
        script = self.script("case a", "call Greeter.SayHello 'name=it is'", "expect NOT_FOUND")
        outcome = self.misses(EXPECTATION, script, "--json")
        command = outcome.documents()[0]["command"]
        self.assertEqual(command, f"rpcctl call Greeter.SayHello 'name=it is' -t {self.server.target}")

    def test_it_repeats_what_was_filled_in_and_none_of_it_is_syntax(self):
        script = self.script("case a", 'call HelloService.SayHello "greeting={{m}} {{uuid}}" -H "x-a: {{uuid}}"',
                             "let m = .reply", "expect .reply absent")
        outcome = self.misses(EXPECTATION, script, "--var", "m=@/etc/hostname", "--json")
        failed = outcome.documents()[0]
        self.assertIn("@/etc/hostname", failed["failures"][0]["actual"])
        again = self.succeeds(*shlex.split(failed["command"])[1:], "-o", "json")
        self.assertEqual(json.loads(again.stdout)["reply"], json.loads(failed["failures"][0]["actual"]))

    def test_it_repeats_every_option_and_every_message(self):
        script = self.script("set timeout 19s", "set header x-b: {{uuid}}", "case a",
                             'call RecordRoute latitude={{n}} , latitude:={{n}} --limit 2 --compress gzip',
                             "expect NOT_FOUND", "case b", "call RecordRoute latitude={{n}} --timeout 18s",
                             "expect NOT_FOUND", "case c", "open HelloService.BidiHello",
                             'send "greeting={{t}}"', "send", "expect NOT_FOUND")
        outcome = self.misses(EXPECTATION, script, "--var", "n=7", "--var", "t=it is", "--json")
        commands = [re.sub("x-b: [0-9a-f-]{36}", "x-b: ID", case["command"]) for case in cases_of(outcome)]
        target = f"-t {self.server.target}"
        rest = f"{target} --timeout 19s -H 'x-b: ID'"
        self.assertEqual(commands, [
            f"rpcctl call RecordRoute latitude=7 , latitude=7 --limit 2 --compress gzip {rest}",
            f"rpcctl call RecordRoute latitude=7 --timeout 18s {target} -H 'x-b: ID'",
            f"rpcctl call HelloService.BidiHello 'greeting=it is' , '{{}}' {rest}"])

    def test_it_is_told_of_a_server_that_cannot_be_reached(self):
        script = self.script("case a", 'call RecordRoute latitude={{n}} , latitude=2')
        outcome = self.misses(CONNECT, script, *PROTOS, "--var", "n=1", "--json", target="127.0.0.1:1")
        self.assertIn("rpcctl call RecordRoute latitude=1 , latitude=2 -t", outcome.documents()[0]["command"])

    def test_none_is_told_of_more_than_a_line_holds(self):
        script = self.script("set n 1", "case a", "call RecordRoute latitude={{n}}" + 200 * " , latitude=1",
                             "expect NOT_FOUND")
        self.assertNotIn("command", self.misses(EXPECTATION, script, "--json").documents()[0])

    def test_a_report_that_cannot_be_written(self):
        outcome = self.misses(OUTPUT, HERE / "greeter.rpc", "--junit", "/nowhere/report.xml")
        self.assertIn("/nowhere", outcome.error())

    def test_on_a_terminal_a_line_shows_what_runs(self):
        outcome = start("test", FAILURES, "--case", "passes", target=self.server.target, stdin="terminal",
                        stdout="terminal", stderr="terminal")
        with outcome as process:
            self.assertEqual(process.wait(), 0)
            self.assertIn("\x1b[32mok  \x1b[0m passes", process.out.all.decode())
            self.assertIn("[1/1] passes\x1b[K\r\x1b[K", process.err.all.decode())


class MistakesTest(ScriptTest):
    def test_all_are_told_with_their_places_before_any_call(self):
        script = self.script("set timeuot 2s", "case a", "  call Greeter.SayHello nmae=you", "  expect OKAY",
                             "  expect .mesage == x", "  expect .message < {{nope}}", "  call Greeter.SayHelo",
                             "  call RouteGuide.GetFeature latitude=x", "  expect .location.latitude == abc",
                             "  call ListFeatures", "  expect .name == x")
        with ReferenceServer() as server:
            outcome = self.misses(USAGE, script, target=server.target)
            self.assertEqual(server.stop(), [])
        places = [line.split(": ")[0].rpartition("smoke.rpc:")[2] for line in outcome.stderr.splitlines()
                  if line.startswith(str(script))]
        self.assertEqual(places, ["1:5", "3:25", "4:10", "5:10", "6:21", "7:8", "8:30", "9:32", "11:10"])
        self.assertEqual(outcome.error(), "9 mistakes in 1 file; nothing was called")
        self.assertEqual(outcome.stdout, "")

    def test_of_very_many_the_first_are_told_and_all_are_counted(self):
        outcome = self.misses(USAGE, self.script(*["x"] * 5000), target="localhost:1")
        told = outcome.stderr.splitlines()
        self.assertEqual(sum("'x' begins no line of a script" in line for line in told), 100)
        self.assertIn("smoke.rpc:100:1: ", outcome.stderr)
        self.assertIn("... and 4900 others", told)
        self.assertEqual(outcome.error(), "5000 mistakes in 1 file; nothing was called")

    def test_check_finds_a_field_that_was_renamed(self):
        folder = self.temporary_folder()
        text = (PROTO_DIR / "helloworld.proto").read_text(encoding="utf-8")
        (folder / "helloworld.proto").write_text(text.replace("string name", "string who"), encoding="utf-8")
        script = self.script("case a", "call Greeter.SayHello name={{uuid}}", "expect .message exists")
        self.passes(script, "--check", *PROTOS)
        outcome = self.misses(USAGE, script, "--check", "--proto", folder)
        self.assertIn("smoke.rpc:2:23: name: no such field in HelloRequest", outcome.stderr)

    def test_a_server_names_no_file(self):
        script = self.script("case a", "call Greeter.SayHello name=you", "let reply = .message",
                             "call Greeter.SayHello name=@{{reply}}", "call Greeter.SayHello {{reply}}",
                             "call Greeter.SayHello {{reply}}=x")
        outcome = self.misses(USAGE, script)
        self.assertIn("4:23: name: what a server sent does not name a file", outcome.stderr)
        self.assertEqual(outcome.stderr.count(f"{script}:"), 3)

    def test_no_name_that_a_let_sets_names_a_file_wherever_it_stands(self):
        # A case that is tried again would read what a step behind sent.
        script = self.script("set file ./safe.txt", "case a", "retry 3 every 10ms",
                             "call Greeter.SayHello name=@{{file}}", "call Greeter.SayHello @{{file}}",
                             "open RouteGuide.RouteChat", "send message=hi", "recv", "let file = msg[0].message",
                             "expect NOT_FOUND")
        outcome = self.misses(USAGE, script, *PROTOS, "--check")
        self.assertIn("4:23: name: what a server sent does not name a file", outcome.stderr)
        self.assertIn("5:23: what a server sent does not name a file", outcome.stderr)
        self.assertEqual(outcome.stderr.count(f"{script}:"), 2)

    def test_nothing_is_filled_in_to_the_text_format(self):
        script = self.script("set n 1", "case a", "call GetFeature --in text -d 'latitude: 1'",
                             'call GetFeature --in text -d "latitude: {{n}}"')
        outcome = self.misses(USAGE, script, *PROTOS, "--check")
        self.assertIn("nothing can be filled in where --in is not json", outcome.stderr)
        self.assertEqual(outcome.stderr.count(f"{script}:"), 1)

    def test_a_secret_of_the_script_does_not_cross_the_network_in_the_open(self):
        settings = ("set token s3cret-9", "set secret token")
        step = ("case a", "call Greeter.SayHello name={{token}}")
        for lines in (('set header "x-team: a {{token}}"', *step), (*step[:1], step[1] + ' -H "x-team: {{token}}"'),
                      (*step[:1], "call Greeter.SayHello -H 'x-team: s3cret-9'")):
            with self.subTest(lines=lines):
                script = self.script(*settings, *lines)
                words = (script, *PROTOS, "--check", "--plaintext")
                outcome = self.misses(USAGE, *words, target="192.0.2.1:1")
                self.assertIn("header 'x-team', whose value is a secret, would cross the network", outcome.stderr)
                self.assertNotIn("s3cret-9", outcome.stderr)
                self.passes(*words, "--allow-plaintext-credentials", target="192.0.2.1:1")
                self.passes(*words, target="127.0.0.1:1")
        self.passes(self.script(*settings, *step), *PROTOS, "--check", "--plaintext", target="192.0.2.1:1")

    def test_a_captured_secret_does_not_cross_it_either_and_the_failure_says_so_with_its_line(self):
        script = self.script("set secret n", "case a", "call Greeter.SayHello name=you", "expect UNAVAILABLE", "let n = count",
                             'call Greeter.SayHello name=you -H "x-team: a{{n}}"')
        words = (script, *PROTOS, "--plaintext", "--proxy", "http://127.0.0.1:1", "--json")
        case, = cases_of(self.misses(EXPECTATION, *words, target="foreign.test:1"))
        failure, = case["failures"]
        self.assertEqual(failure["line"], 6)
        self.assertIn("header 'x-team', whose value is a secret, would cross the network to 'foreign.test:1' without TLS",
                      failure["actual"])
        self.assertIn("--allow-plaintext-credentials sends it all the same", failure["actual"])
        case, = cases_of(self.misses(CONNECT, *words, "--allow-plaintext-credentials", target="foreign.test:1"))
        self.assertIn("UNAVAILABLE", case["failures"][0]["actual"])

    def test_a_script_does_not_read_standard_input(self):
        self.assertIn("2:24: a script does not read standard input",
                      self.misses(USAGE, self.script("case a", "call Greeter.SayHello  @-")).stderr)

    def test_files_that_are_missing(self):
        self.misses(INPUT, "/nowhere/smoke.rpc")
        self.misses(INPUT, self.temporary_folder())
        self.misses(INPUT, self.script("case a", "call Greeter.SayHello name=@/nowhere/name"))

    def test_what_cannot_be_read_does_not_hide_what_is_wrong_elsewhere(self):
        script = self.script("case a", "call Greeter.SayHello nmae=you")
        outcome = self.misses(USAGE, "/nowhere/smoke.rpc", script, FAILURES)
        self.assertIn("cannot read '/nowhere/smoke.rpc': No such file or directory\n", outcome.stderr)
        self.assertIn("smoke.rpc:2:23: nmae: no such field", outcome.stderr)
        self.assertEqual(outcome.error(), "2 mistakes in 2 files; nothing was called")
        self.assertEqual(self.misses(INPUT, "/nowhere/smoke.rpc", FAILURES).error(),
                         "cannot read '/nowhere/smoke.rpc': No such file or directory")

    def test_nobody_waits_for_a_pipe(self):
        folder = self.temporary_folder()
        os.mkfifo(folder / "pipe.rpc")
        self.assertIn("it is not a regular file", self.misses(INPUT, folder / "pipe.rpc").error())
        self.misses(INPUT, folder)

    def test_of_a_folder_only_scripts_are_run(self):
        script = self.script("case a", "call Greeter.SayHello name=you")
        folder = script.parent
        (folder / ".#lock.rpc").symlink_to("me@there.1234")
        (folder / "linked.rpc").symlink_to("smoke.rpc")
        (folder / "folder.rpc").mkdir()
        (folder / ".hidden").mkdir()
        (folder / ".hidden" / "x.rpc").write_text("nonsense", encoding="utf-8")
        self.assertEqual(self.passes(folder, "--list").lines, [f"{folder}/linked.rpc:1: a", f"{folder}/smoke.rpc:1: a"])

    def test_folders_behind_links_are_looked_into_once(self):
        elsewhere = self.script("case b", "call Greeter.SayHello name=you", name="b.rpc").parent
        folder = self.script("case a", "call Greeter.SayHello name=you", name="a.rpc").parent
        (folder / "linked").symlink_to(elsewhere)
        (folder / "again").symlink_to(elsewhere)
        (elsewhere / "back").symlink_to(folder)
        cases = [line.split(": ")[1] for line in self.passes(folder, "--list").lines]
        self.assertEqual(sorted(cases), ["a", "b"])

    def test_a_header_of_a_step_is_hidden_in_its_mistakes(self):
        script = self.script("case a", "call hello.HelloService.SayHello greeting=x bogus=abcdefsecret "
                             "-H 'authorization: Bearer abcdefsecret'")
        outcome = self.misses(USAGE, script)
        self.assertIn("bogus", outcome.stderr)
        self.assertNotIn("abcdefsecret", outcome.stderr)

    def test_what_has_the_name_of_a_script_is_not_passed_over(self):
        folder = self.script("case a", "call Greeter.SayHello name=you").parent
        odd = folder / "odd.rpc"
        for make in (lambda: odd.symlink_to("nowhere"), lambda: odd.symlink_to(odd.name), lambda: os.mkfifo(odd)):
            make()
            self.assertIn(f"cannot read '{odd}': ", self.misses(INPUT, folder).stderr)
            odd.unlink()

    def test_the_target_and_the_headers_are_told_with_everything_else(self):
        script = self.script("set target nowhere:x", "set header 'a b: c'", "set header x-y: 1", "case a",
                             "call Greeter.SayHello nmae=you")
        outcome = self.misses(USAGE, script, target=None)
        self.assertRegex(outcome.stderr, r"smoke\.rpc:1:12: ")
        self.assertRegex(outcome.stderr, r"smoke\.rpc:2:12: ")
        outcome = self.misses(USAGE, script, "-t", self.server.target)
        self.assertEqual(re.findall(r"smoke\.rpc:(\d+:\d+): ", outcome.stderr), ["2:12", "5:23"])

    def test_files_tell_the_steps_mistakes_beside_those_of_the_target(self):
        for target in ("nowhere:x", "{{none}}"):
            script = self.script(f"set target {target}", "set header 'a b: c'", "case a", "call Greeter.SayHello nmae=you")
            for words in ((), ("--check",)):
                with self.subTest(target=target, words=words):
                    outcome = self.misses(USAGE, script, *PROTOS, *words, target=None)
                    self.assertEqual(re.findall(r"smoke\.rpc:(\d+:\d+): ", outcome.stderr), ["1:12", "2:12", "4:23"])
        # What only the server may know is no mistake.
        outcome = self.misses(USAGE, self.script("set target nowhere:x", "case a", "call No.Such"), *PROTOS, "--reflection",
                              target=None)
        self.assertEqual(re.findall(r"smoke\.rpc:(\d+:\d+): ", outcome.stderr), ["1:12"])

    def test_no_other_server_is_asked_where_the_target_is_not_known(self):
        script = self.script("set target {{none}}", "case a", "call Greeter.SayHello nmae=you")
        with ReferenceServer() as server:
            outcome = self.misses(USAGE, script, target=server.target)
            self.assertEqual(server.stop(), [])
        self.assertEqual(re.findall(r"smoke\.rpc:(\d+:\d+): ", outcome.stderr), ["1:12"])

    def test_with_files_no_mistake_waits_for_a_server_to_be_ready(self):
        script = self.script("wait ready 60s", "case a", "call Greeter.SayHello nmae=you")
        outcome = self.misses(USAGE, script, *PROTOS, target="127.0.0.1:1")
        self.assertIn("smoke.rpc:3:23: nmae: no such field", outcome.stderr)
        script = self.script("wait ready 1s", "case a", "call Greeter.SayHello name=you")
        self.misses(CONNECT, script, *PROTOS, target="127.0.0.1:1")

    def test_of_a_long_word_the_beginning_is_shown(self):
        word = 100_000 * "x"
        script = self.script(word, "case a", f"call {word}", f"call Greeter.SayHello {word}=x", f"expect {word}",
                             f"expect detail {word} exists", f"expect .{word} exists", f"expect .message == {{{{{word}}}}}")
        outcome = self.misses(USAGE, script)
        self.assertEqual(outcome.error(), "7 mistakes in 1 file; nothing was called")
        self.assertLess(len(outcome.stderr), 20_000)

    def test_options_may_stand_before_the_method_of_a_stream(self):
        self.passes(self.script("case a", "open --timeout 20s HelloService.BidiHello", "send greeting=a",
                                "recv .reply contains a"))
        self.assertIn("2:19: ", self.misses(USAGE, self.script("case a", "open --timeout 1s NoSuch.Method")).stderr)

    def test_a_stream_that_is_open_takes_no_option_that_means_nothing_to_it(self):
        script = self.script("case a", "open HelloService.LotsOfReplies greeting=a --limit 1",
                             "open HelloService.BidiHello", "send greeting=a --timeout 1s", "send greeting=a -H 'x: y'")
        outcome = self.misses(USAGE, script)
        self.assertIn("2:1: 'open' has no --limit", outcome.stderr)
        self.assertIn("4:1: 'send' has none of the options", outcome.stderr)
        self.assertIn("5:1: 'send' has none of the options", outcome.stderr)

    def test_many_values_are_checked_in_time_that_grows_with_them(self):
        values = ", ".join(str(number) for number in range(20_000))
        script = self.script("case a", "call RouteGuide.GetFeature latitude=1",
                             f"expect .location.latitude in [{values}, x]")
        self.assertRegex(self.misses(USAGE, script, "--check", *PROTOS).stderr, r"smoke\.rpc:3:\d{6}: ")

    def test_options(self):
        for words in ((), ("--list", "--check", FAILURES), ("--tap", "--json", FAILURES), (FAILURES, "-j", "0"),
                      (FAILURES, "--var", "x"), (FAILURES, "--case", "nobody"), (FAILURES, "--total-timeout", "5")):
            with self.subTest(words=words):
                self.assertEqual(self.misses(USAGE, *words).stdout, "")


class RunTest(ScriptTest):
    def test_cases_are_chosen_by_tag_and_name(self):
        for words, names in ((("--tag", "fine"), ["passes"]), (("--tag", "a", "--skip-tag", "b"), None),
                             (("--case", "pass*", "--case", "nothing*"), ["passes", "nothing comes"])):
            with self.subTest(words=words):
                if names is None:
                    self.misses(USAGE, FAILURES, *words)
                    continue
                code = 0 if names == ["passes"] else EXPECTATION
                outcome = self.fails(code, "test", FAILURES, "--json", *words, target=self.server.target, talks=True)
                self.assertEqual([case["case"] for case in cases_of(outcome)], names)

    def test_after_a_failure_nothing_is_run_where_that_is_asked_for(self):
        outcome = self.misses(EXPECTATION, FAILURES, "--fail-fast", "--json")
        results = [case["result"] for case in cases_of(outcome)]
        self.assertEqual(results, ["passed", "failed"] + 6 * ["skipped"])

    def test_a_file_that_cannot_be_run_is_a_failure_too(self):
        first = self.script("set target 127.0.0.1:1", "case a", "call Greeter.SayHello name=you")
        then = self.script("case b", "call Greeter.SayHello name=you")
        outcome = self.misses(CONNECT, first, then, "--fail-fast", "-j", "1", "--json")
        self.assertEqual([(case["case"], case["result"]) for case in cases_of(outcome)], [("b", "skipped")])

    def test_the_time_that_ends_before_the_schema_is_there_is_no_status_of_a_call(self):
        script = self.script("case a", "call Greeter.SayHello name=you")
        def hangs(peer):
            while True:
                peer.next_stream()

        with HostileServer(hangs) as server:
            for words in ((), ("--check",)):
                outcome = self.misses(EXPECTATION, script, "--total-timeout", "2s", *words, target=server.target)
                self.assertIn("(the time for all cases is over)", outcome.error())

    def test_a_header_of_the_command_line_stands_in_place_of_the_file_s(self):
        script = self.script("set header x-request-id: file", "set header x-token: kept", "case a",
                             "call Greeter.SayHello name=you", "expect header x-request-id == typed",
                             "expect header x-request-id not == file", "expect header x-token == kept")
        self.passes(script, "-H", "X-Request-Id: typed")

    def test_a_header_file_is_read_once_for_all_scripts_and_so_may_be_a_pipe(self):
        lines = ("set header x-token: kept", "case a", "call Greeter.SayHello name=you",
                 "expect header x-request-id == piped", "expect header x-token == kept", "case b",
                 "call Greeter.SayHello name=you", "expect header x-request-id == piped")
        scripts = [self.script(*lines, name=f"{i}.rpc") for i in range(4)]
        text = b"x-request-id: piped\n"
        regular = self.temporary_folder() / "headers"
        regular.write_bytes(text)
        self.passes(*scripts, "-j", "4", "--header-file", regular)
        self.passes(*scripts, "-j", "4", "--header-file", "/dev/stdin", stdin=text)
        pipe = self.temporary_folder() / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_bytes, args=(text,), daemon=True)
        writer.start()
        self.passes(*scripts, "-j", "4", "--header-file", pipe)
        writer.join(CAP_SECONDS)

    def test_variables_of_the_command_line_win(self):
        script = self.script("set who you", "case a", "call Greeter.SayHello name={{who}}",
                             'expect .message == "Hello, {{who}}!"', "expect .message contains {{other}}")
        self.passes(script, "--var", "who=me", "--var", "other=me")
        self.assertIn("5:26: nothing sets {{other}}", self.misses(USAGE, script).stderr)

    def test_a_capture_of_a_case_that_was_not_run_has_no_value(self):
        script = self.script("case a", "call Greeter.SayHello name=you", "let x = .message", "case b",
                             "call Greeter.SayHello name={{x}}", "expect INVALID_ARGUMENT")
        self.passes(script)
        outcome = self.misses(EXPECTATION, script, "--case", "b")
        self.assertIn("{{x}} has no value", outcome.stdout)

    def test_nothing_to_capture_is_a_failure_though_an_older_value_is_there(self):
        script = self.script("set x old", "case a",
                             "call grpc.reflection.v1.ServerReflection.ServerReflectionInfo list_services=all",
                             "let x = first .list_services_response.service[999].name")
        self.assertIn("there is nothing to capture", self.misses(EXPECTATION, script).stdout)

    def test_each_attempt_begins_without_the_captures_of_the_one_before(self):
        script = self.script("set name you", "case a", "retry 2 every 1ms", "call Greeter.SayHello name={{name}}",
                             "let name = .message", "call Greeter.SayHello", "expect NOT_FOUND")
        failed = cases_of(self.misses(EXPECTATION, script, "--json"))[0]
        self.assertEqual((failed["attempts"], failed["failures"][0]["actual"]), (2, "OK"))

    def test_no_server(self):
        script = self.script("case a", "call Greeter.SayHello name=you")
        self.misses(CONNECT, script, target="127.0.0.1:1")
        outcome = self.misses(CONNECT, script, *PROTOS, target="127.0.0.1:1")
        self.assertIn("UNAVAILABLE: cannot connect", outcome.stdout)
        expecting = self.script("case a", "call Greeter.SayHello name=you", "expect UNAVAILABLE")
        self.passes(expecting, *PROTOS, target="127.0.0.1:1")

    def test_the_target_of_the_command_line_wins(self):
        script = self.script("set target 127.0.0.1:1", "case a", "call Greeter.SayHello name=you")
        self.misses(CONNECT, script)
        self.passes(script, "-t", self.server.target)

    def test_wait_ready_waits_for_health(self):
        script = self.script("wait ready 20s", "case a", "call Greeter.SayHello name=you")
        with ReferenceServer() as server:
            server.send_signal(signal.SIGUSR1)  # it is NOT_SERVING
            with start("test", script, target=server.target) as process:
                server.wait_for_call("/grpc.health.v1.Health/Check OK")
                server.send_signal(signal.SIGUSR1)
                self.assertEqual(process.wait(), 0)

    def test_wait_ready_ends(self):
        script = self.script("wait ready 1s", "case a", "call Greeter.SayHello name=you")
        self.assertIn("wait ready", self.misses(CONNECT, script, target="127.0.0.1:1").error())
        with ReferenceServer() as server:
            server.send_signal(signal.SIGUSR1)
            wait_until(lambda: run("health", target=server.target).code == EXPECTATION, "server that is not serving")
            outcome = self.misses(EXPECTATION, script, target=server.target)
            self.assertEqual(outcome.error(), "wait ready: the server is NOT_SERVING")
            self.assertEqual([line for line in server.stop() if "SayHello" in line], [])

    def test_retries_end_with_the_time_of_the_run(self):
        script = self.script("case a", "retry 1000000 every 10ms", "call Greeter.SayHello name=you",
                             "expect NOT_FOUND", "case b", "call Greeter.SayHello name=you")
        outcome = self.misses(EXPECTATION, script, "--total-timeout", "1s", "--json")
        cases = cases_of(outcome)
        self.assertEqual([case["result"] for case in cases], ["failed", "skipped"])
        self.assertGreater(cases[0]["attempts"], 1)

    def test_the_time_of_the_run_is_no_answer_of_the_server(self):
        call = "call Greeter.SayHello name=you"
        steps = ((call + " --timeout 1h", "expect DEADLINE_EXCEEDED"), (call, "expect *"),
                 ("open Greeter.SayHello name=you", "norecv for 1h", "expect *"),
                 ("open Greeter.SayHello name=you", "recv within 1h", "expect *"))
        with ReferenceServer("--delay", "600000") as server:
            for lines in steps:
                with self.subTest(lines):
                    script = self.script("case a", *lines, "case b", call)
                    outcome = self.misses(EXPECTATION, script, "--total-timeout", "1s", "--json",
                                          target=server.target)
                    failed, skipped = cases_of(outcome)
                    self.assertEqual((failed["result"], skipped["result"]), ("failed", "skipped"))
                    self.assertRegex(failed["failures"][-1]["actual"], r"\(the time for all cases is over\)$")
            script = self.script("set total-timeout 1s", "case a", call, "expect *")
            self.misses(EXPECTATION, script, target=server.target)
            self.passes(self.script("case a", call + " --timeout 100ms", "expect DEADLINE_EXCEEDED"),
                        "--total-timeout", "10m", target=server.target)

    def test_an_interrupt_ends_the_run_with_its_report(self):
        script = self.script("case first", "call Greeter.SayHello name=you", "case endless",
                             "retry 1000000 every 1m", "call Greeter.SayHello name=again", "expect NOT_FOUND",
                             "case never", "call Greeter.SayHello name=you")
        with ReferenceServer() as server, start("test", script, target=server.target) as process:
            self.assertRegex(process.read_line(), "^ok   first ")
            wait_until(lambda: sum("SayHello" in line for line in server.calls()) == 2, "call that is tried again")
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.read_line(), "skip endless (interrupted)")
            self.assertEqual(process.read_line(), "skip never (interrupted)")
            self.assertRegex(process.read_line(), "^1 passed, 0 failed, 2 skipped, interrupted in ")
            self.assertEqual(process.wait(), -signal.SIGINT)

    def test_a_case_that_an_interrupt_cuts_short_has_not_passed(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            for lines in (("call Greeter.SayHello name=you", "expect *"),
                          ("open Greeter.SayHello name=you", "norecv for 1h", "cancel"),
                          ("open Greeter.SayHello name=you", "norecv for 1h", "expect CANCELLED")):
                with self.subTest(lines, signal=number), ReferenceServer("--delay", "600000") as server:
                    script = self.script("case a", *lines)
                    with start("test", script, *PROTOS, "--json", target=server.target) as process:
                        wait_until(lambda: has_connection(server.port), "call")
                        process.send_signal(number)
                        self.assertEqual(process.wait(), -number)
                        case = json.loads(process.out.all.decode().splitlines()[0])
                    self.assertEqual((case["result"], case.get("reason")), ("skipped", "interrupted"), case)

    def test_an_interrupt_before_the_first_case_has_its_report_too(self):
        script = self.script("wait ready 1h", "case a", "call Greeter.SayHello name=you", "case b",
                             "call Greeter.SayHello name=you")
        with ReferenceServer() as server:
            server.send_signal(signal.SIGUSR1)  # it is NOT_SERVING
            with start("test", script, target=server.target) as process:
                server.wait_for_call("/grpc.health.v1.Health/Check OK")
                process.send_signal(signal.SIGINT)
                self.assertEqual(process.read_line(), "skip a (interrupted)")
                self.assertEqual(process.read_line(), "skip b (interrupted)")
                self.assertRegex(process.read_line(), "^0 passed, 0 failed, 2 skipped, interrupted in ")
                self.assertEqual(process.wait(), -signal.SIGINT)

    def test_update_follows_a_link(self):
        script = self.script("case a", "call Greeter.SayHello name=you", "expect .message == x", name="real.rpc")
        link = script.parent / "link.rpc"
        link.symlink_to("real.rpc")
        self.passes(link, "--update")
        self.assertTrue(link.is_symlink())
        self.assertIn("'Hello, you!'", script.read_text(encoding="utf-8"))

    def test_update_leaves_alone_what_was_changed_meanwhile(self):
        script = self.script("wait ready 1h", "case a", "call Greeter.SayHello name=you", "expect .message == x")
        with ReferenceServer() as server:
            server.send_signal(signal.SIGUSR1)
            with start("test", script, "--update", target=server.target) as process:
                server.wait_for_call("/grpc.health.v1.Health/Check OK")
                script.write_text("# mine\n", encoding="utf-8")
                server.send_signal(signal.SIGUSR1)
                self.assertEqual(process.wait(), OUTPUT)
                self.assertIn("was changed while it ran", process.err.all.decode())
        self.assertEqual(script.read_text(encoding="utf-8"), "# mine\n")

    def test_update_writes_what_came(self):
        script = self.script("# kept  ", "case a", "  call Greeter.SayHello name=you",
                             "  expect .message == x   # why", "  expect count == 1", "case b",
                             "  call GetFeature latitude=1", "  expect .location == '{}'")
        outcome = self.passes(script, "--update")
        self.assertIn("-  expect .message == x   # why\n+  expect .message == 'Hello, you!'   # why\n", outcome.stdout)
        self.assertEqual(script.read_text(encoding="utf-8").splitlines()[0], "# kept  ")
        self.passes(script)

    def test_update_keeps_who_may_read_the_file_and_the_link_to_it(self):
        script = self.script("case a", "call Greeter.SayHello name=you", "expect .message == x")
        link = self.temporary_folder() / "link.rpc"
        link.symlink_to(script)
        script.chmod(0o700)
        self.passes(link, "--update")
        self.assertTrue(link.is_symlink())
        self.assertEqual(script.stat().st_mode & 0o777, 0o700)
        self.passes(script)

    def test_update_leaves_alone_what_no_value_mends(self):
        lines = ("case a", "call Greeter.SayHello name=you", "expect NOT_FOUND", "expect .message != 'Hello, you!'")
        script = self.script(*lines)
        self.misses(EXPECTATION, script, "--update")
        self.assertEqual(script.read_text(encoding="utf-8").splitlines(), list(lines))

    def test_update_tells_what_was_not_run_behind_what_it_changed(self):
        call = "call Greeter.SayHello name=you"
        script = self.script("case a", call, "expect .message == x", call, "expect .message == y",
                             "case b", "open BidiHello", "send greeting=you", "recv .reply == x", "send greeting=me",
                             "recv .reply == y")
        outcome = self.misses(EXPECTATION, script, "--update")
        for line in (3, 9):
            self.assertIn(f"smoke.rpc: steps behind line {line} were not run: run --update again\n", outcome.stderr)
        self.assertIn("behind line 11 ", self.misses(EXPECTATION, script, "--update").stderr)
        self.passes(script, "--update")
        self.passes(script)

    STEP = "call Greeter.SayHello name=you\nexpect .message == 'Hello, you!'\n"

    def assert_flat(self, few, many):
        """A run of `many` takes as much more memory than one of `few` as its text is longer, and hardly more."""
        patience = 6 * CAP_SECONDS
        _, small = run_measured("test", few, target=self.server.target, seconds=patience)
        outcome, large = run_measured("test", many, target=self.server.target, seconds=patience)
        self.assertEqual(outcome.code, 0, outcome)
        text = (many.stat().st_size - few.stat().st_size) / 2**20
        if SLOWNESS == 1:  # a sanitizer needs memory of its own
            self.assertLess(large - small, text + 1, "MiB")

    def test_many_steps_take_no_more_memory_than_their_text(self):
        self.assert_flat(self.script("case a", 2000 * self.STEP), self.script("case a", 20000 * self.STEP))

    def test_many_cases_take_no_more_memory_than_their_text(self):
        self.assert_flat(self.script(1000 * ("case a\n" + self.STEP)), self.script(10000 * ("case a\n" + self.STEP)))

    def test_many_captures_take_no_more_memory_than_their_text(self):
        step = "call Greeter.SayHello name=you\nlet heard = .message\n"
        self.assert_flat(self.script("case a", "retry 2", 1000 * step), self.script("case a", "retry 2", 10000 * step))


class RecordTest(ScriptTest):
    def test_a_call_is_recorded_as_a_case(self):
        script = self.temporary_folder() / "recorded.rpc"
        for words, code in ((("Greeter.SayHello", "name=you"), 0), (("Greeter.SayHello", "name=abcdefghijk"), 67),
                            (("SayHelloStreamReply", "name=a'b"), 0), (("GetFeature", "latitude=1"), 0),
                            (("BidiHello", "greeting=a", ",", "greeting={{b}}"), 0)):
            self.fails(code, "call", *words, "--record", script, target=self.server.target, talks=True)
        text = script.read_text(encoding="utf-8")
        self.assertEqual(text.splitlines()[:7], [
            f"set target {self.server.target}", "", "case SayHello", "  call helloworld.Greeter.SayHello name=you",
            "  expect OK", "  expect .message == 'Hello, you!'", ""])
        self.assertIn("  call helloworld.Greeter.SayHelloStreamReply 'name=a'\\''b'\n  expect OK\n  expect count == 5\n", text)
        outcome = self.passes(script, target="127.0.0.1:1")
        self.assertRegex(outcome.lines[-1], "^5 passed, 0 failed in ")

    def test_a_recording_that_cannot_be_written(self):
        outcome = self.misses_call(OUTPUT, "--record", "/nowhere/recorded.rpc")
        self.assertEqual(outcome.error(), "--record: /nowhere/recorded.rpc: its folder does not exist")

    def misses_call(self, code, *words):
        return self.fails(code, "call", "Greeter.SayHello", "name=you", *words, target=self.server.target)


class JudgementTest(ScriptTest):
    """What holds, of what did not come and of what came twice."""

    def failing_lines(self, script, code=EXPECTATION, *words, **how):
        """The numbers of the lines that did not hold."""
        outcome = self.misses(code, script, "--json", *words, **how)
        return [failure["line"] for case in cases_of(outcome) for failure in case.get("failures", ())]

    def test_of_a_message_that_did_not_come_nothing_holds_but_that_it_is_absent(self):
        lines = ["case a", "call Greeter.SayHelloStreamReply name=you", "expect msg[9] absent",
                 "expect msg[9].message not exists", "expect msg[9] not absent", "expect msg[9] exists",
                 "expect msg[9].message != x", "expect msg[9].message not == x"]
        self.assertEqual(self.failing_lines(self.script(*lines)), [5, 6, 7, 8])

    def test_of_a_header_or_a_detail_that_did_not_come_nothing_holds_but_that_it_is_absent(self):
        lines = ["case a", "call Greeter.SayHello name=you", "expect header nope absent", "expect header nope not exists",
                 "expect detail BadRequest absent", "expect header nope != x", "expect trailer nope not contains x",
                 "expect detail BadRequest .field_violations[0].field != name",
                 "expect detail BadRequest .field_violations not isempty", "expect first .message exists"]
        self.assertEqual(self.failing_lines(self.script(*lines)), [6, 7, 8, 9])

    def test_of_several_values_not_is_the_opposite(self):
        lines = ["case a", "call Greeter.SayHello name=you -H 'x-request-id: a' -H 'x-request-id: b'",
                 "expect header x-request-id == a", "expect header x-request-id not != a",
                 "expect header x-request-id not absent", "expect header x-request-id != a",
                 "expect header x-request-id not == b", "expect header x-request-id not != c"]
        self.assertEqual(self.failing_lines(self.script(*lines)), [6, 7, 8])

    def test_after_cancel_not_any_status_will_do(self):
        dead = self.script("case a", "open HelloService.BidiHello", "cancel")
        self.assertEqual(self.failing_lines(dead, CONNECT, *PROTOS, target="127.0.0.1:1"), [2])
        refused = self.script("case a", "open Greeter.SayHelloStreamReply name=abcdefghijk", "norecv for 5s", "cancel")
        outcome = self.misses(EXPECTATION, refused)
        self.assertIn("INVALID_ARGUMENT", outcome.stdout)
        self.passes(self.script("case a", "open HelloService.BidiHello", "send greeting=a", "recv", "cancel"))

    def test_what_was_not_captured_has_no_value_of_before(self):
        script = self.script("set x stale", "case a",
                             "call grpc.reflection.v1.ServerReflection/ServerReflectionInfo list_services=",
                             "let x = first .list_services_response.service[99].name",
                             "case b", "call Greeter.SayHello name=abcdefghijk", "expect *", "let x = .message")
        self.assertEqual(self.failing_lines(script), [4, 8])

    def test_a_stream_that_fails_early_tells_how_it_stood(self):
        script = self.script("case open", "open HelloService.BidiHello", "send greeting=a", "recv .reply == no",
                             "case ended", "open Greeter.SayHelloStreamReply name=abcdefghijk", "recv")
        outcome = self.misses(EXPECTATION, script, "--json")
        last = [case["transcript"][-1] for case in cases_of(outcome)]
        self.assertEqual(last[0], "= (still open)")
        self.assertRegex(last[1], "^= INVALID_ARGUMENT: ")


class PythonServerTest(RpcctlTest):
    def test_a_server_of_another_make(self):
        path = self.temporary_folder() / "office.rpc"
        path.write_text("""\
set header x-request-id: abc
case a letter is sent
  call PostOffice.Send recipient=Ann
  expect .number == 9007199254740993
  expect .number > 9007199254740992
  expect .letter.recipient == Ann
  expect header x-request-id == abc
  expect trailer x-handled-by exists
case a letter without a recipient
  call PostOffice.Send {}
  expect FAILED_PRECONDITION
  expect status.message == "a letter needs a recipient"
  expect detail BadRequest .field_violations[0].field == recipient
  expect trailer x-handled-by == clerk
case a letter is followed
  call PostOffice.Track letter.recipient=Ann
  expect count == 3
  expect first .place == Counter
  expect last .place == "Door of Ann"
case letters are answered
  open PostOffice.Correspond
  send recipient=Ann sender=Bob
  recv within 20s .recipient == Bob
  close
  expect OK
""", encoding="utf-8")
        with PythonServer() as server:
            outcome = self.succeeds("test", path, target=server.target)
        self.assertRegex(outcome.lines[-1], "^4 passed, 0 failed in ")


if __name__ == "__main__":
    unittest.main()
