"""rpcctl-tls.so: TLS lies in a file beside rpcctl, is found there and nowhere else, and is missed only where it is wanted."""

import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_process import CAP_SECONDS
from rpcctl_testing import CORE, RPCCTL, Outcome, RpcctlTest, environment
from server_process import ReferenceServer

INTERNAL = 1
MODULE = "rpcctl-tls.so"
# Where it lies, seen from the folder of rpcctl.
PLACE = os.path.relpath(pathlib.Path(CORE).parent / MODULE, pathlib.Path(RPCCTL).parent)
HINT = f"rpcctl-tls.so comes with rpcctl: its place is {PLACE}, seen from the folder of rpcctl"
# A module that knows no version.
STRANGER = "const void* rpcctl_tls(const char* version) { return version == 0 ? version : 0; }\n"


class TlsModuleTest(RpcctlTest):
    """rpcctl where a test has put it, beside a module of the test's own or none."""

    def setUp(self):
        top = self.temporary_folder().resolve() / "bin"
        top.mkdir()
        self.program = top / "rpcctl"
        shutil.copy2(RPCCTL, self.program)
        self.module = pathlib.Path(os.path.normpath(top / PLACE))
        self.module.parent.mkdir(parents=True)

    def run_installed(self, *words, cwd="/", **env):
        done = subprocess.run([self.program, *words], cwd=cwd, env=environment(**env), stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=CAP_SECONDS, check=False)
        return Outcome(words, done.returncode, done.stdout, done.stderr)

    def is_refused(self, pattern, **how):
        outcome = self.run_installed("list", "-t", "localhost:1", "--tls", **how)
        self.check_rules(outcome)
        self.assertEqual((outcome.code, outcome.out), (INTERNAL, b""), outcome)
        self.assertRegex(outcome.error(), f"^TLS cannot be had: {pattern}$")
        self.assertEqual(outcome.hint(), HINT)

    def test_without_it_plaintext_works_and_tls_says_what_is_missing(self):
        with ReferenceServer() as server:
            outcome = self.run_installed("call", "Greeter.SayHello", "name=you", RPCCTL_TARGET=server.target)
        self.assertEqual((outcome.code, outcome.stdout), (0, '{"message":"Hello, you!"}\n'), outcome)
        self.is_refused(f"{self.module}: .*No such file or directory")

    def test_neither_the_loaders_path_nor_the_current_directory_is_searched(self):
        decoy = self.temporary_folder()
        shutil.copy2(pathlib.Path(CORE).parent / MODULE, decoy / MODULE)
        self.is_refused(f"{self.module}: .*No such file or directory", cwd=decoy, LD_LIBRARY_PATH=str(decoy))

    def test_a_file_that_is_no_module(self):
        self.module.write_text("no module" * 100)
        self.is_refused(f"{self.module}: invalid ELF header")

    def test_a_module_of_another_version_is_not_used(self):
        source = self.temporary_folder() / "stranger.c"
        source.write_text(STRANGER)
        subprocess.run(["cc", "-shared", "-fPIC", "-o", self.module, source], check=True)
        self.is_refused(f"'{self.module}' is of another version of rpcctl")

    def test_the_version_is_told_without_it_too(self):
        outcome = self.run_installed("--version")
        self.assertEqual(outcome.code, 0, outcome)
        self.assertRegex(outcome.stdout, r"^rpcctl [0-9.]+\nnghttp2 .*\nprotobuf .*\nTLS cannot be had: ")

    def test_with_it_the_version_of_openssl_is_told(self):
        shutil.copy2(pathlib.Path(CORE).parent / MODULE, self.module)
        self.assertRegex(self.run_installed("--version").stdout, r"\nOpenSSL 3[.]")


if __name__ == "__main__":
    unittest.main()
