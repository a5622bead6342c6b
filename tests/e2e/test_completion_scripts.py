"""The completion scripts as files: printed, installed, and what none of them may hold."""

import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import ROOT, RPCCTL, USAGE, RpcctlTest, environment

SCRIPTS = {"bash": ROOT / "completions" / "rpcctl.bash", "zsh": ROOT / "completions" / "_rpcctl",
           "fish": ROOT / "completions" / "rpcctl.fish"}


class ScriptTest(RpcctlTest):
    def test_each_shell_s_script_is_printed_and_read_by_it(self):
        for shell, script in SCRIPTS.items():
            with self.subTest(shell=shell):
                self.prints(script.read_text(), "completion", shell, target="localhost:1")
                if shutil.which(shell):
                    subprocess.run([shell, "-n", script], check=True)

    def test_nothing_is_connected(self):
        self.refuses(USAGE, "unknown option '--target'", "'rpcctl completion --help' lists the options",
                     "completion", "bash", "--target", "localhost:1")

    def test_another_shell_is_refused(self):
        self.refuses(USAGE, "completion: 'tcsh' is none of its values",
                     "the values are bash, zsh and fish", "completion", "tcsh")

    def test_help_tells_where_the_scripts_go(self):
        text = self.succeeds("completion", "--help").stdout
        for line in ("source <(rpcctl completion bash)", "source <(rpcctl completion zsh)",
                     "rpcctl completion fish > ~/.config/fish/completions/rpcctl.fish"):
            self.assertIn(line, text)

    def test_nothing_is_evaluated_and_no_word_breaks_are_changed(self):
        for script in SCRIPTS.values():
            code = re.sub(r"(?m)^\s*#.*$", "", script.read_text())
            self.assertNotRegex(code, r"\beval\b|COMP_WORDBREAKS=|\$\{\(e\)")

    def test_the_hidden_commands_are_in_no_help(self):
        self.assertNotIn("__", self.succeeds("--help").stdout)

    def test_installed_where_the_shells_look(self):
        share = self.temporary_folder() / "share"
        built = pathlib.Path(RPCCTL).parents[2 if pathlib.Path(RPCCTL).name == "rpcctl-core" else 0]
        subprocess.run(["cmake", "--install", built, "--prefix", share.parent], check=True, stdout=subprocess.DEVNULL)
        places = {"bash": share / "bash-completion" / "completions" / "rpcctl",
                  "zsh": share / "zsh" / "site-functions" / "_rpcctl",
                  "fish": share / "fish" / "vendor_completions.d" / "rpcctl.fish"}
        for shell, place in places.items():
            self.assertEqual(place.read_text(), SCRIPTS[shell].read_text())
        self.assertEqual(self.said("bash", f"source {places['bash']}; complete -p rpcctl"),
                         "complete -F _rpcctl rpcctl")
        self.assertEqual(self.said("zsh", f"fpath=({places['zsh'].parent} $fpath); autoload -Uz compinit; compinit -u -D; "
                                          "print $_comps[rpcctl]"), "_rpcctl")

    def said(self, shell, command):
        """What the shell says, without anybody's settings."""
        if not shutil.which(shell):
            self.skipTest(f"{shell} is not installed")
        plain = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"]}[shell]
        return subprocess.run([shell, *plain, "-c", command], env=environment(), check=True, capture_output=True,
                              text=True).stdout.strip()


if __name__ == "__main__":
    unittest.main()
