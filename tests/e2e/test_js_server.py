"""rpcctl against grpc-js, where Node and npm are installed: with either version of reflection or none."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from office_table import OFFICE_PROTO
from peer_servers import JsServer, main
from peer_table import Manners, NoReflection, PeerKinds, TlsManners
from rpcctl_testing import RpcctlTest


class JsKinds(PeerKinds):
    server_type = JsServer


class JsReflection(JsKinds):
    def test_the_services_are_listed(self):
        self.prints("post.v1.PostOffice\n", "list")


class V1Test(JsReflection, RpcctlTest):
    reflection = "v1"


class V1AlphaTest(JsReflection, RpcctlTest):
    reflection = "v1alpha"


class BothTest(JsReflection, RpcctlTest):
    reflection = "both"


class FilesTest(JsKinds, NoReflection, RpcctlTest):
    reflection = "none"
    words = OFFICE_PROTO


class MannersTest(Manners, RpcctlTest):
    server_type = JsServer


class TlsTest(TlsManners, RpcctlTest):
    server_type = JsServer


if __name__ == "__main__":
    main(JsServer)
