"""Servers whose reflection lies, never ends or asks for too much: the schema is refused, rpcctl lives on."""

import pathlib
import signal
import sys
import unittest

from google.protobuf import descriptor_pb2

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from hostile_faults import EVIL
from hostile_reflection import (TARGET_TYPES, FileAnswers, Request, Response, error_answer, file_descriptor,
                                files_answer, importing, services_answer, serving)
from hostile_server import HostileServer
from http2_peer import PeerGone
from live_process import CAP_SECONDS, SLOWNESS, wait_until
from rpcctl_testing import INPUT, SCHEMA, RpcctlTest, run, run_measured, start, status_code
from wire import varint

DEADLINE_EXCEEDED, UNAUTHENTICATED = 4, 16
TARGET_FILES = [TARGET_TYPES.file(name) for name in
                ("hostile.proto", "hostile_proto2.proto", "google/protobuf/any.proto")]
CALLED = '{"text":"called"}\n'


def message(name, **fields):
    return descriptor_pb2.DescriptorProto(name=name, **fields)


class ReflectionTest(RpcctlTest):
    def serve(self, answer, **how):
        return self.enterContext(HostileServer(serving(answer, **how)))

    def is_refused(self, answer, pattern, *words, seconds=None):
        """A call of what `answer` offers fails for its schema, and the error or its hint matches."""
        server = self.serve(answer)
        more = {"seconds": seconds} if seconds else {}
        outcome = self.fails(SCHEMA, *(words or ("call", "evil.Service.Do")), target=server.target, **more)
        self.assertRegex(outcome.stderr, pattern)
        self.assertEqual(outcome.out, b"")
        return outcome

    def evil(self, *files, **how):
        """Answers with these files beside the honest ones."""
        return FileAnswers(*files, *TARGET_FILES, **how)

    def others_still_work(self, answer):
        """The honest service of the same server can be listed, described and called."""
        server = self.serve(answer)
        for words in (("list", "hostile.Target"), ("describe", "hostile.Target")):
            self.succeeds(*words, target=server.target)
        self.assertEqual(self.succeeds("call", "hostile.Target.Unary", target=server.target).stdout, CALLED)

    def refused_alone(self, answer, pattern):
        """What is broken is refused, what is not can be used."""
        self.is_refused(answer, pattern)
        self.others_still_work(answer)


class HonestTest(ReflectionTest):
    """The bench itself: without a lie everything works."""

    def test_an_honest_server(self):
        self.others_still_work(FileAnswers(*TARGET_FILES))

    def test_each_version_alone(self):
        for version in ("v1", "v1alpha"):
            with self.subTest(version=version):
                server = self.serve(FileAnswers(*TARGET_FILES), versions=(version,))
                self.assertEqual(self.succeeds("call", "Target.Unary", target=server.target).stdout, CALLED)

    def test_reflection_is_closed_before_the_call_and_asked_on_one_stream(self):
        server = self.serve(FileAnswers(*TARGET_FILES))
        self.succeeds("call", "Target.Unary", target=server.target)
        self.assertEqual([stream.path.rpartition("/")[2] for stream in server.streams],
                         ["ServerReflectionInfo", "Unary"])
        self.assertTrue(server.streams[0].ended)

    def test_headers_reach_reflection_too(self):
        server = self.serve(FileAnswers(*TARGET_FILES))
        self.succeeds("call", "Target.Unary", "-H", "x-team: a", target=server.target)
        for stream in server.streams:
            self.assertIn(("x-team", "a"), stream.headers)


class ImportsTest(ReflectionTest):
    """B1 to B4: files that do not fit together."""

    def test_a_chain_of_imports_made_on_demand(self):
        class Endless(FileAnswers):
            def find(self, kind, wanted):
                if not wanted.startswith("chain"):
                    return super().find(kind, wanted)
                return files_answer(_link(int(wanted[5:-6])))

        answer = Endless(importing("evil.proto", "chain0.proto", uses=[".chain0.M"]), *TARGET_FILES)
        outcome = self.is_refused(answer, r"schema limit: import depth")
        self.assertIn("512", outcome.stderr)
        self.assertLess(len(answer.asked), 2000)
        _, peak = run_measured("list", "evil.Service", target=self.serve(answer).target)
        if SLOWNESS == 1:  # a sanitizer needs memory of its own
            self.assertLess(peak, 64)

    def test_a_long_chain_of_imports_sent_at_once(self):
        evil = importing("evil.proto", "chain0.proto", uses=[".chain0.M"])
        chain = [_link(number) for number in range(3000)]
        answer = self.evil(evil, answers={"evil.Service": files_answer(evil, *chain)})
        self.is_refused(answer, r"schema limit: import depth")

    def test_a_cycle_of_imports_is_named(self):
        evil = importing("evil.proto", "other.proto", uses=[".other.M"])
        other = file_descriptor("other.proto", package="other", imports=["evil.proto"], messages=["M"])
        outcome = self.is_refused(self.evil(evil, other), r"cycle")
        self.assertIn("evil.proto -> other.proto -> evil.proto", outcome.stderr)

    def test_a_file_that_imports_itself(self):
        self.refused_alone(self.evil(importing("evil.proto", "evil.proto")), r"evil\.proto -> evil\.proto")

    def test_an_import_that_is_not_served(self):
        evil = importing("evil.proto", "missing.proto", uses=[".missing.M"])
        self.refused_alone(self.evil(evil), r"imports missing\.proto, which is not known to the server")

    def test_an_import_that_nothing_needs_may_be_missing(self):
        server = self.serve(self.evil(importing("evil.proto", "missing.proto")))
        self.succeeds("call", "evil.Service.Do", target=server.target)

    def test_another_file_than_the_one_asked_for(self):
        evil = importing("evil.proto", "wanted.proto", uses=[".wanted.M"])
        other = file_descriptor("other.proto", package="other", messages=["M"])
        self.refused_alone(self.evil(evil, answers={"wanted.proto": files_answer(other)}), r"wanted\.proto")

    def test_a_file_without_the_symbol_asked_for(self):
        evil = file_descriptor("evil.proto", package="evil", messages=["M"])
        self.refused_alone(self.evil(evil, services=["evil.Service", "hostile.Target"],
                                     answers={"evil.Service": files_answer(evil)}), r"evil\.Service")

    def test_empty_answers(self):
        for answer in (files_answer(), Response(), services_answer()):
            with self.subTest(answer=answer):
                self.refused_alone(self.evil(services=["evil.Service", "hostile.Target"],
                                             answers={"evil.Service": answer}), r"evil\.Service")

    def test_answers_that_are_no_messages(self):
        server = self.serve(lambda request: b"\xff\xff\xff\xff")
        for words in (("list",), ("describe",), ("call", "evil.Service.Do")):
            with self.subTest(words=words):
                self.fails(SCHEMA, *words, target=server.target)

    def test_a_file_that_is_no_descriptor(self):
        self.refused_alone(self.evil(services=["evil.Service", "hostile.Target"],
                                     answers={"evil.Service": files_answer(b"\xff\xff\xff\xff")}), r"does not parse")

    def test_one_name_with_two_contents(self):
        first = file_descriptor("evil.proto", package="evil", messages=["M"], services=["Service"])
        second = file_descriptor("evil.proto", package="evil", messages=["M", "Another"], services=["Service"])
        self.is_refused(self.evil(services=["evil.Service"], answers={"evil.Service": files_answer(first, second)}),
                        r"evil\.proto")

    def test_equal_copies_of_a_file_are_one(self):
        target, old, any_file = TARGET_FILES
        answer = self.evil(answers={"hostile.Target": files_answer(target, old, any_file, old, target)})
        self.others_still_work(answer)

    def test_one_symbol_in_two_files(self):
        twin = file_descriptor("twin.proto", package="evil", messages=["M", "N"])
        self.refused_alone(self.evil(importing("evil.proto", "twin.proto", uses=[".evil.N"]), twin), r"evil\.M")


def _link(number):
    """One file of an endless chain of imports."""
    part = descriptor_pb2.FieldDescriptorProto(name="f", number=1, label=1, type=11, type_name=f".chain{number + 1}.M")
    return file_descriptor(f"chain{number}.proto", package=f"chain{number}", imports=[f"chain{number + 1}.proto"],
                           messages=[message("M", field=[part])])


def _leaves(count):
    """Files with a message each, and the evil file that needs them all."""
    names = [f"leaf{number}" for number in range(count)]
    leaves = [file_descriptor(f"{name}.proto", package=name, messages=["M"]) for name in names]
    return leaves, importing("evil.proto", *(leaf.name for leaf in leaves), uses=[f".{name}.M" for name in names])


class SizeTest(ReflectionTest):
    """B5, B6: too much, or without end."""

    def test_more_files_than_the_limit(self):
        leaves, evil = _leaves(5000)
        answer = self.evil(evil, services=["evil.Service"], answers={"evil.Service": files_answer(evil, *leaves)})
        self.is_refused(answer, r"schema limit: .*4,?096 files")

    def test_more_bytes_than_the_limit(self):
        leaves, evil = _leaves(4)
        for leaf in leaves:
            leaf.source_code_info.location.add(leading_comments="x" * (9 << 20))
        self.is_refused(self.evil(evil, *leaves), r"schema limit: .*32 MiB")

    def test_a_message_of_400000_fields_is_built_or_refused(self):
        fields = [descriptor_pb2.FieldDescriptorProto(name=f"f{number}", number=number, type=5, label=1)
                  for number in range(20000, 420000)]
        evil = file_descriptor("evil.proto", package="evil", messages=[message("M", field=fields)],
                               services=["Service"])
        server = self.serve(self.evil(evil))
        outcome = run("list", "evil.Service", target=server.target, seconds=30 * SLOWNESS)
        self.check_rules(outcome)
        self.assertIn(outcome.code, (0, SCHEMA), outcome)

    def test_100000_messages_are_built_or_refused(self):
        names = [f"M{number}" for number in range(100000)]
        evil = file_descriptor("evil.proto", package="evil", messages=names, services=["Service"])
        server = self.serve(self.evil(evil))
        outcome = run("list", "evil.Service", target=server.target, seconds=30 * SLOWNESS)
        self.check_rules(outcome)
        self.assertIn(outcome.code, (0, SCHEMA), outcome)

    def test_answers_without_end(self):
        class Flood(FileAnswers):
            def __call__(self, request):
                answer = super().__call__(request)
                return _Endless(answer)

        server = self.serve(Flood(*TARGET_FILES))
        outcome = run("call", "Target.Unary", "--timeout", "5s", target=server.target)
        self.check_rules(outcome)
        self.assertIn(outcome.code, (0, SCHEMA, status_code(DEADLINE_EXCEEDED)), outcome)

    def test_an_answer_larger_than_the_limit(self):
        huge = b"\x22\xff\xff\xff\x7f" + b"x" * (40 << 20)
        server = self.serve(self.evil(services=["evil.Service"], answers={"evil.Service": huge}))
        outcome = run("call", "evil.Service.Do", target=server.target)
        self.check_rules(outcome)
        self.assertIn(outcome.code, (SCHEMA, status_code(8)), outcome)

    def test_no_answer_ends_at_reflections_own_limit(self):
        server = self.serve(lambda request: [])
        outcome = self.fails(SCHEMA, "list", target=server.target, seconds=30 * SLOWNESS)
        self.assertIn("10s", outcome.error())

    def test_no_answer_ends_at_the_timeout(self):
        server = self.serve(lambda request: [])
        for words in (("list",), ("describe",), ("call", "evil.Service.Do")):
            with self.subTest(words=words):
                self.fails(status_code(DEADLINE_EXCEEDED), *words, "--timeout", "300ms", target=server.target)


class _Endless(list):
    """One answer, over and over."""

    def __init__(self, answer):
        super().__init__([answer])

    def __iter__(self):
        while True:
            yield self[0]


class NamesTest(ReflectionTest):
    """A3, B9, B10: names and numbers that protobuf takes, or does not, and people must not."""

    def test_names_that_are_no_names(self):
        for name in ("1abc", "a b", EVIL, "a-b", "", "x" * 5000):
            with self.subTest(name=name[:20]):
                evil = file_descriptor("evil.proto", package="evil", messages=["M", name], services=["Service"])
                self.is_refused(self.evil(evil), r"evil\.proto")

    def test_evil_names_of_services_are_listed_escaped(self):
        server = self.serve(FileAnswers(services=[f"evil.{EVIL}", "hostile.Target"]))
        outcome = run("list", target=server.target)
        self.check_rules(outcome)
        self.assertIn("hostile.Target", outcome.stdout)

    def test_a_service_with_a_name_of_a_megabyte(self):
        """Each dot ends another name that might be known."""
        name = "a." * 500_000 + "b"
        server = self.serve(FileAnswers(*TARGET_FILES, services=["hostile.Target", name]))
        folder = self.temporary_folder()
        outcome = self.succeeds("describe", "Ping", target=server.target, env={"XDG_CACHE_HOME": str(folder)})
        self.assertIn("message Ping {", outcome.stdout)
        self.fails(SCHEMA, "export", "--to", str(folder / "all.protoset"), target=server.target)
        for line, known in (("call hostile.Target.Un", "hostile.Target.Unary\t"), ("list ", "Target\t"),
                            ("describe Pin", "Ping\t")):
            outcome = run("__complete", "bash", f"rpcctl {line}", target=server.target,
                          env={"XDG_CACHE_HOME": str(folder)})
            self.assertIn(f"\n{known}", outcome.stdout)

    def test_evil_names_everywhere_else_never_reach_the_terminal(self):
        field = descriptor_pb2.FieldDescriptorProto(name=EVIL, number=1, type=9, label=1)
        named = {
            "field": file_descriptor("e.proto", package="evil", messages=[message("M", field=[field])],
                                     services=["Service"]),
            "package": file_descriptor("e.proto", package=f"evil.{EVIL}", messages=["M"], services=["Service"]),
            "file": file_descriptor(f"{EVIL}.proto", package="evil", messages=["M"], services=["Service"]),
            "import": file_descriptor("e.proto", package="evil", imports=[EVIL], messages=["M"], services=["Service"]),
        }
        for what, file in named.items():
            service = f"{file.package}.Service"
            answer = FileAnswers(file, services=[service], answers={service: files_answer(file)})
            server = self.serve(answer)
            for words in (("list", "Service"), ("describe", "Service"), ("call", "Service.Do"), ("describe",)):
                with self.subTest(what=what, words=words):
                    self.check_rules(run(*words, target=server.target))

    def test_evil_json_names_comments_and_defaults_are_escaped(self):
        for tty in (False, True):
            for words in (("describe", "evil.M"), ("describe", "evil.Service"), ("describe",)):
                with self.subTest(words=words, tty=tty):
                    server = self.serve(FileAnswers(_evil_comments()))
                    outcome = self.succeeds(*words, "--color", "never", target=server.target, tty=tty)
                    self.assertIn("evil", outcome.stdout)

    def test_an_evil_json_name(self):
        field = descriptor_pb2.FieldDescriptorProto(name="f", json_name=EVIL, number=1, type=9, label=1)
        evil = file_descriptor("evil.proto", package="evil", messages=[message("M", field=[field])],
                               services=["Service"])
        self.refused_alone(self.evil(evil), r"JSON name")

    def test_errors_of_reflection_are_escaped(self):
        server = self.serve(lambda request: error_answer(13, EVIL))
        for words in (("list",), ("describe",), ("call", "evil.Service.Do")):
            with self.subTest(words=words):
                outcome = run(*words, target=server.target)
                self.check_rules(outcome)
                self.assertNotEqual(outcome.code, 0)

    def test_numbers_out_of_range(self):
        for number in (0, -1, 19000, 1 << 29):
            with self.subTest(number=number):
                field = descriptor_pb2.FieldDescriptorProto(name="f", number=number, type=5, label=1)
                evil = file_descriptor("evil.proto", package="evil", messages=[message("M", field=[field])],
                                       services=["Service"])
                self.refused_alone(self.evil(evil), r"evil\.proto")

    def test_types_nested_without_end(self):
        for depth in (100, 20000):
            with self.subTest(depth=depth):
                inner = b"\x0a\x01M"
                for _ in range(depth):
                    inner = b"\x0a\x01M\x1a" + varint(len(inner)) + inner
                head = file_descriptor("evil.proto", package="evil", services=()).SerializeToString()
                raw = head + b"\x22" + varint(len(inner)) + inner
                answer = self.evil(services=["evil.Service", "hostile.Target"],
                                   answers={"evil.Service": files_answer(raw)})
                self.is_refused(answer, r"evil")
                self.others_still_work(answer)


def _evil_comments():
    """A file whose comments, string default and option text are hostile."""
    field = descriptor_pb2.FieldDescriptorProto(name="f", number=1, type=9, label=1, default_value=EVIL)
    file = file_descriptor("evil.proto", package="evil", messages=[message("M", field=[field])], services=["Service"],
                           syntax="proto2")
    for path in ([4, 0], [4, 0, 2, 0], [6, 0], [6, 0, 2, 0]):
        file.source_code_info.location.add(path=path, span=[1, 0, 1], leading_comments=f" {EVIL}\n*/ {EVIL}",
                                           trailing_comments=EVIL, leading_detached_comments=[EVIL])
    return file


def _circle_of_types(count):
    """A file of this many messages, each with a field of the next, the last with one of the first."""
    types = []
    for number in range(count):
        field = descriptor_pb2.FieldDescriptorProto(name="f", number=1, type=11, label=1,
                                                    type_name=f".evil.M{(number + 1) % count}")
        types.append(message(f"M{number}", field=[field]))
    return file_descriptor("evil.proto", package="evil", messages=types, services=["Service"])


class LinkedTypesTest(ReflectionTest):
    """A request is built only of types that can be: following 20,000 of them would exhaust the stack."""

    def test_a_circle_of_types_as_a_request(self):
        server = self.serve(self.evil(_circle_of_types(20000)))
        for words in (("f.f:={}",), ("-d", "{}", "f:={}"), ("f:={}",)):
            with self.subTest(words=words):
                outcome = self.fails(INPUT, "call", "evil.Service.Do", *words, target=server.target)
                self.assertIn("types linked more than 2000 deep in evil.M0", outcome.error())

    def test_a_circle_of_types_inside_an_any(self):
        types = _circle_of_types(20000)
        holder = descriptor_pb2.DescriptorProto(name="Holder")
        holder.field.add(name="any", number=1, type=11, label=1, type_name=".google.protobuf.Any")
        types.message_type.add().CopyFrom(holder)
        types.dependency.append("google/protobuf/any.proto")
        types.service[0].method[0].input_type = ".evil.Holder"
        server = self.serve(self.evil(types))
        outcome = self.fails(INPUT, "call", "evil.Service.Do", "any.@type=evil.M7", "any.f:={}", target=server.target)
        self.assertIn("types linked more than 2000 deep in evil.M7", outcome.error())


class LateTest(ReflectionTest):
    """What only a response leads to is asked for while the call is under way, over a connection of its own:
    whatever comes of that, the call goes on."""

    def serve_late(self, answers, messages, then_stay=False):
        """Each call gets `messages`; what they hold is asked for late, and answered from `answers`."""
        honest = FileAnswers(*TARGET_FILES, answers=answers)
        reflection = serving(honest)

        def call(peer):
            stream = peer.next_stream()
            peer.next_message(stream)
            peer.headers(stream)
            for message in messages:
                peer.message(stream, message.SerializeToString())
            if then_stay:
                peer.ignore()
            peer.trailers(stream)
            peer.read_to_end()

        def serve(peer):
            # The first connection is asked for the schema and then called, the later ones are asked only.
            if server.peers[0] is not peer:
                reflection(peer)
            stream = peer.next_stream()
            peer.headers(stream)
            while (asked := peer.next_message(stream)) is not None:
                peer.message(stream, honest(Request.FromString(asked)).SerializeToString())
            peer.trailers(stream)
            call(peer)

        server = self.enterContext(HostileServer(serve))
        server.asked = honest.asked
        return server


class LateTypesTest(LateTest):
    """The types inside an Any."""

    def serve_anys(self, answers, count=1, then_stay=False):
        """Reflection that answers "evil.Late0" and so on from `answers`; each call gets `count` messages with an
        Any of one of those types, and a last one without."""
        Pong = TARGET_TYPES.message("hostile.Pong")
        pongs = [Pong(number=number) for number in range(count)]
        for number, pong in enumerate(pongs):
            pong.detail.type_url = f"x/evil.Late{number}"
        return self.serve_late(answers, [*pongs, Pong(text="last")], then_stay)

    def test_answers_that_help_nobody(self):
        late = file_descriptor("late.proto", package="evil", messages=["Other"])
        needs = file_descriptor("late.proto", package="evil", imports=["nowhere.proto"], messages=["Late0"])
        needs.message_type[0].field.add(name="f", number=1, type=11, label=1, type_name=".nowhere.Type")
        service = file_descriptor("late.proto", package="evil", messages=["M"], services=["Late0"])
        for name, answer in (("another type", files_answer(late)), ("an import that is not there", files_answer(needs)),
                             ("a service", files_answer(service)), ("rubbish", b"\xff\xff"),
                             ("no descriptor", files_answer(b"\xff")), ("no file", files_answer()),
                             ("an error", error_answer(13, "no")), ("the wrong kind", services_answer("evil.Late0"))):
            with self.subTest(name):
                server = self.serve_anys({"evil.Late0": answer})
                outcome = self.succeeds("call", "Target.ServerStream", target=server.target)
                self.assertEqual(outcome.documents(),
                                 [{"detail": {"@type": "x/evil.Late0", "@value": ""}}, {"text": "last"}])

    def test_a_good_answer(self):
        good = file_descriptor("late.proto", package="evil", messages=["Late0", "Late1"])
        server = self.serve_anys({"evil.Late0": files_answer(good)}, count=2)
        outcome = self.succeeds("call", "Target.ServerStream", target=server.target)
        self.assertEqual(outcome.documents(), [{"detail": {"@type": "x/evil.Late0"}},
                                               {"number": 1, "detail": {"@type": "x/evil.Late1"}}, {"text": "last"}])
        self.assertEqual(len(server.peers), 2)

    def test_a_name_of_a_megabyte(self):
        """Each dot begins another name that might be known."""
        Pong = TARGET_TYPES.message("hostile.Pong")
        answer = Pong(text="last")
        answer.detail.type_url = "x/" + ".".join("a" * 500_000)
        reflection = serving(FileAnswers(*TARGET_FILES))

        def serve(peer):
            if server.peers[0] is not peer:
                reflection(peer)
            stream = peer.next_stream()
            peer.headers(stream)
            honest = FileAnswers(*TARGET_FILES)
            while (asked := peer.next_message(stream)) is not None:
                peer.message(stream, honest(Request.FromString(asked)).SerializeToString())
            peer.trailers(stream)
            stream = peer.next_stream()
            peer.next_message(stream)
            peer.headers(stream)
            peer.message(stream, answer.SerializeToString())
            peer.trailers(stream)
            peer.read_to_end()

        server = self.enterContext(HostileServer(serve))
        outcome = self.succeeds("call", "Target.Unary", target=server.target)
        self.assertEqual(outcome.documents()[0]["detail"]["@value"], "")

    def test_more_unknown_types_than_anybody_asks_for(self):
        server = self.serve_anys({}, count=1200)
        outcome = self.succeeds("call", "Target.ServerStream", target=server.target, seconds=3 * CAP_SECONDS)
        self.assertEqual(len(outcome.lines), 1201)
        late = [wanted for kind, wanted in server.asked if wanted.startswith("evil.Late")]
        self.assertEqual((len(late), len(set(late)), len(server.peers)), (1000, 1000, 2))

    def test_no_answer_ends_at_the_timeout_of_the_command(self):
        server = self.serve_anys({"evil.Late0": []}, then_stay=True)
        outcome = self.fails(status_code(DEADLINE_EXCEEDED), "call", "Target.ServerStream", "--timeout", "1s",
                             target=server.target)
        self.assertEqual(outcome.documents()[0], {"detail": {"@type": "x/evil.Late0", "@value": ""}})

    def test_an_interrupt_ends_the_wait_for_an_answer(self):
        server = self.serve_anys({"evil.Late0": []}, then_stay=True)
        with start("call", "Target.ServerStream", target=server.target) as call:
            wait_until(lambda: ("file_containing_symbol", "evil.Late0") in server.asked, "question for the type")
            call.send_signal(signal.SIGINT)
            self.assertEqual(call.wait(), -signal.SIGINT)

    def test_a_connection_that_is_lost_in_the_middle_of_a_question(self):
        def lost():
            raise PeerGone("on purpose")

        class Losing(dict):
            def __getitem__(self, name):
                return lost() if name == "evil.Late0" else super().__getitem__(name)

        server = self.serve_anys(Losing({"evil.Late0": None}))
        outcome = self.succeeds("call", "Target.ServerStream", target=server.target)
        self.assertEqual(outcome.documents(), [{"detail": {"@type": "x/evil.Late0", "@value": ""}}, {"text": "last"}])


class LateExtensionsTest(LateTest):
    """The same for an extension that a response holds and that no file known so far declares."""

    KEY = "hostile.Legacy {}"

    def extension(self, number=200, **fields):
        file = file_descriptor("late.proto", package="evil", imports=["hostile_proto2.proto"], syntax="proto2")
        values = {"name": "late", "number": number, "type": 5, "label": 1, "extendee": ".hostile.Legacy", **fields}
        file.extension.add(**values)
        return file

    def serve_numbers(self, answers, numbers, then_stay=False):
        Legacy = TARGET_TYPES.message("hostile.Legacy")
        messages = [Legacy.FromString(varint(number << 3) + b"\x07") for number in numbers]
        return self.serve_late(answers, [*messages, Legacy(text="last")], then_stay)

    def legacy(self, server, *words, **how):
        return self.succeeds("call", "Target.Old", *words, target=server.target, **how)

    def test_answers_that_help_nobody(self):
        for name, answer in (("another number", files_answer(self.extension(201))),
                             ("a type that is not there", files_answer(self.extension(type=11, type_name=".evil.M"))),
                             ("another type", files_answer(self.extension(extendee=".hostile.Ping"))),
                             ("rubbish", b"\xff\xff"), ("no descriptor", files_answer(b"\xff")),
                             ("no file", files_answer()), ("an error", error_answer(13, EVIL)),
                             ("the wrong kind", services_answer("evil.late"))):
            with self.subTest(name):
                outcome = self.legacy(self.serve_numbers({self.KEY.format(200): answer}, [200]))
                self.assertEqual(outcome.documents(), [{}, {"text": "last"}])

    def test_a_good_answer(self):
        server = self.serve_numbers({self.KEY.format(200): files_answer(self.extension())}, [200, 200])
        self.assertEqual(self.legacy(server).documents(), [{"[evil.late]": 7}, {"[evil.late]": 7}, {"text": "last"}])
        self.assertEqual(len(server.peers), 2)

    def test_more_unknown_types_than_anybody_asks_for(self):
        server = self.serve_numbers({}, range(200, 1400))
        outcome = self.legacy(server, seconds=3 * CAP_SECONDS)
        self.assertEqual(len(outcome.lines), 1201)
        late = [wanted for kind, wanted in server.asked if kind == "file_containing_extension"]
        self.assertEqual((len(late), len(set(late)), len(server.peers)), (1000, 1000, 2))

    def test_one_whose_types_go_on_without_end(self):
        circle = _circle_of_types(20000)
        circle.syntax = "proto2"  # which alone extends
        circle.dependency.append("hostile_proto2.proto")
        circle.extension.add(name="late", number=200, type=11, label=1, extendee=".hostile.Legacy",
                             type_name=".evil.M0")
        Legacy = TARGET_TYPES.message("hostile.Legacy")
        def serve():
            return self.serve_late({self.KEY.format(200): files_answer(circle)},
                                   [Legacy.FromString(varint(200 << 3 | 2) + b"\x00")])

        # JSON needs no message object; text format does.
        outcome = self.succeeds("call", "Target.Old", target=serve().target)
        self.assertEqual(outcome.documents(), [{"[evil.late]": {}}])
        outcome = self.fails(status_code(13), "call", "Target.Old", "-o", "text", target=serve().target)
        self.assertIn("types linked more than 2000 deep in evil.M0", outcome.error())

    def test_no_answer_ends_at_the_timeout_of_the_command(self):
        server = self.serve_numbers({self.KEY.format(200): []}, [200], then_stay=True)
        outcome = self.fails(status_code(DEADLINE_EXCEEDED), "call", "Target.Old", "--timeout", "1s",
                             target=server.target)
        self.assertEqual(outcome.documents()[0], {})

    def test_an_interrupt_ends_the_wait_for_an_answer(self):
        server = self.serve_numbers({self.KEY.format(200): []}, [200], then_stay=True)
        with start("call", "Target.Old", target=server.target) as call:
            wait_until(lambda: ("file_containing_extension", self.KEY.format(200)) in server.asked, "question")
            call.send_signal(signal.SIGINT)
            self.assertEqual(call.wait(), -signal.SIGINT)

    def test_a_connection_that_is_lost_in_the_middle_of_a_question(self):
        class Losing(dict):
            def __getitem__(self, name):
                raise PeerGone("on purpose")

        server = self.serve_numbers(Losing({self.KEY.format(200): None}), [200])
        self.assertEqual(self.legacy(server).documents(), [{}, {"text": "last"}])


class AccessTest(ReflectionTest):
    """B12: reflection that is refused."""

    def test_reflection_that_wants_credentials(self):
        def serve(peer):
            while True:
                stream = peer.next_stream()
                peer.headers(stream, ((":status", "200"), ("content-type", "application/grpc"),
                                      ("grpc-status", str(UNAUTHENTICATED)), ("grpc-message", "who are you")), end=True)

        server = self.enterContext(HostileServer(serve))
        for words in (("list",), ("describe",), ("call", "evil.Service.Do")):
            with self.subTest(words=words):
                outcome = self.fails(status_code(UNAUTHENTICATED), *words, target=server.target)
                self.assertIn("who are you", outcome.error())
                self.assertIn("-H", outcome.hint())

    def test_a_stream_that_ends_with_not_found_is_not_the_end(self):
        """As tonic answers a symbol that it does not know."""
        honest = FileAnswers(*TARGET_FILES)

        def serve(peer):
            while True:
                stream = peer.next_stream()
                peer.headers(stream)
                if not stream.path.endswith("ServerReflectionInfo"):
                    peer.next_message(stream)
                    peer.message(stream, b"\x0a\x06called")
                    peer.trailers(stream)
                    continue
                _answer_until_not_found(peer, stream, honest)

        server = self.enterContext(HostileServer(serve))
        self.assertEqual(self.succeeds("call", "Target.Unary", target=server.target).stdout, CALLED)
        self.fails(SCHEMA, "describe", "hostile.Missing", target=server.target)


def _answer_until_not_found(peer, stream, honest):
    while (asked := peer.next_message(stream)) is not None:
        answer = honest(Request.FromString(asked))
        if answer.HasField("error_response"):
            peer.trailers(stream, 5, "no such symbol")
            return
        peer.message(stream, answer.SerializeToString())
    peer.trailers(stream)


if __name__ == "__main__":
    unittest.main()
