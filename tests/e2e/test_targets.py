"""Every form of a target reaches a server, or is refused in words that help."""

import os
import pathlib
import socket
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import CONNECT, PROTO_DIR, USAGE, RpcctlTest, run, start
from server_process import PythonServer, ReferenceServer

CALL = ("call", "Greeter.SayHello", "name=you")
HELLO = '{"message":"Hello, you!"}\n'
OFFICE = ("call", "PostOffice.Send", "recipient=you", "-f", "{letter.recipient}")


class TcpTest(RpcctlTest):
    def test_host_and_port(self):
        with ReferenceServer() as server:
            for target in (f"127.0.0.1:{server.port}", f"localhost:{server.port}", f"LOCALHOST:{server.port}",
                           f":{server.port}", f"a.localhost:{server.port}", f"dns:///localhost:{server.port}",
                           f"[::ffff:127.0.0.1]:{server.port}"):
                with self.subTest(target=target):
                    more = () if "ffff" not in target else ("--plaintext",)
                    self.prints(HELLO, *CALL, "-t", target, *more)

    def test_an_ipv6_address(self):
        with ReferenceServer(listen="[::1]:0") as server:
            for target in (f"[::1]:{server.port}", f"dns:///[::1]:{server.port}", f"localhost:{server.port}"):
                with self.subTest(target=target):
                    self.prints(HELLO, *CALL, "-t", target)
            # A zone, by the number of its interface: the first one is loopback.
            self.prints(HELLO, *CALL, "--plaintext", "-t", f"[::1%1]:{server.port}")

    def test_the_port_that_is_left_out(self):
        # Whether somebody is there does not matter: -v tells where it goes.
        for words, env, shown in ((("-t", "localhost"), {}, "localhost:50051"),
                                  (("-t", "127.0.0.1"), {}, "127.0.0.1:50051"), (("-t", "[::1]"), {}, "[::1]:50051"),
                                  ((), {}, "localhost:50051"), ((), {"RPCCTL_TARGET": "a.localhost"}, "a.localhost:50051"),
                                  (("-t", "api.invalid", "--plaintext"), {}, "api.invalid:443")):
            with self.subTest(words=words, env=env):
                outcome = run("health", *words, "-v", "--timeout", "2s", env=env)
                self.assertIn(f"* target {shown} (plaintext)\n", outcome.stderr)

    def test_an_option_wins_over_the_environment(self):
        with ReferenceServer() as server:
            self.prints(HELLO, *CALL, "-t", server.target, env={"RPCCTL_TARGET": "nonsense:"})


class UnixTest(RpcctlTest):
    def test_a_socket_by_its_path(self):
        folder = self.temporary_folder()
        with ReferenceServer("--unix", folder / "a socket", listen=None):
            for target in (f"unix:{folder}/a socket", f"unix://{folder}/a socket"):
                with self.subTest(target=target):
                    self.prints(HELLO, *CALL, "-t", target)

    def test_a_socket_by_a_relative_path(self):
        folder = self.temporary_folder()
        with ReferenceServer("--unix", folder / "socket", listen=None):
            with start(*CALL, "-t", "unix:socket", cwd=folder) as call:
                self.assertEqual((call.wait(), call.out.all.decode()), (0, HELLO))

    def test_a_path_as_long_as_can_be(self):
        folder = self.temporary_folder()
        path = folder / ("x" * (106 - len(str(folder))))
        self.assertEqual(len(str(path)), 107)
        with ReferenceServer("--unix", path, listen=None):
            self.prints(HELLO, *CALL, "-t", f"unix:{path}")
        self.fails(USAGE, *CALL, "-t", f"unix:{path}x")

    def test_a_socket_of_the_abstract_namespace(self):
        name = f"rpcctl-test-{os.getpid()}"
        with PythonServer(listen=f"unix-abstract:{name}"):
            self.prints("you\n", *OFFICE, "-t", f"unix-abstract:{name}")
            self.succeeds("list", "-t", f"unix-abstract:{name}")
            outcome = self.succeeds(*OFFICE, "-v", "-t", f"unix-abstract:{name}", talks=True)
            self.assertIn(f"* target unix-abstract:{name} (plaintext)\n", outcome.stderr)

    def test_an_abstract_name_that_nobody_has(self):
        outcome = self.fails(CONNECT, *CALL, "-t", f"unix-abstract:rpcctl-nobody-{os.getpid()}")
        self.assertEqual(outcome.error(),
                         f"cannot connect to unix-abstract:rpcctl-nobody-{os.getpid()}: Connection refused")

    def test_an_abstract_name_ends_where_it_ends(self):
        # The kernel compares names by their length too: one that only begins alike is another.
        name = f"rpcctl-test-{os.getpid()}"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(f"\0{name}")
            listener.listen()
            self.fails(CONNECT, *CALL, "-t", f"unix-abstract:{name}x")
            self.fails(CONNECT, *CALL, "-t", f"unix-abstract:{name[:-1]}")

    def test_an_abstract_name_that_is_too_long(self):
        outcome = self.fails(USAGE, *CALL, "-t", "unix-abstract:" + "x" * 108)
        self.assertIn("at most 107 bytes", outcome.error())

    def test_sockets_are_local_so_credentials_may_pass(self):
        name = f"rpcctl-test-{os.getpid()}"
        with PythonServer(listen=f"unix-abstract:{name}"):
            self.prints("you\n", *OFFICE, "-t", f"unix-abstract:{name}", "-H", "authorization: x")


class RefusedTest(RpcctlTest):
    def test_what_is_no_target(self):
        for target in ("", ":", "host:", "host:0", "host:65536", "host:x", "::1", "[::1", "http://host:1", "a b",
                       "unix:", "unix-abstract:", "dns:///", "a..b"):
            with self.subTest(target=target):
                outcome = self.fails(USAGE, "list", "--proto", PROTO_DIR / "hello.proto", "-t", target)
                self.assertTrue(outcome.error().startswith("--target: target '"), outcome)


if __name__ == "__main__":
    unittest.main()
