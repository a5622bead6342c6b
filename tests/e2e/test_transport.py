"""--transport: rpcctl becomes rpcctl-core, which lies at one place beside it and nowhere else."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from hostile_faults import pong, reply
from hostile_server import HostileServer
from live_process import CAP_SECONDS, LiveProcess
from rpcctl_testing import CORE, RPCCTL, TEST_PROTO_DIR, USAGE, Outcome, RpcctlTest, environment, start
from server_process import ReferenceServer

CALL = ("call", "Greeter.SayHello", "name=you")
HELLO = '{"message":"Hello, you!"}\n'
# Where the core lies, seen from the folder of rpcctl.
PLACE = os.path.relpath(CORE, pathlib.Path(RPCCTL).parent)
HINT = (f"rpcctl-core comes with rpcctl: its place is {PLACE}, seen from the folder of rpcctl; h2, the default, does "
        "without")
# Tells its words, a variable and its input.
TELLING = '#!/bin/sh\nprintf "%s\\n" "core:" "$@" "$VARIABLE" "$(cat)"\n'


class InstalledTest(RpcctlTest):
    """rpcctl where a test has put it, beside a core of the test's own or none."""

    def setUp(self):
        self.top = self.temporary_folder().resolve() / "p r e" / "bin"
        self.top.mkdir(parents=True)
        self.program = self.top / "rpcctl"
        shutil.copy2(RPCCTL, self.program)
        self.core = pathlib.Path(os.path.normpath(self.top / PLACE))
        self.core.parent.mkdir(parents=True)

    def write(self, path, text):
        path.write_text(text)
        path.chmod(0o755)

    def run_installed(self, *words, program=None, cwd="/", stdin=b"", **env):
        words = ("list", *words, "--transport", "grpc")
        done = subprocess.run([program or self.program, *words], cwd=cwd, env=environment(**env), input=stdin,
                              capture_output=True, timeout=CAP_SECONDS, check=False)
        return Outcome(words, done.returncode, done.stdout, done.stderr)

    def is_refused(self, message, **how):
        outcome = self.run_installed(**how)
        self.check_rules(outcome)
        self.assertEqual((outcome.code, outcome.out), (USAGE, b""), outcome)
        self.assertEqual(outcome.error(), f"--transport grpc: {message}")
        self.assertEqual(outcome.hint(), HINT)

    def test_words_environment_and_input_are_handed_on(self):
        self.write(self.core, TELLING)
        outcome = self.run_installed("a b", "--timeout=no time", "-H", "ü: \n", stdin=b"all\nof it", VARIABLE="value")
        self.assertEqual(outcome.stdout, "core:\nlist\na b\n--timeout=no time\n-H\nü: \n\n--transport\ngrpc\nvalue\n"
                                         "all\nof it\n")

    def test_its_end_is_the_end_of_rpcctl(self):
        self.write(self.core, "#!/bin/sh\nexit 77\n")
        self.assertEqual(self.run_installed().code, 77)
        self.write(self.core, "#!/bin/sh\nkill -TERM $$\n")
        self.assertEqual(self.run_installed().signal, signal.SIGTERM)

    def test_a_link_to_rpcctl_finds_the_core_beside_the_file(self):
        self.write(self.core, TELLING)
        link = self.temporary_folder() / "rpcctl"
        link.symlink_to(self.program)
        self.assertTrue(self.run_installed(program=link).stdout.startswith("core:\nlist\n"))

    def test_neither_the_path_nor_the_current_directory_is_searched(self):
        decoy = self.temporary_folder()
        self.write(decoy / "rpcctl-core", TELLING)
        nested = decoy / PLACE.replace("../", "")
        nested.parent.mkdir(parents=True)
        self.write(nested, TELLING)
        for cwd in (decoy, nested.parent):
            self.is_refused(f"cannot run '{self.core}': No such file or directory", cwd=cwd,
                            PATH=f"{decoy}:{nested.parent}:/usr/bin:/bin")

    def test_a_core_that_cannot_be_run(self):
        self.is_refused(f"cannot run '{self.core}': No such file or directory")
        self.core.write_text("no program")
        self.is_refused(f"cannot run '{self.core}': Permission denied")
        self.write(self.core, "no program")
        self.is_refused(f"cannot run '{self.core}': Exec format error")

    def test_a_core_that_is_rpcctl_is_not_run_round_in_circles(self):
        self.core.symlink_to(self.program)
        self.is_refused(f"'{self.core}' is rpcctl itself")
        self.core.unlink()
        os.link(self.program, self.core)
        self.is_refused(f"'{self.core}' is rpcctl itself")

    def test_the_error_may_be_told_as_json(self):
        outcome = self.run_installed("--status", "json")
        self.assertRegex(outcome.stderr, r'^\{"code":"USAGE","number":2,"message":"--transport grpc: cannot run ')


class TransportTest(RpcctlTest):
    """The two programs as they are built."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def core_of(self, *words, **how):
        with LiveProcess([CORE, *words], env=environment(**how)) as process:
            process.close_stdin()
            return Outcome(words, process.wait(), process.out.all, process.err.all)

    def test_each_transport_makes_the_call(self):
        for words in ((), ("--transport", "h2"), ("--transport", "grpc"), ("--transport=grpc",)):
            with self.subTest(words=words):
                self.prints(HELLO, *CALL, *words, target=self.server.target)

    def user_agent(self, transport):
        def answer(peer):
            stream = peer.next_stream()
            peer.read_until(lambda: stream.ended)
            reply(peer, stream, pong("fine"))

        with HostileServer(answer) as server:
            self.succeeds("call", "hostile.Target.Unary", "--proto", TEST_PROTO_DIR / "hostile.proto", "--transport",
                          transport, target=server.target)
            [stream] = server.streams
            return dict(stream.headers)["user-agent"]

    def test_grpc_is_the_official_library(self):
        self.assertRegex(self.user_agent("grpc"), r" grpc-c\+\+/1[.]")
        self.assertNotIn("grpc-c++", self.user_agent("h2"))

    def test_other_values_are_refused(self):
        self.refuses(USAGE, "--transport: 'http2' is none of its values", "the values are h2 and grpc", *CALL,
                     "--transport", "http2")
        self.refuses(USAGE, "--transport: 'grcp' is none of its values", "did you mean 'grpc'?", *CALL, "--transport",
                     "grcp")

    def test_the_core_goes_without_the_option_and_never_back(self):
        outcome = self.core_of(*CALL, RPCCTL_TARGET=self.server.target)
        self.assertEqual((outcome.code, outcome.stdout), (0, HELLO), outcome)
        outcome = self.core_of(*CALL, "--transport", "h2")
        self.check_rules(outcome)
        self.assertEqual((outcome.code, outcome.error()),
                         (USAGE, "--transport h2: this is rpcctl-core, which has grpc only"))
        self.assertEqual(outcome.hint(), "run rpcctl itself, whose default is h2")

    def test_the_core_tells_the_version_of_its_library(self):
        self.assertRegex(self.core_of("--version").stdout, r"^rpcctl [0-9.]+\ngrpc\+\+ 1[.][0-9.]+\nprotobuf ")

    def test_standard_descriptors_that_are_closed_stay_so(self):
        with start(*CALL, "--transport", "grpc", target=self.server.target, stdin="closed") as process:
            self.assertEqual(process.wait(), 0)
            self.assertEqual(process.out.all.decode(), HELLO)
        with start(*CALL, "--transport", "grpc", target=self.server.target, stdout="closed") as process:
            process.close_stdin()
            self.assertEqual(process.wait(), 7)

    def test_words_for_rpcctl_name_the_transport(self):
        for transport in ("h2", "grpc"):
            outcome = self.succeeds(*CALL, "--as", "items", "--transport", transport, target=self.server.target)
            self.assertIn(f" --transport {transport}", outcome.stdout)


if __name__ == "__main__":
    unittest.main()
