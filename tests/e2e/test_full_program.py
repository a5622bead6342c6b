"""rpcctl-full: what rpcctl becomes for TLS, names and scripts; it lies at one place beside it and nowhere else."""

import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_process import CAP_SECONDS
from rpcctl_testing import FULL, RPCCTL, Outcome, RpcctlTest, environment
from server_process import ReferenceServer

INTERNAL = 1
# Where it lies, seen from the folder of rpcctl.
PLACE = os.path.relpath(FULL, pathlib.Path(RPCCTL).parent)
HINT = f"rpcctl-full comes with rpcctl: its place is {PLACE}, seen from the folder of rpcctl"
# Tells what it was started with.
TELLING = '#!/bin/sh\nprintf "%s\\n" "full:" "$@" "$VARIABLE" "$(cat)"\n'
# For each thing that it is for, words that want it.
WANTED = {
    "TLS": ("list", "-t", "localhost:1", "--tls"),
    "a look-up of names": ("list", "-t", "api.invalid:1", "--plaintext"),
    "test scripts": ("test", "/nonexistent.rpc"),
}


class FullProgramTest(RpcctlTest):
    """rpcctl where a test has put it, beside a program of the test's own or none."""

    def setUp(self):
        top = self.temporary_folder().resolve() / "bin"
        top.mkdir()
        self.program = top / "rpcctl"
        shutil.copy2(RPCCTL, self.program)
        self.full = pathlib.Path(os.path.normpath(top / PLACE))
        self.full.parent.mkdir(parents=True)

    def write_full(self, text):
        self.full.write_text(text)
        self.full.chmod(0o755)

    def run_installed(self, *words, cwd="/", stdin=b"", **env):
        done = subprocess.run([self.program, *words], cwd=cwd, env=environment(**env), input=stdin,
                              capture_output=True, timeout=CAP_SECONDS, check=False)
        return Outcome(words, done.returncode, done.stdout, done.stderr)

    def is_refused(self, what, why, **how):
        outcome = self.run_installed(*WANTED[what], **how)
        self.check_rules(outcome)
        self.assertEqual((outcome.code, outcome.out), (INTERNAL, b""), outcome)
        self.assertEqual(outcome.error(), f"{what} cannot be had: {why}")
        self.assertEqual(outcome.hint(), HINT)

    def test_without_it_a_call_works_and_the_rest_says_what_is_missing(self):
        with ReferenceServer() as server:
            call = ("call", "Greeter.SayHello", "name=you")
            outcome = self.run_installed(*call, RPCCTL_TARGET=server.target)
            self.assertEqual((outcome.code, outcome.stdout), (0, '{"message":"Hello, you!"}\n'), outcome)
            recorded = self.run_installed(*call, "--record", "x.rpc", RPCCTL_TARGET=server.target)
            self.assertEqual((recorded.code, recorded.out), (INTERNAL, b""), recorded)
        for what in WANTED:
            self.is_refused(what, f"cannot run '{self.full}': No such file or directory")

    def test_names_of_this_machine_and_addresses_do_without(self):
        self.write_full("#!/bin/sh\nexit 77\n")
        for target in ("localhost:1", "a.localhost:1", "127.0.0.1:1", "[::1]:1", "unix:/nonexistent/socket"):
            outcome = self.run_installed("list", "-t", target)
            self.assertRegex(outcome.error(), "^cannot connect to ", target)
        # An address elsewhere wants TLS, unless it is not to be had.
        self.assertEqual(self.run_installed("list", "-t", "192.0.2.1:1").code, 77)
        self.assertEqual(self.run_installed("list", "-t", "api.invalid:1", "--plaintext").code, 77)

    def test_it_has_the_words_the_environment_and_the_input(self):
        self.write_full(TELLING)
        reading = ("--header-file", "/dev/stdin")
        for words in (("list", "ü b", "-t", "localhost:1", "--tls", *reading),
                      ("list", "", "-t", "api.invalid:1", "--plaintext", *reading),
                      ("call", "a.B/C", "-t", "localhost:1", *reading, "--record", "x.rpc"),
                      ("test", "x.rpc", *reading)):
            outcome = self.run_installed(*words, stdin=b"all of it", VARIABLE="value")
            self.assertEqual(outcome.stdout, "\n".join(["full:", *words, "value", "all of it", ""]), outcome)

    def test_a_proxy_with_a_name_is_looked_up_too(self):
        self.write_full("#!/bin/sh\nexit 77\n")
        words = ("list", "-t", "192.0.2.1:1", "--plaintext", "--proxy")
        self.assertEqual(self.run_installed(*words, "http://proxy.invalid:1").code, 77)
        # The name of a target behind a proxy is the proxy's to look up.
        outcome = self.run_installed("list", "-t", "api.invalid:1", "--plaintext", "--proxy", "http://127.0.0.1:1")
        self.assertRegex(outcome.error(), "^cannot reach the proxy for api.invalid:1: ")

    def test_neither_the_path_nor_the_current_directory_is_searched(self):
        decoy = self.temporary_folder()
        shutil.copy2(FULL, decoy / "rpcctl-full")
        self.is_refused("TLS", f"cannot run '{self.full}': No such file or directory", cwd=decoy, PATH=str(decoy))

    def test_a_file_that_is_no_program(self):
        self.full.write_text("no program" * 100)
        self.is_refused("TLS", f"cannot run '{self.full}': Permission denied")
        self.full.chmod(0o755)
        self.is_refused("TLS", f"cannot run '{self.full}': Exec format error")

    def test_one_without_its_loader(self):
        self.write_full("#!/nonexistent/loader\n")
        self.is_refused("TLS", f"cannot run '{self.full}': the loader that it names, of the C library, is missing")

    def test_one_that_is_rpcctl_itself_is_not_run_round_in_circles(self):
        self.full.symlink_to(self.program)
        self.is_refused("TLS", f"'{self.full}' is rpcctl itself")

    def test_the_version_is_told_without_it_too(self):
        outcome = self.run_installed("--version")
        self.assertEqual(outcome.code, 0, outcome)
        self.assertRegex(outcome.stdout, r"^rpcctl [0-9.]+\nnghttp2 .*\nprotobuf .*\nTLS cannot be had: ")

    def test_with_it_the_version_of_openssl_is_told(self):
        shutil.copy2(FULL, self.full)
        self.assertRegex(self.run_installed("--version").stdout, r"\nOpenSSL 3[.]")


if __name__ == "__main__":
    unittest.main()
