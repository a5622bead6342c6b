"""TAB in zsh, under a pseudo-terminal."""

import pathlib
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import completion_cases
from shell_session import COMPLETIONS


@completion_cases.with_cases
class ZshTest(completion_cases.ShellTests):
    shell = "zsh"

    def test_the_script_may_lie_in_a_folder_of_fpath(self):
        session = self.other(f"unfunction _rpcctl; compdef -d rpcctl\nfpath=({COMPLETIONS} $fpath)\n"
                             "autoload -Uz _rpcctl; compdef _rpcctl rpcctl\n")
        for _ in range(2):  # the first use reads the file
            self.assertEqual(session.complete("rpcctl desc"), "rpcctl describe ")

    def test_an_alias_is_completed_as_what_it_stands_for(self):
        session = self.other("alias rc='rpcctl call'\n", RPCCTL_TARGET=self.server.target)
        self.learn(session, self.server.target)
        self.assertEqual(session.complete("rc Greeter.SayHelloA"), "rc Greeter.SayHelloAgain ")

    def test_variables_in_front_of_the_command_count(self):
        self.assertEqual(self.session.complete("RPCCTL_TARGET=localhost:1 rpcctl call Greeter.SayHelloA"),
                         "RPCCTL_TARGET=localhost:1 rpcctl call Greeter.SayHelloA")
        self.assertEqual(self.session.complete(f"RPCCTL_TARGET={self.server.target} rpcctl call Greeter.SayHelloA"),
                         f"RPCCTL_TARGET={self.server.target} rpcctl call Greeter.SayHelloAgain ")

    def test_variables_of_other_commands_do_not_count(self):
        for before in ("RPCCTL_TARGET=localhost:1 true && ", "RPCCTL_TARGET=localhost:1 rpcctl list | ",
                       "(RPCCTL_TARGET=localhost:1 rpcctl list); ", "rpcctl x RPCCTL_TARGET=localhost:1; ",
                       "RPCCTL_TARGET=localhost:1 echo $("):
            self.assertEqual(self.session.complete(f"{before}rpcctl call Greeter.SayHelloA"),
                             f"{before}rpcctl call Greeter.SayHelloAgain ")

    def test_variables_count_wherever_the_command_stands(self):
        for before in ("rpcctl list && ", "echo $(", "if true; then ", "echo `", "echo rpcctl;"):
            for given in ("RPCCTL_TARGET=localhost:1", "RPCCTL_TARGET='localhost:1'", "env RPCCTL_TARGET=localhost:1"):
                line = f"{before}{given} rpcctl call Greeter.SayHelloA"
                self.assertEqual(self.session.complete(line), line)

    def test_a_word_of_the_command_is_no_variable(self):
        self.assertEqual(self.session.complete("rpcctl call -H rpcctl RPCCTL_TARGET=localhost:1 -o x --plain"),
                         "rpcctl call -H rpcctl RPCCTL_TARGET=localhost:1 -o x --plaintext ")
        self.assertEqual(self.session.complete("rpcctl list -H 'a: b' -H RPCCTL_TARGET=localhost:1 RouteG"),
                         "rpcctl list -H 'a: b' -H RPCCTL_TARGET=localhost:1 RouteGuide ")

    def test_behind_words_of_the_shell(self):
        self.assertEqual(self.session.complete("if true; then rpcctl call Greeter.SayHelloA"),
                         "if true; then rpcctl call Greeter.SayHelloAgain ")

    def test_inside_a_substitution(self):
        self.assertEqual(self.session.complete("echo $(rpcctl call Greeter.SayHelloA"),
                         "echo $(rpcctl call Greeter.SayHelloAgain ")

    def test_a_hint_is_shown(self):
        self.assertIn("latitude: int32", self.session.lists("rpcctl call GetFeature latitude=", tabs=1))


if __name__ == "__main__":
    if shutil.which("zsh") is None:
        print("zsh is not installed")
        sys.exit(77)
    unittest.main()
