"""What holds against servers of other makes beside the table of office_table.py: cancelling, limits, compression,
shutting down, TLS. The modules of tests/e2e that have such a server say what it does in its own way."""

import os
import pathlib
import signal
import socket
import tempfile

import certificates
from live_process import wait_until
from office_table import AllKinds
from rpcctl_testing import CONNECT, SCHEMA, TLS, start, status_code

DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED = 4, 8
SENT, CORRESPONDED = "/post.v1.PostOffice/Send", "/post.v1.PostOffice/Correspond"
SEND = ("call", "PostOffice.Send", "recipient=Ada", "-f", "{letter.recipient}")
CORRESPOND = ("call", "Correspond", "@-", "-f", "{recipient}")


def accepts(port):
    """Whether somebody listens on this port of 127.0.0.1."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


class PeerKinds(AllKinds):
    """The common table and more of its kind."""

    def test_binary_metadata_goes_there_and_comes_back(self):
        outcome = self.succeeds("call", "Send", "recipient=Ada", "-H", "x-shape-bin: AAH/", "-v", *self.words,
                                talks=True, target=self.server.target)
        self.assertIn("< x-shape-bin: AAH/\n", outcome.stderr)
        self.assertEqual(self.server.next_call(), f"{SENT} OK")

    def test_what_is_not_there_is_not_found(self):
        for words in (("describe", "post.v1.Nothing"), ("call", "post.v1.Nothing.Send"),
                      ("call", "PostOffice.Nothing")):
            with self.subTest(words=words):
                outcome = self.fails(SCHEMA, *words, *self.words, target=self.server.target)
                self.assertIn("Nothing", outcome.error())


class NoReflection:
    """A server that serves no reflection, without files: every command says so and what to do."""

    def test_without_files_the_hint_is_to_give_some(self):
        with self.server_type("none") as server:
            for words in (("call", "PostOffice.Send"), ("list",), ("describe", "PostOffice")):
                with self.subTest(words=words):
                    outcome = self.fails(SCHEMA, *words, target=server.target)
                    self.assertIn("does not serve reflection", outcome.error())
                    self.assertIn("--proto", outcome.hint())


class Manners:
    """How calls end, and how much they carry; on one server."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(cls.server_type())

    def exchange(self, call, *names):
        """Each name, sent, is answered before the next."""
        for name in names:
            call.write(b'{"sender":"%s"}\n' % name.encode())
            self.assertEqual(call.read_line(), name)

    def test_ctrl_c_is_seen_by_the_server(self):
        with start(*CORRESPOND, target=self.server.target) as call:
            self.exchange(call, "Ann")
            call.send_signal(signal.SIGINT)
            self.assertEqual(call.wait(), -signal.SIGINT)
            self.assertEqual(call.err.all, b"")
        self.assertEqual(self.server.next_call(), f"{CORRESPONDED} CANCELLED")

    def test_the_deadline_ends_a_call_on_both_sides(self):
        self.fails(status_code(DEADLINE_EXCEEDED), "call", "Send", "recipient=Godot", "--timeout", "500ms",
                   target=self.server.target)
        # Whichever is first: the server keeps the deadline too, and the client resets the stream.
        self.assertRegex(self.server.next_call(), f"^{SENT} (DEADLINE_EXCEEDED|CANCELLED)$")

    def test_large_messages_go_there_and_back(self):
        seal = self.file_of(3 << 20)
        outcome = self.succeeds("call", "Send", "recipient=Ada", f"seal=@{seal}", "-f", "{letter.seal}",
                                target=self.server.target)
        self.assertEqual(len(outcome.stdout), (3 << 20) // 3 * 4 + 1)
        self.assertEqual(self.server.next_call(), f"{SENT} OK")

    def test_a_request_beyond_the_servers_limit_is_told_in_its_words(self):
        outcome = self.fails(status_code(RESOURCE_EXHAUSTED), "call", "Send", f"seal=@{self.file_of(5 << 20)}",
                             target=self.server.target)
        self.assertRegex(outcome.error(), r"^RESOURCE_EXHAUSTED \(8\): .*larger than max \(\d+ vs\.? 4194304\)")
        # grpc-js tells its own handlers less than the client.
        self.assertRegex(self.server.next_call(), f"^{SENT} (RESOURCE_EXHAUSTED|CANCELLED)$")

    def test_an_answer_beyond_the_limit_comes_with_a_larger_one(self):
        words = ("call", "Track", f"number:={20 << 20}", "-f", "{place}")
        outcome = self.fails(status_code(RESOURCE_EXHAUSTED), *words, target=self.server.target)
        self.assertIn("--max-message-size", outcome.hint())
        self.assertRegex(self.server.next_call(), "^/post.v1.PostOffice/Track ")
        self.prints("x" * (20 << 20) + "\n", *words, "--max-message-size", "32MiB", target=self.server.target)
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Track OK")

    def test_requests_may_be_compressed(self):
        name = "Ada " * 100000
        path = self.temporary_folder() / "name"
        path.write_text(name)
        self.prints(name + "\n", "call", "Send", f"recipient=@{path}", "--compress", "gzip", "-f",
                    "{letter.recipient}", target=self.server.target)
        self.assertEqual(self.server.next_call(), f"{SENT} OK")

    def file_of(self, size):
        path = self.temporary_folder() / "seal"
        path.write_bytes(os.urandom(size))
        return path

    def test_a_server_that_stops_gracefully_loses_nothing(self):
        names = [f"N{number}" for number in range(1000)]
        letters = b"".join(b'{"sender":"%s"}\n' % name.encode() for name in names)
        with self.server_type() as server, start(*CORRESPOND, target=server.target) as call:
            self.exchange(call, "Ann")
            server.send_signal(signal.SIGTERM)
            self.assertEqual(server.next_call(), "stopping")
            # Both close their listeners first, then say GOAWAY.
            wait_until(lambda: not accepts(server.port), "end of the listener")
            call.write(letters)
            call.close_stdin()
            self.assertEqual([call.read_line() for _ in names], names)
            self.assertEqual((call.wait(), call.err.all), (0, b""))
            self.assertEqual(server.next_call(), f"{CORRESPONDED} OK")
            self.assertEqual(server.process.wait(), 0)

    def test_a_server_that_has_stopped_is_not_reached(self):
        with self.server_type() as server:
            server.send_signal(signal.SIGTERM)
            self.assertEqual(server.process.wait(), 0)
            self.fails(CONNECT, *SEND, target=server.target)

    def test_one_stream_at_a_time_is_enough(self):
        with self.server_type("both", "--max-streams", "1") as server:
            self.prints("Ada\n", *SEND, target=server.target)
            with start(*CORRESPOND, target=server.target) as call:
                self.exchange(call, "Ann", "Ben")
                call.close_stdin()
                self.assertEqual(call.wait(), 0)


class TlsManners:
    """Over TLS, with the certificates of an authority that rpcctl is told of."""

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="rpcctl-test-")))
        cls.authority = certificates.Authority(folder)
        cls.trust = ("--cacert", cls.authority.certificate)
        cls.good = cls.authority.issue("good")

    def test_a_trusted_server(self):
        with self.server_type(identity=self.good) as server:
            self.prints("Ada\n", *SEND, *self.trust, target=server.target)
            self.prints("Counter\nVan\nDoor of Ada\n", "call", "Track", "letter.recipient=Ada", "-f", "{place}",
                        *self.trust, target=server.target)

    def test_an_unknown_authority(self):
        with self.server_type(identity=self.good) as server:
            self.fails(TLS, *SEND, "--tls", target=server.target)

    def test_without_tls_the_hint_is_to_use_it(self):
        with self.server_type(identity=self.good) as server:
            self.refuses(CONNECT, f"cannot connect to {server.target} without TLS: the server speaks TLS", "try --tls",
                         *SEND, target=server.target)

    def test_a_client_with_a_certificate_and_one_without(self):
        client = self.authority.issue("client", name="Ada")
        with self.server_type(identity=self.good, client_ca=self.authority.certificate) as server:
            self.prints("Ada\n", *SEND, *self.trust, "--cert", client.certificate, "--key", client.key,
                        target=server.target)
            self.fails(TLS, *SEND, *self.trust, target=server.target)
