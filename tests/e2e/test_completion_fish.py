"""TAB in fish, under a pseudo-terminal."""

import pathlib
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import completion_cases


@completion_cases.with_cases
class FishTest(completion_cases.ShellTests):
    shell = "fish"

    def test_variables_in_front_of_the_command_count(self):
        self.assertEqual(self.session.complete("RPCCTL_TARGET=localhost:1 rpcctl call Greeter.SayHelloA"),
                         "RPCCTL_TARGET=localhost:1 rpcctl call Greeter.SayHelloA")

    def test_behind_words_of_the_shell(self):
        self.assertEqual(self.session.complete("if true; rpcctl call Greeter.SayHelloA"),
                         "if true; rpcctl call Greeter.SayHelloAgain ")

    def test_inside_a_substitution(self):
        self.assertEqual(self.session.complete("echo (rpcctl call Greeter.SayHelloA"),
                         "echo (rpcctl call Greeter.SayHelloAgain ")


if __name__ == "__main__":
    if shutil.which("fish") is None:
        print("fish is not installed")
        sys.exit(77)
    unittest.main()
