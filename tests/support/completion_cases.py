"""What TAB makes of a line, in every shell: one table, and the tests made from it."""

import contextlib
import os
import pathlib
import shutil
import signal
import stat
import tempfile

from hostile_reflection import FileAnswers, file_descriptor, serving
from hostile_server import HostileServer
from rpcctl_testing import TEST_PROTO_DIR, RpcctlTest, run
from server_process import ReferenceServer
from shell_session import ShellSession

LEFT = "\x02"  # Ctrl-B: the cursor one character back

# A sentence; what is typed, a TAB behind each piece; and the line that is left. Where the shells differ, what is left
# stands by the shell's name.
CASES = (
    ("a command", ["rpcctl desc"], "rpcctl describe "),
    ("the beginning that several methods share", ["rpcctl call Gree"], "rpcctl call Greeter.SayHello"),
    ("a method behind its service", ["rpcctl call Greeter.SayHelloA"], "rpcctl call Greeter.SayHelloAgain "),
    ("a method by its last part", ["rpcctl call GetF"], "rpcctl call GetFeature "),
    ("a method by its full name", ["rpcctl call helloworld.Greeter.SayHelloS"],
     "rpcctl call helloworld.Greeter.SayHelloStreamReply "),
    ("a method with a slash", ["rpcctl call routeguide.RouteGuide/GetF"],
     "rpcctl call routeguide.RouteGuide/GetFeature "),
    ("a method as a path", ["rpcctl call /routeguide.RouteGuide/GetF"],
     "rpcctl call /routeguide.RouteGuide/GetFeature "),
    ("a field, and no space behind it", ["rpcctl call Greeter.SayHello na"], "rpcctl call Greeter.SayHello name="),
    ("a message that leads on", ["rpcctl call RouteGuide.ListFeatures l"],
     "rpcctl call RouteGuide.ListFeatures lo."),
    ("a field inside a message", ["rpcctl call RouteGuide.ListFeatures lo.lat"],
     "rpcctl call RouteGuide.ListFeatures lo.latitude="),
    ("a field of the next message of a stream", ["rpcctl call RecordRoute latitude=1 , lat"],
     "rpcctl call RecordRoute latitude=1 , latitude="),
    ("no field that is set already", ["rpcctl call GetFeature latitude=1 lat"],
     "rpcctl call GetFeature latitude=1 lat"),
    ("the value of a bool behind '='", ["rpcctl call HelloService.Introduce has_ponycopter=t"],
     "rpcctl call HelloService.Introduce has_ponycopter=true "),
    ("the value of an enum behind '='", ["rpcctl call --proto kinds.proto Kinds.Echo mood=MOOD_A"],
     "rpcctl call --proto kinds.proto Kinds.Echo mood=MOOD_ANGRY "),
    ("the short form of an enum's value", ["rpcctl call --proto kinds.proto Kinds.Echo mood=an"],
     "rpcctl call --proto kinds.proto Kinds.Echo mood=angry "),
    ("types of files that the line names", ["rpcctl call --proto kinds.proto Kinds.EchoO"],
     "rpcctl call --proto kinds.proto Kinds.EchoOld "),
    ("a target that was used before", ["rpcctl list -t localhost:5"], "rpcctl list -t localhost:50051 "),
    ("a target behind '='", ["rpcctl list --target=localhost:5"], "rpcctl list --target=localhost:50051 "),
    ("an option", ["rpcctl call --plain"], "rpcctl call --plaintext "),
    ("the value of an option", ["rpcctl list --color al"], "rpcctl list --color always "),
    ("the value of an option behind '='", ["rpcctl list --color=al"], "rpcctl list --color=always "),
    ("a service", ["rpcctl list RouteG"], "rpcctl list RouteGuide "),
    ("a shell's name", ["rpcctl completion z"], "rpcctl completion zsh "),
    ("one word after the other", ["rpcctl ca", "Greeter.SayHelloA", "na"], "rpcctl call Greeter.SayHelloAgain name="),
    ("behind words in quotes", ["""rpcctl 'call' "Greeter.SayHello" na"""],
     """rpcctl 'call' "Greeter.SayHello" name="""),
    ("behind a word with an escape", ["rpcctl call Greeter\\.SayHello na"], "rpcctl call Greeter\\.SayHello name="),
    ("inside single quotes", ["rpcctl call 'Greeter.SayHelloA"], "rpcctl call 'Greeter.SayHelloAgain' "),
    ("inside double quotes", ['rpcctl call "Greeter.SayHelloA'], 'rpcctl call "Greeter.SayHelloAgain" '),
    ("behind a quoted beginning of the word", ["rpcctl call --proto kinds.proto Kinds.Echo 'mood'=MOOD_A"],
     {"bash": "rpcctl call --proto kinds.proto Kinds.Echo 'mood'=MOOD_ANGRY ",
      "zsh": "rpcctl call --proto kinds.proto Kinds.Echo mood=MOOD_ANGRY ",
      "fish": "rpcctl call --proto kinds.proto Kinds.Echo 'mood'=MOOD_ANGRY "}),
    ("with the cursor inside the line", ["rpcctl call Greeter.SayHelloA name=x" + 7 * LEFT],
     {"bash": "rpcctl call Greeter.SayHelloAgain name=x", "zsh": "rpcctl call Greeter.SayHelloAgain  name=x",
      "fish": "rpcctl call Greeter.SayHelloAgain name=x"}),
    ("with the cursor inside the word", ["rpcctl describe" + 4 * LEFT],
     {"bash": "rpcctl describeribe", "zsh": "rpcctl describe ", "fish": "rpcctl describe "}),
    ("behind another command", ["true; rpcctl call Greeter.SayHelloA"], "true; rpcctl call Greeter.SayHelloAgain "),
    ("behind a command of its own", ["rpcctl list && rpcctl call GetF"], "rpcctl list && rpcctl call GetFeature "),
    ("behind a pipe", ["true | rpcctl call Greeter.SayHelloA"], "true | rpcctl call Greeter.SayHelloAgain "),
    ("behind the same command with a variable of its own", ["RPCCTL_TARGET=localhost:1 rpcctl list; rpcctl call GetF"],
     "RPCCTL_TARGET=localhost:1 rpcctl list; rpcctl call GetFeature "),
    # bash tells no script of variables before the command.
    ("with a variable of its own, behind the same command",
     ["rpcctl list; RPCCTL_TARGET=localhost:1 rpcctl call GetF"],
     {"bash": "rpcctl list; RPCCTL_TARGET=localhost:1 rpcctl call GetFeature ",
      "zsh": "rpcctl list; RPCCTL_TARGET=localhost:1 rpcctl call GetF",
      "fish": "rpcctl list; RPCCTL_TARGET=localhost:1 rpcctl call GetF"}),
    ("with a variable that only the shell knows", ["RPCCTL_TARGET=$PROD rpcctl call GetF"],
     {"bash": "RPCCTL_TARGET=$PROD rpcctl call GetFeature ", "zsh": "RPCCTL_TARGET=$PROD rpcctl call GetF",
      "fish": "RPCCTL_TARGET=$PROD rpcctl call GetF"}),
    # bash takes what stands behind "&" for another command.
    ("behind a closed descriptor", ["rpcctl call 2>&- GetF"],
     {"zsh": "rpcctl call 2>&- GetFeature ", "fish": "rpcctl call 2>&- GetFeature "}),
    ("a program by its path", ["./bin/rpcctl call Greeter.SayHelloA"], "./bin/rpcctl call Greeter.SayHelloAgain "),
    # The program in this folder runs code, and is not the one on the PATH.
    ("for somebody else's program, and does not run it", ["./folder/rpcctl call Greeter.SayHelloA"],
     "./folder/rpcctl call Greeter.SayHelloAgain "),
    ("for a path that is no program", ["./no/rpcctl call Greeter.SayHelloA"],
     "./no/rpcctl call Greeter.SayHelloAgain "),
    ("behind words that are not ASCII", ["rpcctl call Greeter.SayHello -H 'x: é€' na"],
     "rpcctl call Greeter.SayHello -H 'x: é€' name="),
    ("a file behind '@'", ["rpcctl call Greeter.SayHello -d @requ"],
     "rpcctl call Greeter.SayHello -d @request.json "),
    ("a file behind '=@'", ["rpcctl call Greeter.SayHello name=@requ"],
     "rpcctl call Greeter.SayHello name=@request.json "),
    ("a file behind ':=@'", ["rpcctl call RouteChat location:=@requ"], "rpcctl call RouteChat location:=@request.json "),
    ("a file of an option", ["rpcctl list --protoset requ"], "rpcctl list --protoset request.json "),
    ("a file of an option behind '='", ["rpcctl list --protoset=requ"], "rpcctl list --protoset=request.json "),
    ("a folder, and no space behind it", ["rpcctl call Greeter.SayHello name=@fol"],
     "rpcctl call Greeter.SayHello name=@folder/"),
    ("a file in a folder", ["rpcctl call Greeter.SayHello name=@folder/in"],
     "rpcctl call Greeter.SayHello name=@folder/inner.txt "),
    ("a file whose name is code, and does not run it", ["rpcctl call Greeter.SayHello name=@we"],
     {"bash": r"rpcctl call Greeter.SayHello name=@we\$\(touch\ x\)\`touch\ x\`\'.bin ",
      "zsh": r"rpcctl call Greeter.SayHello name=@we\$\(touch\ x\)\`touch\ x\`\'.bin ",
      "fish": r"rpcctl call Greeter.SayHello name=@we\$\(touch\ x\)`touch\ x`\'.bin "}),
    ("a file whose name is code, inside double quotes", ['rpcctl call Greeter.SayHello "name=@we'],
     {"bash": r'''rpcctl call Greeter.SayHello "name=@we\$(touch x)\`touch x\`'.bin" ''',
      "zsh": r'''rpcctl call Greeter.SayHello "name=@we\$(touch x)\`touch x\`'.bin" ''',
      "fish": r'''rpcctl call Greeter.SayHello "name=@we\$(touch x)`touch x`'.bin" '''}),
    ("behind code on the line, and does not run it", ["rpcctl call $(touch x) Greeter.SayHello"],
     "rpcctl call $(touch x) Greeter.SayHello"),
    # zsh's TAB is expand-or-complete, which runs what is in the word before any completion is asked.
    ("code in the word, and does not run it", ["rpcctl call Greeter.SayHello name=$(touch x)"],
     {"bash": "rpcctl call Greeter.SayHello name=$(touch x)", "fish": "rpcctl call Greeter.SayHello name=$(touch x)"}),
    ("nothing of a server that is not there", ["rpcctl call -t localhost:1 Gree"],
     "rpcctl call -t localhost:1 Gree"),
    ("nothing of a server that was never used", ["rpcctl call -t server.test Gree"],
     "rpcctl call -t server.test Gree"),
    ("nothing behind a command that is none", ["rpcctl nonsense Gree"], "rpcctl nonsense Gree"),
)

HOSTILE_COMMENT = "$(touch x) `touch x` \x1b[7m %F{red} \\n 'a' \"b\""
SHOWN_COMMENT = "$(touch x) `touch x` \\x1b[7m %F{red} \\n 'a' \"b\""
WEIRD_FILE = "we$(touch x)`touch x`'.bin"


def hostile_answers():
    """Reflection of a server whose names are code for a shell, but for a service of which the comments are."""
    evil = file_descriptor("evil.proto", package="evil", messages=["M", "$(touch x)"], services=["Evil"])
    for name in ("Go`touch x`", "Go$(touch x)", "Go;touch x", "Go\ntouch x", "Go'\"\\", "Go\x1b[31m"):
        evil.service[0].method.add(name=name, input_type=".evil.M", output_type=".evil.M")
    fine = file_descriptor("fine.proto", package="fine", messages=["M"], services=["Fine"])
    for number, name in enumerate(("GoOn", "GoOut")):
        fine.service[0].method.add(name=name, input_type=".fine.M", output_type=".fine.M")
        comment = fine.source_code_info.location.add(path=[6, 0, 2, number], span=[1, 0, 1])
        comment.leading_comments = HOSTILE_COMMENT
    return FileAnswers(evil, fine, services=["evil.Evil", "evil.$(touch x)", "evil.`touch x`", "fine.Fine"])


class ShellTests(RpcctlTest):
    """What holds for each shell; a subclass names it."""

    shell = None

    @classmethod
    def setUpClass(cls):
        if cls.shell is None:
            return
        with contextlib.ExitStack() as started:
            cls.folder = pathlib.Path(started.enter_context(tempfile.TemporaryDirectory(prefix="rpcctl-test-")))
            cls.server = started.enter_context(ReferenceServer())
            cls.session = started.enter_context(cls.begin(cls.folder / "session", RPCCTL_TARGET=cls.server.target))
            cls.learn(cls.session, cls.server.target)
            cls.addClassCleanup(started.pop_all().close)

    @classmethod
    def begin(cls, folder, settings="", **env):
        """A shell in a folder with a few files."""
        session = ShellSession(cls.shell, folder, settings, **env)
        for proto in ("kinds.proto", "kinds_proto2.proto"):
            shutil.copy(TEST_PROTO_DIR / proto, session.work)
        (session.work / "request.json").write_text("{}")
        (session.work / "folder").mkdir()
        (session.work / "folder" / "inner.txt").write_text("")
        ShellTests.write_program(session.work / "folder" / "rpcctl", "touch x")
        (session.work / WEIRD_FILE).write_text("")
        return session

    @staticmethod
    def learn(session, target):
        """Fills the cache: in the 300 ms that TAB has, a machine that is busy may not get far."""
        run("__refresh", "--target", target, env={"XDG_CACHE_HOME": str(session.cache)})
        assert list(session.cache.glob("rpcctl/*.schema")), "the cache is empty"

    def other(self, settings="", **env):
        """A shell of this test's own."""
        session = self.enterContext(self.begin(self.temporary_folder() / "session", settings, **env))
        self.addCleanup(self.check_nothing_ran, session)
        return session

    def enterContext(self, context):
        entered = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return entered

    def check_nothing_ran(self, session):
        self.assertFalse((session.work / "x").exists(), "what was typed or served was run")

    def tearDown(self):
        if self.shell is not None:
            self.check_nothing_ran(self.session)

    # ---- beyond the table ----

    def test_a_list_has_descriptions(self):
        shown = self.session.lists("rpcctl call Greeter.SayHello")
        self.assertIn("(HelloRequest) returns (stream HelloReply)", shown)

    def test_a_hostile_server_s_names_and_comments_are_not_run(self):
        with HostileServer(serving(hostile_answers())) as hostile:
            session = self.other(RPCCTL_TARGET=hostile.target)
            self.learn(session, hostile.target)
            self.assertEqual(session.complete("rpcctl call evil.Evil.Go"), "rpcctl call evil.Evil.Go")
            self.assertEqual(session.complete("rpcctl call fine.Fine.GoO"), "rpcctl call fine.Fine.GoO")
            self.assertIn(SHOWN_COMMENT, session.lists("rpcctl call fine.Fine.GoO"))
            self.assertEqual(session.complete("rpcctl list ev"), "rpcctl list evil.Evil ")
            self.check_nothing_ran(session)

    def test_a_dead_server_says_nothing_on_the_terminal(self):
        session = self.other(RPCCTL_TARGET="localhost:1")
        begin = len(session.shown())
        self.assertEqual(session.complete("rpcctl call Gree"), "rpcctl call Gree")
        self.assertNotIn("rpcctl: ", session.shown()[begin:])

    def test_a_program_that_dies_says_nothing_on_the_terminal(self):
        for number in (signal.SIGKILL, signal.SIGSEGV):
            session = self.other()
            self.plant(session, f"kill -{int(number)} $$")
            begin = len(session.shown())
            self.assertEqual(session.complete("./own/rpcctl call Gree"), "./own/rpcctl call Gree")
            self.assertNotRegex(session.shown()[begin:], "(?i)kill|fault|signal|core")

    def test_what_a_program_says_besides_an_answer_is_no_candidate(self):
        session = self.other()
        self.plant(session, "echo Greeter.SayHello; echo trouble >&2")
        self.assertEqual(session.complete("./own/rpcctl call Gree"), "./own/rpcctl call Gree")
        self.assertNotIn("trouble", session.shown())

    def test_the_line_up_to_the_cursor_is_one_word(self):
        session = self.other()
        self.plant(session, f'printf "%s|" "$@" > "{session.work}/words"; echo :')
        session.complete("true; ./own/rpcctl call 'a  b'  more" + 5 * LEFT)
        words = (session.work / "words").read_text()
        self.assertTrue(words.startswith(f"__complete|{self.shell}|"), words)
        self.assertTrue(words.endswith("./own/rpcctl call 'a  b' |"), words)
        self.assertEqual(words.count("|"), 3, words)

    def test_without_a_program_on_the_path_nothing_is_run_and_nothing_said(self):
        session = self.other()
        (session.work / "bin" / "rpcctl").unlink()
        begin = len(session.shown())
        self.assertEqual(session.complete("./folder/rpcctl call Gree"), "./folder/rpcctl call Gree")
        self.assertNotIn("not found", session.shown()[begin:])

    @staticmethod
    def plant(session, script):
        """A program of these lines, in the place of the one on the PATH and, by a link, as ./own/rpcctl."""
        place = session.work / "bin" / "rpcctl"
        place.unlink()
        ShellTests.write_program(place, script)
        (session.work / "own").mkdir()
        (session.work / "own" / "rpcctl").symlink_to(place)

    @staticmethod
    def write_program(place, script):
        place.write_text(f"#!/bin/sh\n{script}\n")
        place.chmod(place.stat().st_mode | stat.S_IXUSR)


def _test(typed, expected):
    def test(self):
        left = expected[self.shell] if isinstance(expected, dict) else expected
        self.assertEqual(self.session.complete(*typed), left)

    return test


def with_cases(cls):
    """Gives a subclass of ShellTests a test for each row of the table."""
    for name, typed, expected in CASES:
        if isinstance(expected, dict) and cls.shell not in expected:
            continue
        setattr(cls, "test_completes_" + "".join(c if c.isalnum() else "_" for c in name), _test(typed, expected))
    return cls
