"""rpcctl against a gRPC server of another make: Python's grpcio, with either version of reflection or none."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from office_table import OFFICE_PROTO, AllKinds
from rpcctl_testing import SCHEMA, RpcctlTest
from server_process import PythonServer


class PythonKinds(AllKinds):
    server_type = PythonServer


class V1Test(PythonKinds, RpcctlTest):
    reflection = "v1"

    def test_the_services_are_listed(self):
        self.prints("grpc.reflection.v1.ServerReflection\nkinds.Kinds\npost.v1.Album\npost.v1.PostOffice\npost.v1.Vault\n",
                    "list")


class V1AlphaTest(PythonKinds, RpcctlTest):
    reflection = "v1alpha"

    def test_the_services_are_listed(self):
        self.prints("grpc.reflection.v1alpha.ServerReflection\nkinds.Kinds\npost.v1.Album\npost.v1.PostOffice\npost.v1.Vault\n",
                    "list")


class BothTest(PythonKinds, RpcctlTest):
    reflection = "both"


class FilesTest(PythonKinds, RpcctlTest):
    reflection = "none"
    words = OFFICE_PROTO

    def test_the_services_are_listed(self):
        self.prints("post.v1.PostOffice\n", "list")

    def test_without_files_the_hint_is_to_give_some(self):
        for words in (("call", "PostOffice.Send"), ("list",), ("describe", "PostOffice")):
            with self.subTest(words=words):
                outcome = self.fails(SCHEMA, *words, target=self.server.target)
                self.assertIn("does not serve reflection", outcome.error())
                self.assertIn("--proto", outcome.hint())


if __name__ == "__main__":
    unittest.main()
