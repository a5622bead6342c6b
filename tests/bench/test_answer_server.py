"""The benchmark's server for cold calls answers real clients as any server would: rpcctl, a generated stub, Python's
grpcio and, where it is installed, grpcurl."""

import os
import pathlib
import queue
import shutil
import socket
import subprocess
import sys
import unittest

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from grpcio_reflection import Request, Response
from live_process import CAP_SECONDS
from rpcctl_testing import PROTO_DIR, ROOT, SCHEMA, RpcctlTest, status_code
from server_process import Server

_BUILT = ROOT / "build" / "release" / "tests" / "bench"
ANSWER_SERVER = os.environ.get("RPCCTL_ANSWER_SERVER", str(_BUILT / "answer_server"))
STUB_CALL = os.environ.get("RPCCTL_STUB_CALL", str(_BUILT / "stub_call"))
GRPCURL = os.environ.get("GRPCURL") or shutil.which("grpcurl")
INVALID_ARGUMENT, NOT_FOUND, UNIMPLEMENTED = 3, 5, 12
YOU = ("name=you", "-f", "{message}")


class AnswerServerTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server([ANSWER_SERVER]))
        cls.target = cls.server.target

    def call(self, *words):
        self.prints("Hello, you!\n", "call", *words, *YOU, target=self.target)


class RpcctlCallsTest(AnswerServerTest):
    def test_by_the_short_and_the_full_name(self):
        self.call("Greeter.SayHello")
        self.call("helloworld.Greeter/SayHello")

    def test_by_files(self):
        self.call("Greeter.SayHello", "--proto", PROTO_DIR / "helloworld.proto")

    def test_the_services_are_listed_and_described(self):
        self.prints("grpc.reflection.v1.ServerReflection\nhelloworld.Greeter\n", "list", target=self.target)
        self.prints("// message helloworld.HelloReply, in helloworld.proto\n"
                    "message HelloReply {\n  string message = 1;\n}\n", "describe", "HelloReply", target=self.target)

    def test_what_is_not_there(self):
        outcome = self.fails(SCHEMA, "describe", "helloworld.Nothing", target=self.target)
        self.assertIn("no symbol 'helloworld.Nothing'", outcome.error())
        self.fails(status_code(UNIMPLEMENTED), "call", "Greeter.SayHelloAgain", target=self.target)

    def test_more_than_the_windows_hold_goes_both_ways(self):
        path = self.temporary_folder() / "name"
        path.write_text("x" * (3 << 20))
        outcome = self.succeeds("call", "Greeter.SayHello", f"name=@{path}", "-f", "{message}", target=self.target)
        self.assertEqual(len(outcome.stdout), len("Hello, !\n") + (3 << 20))


class OtherClientsCallTest(AnswerServerTest):
    def test_a_generated_stub(self):
        for words in ((), ("--shutdown",)):
            with self.subTest(words=words):
                self.assertEqual(self.output_of(STUB_CALL, self.target, "you", *words), "Hello, you!\n")

    @unittest.skipUnless(GRPCURL, "grpcurl is not installed")
    def test_grpcurl(self):
        answer = self.output_of(GRPCURL, "-plaintext", "-d", '{"name":"you"}', self.target,
                                "helloworld.Greeter/SayHello")
        self.assertEqual(answer, '{\n  "message": "Hello, you!"\n}\n')

    def output_of(self, *words):
        return subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, timeout=CAP_SECONDS).stdout


class Questions:
    """A stream of reflection, by grpcio, over a connection of its own."""

    def __init__(self, target, version):
        self._asked = queue.SimpleQueue()
        self._channel = grpc.insecure_channel(target)
        method = self._channel.stream_stream(f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
                                             Request.SerializeToString, Response.FromString)
        self._answers = method(iter(self._asked.get, None), timeout=CAP_SECONDS)

    def ask(self, **question):
        self._asked.put(Request(**question))
        return next(self._answers)

    def end(self):
        """The status, once nothing is asked any more."""
        self._asked.put(None)
        assert not list(self._answers)
        self._channel.close()
        return self._answers.code()


class GrpcioTest(AnswerServerTest):
    def test_either_version_answers_one_question_after_another(self):
        for version in ("v1", "v1alpha"):
            with self.subTest(version=version):
                questions = Questions(self.target, version)
                by_symbol = questions.ask(file_containing_symbol="helloworld.Greeter")
                self.assertEqual(by_symbol.original_request.file_containing_symbol, "helloworld.Greeter")
                self.assertIn(b"HelloRequest", by_symbol.file_descriptor_response.file_descriptor_proto[0])
                by_name = questions.ask(file_by_filename="helloworld.proto")
                self.assertEqual(by_name.file_descriptor_response, by_symbol.file_descriptor_response)
                for _ in range(2):
                    nothing = questions.ask(file_containing_symbol="helloworld.Nothing")
                    self.assertEqual(nothing.error_response.error_code, NOT_FOUND)
                self.assertEqual(questions.end(), grpc.StatusCode.OK)

    def test_who_stays_holds_nobody_up(self):
        port = self.server.port
        with socket.create_connection(("127.0.0.1", port)), socket.create_connection(("127.0.0.1", port)):
            questions = Questions(self.target, "v1")
            questions.ask(list_services="")
            self.call("Greeter.SayHello")
            self.assertEqual(len(questions.ask(list_services="").list_services_response.service), 2)
            self.assertEqual(questions.end(), grpc.StatusCode.OK)

    def test_what_is_no_message_is_an_invalid_argument(self):
        with grpc.insecure_channel(self.target) as channel:
            call = channel.unary_unary("/helloworld.Greeter/SayHello")
            with self.assertRaises(grpc.RpcError) as raised:
                call(b"\x0a", timeout=CAP_SECONDS)
            self.assertEqual(raised.exception.code().value[0], INVALID_ARGUMENT)

    def test_who_speaks_no_http2_is_left(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=CAP_SECONDS) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: greeter\r\n\r\n")
            while client.recv(4096):
                pass
        self.call("Greeter.SayHello")


if __name__ == "__main__":
    unittest.main()
