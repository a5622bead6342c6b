"""HTTP proxies: who is reached through which, what a proxy is told, and what is told of one that refuses."""

import pathlib
import signal
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import certificates
from connect_proxy import ConnectProxy, encoded, read_head
from hostile_server import HostileServer
from rpcctl_testing import CONNECT, TLS, USAGE, RpcctlTest, start, status_code
from server_process import PythonServer, ReferenceServer

CALL = ("call", "Greeter.SayHello", "name=you")
PLAIN = (*CALL, "--plaintext")
HELLO = '{"message":"Hello, you!"}\n'
TARGET = "api.test:443"  # a name that only the proxy knows
CREDENTIALS = "canary-user:canary-secret"


def answering(answer):
    """A proxy that answers any CONNECT with these bytes."""
    def serve(client):
        read_head(client)
        client.sendall(answer)
    serve.raw = True
    return HostileServer(serve)


class ProxyTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def proxy(self, **how):
        places = {TARGET: ("127.0.0.1", self.server.port)}
        return self.enterContext(ConnectProxy(places, **how))


class WhichProxyTest(ProxyTest):
    def test_an_option_names_the_proxy(self):
        proxy = self.proxy()
        self.prints(HELLO, *PLAIN, "--proxy", proxy.url, target=TARGET)
        # Reflection and the call share one connection, and the name went to the proxy as it was typed.
        self.assertEqual([head.split("\r\n")[0] for head in proxy.heads], ["CONNECT api.test:443 HTTP/1.1"])

    def test_answers_before_the_one_that_counts_are_passed_over(self):
        proxy = self.proxy(interim=b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nA: b\r\n\r\n")
        self.prints(HELLO, *PLAIN, "--proxy", proxy.url, target=TARGET)

    def test_variables_name_the_proxy(self):
        for name in ("grpc_proxy", "https_proxy", "http_proxy", "GRPC_PROXY", "HTTPS_PROXY", "HTTP_PROXY"):
            with self.subTest(name=name):
                proxy = self.proxy()
                outcome = self.prints(HELLO, *PLAIN, "-v", talks=True, target=TARGET, env={name: proxy.url})
                self.assertIn(f"* target {TARGET} (plaintext, through the proxy {proxy.target} of {name})\n",
                              outcome.stderr)
                self.assertEqual(len(proxy.heads), 1)

    def test_the_first_of_the_variables_counts(self):
        proxy, other = self.proxy(), self.proxy()
        self.prints(HELLO, *PLAIN, target=TARGET, env={"HTTPS_PROXY": proxy.url, "http_proxy": other.url})
        self.assertEqual((len(proxy.heads), len(other.heads)), (1, 0))

    def test_no_proxy_exempts(self):
        # Nobody is at 192.0.2.1, and api.test is a name that nobody knows: both are tried directly.
        for target, entry in ((TARGET, "api.test"), (TARGET, ".test"), (TARGET, "*"), ("192.0.2.1:1", "192.0.2.0/24")):
            with self.subTest(entry=entry):
                proxy = self.proxy()
                env = {"https_proxy": proxy.url, "NO_PROXY": f"other.test,{entry}"}
                outcome = self.fails_somehow(*PLAIN, "-v", "--connect-timeout", "50ms", target=target, env=env)
                self.assertIn(f"(plaintext, directly, by '{entry}' in NO_PROXY)", outcome.stderr)
                self.assertEqual(proxy.heads, [])

    def fails_somehow(self, *words, **how):
        return self.fails(CONNECT, *words, talks=True, **how)

    def test_none_is_above_the_environment(self):
        proxy = self.proxy()
        self.fails_somehow(*PLAIN, "--proxy", "none", target="nowhere.invalid:1", env={"https_proxy": proxy.url})
        self.assertEqual(proxy.heads, [])

    def test_loopback_and_unix_sockets_are_always_direct(self):
        proxy = self.proxy()
        path = self.temporary_folder() / "socket"
        with ReferenceServer("--unix", path, listen=None):
            for target in (self.server.target, f"localhost:{self.server.port}", f"unix:{path}"):
                with self.subTest(target=target):
                    self.prints(HELLO, *CALL, target=target, env={"https_proxy": proxy.url})
                    self.prints(HELLO, *CALL, "--proxy", proxy.url, target=target)
        self.assertEqual(proxy.heads, [])

    def test_what_is_no_proxy(self):
        for url, fault in (("socks5://x:1", "SOCKS proxies are not supported, HTTP proxies are"),
                           ("https://x:1", "a proxy that is itself reached by TLS (https) is not supported"),
                           (f"http://{CREDENTIALS}@x:y", "the port must be a number from 1 to 65535")):
            hint = "write it as http://[USER:PASSWORD@]HOST:PORT"
            self.refuses(USAGE, f"--proxy: {fault}", hint, *CALL, "--proxy", url, target=TARGET)
            self.refuses(USAGE, f"http_proxy: {fault}", hint, *CALL, target=TARGET, env={"http_proxy": url})


class ThroughTest(ProxyTest):
    """What goes through a proxy."""

    def test_every_kind_of_call(self):
        proxy = self.proxy()
        for words in (("SayHelloStreamReply", "name=you"), ("RouteGuide.RecordRoute", "latitude=1", ",", "latitude=2"),
                      ("BidiHello", "greeting=a", ",", "greeting=b")):
            with self.subTest(words=words):
                direct = self.succeeds("call", *words, target=self.server.target)
                through = self.succeeds("call", *words, "--plaintext", "--proxy", proxy.url, target=TARGET)
                self.assertEqual(len(through.lines), len(direct.lines))

    def test_tls(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="rpcctl-test-")))
        authority = certificates.Authority(folder)
        identity = authority.issue("api", hosts="DNS:api.test")
        with PythonServer(identity=identity) as server:
            proxy = self.enterContext(ConnectProxy({TARGET: ("127.0.0.1", server.port),
                                                    "other.test:443": ("127.0.0.1", server.port)}))
            words = ("call", "PostOffice.Send", "recipient=Ada", "-f", "{letter.recipient}", "--cacert",
                     authority.certificate, "--proxy", proxy.url)
            self.prints("Ada\n", *words, target=TARGET)
            outcome = self.fails(TLS, *words, target="other.test:443")
            self.assertIn("not for 'other.test'", outcome.error())

    def test_credentials_are_sent_and_shown_nowhere(self):
        proxy = self.proxy(credentials=CREDENTIALS)
        url = f"http://{CREDENTIALS}@{proxy.target}"
        for words, env in ((("--proxy", url), {}), ((), {"https_proxy": url})):
            for more in (("-vv",), ("--status", "json"), ("-vv", "--status", "json"), ("--as", "items")):
                with self.subTest(words=words, more=more):
                    outcome = self.succeeds(*PLAIN, *words, *more, talks=True, target=TARGET, env=env)
                    self.shows_no_secret(outcome)
        self.assertTrue(proxy.heads)

    def shows_no_secret(self, outcome):
        for secret in ("canary", encoded(CREDENTIALS)):
            self.assertNotIn(secret, outcome.stdout)
            self.assertNotIn(secret, outcome.stderr)


class RefusingTest(ProxyTest):
    """What is told of a proxy that is of no use: error 5, in its words, with the way around it."""

    def refused(self, proxy, *words, user=""):
        """The error without what is the same for all."""
        url = f"http://{user}{proxy.target}"
        for more in ((), ("-vv",), ("--status", "json")):
            outcome = self.fails_with_status_line if "--status" in more else self.fails
            outcome = outcome(CONNECT, *PLAIN, *words, *more, talks=True, target=TARGET, env={"https_proxy": url})
            self.assertNotIn("canary", outcome.stderr)
            self.assertNotIn(encoded(CREDENTIALS), outcome.stderr)
        outcome = self.fails(CONNECT, *PLAIN, *words, target=TARGET, env={"https_proxy": url})
        return outcome.error().replace(proxy.target, "PROXY"), outcome.hint()

    def fails_with_status_line(self, code, *words, **how):
        from rpcctl_testing import run
        how.pop("talks")
        outcome = run(*words, **how)
        self.assertEqual(outcome.code, code, outcome)
        self.assertIn('"code":"CONNECT"', outcome.stderr)
        return outcome

    NAMED = "https_proxy names this proxy; --proxy none goes without one"

    def test_credentials_that_are_missing_or_wrong(self):
        proxy = self.proxy(credentials=CREDENTIALS)
        refusal = f"cannot connect to {TARGET}: proxy PROXY refused CONNECT: 407 Proxy Authentication Required"
        self.assertEqual(self.refused(proxy),
                         (refusal, "--proxy http://USER:PASSWORD@HOST:PORT tells it who you are"))
        self.assertEqual(self.refused(proxy, user="canary-user:canary-wrong@"),
                         (refusal, "does the proxy know this user, with this password?"))

    def test_a_target_that_the_proxy_does_not_reach(self):
        with ConnectProxy({}) as proxy:
            self.assertEqual(self.refused(proxy, user=f"{CREDENTIALS}@"),
                             (f"cannot connect to {TARGET}: proxy PROXY refused CONNECT: 502 Bad Gateway", self.NAMED))

    def test_escape_sequences_of_a_proxy_are_shown(self):
        with answering(b"HTTP/1.1 403 \x1b[2J\xff\r\n\r\n") as proxy:
            self.assertEqual(self.refused(proxy)[0],
                             f"cannot connect to {TARGET}: proxy PROXY refused CONNECT: 403 \\x1b[2J\\xff")

    def test_what_is_no_proxy_at_all(self):
        for answer, told in ((b"SSH-2.0-x\r\n", "did not answer CONNECT, it speaks SSH ('SSH-2.0-x')"),
                             (b"\0\1\2", "did not answer CONNECT, it begins with '\\x00\\x01\\x02'"),
                             (b"", "closed the connection in place of an answer"),
                             (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 20000, "answers CONNECT without an end"),
                             (b"HTTP/1.1 100 Continue\r\n\r\n" * 5000, "answers CONNECT without an end")):
            with self.subTest(told=told), answering(answer) as proxy:
                self.assertEqual(self.refused(proxy, user=f"{CREDENTIALS}@"),
                                 (f"cannot connect to {TARGET}: proxy PROXY {told}", self.NAMED))

    def test_a_proxy_that_says_nothing(self):
        with HostileServer("silent") as proxy:
            self.assertEqual(self.refused(proxy, "--connect-timeout", "200ms"),
                             (f"cannot connect to {TARGET}: timed out: proxy PROXY did not answer CONNECT", self.NAMED))
            outcome = self.fails(status_code(4), *PLAIN, "--timeout", "200ms", target=TARGET,
                                 env={"https_proxy": f"http://{CREDENTIALS}@{proxy.target}"})
            self.assertNotIn("canary", outcome.stderr)

    def test_ctrl_c_while_a_proxy_says_nothing(self):
        with HostileServer("silent") as proxy:
            with start(*PLAIN, "-v", "--proxy", f"http://{proxy.target}", target=TARGET) as call:
                while not call.read_line(call.err).startswith("* schema"):
                    pass
                call.send_signal(signal.SIGINT)
                self.assertEqual(call.wait(), -signal.SIGINT)

    def test_a_proxy_that_is_not_there(self):
        outcome = self.fails(CONNECT, *PLAIN, "--proxy", f"http://{CREDENTIALS}@127.0.0.1:1", target=TARGET)
        self.assertEqual(outcome.error(), f"cannot reach the proxy for {TARGET}: cannot connect to 127.0.0.1:1: "
                                          "Connection refused")
        self.assertEqual(outcome.hint(), "--proxy names this proxy; --proxy none goes without one")
        self.assertNotIn("canary", outcome.stderr)

    def test_a_server_behind_the_proxy_that_closes_without_a_word(self):
        def close(_client):
            pass
        close.raw = True
        with HostileServer(close) as server:
            proxy = self.enterContext(ConnectProxy({TARGET: ("127.0.0.1", server.port)}))
            outcome = self.fails(CONNECT, *PLAIN, "--proxy", proxy.url, target=TARGET)
            self.assertIn("without a word", outcome.error())
            # Whoever looks closer goes through the proxy as well.
            self.assertGreater(len(proxy.heads), 1)


if __name__ == "__main__":
    unittest.main()
