"""rpcctl health against servers whose state changes, goes away or was never there."""

import pathlib
import signal
import socket
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import CONNECT, OUTPUT, RpcctlTest, start, status_code
from server_process import PythonServer, ReferenceServer

EXPECTATION = 8
NOT_FOUND, DEADLINE_EXCEEDED, UNIMPLEMENTED, UNAVAILABLE = 5, 4, 12, 14
WATCH = ("health", "--watch")


class HealthTest(RpcctlTest):
    def test_a_script_can_tell_the_states_apart(self):
        with ReferenceServer("--not-serving", "hello.HelloService") as server:
            self.prints("SERVING\n", "health", target=server.target)
            self.prints("SERVING\n", "health", "helloworld.Greeter", target=server.target)
            outcome = self.fails(EXPECTATION, "health", "hello.HelloService", target=server.target)
            self.assertEqual((outcome.stdout, outcome.error()), ("NOT_SERVING\n", "hello.HelloService is NOT_SERVING"))
            self.fails(status_code(NOT_FOUND), "health", "nobody", target=server.target)

    def test_a_server_whose_state_flips(self):
        with ReferenceServer() as server:
            self.prints("SERVING\n", "health", target=server.target)
            server.send_signal(signal.SIGUSR1)
            with start(*WATCH, target=server.target) as watch:
                while watch.read_line() != "NOT_SERVING":  # the signal may come after the first state
                    pass
            self.fails(EXPECTATION, "health", target=server.target)

    def test_without_a_health_service(self):
        with ReferenceServer("--no-health") as server:
            self.fails(status_code(UNIMPLEMENTED), "health", target=server.target)
        with PythonServer() as server:
            self.fails(status_code(UNIMPLEMENTED), "health", target=server.target)

    def test_without_a_server(self):
        self.fails(CONNECT, "health", target="127.0.0.1:1")
        self.fails(CONNECT, *WATCH, target="unix:/nowhere")

    def test_without_reflection(self):
        with ReferenceServer("--reflection", "none") as server:
            self.prints("SERVING\n", "health", target=server.target)
            self.assertEqual(server.stop(), [])
            self.assertEqual(server.log_lines(), ["/grpc.health.v1.Health/Check OK"])

    def test_reflection_is_not_asked(self):
        with ReferenceServer() as server:
            self.succeeds("health", target=server.target)
            server.stop()
            self.assertEqual(server.log_lines(), ["/grpc.health.v1.Health/Check OK"])

    def test_the_timeout(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            target = f"127.0.0.1:{silent.getsockname()[1]}"
            self.fails(status_code(DEADLINE_EXCEEDED), "health", "--timeout", "300ms", target=target)

    def test_a_full_disk(self):
        with ReferenceServer() as server, open("/dev/full", "wb") as full:
            self.fails(OUTPUT, "health", target=server.target, stdout=full)
            self.fails(OUTPUT, *WATCH, target=server.target, stdout=full)

    def test_a_closed_reader(self):
        with ReferenceServer() as server, start(*WATCH, target=server.target) as watch:
            self.assertEqual(watch.read_line(), "SERVING")
            watch.out.close()
            server.send_signal(signal.SIGUSR1)
            self.assertEqual(watch.wait(), -signal.SIGPIPE)
            server.wait_for_call("/grpc.health.v1.Health/Watch CANCELLED")


class WatchTest(RpcctlTest):
    def test_each_state_is_printed_as_it_comes(self):
        with ReferenceServer() as server, start(*WATCH, target=server.target) as watch:
            for state in ("SERVING", "NOT_SERVING", "SERVING"):
                self.assertEqual(watch.read_line(), state)
                server.send_signal(signal.SIGUSR1)
            self.assertEqual(watch.read_line(), "NOT_SERVING")

    def test_it_ends_by_the_signal_that_interrupts_it(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with ReferenceServer() as server, start(*WATCH, target=server.target) as watch:
                self.assertEqual(watch.read_line(), "SERVING")
                watch.send_signal(number)
                self.assertEqual(watch.wait(), -number)
                self.assertEqual(watch.err.all, b"")
                server.wait_for_call("/grpc.health.v1.Health/Watch CANCELLED")

    def test_the_limit_counts_states_and_the_last_one_decides(self):
        with ReferenceServer() as server, start(*WATCH, "--limit", "2", target=server.target) as watch:
            self.assertEqual(watch.read_line(), "SERVING")
            server.send_signal(signal.SIGUSR1)
            self.assertEqual(watch.wait(), EXPECTATION)
            self.assertEqual(watch.out.all, b"SERVING\nNOT_SERVING\n")
            self.assertEqual(watch.err.all, b"rpcctl: error: the server is NOT_SERVING\n")

    def test_a_server_that_goes_away_ends_it(self):
        with ReferenceServer() as server, start(*WATCH, target=server.target) as watch:
            self.assertEqual(watch.read_line(), "SERVING")
            server.send_signal(signal.SIGKILL)
            self.assertEqual(watch.wait(), status_code(UNAVAILABLE))

    def test_an_unknown_service_may_come_to_be_known(self):
        with ReferenceServer() as server, start(*WATCH, "nobody", target=server.target) as watch:
            self.assertEqual(watch.read_line(), "SERVICE_UNKNOWN")
            watch.send_signal(signal.SIGINT)
            self.assertEqual(watch.wait(), -signal.SIGINT)


if __name__ == "__main__":
    unittest.main()
