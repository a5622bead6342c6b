"""What rpcctl tells a server beside the messages: metadata, :authority, user agent, compression, pings."""

import gzip
import pathlib
import ssl
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import certificates
from hostile_faults import pong, reply
from hostile_server import HostileServer
from http2_peer import PING, Peer
from rpcctl_testing import INPUT, TEST_PROTO_DIR, USAGE, RpcctlTest, by_transport, status_code
from server_process import PythonServer, ReferenceServer

SCHEMA_WORDS = ("--proto", TEST_PROTO_DIR / "hostile.proto", "-I", TEST_PROTO_DIR)
UNIMPLEMENTED, UNAVAILABLE = 12, 14
HELLO = '{"message":"Hello, you!"}\n'


def answers(peer):
    """Answers every call once its requests are complete: with a message, and reflection with UNIMPLEMENTED."""
    while True:
        stream = peer.next_stream()
        if "reflection" in stream.path:
            peer.headers(stream, ((":status", "200"), ("content-type", "application/grpc"),
                                  ("grpc-status", str(UNIMPLEMENTED))), end=True)
        else:
            peer.read_until(lambda: stream.ended)
            reply(peer, stream, pong("fine"))


class HeadersTest(RpcctlTest):
    def heard(self, *words, code=0, command=("call", "hostile.Target.Unary", *SCHEMA_WORDS), talks=False, **how):
        """The streams that the command opens."""
        with HostileServer(answers) as server:
            outcome = self.fails(code, *command, *words, talks=talks, target=server.target, **how)
            self.outcome, self.target = outcome, server.target
            return server.streams

    def headers(self, *words, **how):
        """The request headers of the one call."""
        [stream] = self.heard(*words, **how)
        return [(name, value) for name, value in stream.headers]

    def values(self, name, *words, **how):
        return [value for key, value in self.headers(*words, **how) if key == name]

    def reflection_values(self, name, *words):
        """Of each stream of reflection, the values of this header."""
        streams = self.heard(*words, code=4, command=("list",))
        self.assertGreater(len(streams), 0)
        return [[value for key, value in stream.headers if key == name] for stream in streams]

    def file(self, content):
        path = self.temporary_folder() / "headers"
        path.write_bytes(content)
        return path

    # ---- which of the two a header reaches ----

    def test_a_header_reaches_the_call_and_reflection(self):
        self.assertEqual(self.values("x-a", "-H", "x-a: 1"), ["1"])
        self.assertEqual(self.reflection_values("x-a", "-H", "x-a: 1"), [["1"], ["1"]])

    def test_a_call_header_reaches_the_call_alone(self):
        self.assertEqual(self.values("x-a", "--call-header", "x-a: 1"), ["1"])
        self.assertEqual(self.reflection_values("x-a", "--call-header", "x-a: 1"), [[], []])

    def test_a_reflect_header_reaches_reflection_alone(self):
        self.assertEqual(self.values("x-a", "--reflect-header", "x-a: 1"), [])
        self.assertEqual(self.reflection_values("x-a", "--reflect-header", "x-a: 1"), [["1"], ["1"]])

    def test_a_header_of_a_script_is_replaced_only_where_the_option_reaches(self):
        script = self.temporary_folder() / "a.rpc"
        script.write_text("set header x-a: file\ncase a\n  call hostile.Target.Unary\n", encoding="utf-8")
        for words, of_call, of_reflection in (((), ["file"], ["file"]), (("-H", "x-a: 1"), ["1"], ["1"]),
                                              (("--call-header", "x-a: 1"), ["1"], ["file"]),
                                              (("--reflect-header", "x-a: 1"), ["file"], ["1"])):
            with self.subTest(words=words):
                self.assertEqual(self.values("x-a", *words, command=("test", script, *SCHEMA_WORDS)), of_call)
                streams = self.heard(*words, code=4, command=("test", script), talks=True)
                self.assertGreater(len(streams), 0)
                for stream in streams:
                    self.assertEqual([value for key, value in stream.headers if key == "x-a"], of_reflection)

    def test_a_header_of_a_step_reaches_its_call_alone(self):
        script = self.temporary_folder() / "a.rpc"
        script.write_text("set header x-a: file\ncase a\n  call hostile.Target.Unary -H 'x-a: step'\n",
                          encoding="utf-8")
        self.assertEqual(self.values("x-a", command=("test", script, *SCHEMA_WORDS)), ["file", "step"])
        for stream in self.heard(code=4, command=("test", script), talks=True):
            self.assertEqual([value for key, value in stream.headers if key == "x-a"], ["file"])

    def test_a_header_given_twice_is_sent_twice(self):
        self.assertEqual(self.values("x-a", "-H", "x-a: 1", "-H", "x-a: 2", "--call-header", "X-A: 3"), ["1", "2", "3"])

    # ---- files and the environment ----

    def test_a_header_file(self):
        path = self.file(b"# who we are\nX-Team: blue\n\nauthorization: Bearer c4n4ry\r\nx-data-bin: AAE=\n")
        headers = self.headers("--header-file", path)
        for entry in (("x-team", "blue"), ("authorization", "Bearer c4n4ry")):
            self.assertIn(entry, headers)
        self.assertTrue(any(name == "x-data-bin" for name, _ in headers), headers)

    def test_a_header_file_from_standard_input(self):
        self.assertEqual(self.values("x-a", "--header-file", "/dev/stdin", stdin=b"x-a: 1\n"), ["1"])

    def test_a_header_file_with_an_error_names_the_line_and_shows_no_secret(self):
        for content, line in ((b"x: 1\nc4n4ry\n", 2), (b"te: c4n4ry", 1), (b"\n\nx-bin: c4n4ry!\n", 3)):
            path = self.file(content)
            outcome = self.fails(USAGE, "list", "--header-file", path, target="127.0.0.1:1")
            self.assertTrue(outcome.error().startswith(f"--header-file: {path}:{line}: "), outcome)
            self.assertNotIn("c4n4ry", outcome.stderr)

    def test_a_header_file_that_cannot_be_read(self):
        outcome = self.fails(INPUT, "list", "--header-file", "/nonexistent/x", target="127.0.0.1:1")
        self.assertEqual(outcome.error(), "--header-file: cannot read '/nonexistent/x': No such file or directory")
        self.fails(INPUT, "list", "--header-file", self.temporary_folder(), target="127.0.0.1:1")
        self.fails(USAGE, "list", "--header-file", "-", target="127.0.0.1:1")

    def test_the_environment_is_used_only_when_that_is_asked_for(self):
        words, env = ("-H", "x-a: <${TOKEN}>"), {"TOKEN": "c4n4ry"}
        self.assertEqual(self.values("x-a", *words, env=env), ["<${TOKEN}>"])
        self.assertEqual(self.values("x-a", *words, "--expand-env", env=env), ["<c4n4ry>"])
        path = self.file(b"x-a: ${TOKEN}\n")
        self.assertEqual(self.values("x-a", "--header-file", path, "--expand-env", env=env), ["c4n4ry"])

    def test_a_variable_that_is_missing_is_named(self):
        self.refuses(USAGE, "--header: the environment has no variable 'NOT_THERE'", "", "list", "-H",
                     "x-a: ${NOT_THERE}", "--expand-env", target="127.0.0.1:1")

    def test_secrets_of_files_and_of_the_environment_are_masked_wherever_they_show(self):
        env = {"TOKEN": "c4n4ry-env"}
        path = self.file(b"x-filed: c4n4ry-file\n")
        with ReferenceServer() as server:
            for verbosity in ("-v", "-vv"):
                outcome = self.succeeds("call", "Greeter.SayHello", "name=you", "--header-file", path, "-H",
                                        "x-named: ${TOKEN}", "--expand-env", verbosity, talks=True, env=env,
                                        target=server.target)
                self.assertEqual(outcome.stdout, HELLO)
                for line in ("> x-filed: ***\n", "> x-named: ***\n", "< x-filed: ***\n", "< x-named: ***\n"):
                    self.assertIn(line, outcome.stderr)
                self.assertNotIn("c4n4ry", outcome.stderr)

    def test_secrets_that_come_back_are_masked_for_programs_too(self):
        with ReferenceServer() as server:
            outcome = self.succeeds("call", "Greeter.SayHello", "name=you", "-H", "x-token: c4n4ry", "-H", "x-team: a",
                                    "--status", "json", talks=True, target=server.target)
        self.assertIn('"x-token":["***"]', outcome.stderr)
        self.assertIn('"x-team":["a"]', outcome.stderr)

    # ---- :authority and the user agent ----

    def test_the_authority_is_the_target_unless_it_is_given(self):
        self.assertEqual(self.values(":authority"), [self.target])
        for authority in ("api.test", "api.test:8443", "[::1]:1"):
            self.assertEqual(self.values(":authority", "--authority", authority), [authority])

    def test_the_scheme_is_that_of_the_connection(self):
        self.assertEqual(self.values(":scheme"), ["http"])

    def test_the_user_agent(self):
        self.assertRegex(self.values("user-agent")[0], r"^rpcctl/[0-9]")
        self.assertRegex(self.values("user-agent", "--user-agent", "probe/2 (night)")[0], r"^probe/2 \(night\)( |$)")

    def test_what_stands_behind_the_user_agent(self):
        self.assertRegex(self.values("user-agent", "--user-agent", "probe/2")[0],
                         by_transport(h2=r"^probe/2$", grpc=r"^probe/2 grpc-c\+\+/1"))

    # ---- compression ----

    def body(self, *words):
        [stream] = self.heard(*words)
        headers = dict(stream.headers)
        return headers.get("grpc-encoding", "identity"), stream.body[0], stream.body[5:]

    def test_requests_are_compressed_when_that_is_asked_for(self):
        text = "text=" + "again and " * 1000
        encoding, flag, plain = self.body(text)
        self.assertEqual((encoding, flag), ("identity", 0))
        encoding, flag, packed = self.body(text, "--compress", "gzip")
        self.assertEqual((encoding, flag), ("gzip", 1))
        self.assertLess(len(packed), len(plain) // 10)
        self.assertEqual(gzip.decompress(packed), plain)

    def test_a_server_of_another_make_understands_compressed_requests(self):
        with PythonServer() as server:
            name = "Ada " * 1000
            outcome = self.succeeds("call", "Send", f"recipient={name}", "--compress", "gzip", "-f",
                                    "{letter.recipient}", target=server.target)
            self.assertEqual(outcome.stdout, name + "\n")

    def test_an_unknown_compression(self):
        self.refuses(USAGE, "--compress: 'zstd' is not known", "the one compression there is is gzip", "call", "M",
                     "--compress", "zstd", target="127.0.0.1:1")

    # ---- keepalive ----

    def test_a_server_that_stopped_is_noticed_by_a_ping(self):
        def stops(peer):
            stream = peer.next_stream()
            peer.next_message(stream)
            peer.headers(stream)
            peer.ignore()

        with HostileServer(stops) as server:
            outcome = self.fails(status_code(UNAVAILABLE), "call", "hostile.Target.ServerStream", *SCHEMA_WORDS,
                                 "--keepalive", "200ms", target=server.target)
        self.assertEqual(outcome.out, b"")

    def test_a_server_that_answers_pings_is_waited_for(self):
        pings = []

        def waits_for_pings(peer):
            stream = peer.next_stream()
            peer.next_message(stream)
            peer.headers(stream)
            answer_frame = peer.send

            def send(kind, *rest):
                if kind == PING:
                    pings.append(kind)
                answer_frame(kind, *rest)

            peer.send = send
            peer.read_until(lambda: pings)
            reply_with = pong("after a ping")
            peer.message(stream, reply_with)
            peer.trailers(stream)

        with HostileServer(waits_for_pings) as server:
            outcome = self.succeeds("call", "hostile.Target.ServerStream", *SCHEMA_WORDS, "--keepalive", "200ms",
                                    target=server.target)
        self.assertEqual(outcome.documents(), [{"text": "after a ping"}])


class SchemeTest(RpcctlTest):
    def test_over_tls_the_scheme_is_https(self):
        folder = self.temporary_folder()
        authority = certificates.Authority(folder)
        identity = authority.issue("good")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(identity.certificate, identity.key)
        context.set_alpn_protocols(["h2"])
        seen = []

        def serve(connection):
            with context.wrap_socket(connection, server_side=True) as secured:
                peer = Peer(secured)
                peer.greet()
                stream = peer.next_stream()
                seen.extend(stream.headers)
                reply(peer, stream, pong("fine"))
                peer.read_to_end()

        serve.raw = True
        with HostileServer(serve) as server:
            self.succeeds("call", "hostile.Target.Unary", *SCHEMA_WORDS, "--cacert", authority.certificate,
                          target=server.target)
            self.assertIn((":authority", server.target), seen)
        self.assertIn((":scheme", "https"), seen)


if __name__ == "__main__":
    unittest.main()
