"""What each executable holds: merely to be linked with gRPC or OpenSSL costs time of every start."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import CORE, RPCCTL

# Names of functions of gRPC's core, as a symbol table has them, and the name of its shared library.
GRPC = (b"grpc_init", b"grpc_call_start_batch", b"libgrpc")
NGHTTP2 = (b"nghttp2_version", b"libnghttp2")
OPENSSL = (b"SSL_CTX_new", b"libssl")


def found_in(program, names):
    content = pathlib.Path(program).read_bytes()
    return [name for name in names if name in content]


class BinariesTest(unittest.TestCase):
    def test_rpcctl_holds_nghttp2_and_no_grpc(self):
        self.assertNotEqual(found_in(RPCCTL, NGHTTP2), [])
        self.assertEqual(found_in(RPCCTL, GRPC), [])

    def test_rpcctl_holds_no_openssl_but_the_core_does(self):
        self.assertEqual(found_in(RPCCTL, OPENSSL), [])
        self.assertNotEqual(found_in(CORE, OPENSSL), [])

    def test_the_core_holds_grpc_and_no_nghttp2(self):
        self.assertNotEqual(found_in(CORE, GRPC), [])
        self.assertEqual(found_in(CORE, NGHTTP2), [])


if __name__ == "__main__":
    unittest.main()
