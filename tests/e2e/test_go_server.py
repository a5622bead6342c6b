"""rpcctl against grpc-go, where Go is installed: with either version of reflection or none."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from office_table import OFFICE_PROTO
from peer_servers import GoServer, main
from peer_table import CORRESPOND, CORRESPONDED, SENT, Manners, NoReflection, PeerKinds, TlsManners
from rpcctl_testing import RpcctlTest, only_over, start


class GoKinds(PeerKinds):
    server_type = GoServer


class V1Test(GoKinds, RpcctlTest):
    reflection = "v1"

    def test_the_services_are_listed(self):
        self.prints("grpc.reflection.v1.ServerReflection\npost.v1.PostOffice\n", "list")


class V1AlphaTest(GoKinds, RpcctlTest):
    reflection = "v1alpha"

    def test_the_services_are_listed(self):
        self.prints("grpc.reflection.v1alpha.ServerReflection\npost.v1.PostOffice\n", "list")


class BothTest(GoKinds, RpcctlTest):
    reflection = "both"

    def test_the_services_are_listed(self):
        self.prints("grpc.reflection.v1.ServerReflection\ngrpc.reflection.v1alpha.ServerReflection\n"
                    "post.v1.PostOffice\n", "list")


class FilesTest(GoKinds, NoReflection, RpcctlTest):
    reflection = "none"
    words = OFFICE_PROTO


class MannersTest(Manners, RpcctlTest):
    server_type = GoServer

    def test_answers_are_compressed_as_requests_were(self):
        for words, lines in ((("--compress", "gzip"), ("< x-encoding: gzip\n", "< x-compressed: true\n")), ((), ())):
            with self.subTest(words=words):
                outcome = self.succeeds("call", "Send", "recipient=" + "Ada " * 1000, *words, "-vv", talks=True,
                                        target=self.server.target)
                self.assertEqual(outcome.documents()[0]["letter"]["recipient"], "Ada " * 1000)
                self.assertEqual(self.server.next_call(), f"{SENT} OK")
                for line in lines:
                    self.assertIn(line, outcome.stderr)
                self.assertEqual("x-compressed" in outcome.stderr, bool(lines), outcome)


class KeepaliveTest(RpcctlTest):
    """grpc-go closes a connection after the third PING without data in between that comes sooner than its policy says,
    which by default is five minutes."""

    def quiet_call(self, server):
        """A call that has been answered once, and is quiet from then on."""
        call = self.enterContext(start(*CORRESPOND, "--keepalive", "200ms", target=server.target))
        self.exchange(call, "Ann")
        return call

    def exchange(self, call, name):
        call.write(b'{"sender":"%s"}\n' % name.encode())
        self.assertEqual(call.read_line(), name)

    def ends(self, call, server):
        call.close_stdin()
        self.assertEqual((call.wait(), call.err.all), (0, b""))
        self.assertEqual(server.next_call(), f"{CORRESPONDED} OK")

    @only_over("h2", "the core sends PINGs of its own to measure the connection")
    def test_a_quiet_stream_sends_no_more_pings_than_the_server_allows(self):
        with GoServer("both", "--tell-pings") as server:
            first = self.quiet_call(server)
            self.assertEqual([server.next_call() for _ in range(2)], ["ping 1", "ping 1"])
            # While another call goes through as much, the first would have pinged twice more.
            second = self.quiet_call(server)
            self.assertEqual([server.next_call() for _ in range(2)], ["ping 2", "ping 2"])
            for call in (first, second):
                self.exchange(call, "Ben")
                self.ends(call, server)

    @only_over("h2", "the core sends PINGs of its own to measure the connection")
    def test_data_from_the_server_allows_pings_anew(self):
        with GoServer("both", "--tell-pings") as server:
            call = self.quiet_call(server)
            for name in ("Ben", "Cai", "Dan"):
                self.assertEqual([server.next_call() for _ in range(2)], ["ping 1", "ping 1"])
                self.exchange(call, name)
            self.ends(call, server)


class TlsTest(TlsManners, RpcctlTest):
    server_type = GoServer


if __name__ == "__main__":
    main(GoServer)
