"""What 'rpcctl test' reports of a run that fails on purpose: whole, in each of its forms. See support/golden.py for how
the expected reports are written anew."""

import json
import pathlib
import shlex
import signal
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import junit_schema
from golden import check_golden, take_update_option
from live_process import wait_until
from rpcctl_testing import CONNECT, INPUT, OUTPUT, ROOT, USAGE, RpcctlTest, run, start
from server_process import ReferenceServer
from tap_grammar import Report

EXPECTATION = 8
UPDATE = take_update_option()
# Run from their folder, so that reports name it by the same path everywhere.
DATA = ROOT / "tests" / "data"
IN_DATA = ("sh", "-c", f'cd "{DATA}" && exec "$0" "$@"')
NOTHING_LISTENS = "127.0.0.1:1"
HOLDS = "case holds\n  call Greeter.SayHello name=you\n"
FAILS = "case fails\n  call Greeter.SayHello name=you\n  expect .message == no\n"
MISTAKEN = "case typo\n  call Greeter.SayHello nmae=you\n  expect .mesage == no\n"
# Goes on until it is interrupted.
ENDLESS = "case waits\n  retry 1000000 every 20ms\n  call Greeter.SayHello name=you\n  expect .message == no\n"


class ReportTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def setUp(self):
        self.folder = self.temporary_folder()

    def script(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def outcome_of(self, code, *words, target=None):
        """The outcome of 'rpcctl test', whose exit code is `code`."""
        target = target or self.server.target
        if code == 0:
            return self.succeeds("test", *words, target=target)
        return self.fails(code, "test", *words, target=target, talks=code == USAGE)


class GoldenTest(ReportTest):
    """The script of deliberate failures, reported in each form."""

    def report(self, *options):
        with start("test", "failures.rpc", "-j", "1", *options, target=self.server.target, wrapped_in=IN_DATA) as process:
            process.close_stdin()
            self.assertEqual(process.wait(), EXPECTATION)
            self.assertEqual(process.err.all, b"rpcctl: error: 9 of 11 cases failed\n")
            self.check_text_is_safe(process.out.all)
            return process.out.all.decode()

    def test_for_people(self):
        check_golden(self, "failures.txt", self.report(), UPDATE)

    def test_in_colour(self):
        outcome = run("test", DATA / "failures.rpc", "--color", "always", target=self.server.target)
        self.assertEqual(outcome.code, EXPECTATION, outcome)
        report = outcome.stdout
        self.assertIn("\x1b[31mFAIL\x1b[0m another greeting (", report)
        self.assertIn("      expected  \x1b[32m== \"Hello, them!\"\x1b[0m\n"
                      "      actual    \x1b[31m\"Hello, you!\"\x1b[0m\n", report)

    def test_tap(self):
        text = self.report("--tap")
        check_golden(self, "failures.tap", text, UPDATE)
        report = Report(text)
        self.assertEqual([point.ok for point in report.points], [True] + 9 * [False] + [True])
        self.assertIn(("expectation", 'expect .message == "</failure>"'), report.points[6].yaml)

    def test_json(self):
        text = self.report("--json")
        check_golden(self, "failures.jsonl", text, UPDATE)
        *cases, last = [json.loads(line) for line in text.splitlines()]
        self.assertEqual(len(cases), 11)
        self.assertEqual([len(case["failures"]) for case in cases], [0, 1, 6, 1, 2, 4, 1, 1, 1, 1, 0])
        self.assertEqual(last["summary"]["failed"], 9)

    def test_junit(self):
        text = self.report("--junit", "-")
        check_golden(self, "failures.xml", text, UPDATE)
        self.assertEqual(junit_schema.faults(text), [])

    def test_a_secret_is_in_none(self):
        for options in ((), ("--tap",), ("--json",), ("--junit", "-")):
            with self.subTest(options=options):
                self.assertNotIn("sesame", self.report(*options))

    def test_the_command_that_is_told_repeats_the_call(self):
        failed = [json.loads(line) for line in self.report("--json").splitlines()][1]
        words = shlex.split(failed["command"])
        self.assertEqual(words[0], "rpcctl")
        self.prints('{"message":"Hello, you!"}\n', *words[1:])


class FileTest(ReportTest):
    """--junit with a file."""

    def test_it_goes_with_any_other_report(self):
        script = self.script("a.rpc", HOLDS + FAILS)
        for options, start_of_report in (((), "ok   holds"), (("--tap",), "TAP version 14\n"), (("--json",), '{"file":')):
            with self.subTest(options=options):
                file = self.folder / "report.xml"
                outcome = self.outcome_of(EXPECTATION, script, "--junit", file, *options)
                self.assertTrue(outcome.stdout.startswith(start_of_report), outcome)
                self.assertEqual(junit_schema.faults(file.read_text()), [])

    def test_it_is_replaced_as_a_whole_and_nothing_is_left_beside_it(self):
        file = self.folder / "report.xml"
        file.write_text("x" * 100000)
        self.outcome_of(0, self.script("a.rpc", HOLDS), "--junit", file)
        self.assertTrue(file.read_text().endswith("</testsuites>\n"))
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["a.rpc", "report.xml"])

    def test_what_can_be_no_file_is_told_before_any_call(self):
        for place in ("/dev/null", "/dev/stdout", self.folder):
            outcome = self.outcome_of(OUTPUT, self.script("a.rpc", HOLDS), "--junit", place)
            self.assertEqual((outcome.stdout, outcome.error()), ("", f"--junit: '{place}' is not a regular file"))
            self.assertEqual(outcome.hint(), "--junit - writes the report to standard output")

    def test_mistakes_leave_no_report_of_an_earlier_run(self):
        good, bad = self.script("a.rpc", HOLDS), self.script("b.rpc", HOLDS + MISTAKEN)
        file = self.folder / "report.xml"
        self.outcome_of(0, good, "--junit", file)
        outcome = self.outcome_of(USAGE, good, bad, "--junit", file)
        self.assertEqual(outcome.stdout, "")
        self.assertIn("2 mistakes in 1 file; nothing was called", outcome.error())
        text = file.read_text()
        self.assertEqual(junit_schema.faults(text), [])
        first, second = junit_schema.ElementTree.fromstring(text).findall("testsuite")
        self.assertEqual(first.find("testcase/skipped").get("message"), "another script has mistakes")
        self.assertEqual((second.get("tests"), second.get("errors")), ("1", "1"))
        error = second.find("testcase/error")
        self.assertEqual(error.get("type"), "USAGE")
        self.assertEqual(error.text.split("\n"), [
            "2 mistakes; nothing was called",
            f"{bad}:4:25: nmae: no such field in HelloRequest; did you mean 'name'?",
            f"{bad}:5:10: .mesage: no such field in helloworld.HelloReply; did you mean 'message'?"])

    def test_what_cannot_be_read_or_is_not_selected_leaves_none_either(self):
        good, file = self.script("a.rpc", HOLDS), self.folder / "report.xml"
        for code, words, told in ((INPUT, (self.folder / "none.rpc",), "INPUT"), (USAGE, ("--case", "none"), "USAGE")):
            with self.subTest(words=words):
                self.outcome_of(0, good, "--junit", file)
                self.outcome_of(code, good, *words, "--junit", file)
                self.assertEqual(junit_schema.faults(file.read_text()), [])
                self.assertIn(f'<error type="{told}" message="', file.read_text())

    def test_files_are_suites_in_their_order_however_they_ran(self):
        scripts = [self.script(f"{name}.rpc", HOLDS) for name in "cab"]
        outcome = self.outcome_of(0, *scripts, "-j", "3", "--junit", "-")
        suites = junit_schema.ElementTree.fromstring(outcome.stdout).findall("testsuite")
        self.assertEqual([pathlib.Path(suite.get("name")).name for suite in suites], ["c.rpc", "a.rpc", "b.rpc"])

    def test_a_file_that_cannot_be_written_is_told_before_anything_is_called(self):
        with ReferenceServer() as server:
            self.refuses(OUTPUT, f"--junit: '{self.folder}/none/r.xml' can be no file", "its folder has to exist",
                         "test", self.script("a.rpc", HOLDS), "--junit", self.folder / "none/r.xml",
                         target=server.target)
            self.assertEqual(server.stop(), [])

    def test_a_script_is_never_written_over(self):
        script = self.script("a.rpc", HOLDS)
        outcome = self.outcome_of(USAGE, script, "--junit", script)
        self.assertIn("is the name of a script", outcome.error())
        self.assertEqual(script.read_text(), HOLDS)

    def test_no_two_reports_share_standard_output(self):
        script = self.script("a.rpc", HOLDS)
        for words in (("--tap", "--json"), ("--junit", "-", "--tap"), ("--junit", "-", "--json")):
            with self.subTest(words=words):
                self.assertIn("exclude each other", self.outcome_of(USAGE, script, *words).error())


class UnusualRunTest(ReportTest):
    def test_a_server_that_is_not_there_is_an_error_of_the_file_in_every_report(self):
        script = self.script("a.rpc", HOLDS)
        xml = self.outcome_of(CONNECT, script, "--junit", "-", target=NOTHING_LISTENS).stdout
        self.assertEqual(junit_schema.faults(xml), [])
        self.assertIn('<error type="CONNECT" message="', xml)
        report = Report(self.outcome_of(CONNECT, script, "--tap", target=NOTHING_LISTENS).stdout)
        self.assertEqual([point.ok for point in report.points], [False])
        self.assertIn(("error", "CONNECT"), report.points[0].yaml)
        first, last = self.outcome_of(CONNECT, script, "--json", target=NOTHING_LISTENS).documents()
        self.assertEqual((first["result"], first["error"]["code"]), ("error", "CONNECT"))
        self.assertEqual(last["summary"]["broken_files"], 1)

    def test_mistakes_are_errors_of_the_file_in_every_report(self):
        script = self.script("a.rpc", HOLDS + MISTAKEN)
        other = self.script("b.rpc", HOLDS)
        self.assertIn('<error type="USAGE" message="', self.outcome_of(USAGE, script, "--junit", "-").stdout)
        report = Report(self.outcome_of(USAGE, script, other, "--tap").stdout)
        self.assertEqual([(point.ok, point.skip) for point in report.points],
                         [(False, None), (True, "another script has mistakes")])
        self.assertIn(("error", "USAGE"), report.points[0].yaml)
        first, second, last = self.outcome_of(USAGE, script, other, "--json").documents()
        self.assertEqual((first["result"], first["error"]["code"], len(first["mistakes"])), ("error", "USAGE", 2))
        self.assertEqual((second["result"], second["reason"]), ("skipped", "another script has mistakes"))
        self.assertEqual((last["summary"]["broken_files"], last["summary"]["skipped"]), (1, 1))

    def test_what_was_not_run_is_skipped_in_every_report(self):
        script = self.script("a.rpc", FAILS + HOLDS)
        xml = self.outcome_of(EXPECTATION, script, "--fail-fast", "--junit", "-").stdout
        self.assertEqual(junit_schema.faults(xml), [])
        self.assertIn('<skipped message="a case before failed"/>', xml)
        report = Report(self.outcome_of(EXPECTATION, script, "--fail-fast", "--tap").stdout)
        self.assertEqual(report.points[1].skip, "a case before failed")
        results = [line.get("result") for line in self.outcome_of(EXPECTATION, script, "--fail-fast", "--json").documents()]
        self.assertEqual(results, ["failed", "skipped", None])

    def interrupted(self, *options):
        """What is reported when a signal comes while the second case is tried again and again."""
        script = self.script("a.rpc", HOLDS + ENDLESS)
        with ReferenceServer() as server, start("test", script, *options, target=server.target) as process:
            wait_until(lambda: len(server.calls()) > 3, "calls")
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(), -signal.SIGINT)
            return process.out.all.decode()

    def test_an_interrupted_run_reports_what_was_done(self):
        report = Report(self.interrupted("--tap"))
        self.assertEqual(report.bailed, "interrupted")
        self.assertEqual([(point.ok, point.skip) for point in report.points], [(True, None), (True, "interrupted")])
        self.assertEqual(json.loads(self.interrupted("--json").splitlines()[-1])["summary"]["interrupted"], True)
        file = self.folder / "report.xml"
        self.assertIn("1 skipped, interrupted in ", self.interrupted("--junit", file))
        self.assertEqual(junit_schema.faults(file.read_text()), [])

    def test_a_hostile_name_is_no_markup_and_no_directive(self):
        name = "x ]]> <y a='1'> &amp; \\ \" \U0001f600"
        script = self.script("a.rpc", HOLDS.replace("holds", name))
        xml = self.outcome_of(0, script, "--junit", "-").stdout
        self.assertEqual(junit_schema.faults(xml), [])
        case = junit_schema.ElementTree.fromstring(xml).find("testsuite/testcase")
        self.assertEqual(case.get("name"), name)
        report = Report(self.outcome_of(0, script, "--tap").stdout)
        self.assertTrue(report.points[0].description.endswith(": " + name))
        self.assertEqual(self.outcome_of(0, script, "--json").documents()[0]["case"], name)

    def test_what_a_server_sends_is_data_in_every_report(self):
        sent = r"\u001b[1m\u202e]]>"
        script = self.script("a.rpc", "case echo\n  call Greeter.SayHello "
                             f"""-d '{{"name":"{sent}"}}'\n  expect .message == no\n  expect .message isempty\n""")
        shown = r"\u001b[1m\u202e]]>"
        self.assertIn(shown, self.outcome_of(EXPECTATION, script).stdout)
        xml = self.outcome_of(EXPECTATION, script, "--junit", "-").stdout
        self.assertEqual(junit_schema.faults(xml), [])
        failure = junit_schema.ElementTree.fromstring(xml).find("testsuite/testcase/failure")
        self.assertIn(shown, failure.text)
        point, = Report(self.outcome_of(EXPECTATION, script, "--tap").stdout).points
        self.assertEqual([name for name, _ in point.yaml].count("actual"), 2)
        case = self.outcome_of(EXPECTATION, script, "--json").documents()[0]
        self.assertIn(shown, case["failures"][0]["actual"])

    def test_progress_on_a_terminal_leaves_nothing(self):
        script = self.script("a.rpc", HOLDS)
        outcome = run("test", script, target=self.server.target, stdout="pipe", stderr="terminal")
        self.assertEqual(outcome.code, 0, outcome)
        self.assertEqual(outcome.err, b"\r[1/1] holds\x1b[K\r\x1b[K")


class CheckOfTheChecksTest(unittest.TestCase):
    """The two readers above refuse what is wrong."""

    def test_a_document_that_is_not_valid(self):
        for document in ("<suite/>", '<testsuites><testsuite name="a" tests="1" failures="0" errors="0"/></testsuites>',
                         '<testsuites colour="red"/>', "<testsuites><testcase name='a'/></testsuites>",
                         '<testsuites time="1s"/>', "<testsuites>text</testsuites>"):
            with self.subTest(document=document):
                self.assertNotEqual(junit_schema.faults(document), [])

    def test_a_report_that_is_not_tap(self):
        head = "TAP version 14\n1..1\n"
        for text in ("1..1\nok 1 - a\n", head, head + "ok 2 - a\n", head + "ok 1 - a # b\n", head + "ok 1 - a",
                     head + "ok 1 - a\n  ---\n  a: 1\n  ...\n", head + "not ok 1 - a\n  ---\n  a: 1\n",
                     head + 'not ok 1 - a\n  ---\n  a: "\\x"\n  ...\n', head + "Bail out! x\nok 1 - a\n"):
            with self.subTest(text=text), self.assertRaises(AssertionError):
                Report(text)


if __name__ == "__main__":
    unittest.main()
