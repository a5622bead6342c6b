"""Each phase of a call is timed: which there are, and in which order; how long they take is for nobody to say."""

import json
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import certificates
from connect_proxy import ConnectProxy
from rpcctl_testing import PROTO_DIR, TEST_PROTO_DIR, RpcctlTest, run, status_code
from server_process import PythonServer, ReferenceServer

CALL = ("call", "Greeter.SayHello", "name=you", "--proto", PROTO_DIR)
OFFICE = ("call", "PostOffice.Send", "recipient=Ada", "--proto", TEST_PROTO_DIR / "post/v1/office.proto", "-I",
          TEST_PROTO_DIR)


class TimingTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def timing(self, *words, code=0, **how):
        """The times of a call, which stand in an order and are as long as that says."""
        how.setdefault("target", self.server.target)
        outcome = run(*words, "--status", "json", **how)
        self.assertEqual(outcome.code, code, outcome)
        timing = json.loads(outcome.stderr)["timing"]
        points = [timing[name] for name in ("connect_ms", "headers_ms", "first_ms", "total_ms") if name in timing]
        self.assertEqual(points, sorted(points))
        phases = [timing.get(name, 0) for name in ("name_ms", "dial_ms", "proxy_ms", "tls_ms")]
        # Each is rounded to a microsecond.
        self.assertLessEqual(sum(phases), timing["connect_ms"] + 0.003)
        return list(timing)

    def test_a_call_that_makes_the_connection(self):
        self.assertEqual(self.timing(*CALL),
                         ["name_ms", "dial_ms", "connect_ms", "headers_ms", "first_ms", "total_ms"])

    def test_a_connection_that_stood_already_took_nothing_of_the_call(self):
        self.assertEqual(self.timing(*CALL[:3]), ["connect_ms", "headers_ms", "first_ms", "total_ms"])

    def test_without_a_message_there_is_no_first_one(self):
        timing = self.timing("call", "Greeter.SayHello", "name=abcdefghijk", code=status_code(3))
        self.assertNotIn("first_ms", timing)

    def test_a_proxy_and_tls(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="rpcctl-test-")))
        authority = certificates.Authority(folder)
        with PythonServer(identity=authority.issue("api", hosts="DNS:api.test")) as server:
            proxy = self.enterContext(ConnectProxy({"api.test:443": ("127.0.0.1", server.port)}))
            words = (*OFFICE, "--cacert", authority.certificate, "--proxy", proxy.url)
            self.assertEqual(self.timing(*words, target="api.test"),
                             ["name_ms", "dial_ms", "proxy_ms", "tls_ms", "connect_ms", "headers_ms", "first_ms",
                              "total_ms"])
            outcome = self.succeeds(*words, "-v", talks=True, target="api.test")
            time = r"[0-9]+[.][0-9]{2} ms"
            self.assertRegex(outcome.stderr, rf"\n[*] connected to {re.escape(proxy.target)} in {time} \(name {time}, "
                                             rf"dial {time}, proxy {time}, TLS {time}\)\n")

    def test_verbose_tells_of_the_connection_once_and_before_what_came_over_it(self):
        for words in (CALL, CALL[:3]):
            with self.subTest(words=words):
                outcome = self.succeeds(*words, "-v", talks=True, target=self.server.target)
                self.assertEqual(outcome.stderr.count(f"* connected to {self.server.target} in "), 1)
                self.assertRegex(outcome.stderr, r"(?s)[*] connected to.*[*] OK: .*, headers after [^,]+, first message "
                                                 r"after [^,]+, total ")

    def test_a_unix_socket_is_told_by_its_name(self):
        path = self.temporary_folder() / "socket"
        with ReferenceServer("--unix", path, listen=None):
            outcome = self.succeeds(*CALL, "-v", talks=True, target=f"unix:{path}")
            self.assertIn(f"* connected to unix:{path} in ", outcome.stderr)


if __name__ == "__main__":
    unittest.main()
