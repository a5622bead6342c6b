"""What each executable holds: merely to be linked with something costs time of every start."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import CORE, FULL, RPCCTL

# Names of functions of gRPC's core, as a symbol table has them, and the name of its shared library.
GRPC = (b"grpc_init", b"grpc_call_start_batch", b"libgrpc")
NGHTTP2 = (b"nghttp2_version", b"libnghttp2")
OPENSSL = (b"SSL_CTX_new", b"libssl")
# What loads name services, and what runs scripts.
LOOK_UP = (b"getaddrinfo",)
SCRIPTS = (b"RunTestCommand", b"libre2")


def found_in(program, names):
    content = pathlib.Path(program).read_bytes()
    return [name for name in names if name in content]


class BinariesTest(unittest.TestCase):
    def test_rpcctl_holds_nghttp2_and_no_grpc(self):
        self.assertNotEqual(found_in(RPCCTL, NGHTTP2), [])
        self.assertEqual(found_in(RPCCTL, GRPC), [])

    def test_what_rpcctl_does_without_is_in_the_others(self):
        for what in (OPENSSL, LOOK_UP, SCRIPTS):
            with self.subTest(what=what):
                self.assertEqual(found_in(RPCCTL, what), [])
                self.assertNotEqual(found_in(FULL, what), [])
                self.assertNotEqual(found_in(CORE, what), [])

    def test_the_full_one_holds_nghttp2_and_no_grpc(self):
        self.assertNotEqual(found_in(FULL, NGHTTP2), [])
        self.assertEqual(found_in(FULL, GRPC), [])

    def test_the_core_holds_grpc_and_no_nghttp2(self):
        self.assertNotEqual(found_in(CORE, GRPC), [])
        self.assertEqual(found_in(CORE, NGHTTP2), [])


if __name__ == "__main__":
    unittest.main()
