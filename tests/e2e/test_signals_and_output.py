"""How rpcctl ends when its output, its time, its user or its server gives out."""

import os
import pathlib
import select
import signal
import socket
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_process import LiveProcess, wait_until
from rpcctl_testing import (CONNECT, OUTPUT, PROTO_DIR, RPCCTL, RpcctlTest, environment, run, start,
                            status_code)
from server_process import ReferenceServer, has_connection

EVERYWHERE = ("lo.latitude=-900000000", "lo.longitude=-1800000000", "hi.latitude=900000000",
              "hi.longitude=1800000000")
ENDLESS = ("call", "ListFeatures", *EVERYWHERE, "-f", "{name}")
CALL = ("call", "Greeter.SayHello", "name=you")
HELLO = '{"message":"Hello, you!"}\n'
DEADLINE_EXCEEDED, UNAVAILABLE = 4, 14
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class OutputTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())
        cls.many = cls.enterClassContext(ReferenceServer("--features", "100000000"))

    def test_a_full_disk_is_told_by_every_command(self):
        for words in (("--help",), ("call", "--help"), ("--version",), (), ("list",), ("list", "Greeter"),
                      ("describe",), ("describe", "Greeter"), CALL, (*CALL, "-o", "json"), (*CALL, "-f", "{message}"),
                      (*CALL, "--dry-run"), ("call", "SayHelloStreamReply", "name=you")):
            with self.subTest(words=words), open("/dev/full", "wb") as full:
                outcome = self.fails(OUTPUT, *words, target=self.server.target, stdout=full)
                self.assertEqual(outcome.error(), "cannot write to standard output: No space left on device")

    def test_a_full_disk_ends_an_endless_stream_and_cancels_it(self):
        with open("/dev/full", "wb") as full:
            self.fails(OUTPUT, *ENDLESS, target=self.many.target, stdout=full)
        self.many.wait_for_call("/routeguide.RouteGuide/ListFeatures CANCELLED")

    def test_output_that_nobody_asked_for_cannot_fail(self):
        with open("/dev/full", "wb") as full:
            self.succeeds(*CALL, "-o", "none", target=self.server.target, stdout=full, talks=True)

    def test_head_ends_an_endless_stream_by_sigpipe_and_cancels_it(self):
        with ReferenceServer("--features", "100000000") as server:
            reader, writer = os.pipe()
            with start(*ENDLESS, target=server.target, stdout=writer) as call:
                os.close(writer)
                self.assertTrue(os.read(reader, 7))
                os.close(reader)
                self.assertEqual(call.wait(), -signal.SIGPIPE)
                self.assertEqual(call.err.all, b"")
            server.wait_for_call("/routeguide.RouteGuide/ListFeatures CANCELLED")

    def test_a_shell_pipe_into_head_is_silent(self):
        script = '"$0" "$@" | head -1; echo "${PIPESTATUS[0]}"'
        with LiveProcess(["bash", "-c", script, RPCCTL, *ENDLESS],
                         env=environment(RPCCTL_TARGET=self.many.target)) as shell:
            self.assertEqual(shell.wait(), 0)
            self.assertEqual((shell.out.all, shell.err.all), (b"Place 1\n141\n", b""))

    def test_a_closed_standard_output_is_an_output_error(self):
        outcome = self.fails(OUTPUT, *CALL, target=self.server.target, stdout="closed")
        self.assertIn("cannot write to standard output", outcome.error())

    def test_a_closed_standard_error_keeps_the_exit_code(self):
        outcome = run("call", "Greeter.SayHello", "name=abcdefghijk", target=self.server.target, stderr="closed")
        self.assertEqual((outcome.code, outcome.out), (status_code(3), b""))

    def test_a_closed_standard_input_is_empty(self):
        outcome = self.succeeds("call", "LotsOfGreetings", "@-", target=self.server.target, stdin="closed")
        self.assertEqual(outcome.stdout, '{"reply":"Hello, nobody!"}\n')

    def test_a_socket_never_lands_where_a_closed_descriptor_was(self):
        for closed in (("stdin",), ("stderr",), ("stdin", "stderr")):
            with self.subTest(closed=closed):
                outcome = run(*CALL, target=self.server.target, **{name: "closed" for name in closed})
                self.assertEqual((outcome.code, outcome.stdout), (0, HELLO))

    def test_a_slow_reader_gets_everything(self):
        with ReferenceServer("--features", "50000") as server, start(*ENDLESS, target=server.target) as call:
            lines = [call.read_line() for _ in range(50000)]
            self.assertEqual(call.wait(), 0)
        self.assertEqual(lines, [f"Place {number}" for number in range(1, 50001)])


class SurroundingsTest(RpcctlTest):
    """Nothing around rpcctl changes what it prints."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def is_unchanged_by(self, **env):
        area = ("call", "ListFeatures", *EVERYWHERE, "-d", '{"lo":{"latitude":-900000000}}')
        for words in (CALL, area, ("list",), ("describe", "RouteGuide")):
            plain = self.succeeds(*words, target=self.server.target)
            changed = self.succeeds(*words, target=self.server.target, env=env)
            self.assertEqual(changed.out, plain.out, env)

    def test_the_locale(self):
        for locale in ("C", "POSIX", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8", "no_SUCH.thing", ""):
            with self.subTest(locale=locale):
                self.is_unchanged_by(LC_ALL=locale, LANG=locale)

    def test_the_librarys_log(self):
        self.is_unchanged_by(GRPC_VERBOSITY="debug", GRPC_TRACE="all")

    def test_the_librarys_log_on_failure(self):
        outcome = self.fails(CONNECT, *CALL, target="127.0.0.1:1", env={"GRPC_VERBOSITY": "debug", "GRPC_TRACE": "all"})
        self.assertEqual(len(outcome.belonging("detail")), 0)

    def test_a_proxy_is_not_for_loopback(self):
        for name in ("http_proxy", "https_proxy", "grpc_proxy", "HTTP_PROXY"):
            with self.subTest(name=name):
                self.is_unchanged_by(**{name: "http://127.0.0.1:9"})

    def test_a_folder_that_is_gone(self):
        folder = self.temporary_folder() / "gone"
        folder.mkdir()
        script = 'rmdir "$PWD" && exec "$0" "$@"'
        with LiveProcess(["sh", "-c", script, RPCCTL, *CALL], cwd=folder,
                         env=environment(RPCCTL_TARGET=self.server.target, HOME=None)) as call:
            self.assertEqual(call.wait(), 0)
            self.assertEqual((call.out.all.decode(), call.err.all), (HELLO, b""))


class SignalTest(RpcctlTest):
    """A signal cancels the call, then ends the process as if rpcctl did not handle it."""

    def dies_by(self, number, call):
        call.send_signal(number)
        self.assertEqual(call.wait(), -number)
        self.assertEqual(call.err.all, b"")

    def test_in_the_middle_of_a_unary_call(self):
        for number in STOPPING:
            with self.subTest(signal=number), ReferenceServer("--delay", "60000") as server:
                with start(*CALL, "-v", target=server.target) as call:
                    self.assertIn("* schema: reflection of", call.read_line(call.err))
                    self.assertIn("* connected to", call.read_line(call.err))
                    self.assertIn("/helloworld.Greeter/SayHello", call.read_line(call.err))
                    wait_until(lambda: has_connection(server.port), "connection to the server")
                    call.send_signal(number)
                    self.assertEqual(call.wait(), -number)
                    self.assertEqual(call.out.all, b"")
                    self.assertNotIn(b"error:", call.err.all)

    def test_in_the_middle_of_a_stream(self):
        for number in STOPPING:
            with self.subTest(signal=number), ReferenceServer("--features", "100000000") as server:
                with start(*ENDLESS, target=server.target) as call:
                    self.assertEqual(call.read_line(), "Place 1")
                    self.dies_by(number, call)
                    self.assertTrue(call.out.all.endswith(b"\n"), call.out.all[-100:])
                server.wait_for_call("/routeguide.RouteGuide/ListFeatures CANCELLED")

    def test_while_more_requests_are_waited_for(self):
        for number in STOPPING:
            with self.subTest(signal=number), ReferenceServer() as server:
                with start("call", "BidiHello", "@-", target=server.target) as call:
                    call.write(b'{"greeting":"Ann"}')
                    self.assertEqual(call.read_line(), '{"reply":"Hello, Ann!"}')
                    self.dies_by(number, call)
                server.wait_for_call("/hello.HelloService/BidiHello CANCELLED")

    def test_while_the_request_is_waited_for(self):
        with ReferenceServer() as server, start(*CALL[:2], "@-", target=server.target) as call:
            wait_until(lambda: has_connection(server.port), "connection to the server")
            self.dies_by(signal.SIGINT, call)

    def test_while_the_server_says_nothing(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            for words in (CALL, ("list",), ("describe",)):
                with self.subTest(words=words), start(*words, target=f"127.0.0.1:{port}") as call:
                    connection, _ = listener.accept()
                    with connection:
                        self.assertTrue(connection.recv(1))
                        self.dies_by(signal.SIGINT, call)

    def test_while_reflection_is_waited_for(self):
        with ReferenceServer("--reflection-delay", "60000") as server, start("list", target=server.target) as call:
            wait_until(lambda: has_connection(server.port), "connection to the server")
            self.dies_by(signal.SIGINT, call)

    def test_while_the_output_is_stuck(self):
        with ReferenceServer("--features", "100000000") as server:
            reader, writer = os.pipe()
            with start(*ENDLESS, target=server.target, stdout=writer) as call:
                wait_until(lambda: not select.select([], [writer], [], 0)[1], "full pipe")
                self.dies_by(signal.SIGINT, call)
            os.close(writer)
            os.close(reader)
            server.wait_for_call("/routeguide.RouteGuide/ListFeatures CANCELLED")

    def test_an_ignored_interrupt_stays_ignored(self):
        with ReferenceServer() as server:
            with start("call", "BidiHello", "@-", target=server.target, ignored_signals=(signal.SIGINT,)) as call:
                call.write(b'{"greeting":"Ann"}')
                call.read_line()
                call.send_signal(signal.SIGINT)
                call.write(b'{"greeting":"Bob"}')
                self.assertEqual(call.read_line(), '{"reply":"Hello, Bob!"}')
                call.close_stdin()
                self.assertEqual(call.wait(), 0)


class TimeAndConnectionTest(RpcctlTest):
    def test_the_timeout_ends_a_call(self):
        with ReferenceServer("--delay", "60000") as server:
            for words in (CALL, ("call", "LotsOfReplies"), ("call", "LotsOfGreetings"), ("call", "BidiHello", "{}")):
                with self.subTest(words=words):
                    outcome = self.fails(status_code(DEADLINE_EXCEEDED), *words, "--timeout", "300ms",
                                         target=server.target)
                    self.assertTrue(outcome.error().startswith("DEADLINE_EXCEEDED (4)"), outcome)

    def test_the_timeout_covers_reflection(self):
        with ReferenceServer("--reflection-delay", "60000") as server:
            for words in (CALL, ("list",), ("describe",)):
                with self.subTest(words=words):
                    outcome = self.fails(status_code(DEADLINE_EXCEEDED), *words, "--timeout", "300ms",
                                         target=server.target)
                    self.assertIn("DEADLINE_EXCEEDED (4)", outcome.error())

    def test_an_answer_at_the_deadline_counts_as_a_whole_or_not_at_all(self):
        # Around the end of the time, which is not the same from run to run: success without its message is none.
        with ReferenceServer("--delay", "40") as server:
            for milliseconds in range(35, 65):
                with self.subTest(milliseconds=milliseconds):
                    outcome = run(*CALL, "--timeout", f"{milliseconds}ms", target=server.target)
                    self.assertIn(outcome.code, (0, status_code(DEADLINE_EXCEEDED)), outcome)
                    self.check_rules(outcome)
                    self.assertTrue(outcome.stdout == HELLO or outcome.code != 0 and outcome.stdout == "", outcome)

    def test_the_timeout_covers_the_connection(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            outcome = self.fails(status_code(DEADLINE_EXCEEDED), *CALL, "--timeout", "300ms",
                                 target=f"127.0.0.1:{silent.getsockname()[1]}")
            self.assertIn("DEADLINE_EXCEEDED (4)", outcome.error())

    def test_the_timeout_covers_a_reader_that_is_stuck(self):
        with ReferenceServer("--features", "100000000") as server:
            for words in ((), ("--status", "json"), ("-vv",)):
                reader, writer = os.pipe()
                stuck = "stderr" if words[:1] == ("-vv",) else "stdout"
                with self.subTest(words=words), start(*ENDLESS, *words, "--timeout", "500ms", target=server.target,
                                                      **{stuck: writer}) as call:
                    self.assertEqual(call.wait(), status_code(DEADLINE_EXCEEDED))
                os.close(writer)
                os.close(reader)

    def test_the_timeout_covers_standard_input(self):
        with ReferenceServer() as server:
            for method in ("Greeter.SayHello", "LotsOfGreetings", "BidiHello"):
                with self.subTest(method=method), start("call", method, "@-", "--timeout", "300ms",
                                                        target=server.target) as call:
                    self.assertEqual(call.wait(), status_code(DEADLINE_EXCEEDED))

    def test_a_server_that_is_stopped_is_left_at_the_timeout(self):
        with ReferenceServer("--features", "100000000") as server:
            with start("call", "BidiHello", "@-", "--timeout", "2s", target=server.target) as call:
                call.write(b'{"greeting":"Ann"}')
                self.assertEqual(call.read_line(), '{"reply":"Hello, Ann!"}')
                server.send_signal(signal.SIGSTOP)
                call.write(b'{"greeting":"Bob"}')
                self.assertEqual(call.wait(), status_code(DEADLINE_EXCEEDED))
            server.send_signal(signal.SIGCONT)

    def test_a_server_that_is_stopped_is_left_at_the_connect_timeout(self):
        with ReferenceServer() as server:
            server.send_signal(signal.SIGSTOP)
            outcome = self.fails(CONNECT, *CALL, "--connect-timeout", "300ms", target=server.target)
            self.assertIn("timed out", outcome.error())
            server.send_signal(signal.SIGCONT)

    def test_a_server_that_dies_loses_nothing_it_sent(self):
        for count in range(6):
            with self.subTest(count=count), ReferenceServer("--die-after", str(count)) as server:
                outcome = self.fails(status_code(UNAVAILABLE), "call", "SayHelloStreamReply", "name=you",
                                     target=server.target)
                greetings = (f'{{"message":"Hello, you! ({number} of 5)"}}\n' for number in range(1, count + 1))
                self.assertEqual(outcome.stdout, "".join(greetings))

    def test_a_server_that_is_killed_ends_the_call(self):
        with ReferenceServer() as server, start("call", "BidiHello", "@-", target=server.target) as call:
            call.write(b'{"greeting":"Ann"}')
            self.assertEqual(call.read_line(), '{"reply":"Hello, Ann!"}')
            server.send_signal(signal.SIGKILL)
            self.assertEqual(call.wait(), status_code(UNAVAILABLE))
            self.assertTrue(call.err.all.startswith(b"rpcctl: error: UNAVAILABLE (14)"), call.err.all)

    def test_a_server_that_stops_in_order_cancels_the_rest(self):
        with ReferenceServer() as server, start("call", "BidiHello", "@-", target=server.target) as call:
            call.write(b'{"greeting":"Ann"}')
            call.read_line()
            server.send_signal(signal.SIGTERM)
            self.assertIn(call.wait(), (status_code(1), status_code(UNAVAILABLE)))

    def test_a_refused_port_is_told_at_once(self):
        port = _free_port()
        for words in (CALL, ("list",), ("describe",), (*CALL, "--proto", PROTO_DIR / "helloworld.proto")):
            with self.subTest(words=words):
                outcome = self.fails(CONNECT, *words, "--connect-timeout", "1h", target=f"127.0.0.1:{port}")
                self.assertEqual(outcome.error(), f"cannot connect to 127.0.0.1:{port}: Connection refused")

    def test_an_address_without_a_way_to_it_is_told_at_once(self):
        # No stream goes to everybody.
        outcome = self.fails(CONNECT, *CALL, "--plaintext", "--connect-timeout", "1h", target="255.255.255.255:1")
        self.assertEqual(outcome.error(), "cannot connect to 255.255.255.255:1: Network is unreachable")

    def test_an_unknown_host_is_told_at_once(self):
        outcome = self.fails(CONNECT, *CALL, "--plaintext", "--connect-timeout", "1h", target="nowhere.invalid:50051")
        self.assertIn("nowhere.invalid", outcome.error())
        self.assertNotIn("C-ares", outcome.stderr)

    def test_a_missing_socket_is_told_at_once(self):
        path = self.temporary_folder() / "missing"
        outcome = self.fails(CONNECT, *CALL, "--connect-timeout", "1h", target=f"unix:{path}")
        self.assertEqual(outcome.error(), f"cannot connect to unix:{path}: No such file or directory")

    def test_a_socket_that_nobody_serves_is_told_at_once(self):
        path = self.temporary_folder() / "dead"
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(path))
        outcome = self.fails(CONNECT, *CALL, target=f"unix:{path}")
        self.assertEqual(outcome.error(), f"cannot connect to unix:{path}: Connection refused")


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


if __name__ == "__main__":
    unittest.main()
