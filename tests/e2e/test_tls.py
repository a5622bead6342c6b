"""TLS: whom rpcctl trusts, who it says it is, and what it tells when the two sides do not agree."""

import os
import pathlib
import signal
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import certificates
from certificates import openssl
from hostile_server import HostileServer
from rpcctl_testing import CONNECT, INPUT, TEST_PROTO_DIR, TLS, USAGE, RpcctlTest, run, start, status_code
from server_process import OpensslServer, PythonServer, ReferenceServer

OFFICE_PROTO = ("--proto", TEST_PROTO_DIR / "post/v1/office.proto", "-I", TEST_PROTO_DIR)
SEND = ("call", "PostOffice.Send", "recipient=Ada", "-f", "{letter.recipient}")
DIALLED = "cannot connect to {} over TLS: "


class TlsTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="rpcctl-test-")))
        cls.authority = certificates.Authority(cls.folder)
        cls.trust = ("--cacert", cls.authority.certificate)
        cls.good = cls.authority.issue("good")

    def write(self, name, content, mode=0o600):
        path = self.temporary_folder() / name
        path.write_bytes(content)
        path.chmod(mode)
        return path


class TrustTest(TlsTest):
    """Against a server with a good certificate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.enterClassContext(PythonServer(identity=cls.good))

    def sends(self, *words, talks=False, **how):
        how.setdefault("target", self.server.target)
        outcome = self.succeeds(*SEND, *words, talks=talks, **how)
        self.assertEqual(outcome.stdout, "Ada\n")
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Send OK")
        return outcome

    def test_a_trusted_server_by_reflection_and_by_files(self):
        self.sends(*self.trust)
        self.sends(*self.trust, *OFFICE_PROTO)
        self.sends(*self.trust, "--tls")

    def test_every_kind_of_call(self):
        calls = ((("Track", "letter.recipient=Ada", "-f", "{place}"), "Counter\nVan\nDoor of Ada\n"),
                 (("Deposit", "recipient=Ada", ",", "recipient=Bob", "-f", "{count}"), "2\n"),
                 (("Correspond", "sender=Ada", ",", "sender=Bob", "-f", "{recipient}"), "Ada\nBob\n"))
        for words, expected in calls:
            with self.subTest(words=words):
                self.prints(expected, "call", *words, *self.trust, target=self.server.target)
                self.server.next_call()

    def test_messages_of_megabytes_go_there_and_back(self):
        seal = self.write("seal", os.urandom(3 << 20))
        outcome = self.succeeds("call", "Send", "recipient=Ada", f"seal=@{seal}", *self.trust, "-f", "{letter.seal}",
                                target=self.server.target)
        self.assertEqual(len(outcome.stdout), (3 << 20) // 3 * 4 + 1)
        self.server.next_call()

    def test_list_and_describe(self):
        self.prints("post.v1.PostOffice.Correspond\npost.v1.PostOffice.Deposit\npost.v1.PostOffice.Send\n"
                    "post.v1.PostOffice.Track\n", "list", "PostOffice", *self.trust, target=self.server.target)
        outcome = self.succeeds("describe", "PostOffice", *self.trust, target=self.server.target)
        self.assertIn("rpc Send(Letter) returns (Receipt);", outcome.stdout)

    def test_names_and_addresses_that_the_certificate_is_for(self):
        for target in (f"localhost:{self.server.port}", f"127.0.0.1:{self.server.port}"):
            with self.subTest(target=target):
                self.sends(*self.trust, target=target)

    def test_a_certificate_that_is_trusted_by_itself(self):
        self.sends("--cacert", self.good.certificate)

    def test_the_systems_certificates_are_those_of_the_environment(self):
        self.sends("--tls", env={"SSL_CERT_FILE": str(self.authority.certificate)})

    def test_an_unknown_authority(self):
        for env in ({"SSL_CERT_FILE": "/nonexistent", "SSL_CERT_DIR": "/nonexistent"}, {}):
            outcome = self.fails(TLS, *SEND, "--tls", target=self.server.target, env=env)
            self.assertTrue(outcome.error().startswith(
                DIALLED.format(self.server.target) +
                "certificate 'CN = localhost', issued by 'CN = Test CA', comes from an unknown authority "
                "(valid from 2020-01-01 00:00:00 to 2049-12-31 00:00:00 UTC)"), outcome)
            self.assertEqual(outcome.hint(), "--cacert FILE names the certificate to trust")

    def test_another_authority_than_the_one_that_is_trusted(self):
        other = certificates.Authority(self.temporary_folder(), "Other CA")
        outcome = self.fails(TLS, *SEND, "--cacert", other.certificate, target=self.server.target,
                             env={"SSL_CERT_FILE": str(self.authority.certificate)})
        self.assertIn("comes from an unknown authority", outcome.error())

    def test_reflection_fails_the_same_way(self):
        for words in (("list",), ("describe", "PostOffice")):
            outcome = self.fails(TLS, *words, "--tls", target=self.server.target)
            self.assertIn("comes from an unknown authority", outcome.error())

    def test_insecure_takes_any_certificate_and_warns_each_time(self):
        warning = "rpcctl: warning: --insecure: the server's certificate is not checked\n"
        self.assertEqual(self.sends("--insecure", talks=True).stderr, warning)
        self.assertEqual(self.sends("--insecure", "--server-name", "other.test", talks=True).stderr, warning)

    def test_every_command_warns(self):
        for words in (("list",), ("describe", "Letter"), ("template", "Letter"), ("export", "--to", "-"), ("health",)):
            with self.subTest(words=words):
                outcome = run(*words, "--insecure", target=self.server.target)
                self.assertTrue(outcome.stderr.startswith("rpcctl: warning: --insecure: "), outcome)

    def test_an_option_without_its_file(self):
        for words in (("--cacert", ""), ("--cert", ""), ("--cert", "x", "--key", "")):
            self.refuses(USAGE, f"{words[-2]}: '' names no file", "leave the option out, or name a file", "list", *words,
                         target=self.server.target)

    def test_the_name_to_verify(self):
        target = f"127.0.0.1:{self.server.port}"
        for words in (("--server-name", "other.test"), ("--authority", "other.test:1"),
                      ("--authority", "localhost", "--server-name", "other.test")):
            with self.subTest(words=words):
                outcome = self.fails(TLS, *SEND, *self.trust, *words, target=target)
                self.assertIn("certificate 'CN = localhost' is for localhost, 127.0.0.1, not for 'other.test' "
                              "(valid from 2020-01-01 00:00:00 to ", outcome.error())
                self.assertEqual(outcome.hint(), "--server-name NAME expects another name")
        self.sends(*self.trust, "--authority", "other.test", "--server-name", "localhost")
        self.sends(*self.trust, "--authority", "localhost:99")

    def test_verbose_tells_that_it_is_tls(self):
        outcome = self.sends(*self.trust, "-v", talks=True)
        self.assertIn(f"* target {self.server.target} (TLS)\n", outcome.stderr)
        outcome = self.sends("--insecure", "-v", talks=True)
        self.assertIn(f"* target {self.server.target} (TLS, not verified)\n", outcome.stderr)

    def test_no_keys_are_logged(self):
        log = self.temporary_folder() / "keys"
        self.sends(*self.trust, env={"SSLKEYLOGFILE": str(log)})
        self.assertFalse(log.exists())

    def test_without_tls_the_hint_is_to_use_it(self):
        for words in ((), ("--plaintext",)):
            for command in (SEND + OFFICE_PROTO, SEND, ("list",)):
                with self.subTest(words=words, command=command):
                    self.refuses(CONNECT,
                                 f"cannot connect to {self.server.target} without TLS: the server speaks TLS",
                                 "try --tls", *command, *words, target=self.server.target)

    def test_ctrl_c_in_the_middle_of_a_call(self):
        with start("call", "Correspond", "@-", "-f", "{recipient}", *self.trust, target=self.server.target) as call:
            call.write(b'{"sender":"Ann"}\n')
            self.assertEqual(call.read_line(), "Ann")
            call.send_signal(signal.SIGINT)
            self.assertEqual(call.wait(), -signal.SIGINT)
            self.assertEqual(call.err.all, b"")
        # The server's own words do not tell how, but the call has ended there too.
        self.assertRegex(self.server.next_call(), "^/post.v1.PostOffice/Correspond ")


class CertificateTest(TlsTest):
    """Servers whose certificate is wrong, each in its own way."""

    def refusal(self, identity, *words):
        with OpensslServer(identity, "-alpn", "h2") as server:
            outcome = self.fails(TLS, *SEND, *OFFICE_PROTO, *(words or self.trust), target=server.target)
        begin = DIALLED.format(server.target)
        self.assertTrue(outcome.error().startswith(begin), outcome)
        self.assertEqual(outcome.out, b"")
        return outcome.error()[len(begin):]

    def test_an_expired_certificate(self):
        expired = self.authority.issue("expired", ends="20210101000000Z")
        self.assertEqual(self.refusal(expired), "certificate 'CN = localhost' has expired: it was valid from "
                                                "2020-01-01 00:00:00 to 2021-01-01 00:00:00 UTC")

    def test_a_certificate_that_is_not_valid_yet(self):
        future = self.authority.issue("future", begins="20480101000000Z")
        self.assertEqual(self.refusal(future), "certificate 'CN = localhost' is not valid yet: it is valid from "
                                               "2048-01-01 00:00:00 to 2049-12-31 00:00:00 UTC")

    def test_a_self_signed_certificate(self):
        identity = certificates.self_signed(self.temporary_folder())
        self.assertRegex(self.refusal(identity),
                         r"^certificate 'CN = localhost' is self-signed and not trusted \(valid from .* UTC\)$")

    def test_a_certificate_for_another_host(self):
        other = self.authority.issue("other", name="Other", hosts="DNS:other.test,DNS:*.more.test")
        self.assertEqual(self.refusal(other), "certificate 'CN = Other' is for other.test, *.more.test, not for "
                                              "'127.0.0.1' (valid from 2020-01-01 00:00:00 to 2049-12-31 00:00:00 UTC)")

    def test_a_certificate_that_is_not_for_servers(self):
        client = self.authority.issue("client-only", purpose="clientAuth")
        self.assertIn("is not meant for a server (extended key usage; ", self.refusal(client))

    def test_a_subject_that_would_play_with_the_terminal(self):
        evil = self.authority.issue("evil", name="\x1b[2Jevil\u202e", ends="20210101000000Z")
        self.assertIn("evil", self.refusal(evil))

    def test_a_failure_is_never_answered_with_less_security(self):
        identity = certificates.self_signed(self.temporary_folder())
        for words in (("--tls",), ("--server-name", "localhost")):
            with self.subTest(words=words):
                self.assertIn("is self-signed and not trusted", self.refusal(identity, *words))


class ServerTest(TlsTest):
    """Servers that do not speak what is needed."""

    def test_a_server_without_alpn(self):
        for options in ((), ("-alpn", "http/1.1")):
            with self.subTest(options=options), OpensslServer(self.good, *options) as server:
                outcome = self.fails(TLS, *SEND, *OFFICE_PROTO, *self.trust, target=server.target)
                self.assertIn("the server did not negotiate h2 (ALPN)", outcome.error())

    def test_a_server_with_nothing_but_old_tls(self):
        with OpensslServer(self.good, "-alpn", "h2", "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0") as server:
            outcome = self.fails(TLS, *SEND, *OFFICE_PROTO, *self.trust, target=server.target)
        self.assertIn("the server does not speak TLS 1.2 or later", outcome.error())

    def test_either_version_of_tls_will_do(self):
        for version in ("-tls1_2", "-tls1_3"):
            with self.subTest(version=version), OpensslServer(self.good, "-alpn", "h2", version) as server:
                # Behind its TLS nobody speaks HTTP/2: what is sent arrives, and the connect timeout ends the wait.
                outcome = self.fails(CONNECT, *SEND, *OFFICE_PROTO, *self.trust, "--connect-timeout", "1s",
                                     target=server.target)
                self.assertIn("the peer took the connection and said nothing", outcome.error())

    def test_a_plaintext_server(self):
        with ReferenceServer() as server:
            for command in (("list",), ("call", "Greeter.SayHello", "--proto", "proto/helloworld.proto")):
                outcome = self.fails(TLS, *command, "--tls", target=server.target,
                                     cwd=TEST_PROTO_DIR.parents[2])
                self.assertTrue(outcome.error().startswith(
                    DIALLED.format(server.target) + "the server does not speak TLS"), outcome)
                self.assertEqual(outcome.hint(), "try --plaintext")
            self.assertEqual(server.stop(), [])

    def test_peers_of_other_protocols(self):
        for fault, told in (("http1", "it speaks HTTP/1.x ('HTTP/1.1 400 Bad Request')"),
                            ("ssh", "it speaks SSH ('SSH-2.0-OpenSSH_9.2p1 Debian-2')"),
                            ("random", "it begins with '\\x00\\x01")):
            with self.subTest(fault=fault), HostileServer(fault) as server:
                outcome = self.fails(TLS, *SEND, *OFFICE_PROTO, "--tls", target=server.target)
                self.assertIn("the server does not speak TLS, " + told, outcome.error())
                self.assertEqual(outcome.hint(), "try --plaintext")

    def test_a_peer_that_closes(self):
        with HostileServer("closes") as server:
            outcome = self.fails(TLS, *SEND, *OFFICE_PROTO, "--tls", target=server.target)
        self.assertIn("broke the connection off in the middle of the handshake", outcome.error())
        self.assertEqual(outcome.hint(), "if it does not speak TLS, try --plaintext")

    def test_a_peer_that_says_nothing(self):
        with HostileServer("silent") as server:
            outcome = self.fails(CONNECT, *SEND, *OFFICE_PROTO, "--tls", "--connect-timeout", "300ms",
                                 target=server.target)
            self.assertIn("timed out in the middle of the TLS handshake", outcome.error())
            outcome = self.fails(status_code(4), *SEND, *OFFICE_PROTO, "--tls", "--timeout", "300ms",
                                 target=server.target)

    def test_a_refused_port_is_no_matter_of_tls(self):
        outcome = self.fails(CONNECT, *SEND, *OFFICE_PROTO, "--tls", target="127.0.0.1:1")
        self.assertIn("Connection refused", outcome.error())

    def test_ctrl_c_in_the_handshake(self):
        with HostileServer("silent") as server:
            with start("call", "PostOffice.Send", *OFFICE_PROTO, "--tls", "-v", target=server.target) as call:
                while not call.read_line(call.err).startswith("* target "):
                    pass
                call.send_signal(signal.SIGINT)
                self.assertEqual(call.wait(), -signal.SIGINT)


class ClientCertificateTest(TlsTest):
    """A server that wants to know its clients."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.authority.issue("client", name="Client", hosts="DNS:client.test")
        cls.server = cls.enterClassContext(PythonServer(identity=cls.good, client_ca=cls.authority.certificate))

    def words(self, identity):
        return (*self.trust, "--cert", identity.certificate, "--key", identity.key)

    def test_a_client_the_server_knows(self):
        for words in (OFFICE_PROTO, ()):
            self.prints("Ada\n", *SEND, *words, *self.words(self.client), target=self.server.target)
            self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Send OK")

    def test_certificate_and_key_in_one_file(self):
        both = self.write("both.pem", self.client.certificate.read_bytes() + self.client.key.read_bytes())
        self.prints("Ada\n", *SEND, *self.trust, "--cert", both, target=self.server.target)
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Send OK")

    def test_no_client_certificate(self):
        for words in (OFFICE_PROTO, ()):
            outcome = self.fails(TLS, *SEND, *words, *self.trust, target=self.server.target)
            self.assertIn("the server asks for a client certificate", outcome.error())
            self.assertEqual(outcome.hint(), "--cert FILE and --key FILE give one")

    def test_a_client_certificate_the_server_does_not_know(self):
        stranger = certificates.self_signed(self.temporary_folder(), "Stranger")
        outcome = self.fails(TLS, *SEND, *OFFICE_PROTO, *self.words(stranger), target=self.server.target)
        self.assertTrue("client certificate" in outcome.error() or "--cert" in outcome.hint(), outcome)

    def test_both_versions_of_tls_tell_the_refusal(self):
        stranger = certificates.self_signed(self.temporary_folder(), "Stranger")
        for version in ("-tls1_2", "-tls1_3"):
            options = ("-alpn", "h2", version, "-Verify", "1", "-verify_return_error", "-CAfile",
                       self.authority.certificate)
            with self.subTest(version=version), OpensslServer(self.good, *options) as server:
                outcome = self.fails(TLS, *SEND, *OFFICE_PROTO, *self.trust, target=server.target)
                self.assertIn("the server asks for a client certificate", outcome.error())
                outcome = self.fails(TLS, *SEND, *OFFICE_PROTO, *self.words(stranger), target=server.target)
                self.assertIn("the server refuses the client certificate", outcome.error())

    def test_a_key_that_others_can_read_is_warned_of(self):
        open_key = self.write("open.key", self.client.key.read_bytes(), 0o644)
        outcome = self.succeeds(*SEND, *self.trust, "--cert", self.client.certificate, "--key", open_key, talks=True,
                                target=self.server.target)
        self.assertEqual(outcome.stderr, f"rpcctl: warning: the key in '{open_key}' is open to others (mode 0644); "
                                         "'chmod 600' closes it\n")
        self.server.next_call()


class FilesTest(TlsTest):
    """Files that cannot be used are errors before anything is dialled."""

    def refuses_files(self, message, hint, *words):
        self.refuses(INPUT, message, hint, *SEND, *OFFICE_PROTO, *words, target="127.0.0.1:1")

    def test_a_ca_file_without_a_certificate(self):
        for content in (b"", b"garbage\n", self.good.key.read_bytes(), b"\0" * 1000):
            path = self.write("ca.pem", content)
            self.refuses_files(f"'{path}' holds no certificate",
                               "a certificate in PEM begins with -----BEGIN CERTIFICATE-----; "
                               "'openssl x509 -inform der' converts others", "--cacert", path)

    def test_files_that_cannot_be_read(self):
        folder = self.temporary_folder()
        for option in (("--cacert",), ("--cert",), ("--cert", self.good.certificate, "--key")):
            self.refuses_files(f"cannot read '{folder}': it is a folder", "", *option, folder)
            self.refuses_files(f"cannot read '{folder}/x': No such file or directory", "", *option, folder / "x")

    def test_keys_that_cannot_be_used(self):
        encrypted = self.temporary_folder() / "encrypted.key"
        openssl("pkey", "-in", self.good.key, "-aes128", "-passout", "pass:secret", "-out", encrypted)
        encrypted.chmod(0o600)
        certificate = ("--cert", self.good.certificate)
        self.refuses_files(f"'{encrypted}' holds an encrypted key, and there is no way to give its passphrase",
                           "'openssl pkey -in FILE -out FILE' writes it unencrypted", *certificate, "--key", encrypted)
        self.refuses_files(f"'{self.authority.key}' does not hold the key of the certificate in "
                           f"'{self.good.certificate}'", "", *certificate, "--key", self.authority.key)
        self.refuses_files(f"'{self.good.certificate}' holds no private key",
                           "--key FILE names the key of the certificate", *certificate)

    def test_an_encrypted_key_is_not_asked_for_on_a_terminal(self):
        encrypted = self.temporary_folder() / "encrypted.key"
        openssl("pkey", "-in", self.good.key, "-aes128", "-passout", "pass:secret", "-out", encrypted)
        outcome = self.fails(INPUT, *SEND, *OFFICE_PROTO, "--cert", self.good.certificate, "--key", encrypted,
                             "--color", "never", tty=True, target="127.0.0.1:1")
        self.assertIn("encrypted", outcome.error())

    def test_options_that_exclude_each_other(self):
        for words in (("--plaintext", "--tls"), ("--plaintext", "--insecure"),
                      ("--plaintext", "--cacert", self.authority.certificate),
                      ("--insecure", "--cacert", self.authority.certificate), ("--key", self.good.key)):
            with self.subTest(words=words):
                self.fails(USAGE, *SEND, *OFFICE_PROTO, *words, target="127.0.0.1:1")


if __name__ == "__main__":
    unittest.main()
