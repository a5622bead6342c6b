"""TAB in bash, under a pseudo-terminal."""

import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import completion_cases
from live_process import CAP_SECONDS
from rpcctl_testing import environment
from shell_session import COMPLETIONS


@completion_cases.with_cases
class BashTest(completion_cases.ShellTests):
    shell = "bash"

    def test_word_breaks_stay_as_they_are(self):
        session = self.other("declare -p COMP_WORDBREAKS > before\n")
        session.complete("rpcctl call Greeter.SayHello name=@requ")
        session.type("declare -p COMP_WORDBREAKS > after\n")
        session.line()
        self.assertEqual((session.work / "before").read_text(), (session.work / "after").read_text())

    def test_other_word_breaks_will_do(self):
        session = self.other('COMP_WORDBREAKS=${COMP_WORDBREAKS//[@:=]/}\n', RPCCTL_TARGET=self.server.target)
        self.learn(session, self.server.target)
        for typed, left in (("rpcctl call Greeter.SayHello na", "rpcctl call Greeter.SayHello name="),
                            ("rpcctl list --color=al", "rpcctl list --color=always "),
                            ("rpcctl list -t localhost:5", "rpcctl list -t localhost:50051 "),
                            ("rpcctl call Greeter.SayHello name=@requ", "rpcctl call Greeter.SayHello name=@request.json "),
                            ("rpcctl call Greeter.SayHello name=@fol", "rpcctl call Greeter.SayHello name=@folder/")):
            self.assertEqual(session.complete(typed), left)

    def test_strict_settings_of_a_user_do_no_harm(self):
        session = self.other("set -u; shopt -s failglob nullglob dotglob extglob nocasematch; IFS=e; set -f\n",
                             RPCCTL_TARGET=self.server.target)
        self.learn(session, self.server.target)
        self.assertEqual(session.complete("rpcctl desc"), "rpcctl describe ")
        self.assertEqual(session.complete("rpcctl call Greeter.SayHelloA"), "rpcctl call Greeter.SayHelloAgain ")
        self.assertEqual(session.complete("rpcctl call Greeter.SayHello name=@requ"),
                         "rpcctl call Greeter.SayHello name=@request.json ")
        self.assertNotIn("unbound", session.shown())

    def test_the_second_tab_shows_a_hint(self):
        self.assertIn("latitude: int32", self.session.lists("rpcctl call GetFeature latitude=1"))

    def test_what_the_shell_would_replace_stays_as_it_is(self):
        session = self.other("touch ~/request.json\n")
        for typed in ("name=@$HOME/requ", "name=@~/requ", 'name=@"$HOME/requ', "name=@${HOME}/requ", "name=@`pwd`/requ",
                      "name=@$HOME/", "name=@~/"):
            self.assertEqual(session.complete(f"rpcctl call Greeter.SayHello {typed}"),
                             f"rpcctl call Greeter.SayHello {typed}")

    def test_a_home_directory_at_the_beginning_of_a_word(self):
        session = self.other("touch ~/request.json\n")
        for typed in ("~/requ", "$HOME/requ"):
            self.assertRegex(session.complete(f"rpcctl list --protoset {typed}"),
                             r"^rpcctl list --protoset (~|\$HOME|/.*/home)/request\.json $")

    def test_a_very_long_word_is_unquoted_in_one_go(self):
        script = 'source "$1"; _rpcctl_unquote "rpcctl x $2"; printf "%s|%s" "$_rpcctl_quote" "${#_rpcctl_before}"'
        words = ["bash", "--norc", "-c", script, "bash", COMPLETIONS / "rpcctl.bash", "'" + 40_000 * "é"]
        said = subprocess.run(words, env=environment(), capture_output=True, check=True, text=True, timeout=CAP_SECONDS)
        self.assertEqual(said.stdout, "'|40000")

    def test_quotes_around_a_part_of_the_word(self):
        self.assertEqual(self.session.complete("rpcctl call 'Greeter'.SayHelloA"),
                         "rpcctl call Greeter.SayHelloAgain ")


if __name__ == "__main__":
    if shutil.which("bash") is None:
        print("bash is not installed")
        sys.exit(77)
    unittest.main()
