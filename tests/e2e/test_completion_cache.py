"""Where TAB takes its types from: the cache that commands fill, and servers that may be asked."""

import os
import pathlib
import re
import signal
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from cache_entry import renamed
from certificates import Authority
from connect_proxy import ConnectProxy
from hostile_reflection import FileAnswers, file_descriptor, serving
from hostile_server import HostileServer
from live_process import wait_until
from rpcctl_testing import RpcctlTest, run, start
from server_process import OpensslServer, PythonServer, ReferenceServer

METHODS = ["Greeter.SayHello", "Greeter.SayHelloAgain", "Greeter.SayHelloStreamReply"]
LONG_AGO = 3600  # seconds


def processes(*words):
    """The ids of the processes whose command lines have all these words."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            except OSError:
                continue  # it is gone
            if all(word in line for word in words):
                found.append(int(entry.name))
    return found


class CacheTest(RpcctlTest):
    def setUp(self):
        self.home = self.temporary_folder()
        self.cache = self.home / "rpcctl"

    def env(self, **changes):
        return {"XDG_CACHE_HOME": str(self.home), **changes}

    def rpcctl(self, *words, **how):
        return self.succeeds(*words, env=self.env(), **how)

    def complete(self, line, target=None, **changes):
        """The answer's (values, hints). It never fails, and is silent on stderr."""
        outcome = run("__complete", "bash", line, target=target, env=self.env(**changes))
        self.assertEqual((outcome.code, outcome.err), (0, b""), outcome)
        self.assertTrue(outcome.lines[0].startswith(":"), outcome)
        rest = outcome.lines[1:]
        return ([text.split("\t")[0] for text in rest if not text.startswith("#")],
                [text[1:] for text in rest if text.startswith("#")])

    def completes_greeter(self, target, **changes):
        """On a machine that is busy the 300 ms a server has may be over: then there is nothing, and once more is
        tried. There is never anything else."""

        def completes():
            values, _ = self.complete("rpcctl call Greeter.", target, **changes)
            self.assertIn(values, (METHODS, []))
            self.forget_failures()
            return values

        wait_until(completes, "completion of the methods")

    def forget_failures(self):
        for attempt in self.cache.glob("*.attempt"):
            attempt.unlink()

    def entry(self):
        """The only entry."""
        entries = list(self.cache.glob("*.schema"))
        self.assertEqual(len(entries), 1, entries)
        return entries[0]

    def age(self, seconds=LONG_AGO):
        then = time.time() - seconds
        os.utime(self.entry(), (then, then))

    def served(self, server):
        """How often reflection was asked."""
        return sum(line.startswith("/grpc.reflection.") for line in server.log_lines())


class FeedingTest(CacheTest):
    def test_every_command_that_learns_a_schema_feeds_completion(self):
        with ReferenceServer() as server:
            for words in (["call", "Greeter.SayHello"], ["list", "Greeter"], ["describe", "Greeter"],
                          ["template", "Greeter.SayHello"], ["call", "Greeter.SayHello", "--dry-run"]):
                with self.subTest(words=words):
                    self.rpcctl(*words, target=server.target)
                    self.assertIn(b"helloworld.Greeter", self.entry().read_bytes())
                    self.entry().unlink()

    def test_what_a_call_learnt_is_completed_without_the_server(self):
        with ReferenceServer() as server:
            self.rpcctl("call", "Greeter.SayHello", target=server.target)
            target = server.target
        self.completes_greeter(target)
        self.assertEqual(self.complete("rpcctl call Greeter.SayHello na", target), (["name="], []))

    def test_folder_and_entry_are_the_user_s_alone_whatever_the_umask(self):
        with ReferenceServer() as server:
            old = os.umask(0)
            self.addCleanup(os.umask, old)
            self.rpcctl("list", target=server.target)
        self.assertEqual(self.cache.stat().st_mode & 0o777, 0o700)
        self.assertEqual(self.entry().stat().st_mode & 0o777, 0o600)

    def test_headers_are_remembered_by_name_and_never_by_value(self):
        with ReferenceServer() as server:
            token = self.home / "token"
            token.write_text("x-file: canary-file\n")
            self.rpcctl("call", "Greeter.SayHello", "name=canary", "-H", "authorization: canary-header",
                        "--reflect-header", "x-only: canary-reflection", "--header-file", token, target=server.target)
        written = self.entry().read_bytes()
        self.assertIn(b"authorization", written)
        self.assertNotIn(b"canary", written)

    def test_a_failure_to_write_is_nobody_s_concern(self):
        with ReferenceServer() as server:
            for place in ("/dev/null", "/proc", "/proc/none/x", "relative", ""):
                outcome = self.succeeds("list", target=server.target, env={"XDG_CACHE_HOME": place})
                self.assertIn("helloworld.Greeter", outcome.lines)

    def test_a_schema_from_files_feeds_nothing(self):
        with ReferenceServer() as server:
            proto = pathlib.Path(__file__).resolve().parents[2] / "proto" / "helloworld.proto"
            self.rpcctl("call", "--proto", proto, "Greeter.SayHello", target=server.target)
        self.assertFalse(self.cache.exists())

    def test_twenty_commands_at_once_leave_a_good_entry(self):
        with ReferenceServer() as server:
            commands = [["call", "Greeter.SayHello"], ["list", "RouteGuide"], ["describe"], ["describe", "Point"]]
            running = [start(*commands[i % 4], target=server.target, env=self.env()) for i in range(20)]
            for process in running:
                with process:
                    self.assertEqual(process.wait(), 0)
            target = server.target
        self.completes_greeter(target)
        self.assertEqual([entry.name for entry in self.cache.iterdir()], [self.entry().name])


class FreshAndStaleTest(CacheTest):
    def test_a_fresh_entry_is_answered_from_and_the_server_is_not_asked(self):
        with ReferenceServer() as server:
            self.rpcctl("describe", target=server.target)
            self.completes_greeter(server.target)
            # A call is logged when it is over for the server, which may be after it was for the client.
            server.stop()
            self.assertEqual(self.served(server), 1)

    def test_what_a_fresh_entry_lacks_is_asked_for_and_kept(self):
        with ReferenceServer() as server:
            self.rpcctl("call", "Greeter.SayHello", target=server.target)
            self.assertFalse("routeguide.Feature" in self.entry().read_text("latin-1"))

            def completes():
                self.forget_failures()
                return self.complete("rpcctl call RouteGuide.GetF", server.target)[0] == ["RouteGuide.GetFeature"]

            wait_until(completes, "completion of the method")
            target = server.target
        self.assertEqual(self.complete("rpcctl call RouteGuide.GetF", target), (["RouteGuide.GetFeature"], []))

    def test_a_stale_entry_is_answered_from_and_refreshed_by_another_process(self):
        with ReferenceServer() as server:
            self.rpcctl("call", "Greeter.SayHello", target=server.target)
            self.age()
            self.completes_greeter(server.target)
            wait_until(lambda: time.time() - self.entry().stat().st_mtime < LONG_AGO / 2, "entry that is fresh again")
            # It has everything now.
            target = server.target
        self.assertEqual(self.complete("rpcctl call RouteGuide.GetF", target), (["RouteGuide.GetFeature"], []))

    def test_an_entry_of_the_future_is_stale(self):
        with ReferenceServer() as server:
            self.rpcctl("describe", target=server.target)
            self.age(-LONG_AGO)
            self.completes_greeter(server.target)
            wait_until(lambda: self.entry().stat().st_mtime < time.time() + 5, "entry that is refreshed")

    def test_a_refresh_is_on_its_own_and_there_is_only_one(self):
        file = file_descriptor("a.proto", package="a", messages=["M"], services=["Known"])
        with HostileServer(serving(FileAnswers(file))) as server:
            self.rpcctl("describe", target=server.target)
            target = server.target
        with HostileServer("silent") as silent:
            # What the first server said is taken for what this one did, which says nothing.
            self.move_entry(target, silent.target)
            self.age()
            for _ in range(3):
                self.assertEqual(self.complete("rpcctl call Known.", silent.target), (["Known.Do"], []))
            # One that finds another at work is gone at once.
            refreshing = lambda: processes("__refresh", f"--target={silent.target}")
            wait_until(silent.accepted, "connection of the process that refreshes")
            wait_until(lambda: len(refreshing()) == 1, "only process that refreshes")
            pid, = refreshing()
            self.check_detached(pid)
            os.kill(pid, signal.SIGKILL)

    def test_a_refresh_sends_no_password_to_the_proxy_of_the_environment(self):
        with ReferenceServer() as server, ConnectProxy({"api.test:443": ("127.0.0.1", server.port)}) as proxy:
            self.rpcctl("list", "--plaintext", "--proxy", proxy.url, target="api.test:443")
            self.age()
            values, _ = self.complete(f"https_proxy={proxy.url} rpcctl list --plaintext -t api.test:443 Gree",
                                      https_proxy=f"http://user:canary@{proxy.target}")
            self.assertEqual(values, ["Greeter"])
            wait_until(lambda: time.time() - self.entry().stat().st_mtime < LONG_AGO / 2, "entry that is fresh again")
            self.assertGreater(len(proxy.heads), 1)
            self.assertNotIn("proxy-authorization", "".join(proxy.heads).lower())

    def test_a_proxy_that_wants_a_password_is_never_asked(self):
        with ReferenceServer() as server, ConnectProxy({"api.test:443": ("127.0.0.1", server.port)}) as proxy:
            self.rpcctl("list", "--plaintext", "--proxy", proxy.url, target="api.test:443")
            self.age()
            asked = len(proxy.heads)
            run("__refresh", "--target=api.test:443", "--plaintext",
                env=self.env(https_proxy=f"http://user:canary@{proxy.target}"))
            self.assertEqual(len(proxy.heads), asked)

    def test_a_mistake_on_the_line_is_not_held_against_the_server(self):
        with ReferenceServer() as server:
            values, hints = self.complete("rpcctl call --plaintext --tls Gree", server.target)
            self.assertEqual(values, [])
            self.assertIn("--plaintext", hints[0])
            _, hints = self.complete("rpcctl call Gree", server.target)
            self.assertNotIn("had no answer just now", str(hints))

    def move_entry(self, old, new):
        """Makes the entry of one server that of another."""
        name, content = renamed(self.entry().read_bytes(), old, new)
        self.entry().unlink()
        place = self.cache / name
        place.write_bytes(content)
        place.chmod(0o600)

    def check_detached(self, pid):
        self.assertNotEqual(os.getsid(pid), os.getsid(0))
        self.assertEqual(os.readlink(f"/proc/{pid}/cwd"), "/")
        folder = pathlib.Path(f"/proc/{pid}/fd")
        open_files = {int(link.name): os.readlink(link) for link in folder.iterdir()}
        self.assertEqual([open_files.pop(number) for number in range(3)], 3 * ["/dev/null"])
        for name in open_files.values():
            self.assertRegex(name, rf"^socket:|^anon_inode:|^pipe:|^{re.escape(str(self.cache))}/")


class MissingTest(CacheTest):
    def test_a_server_on_loopback_is_asked_and_remembered(self):
        with ReferenceServer() as server:
            self.completes_greeter(server.target)
            target = server.target
        self.completes_greeter(target)
        self.assertEqual(self.complete("rpcctl call -t 127.0.0.1:"), ([target], []))

    def test_without_a_home_it_is_asked_each_time(self):
        with ReferenceServer() as server:
            complete = lambda: run("__complete", "bash", "rpcctl call Greeter.", target=server.target,
                                   env={"HOME": None, "XDG_CACHE_HOME": None}).lines
            for _ in range(2):
                wait_until(lambda: len(complete()) == 4, "completion of the methods")

    def test_a_dead_port_gives_a_hint_and_is_left_alone_for_a_while(self):
        values, hints = self.complete("rpcctl call Gree", "localhost:1")
        self.assertEqual(values, [])
        self.assertIn("Connection refused", hints[0])
        self.assertEqual(self.complete("rpcctl call Gree", "localhost:1"),
                         ([], ["localhost:1 had no answer just now"]))

    def test_a_silent_server_gives_a_hint(self):
        with HostileServer("silent") as server:
            values, hints = self.complete("rpcctl call Gree", server.target)
        self.assertEqual((values, len(hints)), ([], 1))

    def test_a_server_that_never_answers_reflection_gives_a_hint(self):
        with HostileServer("never-reads") as server:
            values, hints = self.complete("rpcctl call Gree", server.target)
        self.assertEqual((values, len(hints)), ([], 1))

    def test_a_server_that_is_not_trusted_gives_a_hint(self):
        identity = Authority(self.home).issue("good")
        with OpensslServer(identity) as server:
            values, hints = self.complete(f"rpcctl call --tls -t localhost:{server.port} Gree")
        self.assertEqual((values, len(hints)), ([], 1))

    def test_a_server_without_reflection_gives_a_hint(self):
        with PythonServer("none") as server:
            values, hints = self.complete("rpcctl call Post", server.target)
        self.assertEqual(values, [])
        self.assertIn("does not serve reflection", hints[0])

    def test_a_server_that_was_never_used_is_not_asked(self):
        self.assertEqual(self.complete("rpcctl call Gree", "server.test:443"),
                         ([], ["server.test:443 is not asked: it has not been used before"]))

    def test_a_failure_is_over_when_a_command_succeeds(self):
        with HostileServer("silent") as server:
            target, port = server.target, server.port
            self.complete("rpcctl call Gree", target)
        with ReferenceServer(listen=f"127.0.0.1:{port}") as server:
            self.rpcctl("list", target=target)
            self.completes_greeter(target)

    def test_no_credentials_are_sent(self):
        file = file_descriptor("a.proto", package="a", messages=["M"], services=["Known"])
        with HostileServer(serving(FileAnswers(file))) as server:
            self.complete("rpcctl call -H 'authorization: canary' --reflect-header 'x-key: canary' Kno", server.target)
            headers = [header for stream in server.streams for header in stream.headers]
        self.assertTrue(headers)
        self.assertNotIn("canary", str(headers))


class BadCacheTest(CacheTest):
    def setUp(self):
        super().setUp()
        self.server = self.enter(ReferenceServer())
        self.rpcctl("describe", target=self.server.target)
        self.good = self.entry().read_bytes()

    def enter(self, context):
        entered = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return entered

    def test_a_damaged_entry_is_none(self):
        step = max(1, len(self.good) // 40)
        for place in range(0, len(self.good), step):
            with self.subTest(place=place):
                self.entry().write_bytes(self.good[:place] + bytes([self.good[place] ^ 0x10]) + self.good[place + 1:])
                self.completes_greeter(self.server.target)

    def test_a_cut_entry_is_none(self):
        for size in (0, 1, 22, 30, len(self.good) // 2, len(self.good) - 1):
            with self.subTest(size=size):
                self.entry().write_bytes(self.good[:size])
                self.completes_greeter(self.server.target)

    def test_an_entry_of_another_version_is_none(self):
        self.entry().write_bytes(self.good.replace(b"cache 1\n", b"cache 0\n", 1))
        self.completes_greeter(self.server.target)

    def test_a_huge_entry_is_none(self):
        os.truncate(self.entry(), 1 << 30)
        self.completes_greeter(self.server.target)

    def test_an_entry_that_is_a_link_is_none_and_what_it_leads_to_stays(self):
        elsewhere = self.home / "elsewhere"
        elsewhere.write_bytes(b"mine")
        entry = self.entry()
        entry.unlink()
        entry.symlink_to(elsewhere)
        self.completes_greeter(self.server.target)
        self.assertEqual(elsewhere.read_bytes(), b"mine")

    def test_a_pipe_in_its_place_holds_nobody_up(self):
        entry = self.entry()
        entry.unlink()
        os.mkfifo(entry, 0o600)
        self.completes_greeter(self.server.target)

    def test_a_folder_that_is_open_to_others_is_not_read_and_not_written(self):
        self.cache.chmod(0o777)
        self.entry().write_bytes(b"planted")
        self.completes_greeter(self.server.target)
        self.rpcctl("list", target=self.server.target)
        self.assertEqual(self.entry().read_bytes(), b"planted")

    def test_a_folder_that_is_a_link_is_not_read_and_not_written(self):
        elsewhere = self.home / "elsewhere"
        self.cache.rename(elsewhere)
        self.cache.symlink_to(elsewhere)
        before = self.entry().stat().st_mtime_ns
        self.completes_greeter(self.server.target)
        self.rpcctl("list", target=self.server.target)
        self.assertEqual(self.entry().stat().st_mtime_ns, before)

    @unittest.skipIf(os.getuid() != 0, "only root can give a folder away")
    def test_a_folder_of_another_user_is_not_read_and_not_written(self):
        os.chown(self.cache, 12345, 12345)
        self.entry().write_bytes(b"planted")
        self.completes_greeter(self.server.target)
        self.assertEqual(self.entry().read_bytes(), b"planted")


if __name__ == "__main__":
    unittest.main()
