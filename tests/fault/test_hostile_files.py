"""Descriptor sets that are broken or lie, and exports of what must not become files."""

import os
import pathlib
import random
import sys
import unittest

from google.protobuf import descriptor_pb2

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from hostile_faults import EVIL
from hostile_reflection import FileAnswers, file_descriptor, serving
from hostile_server import HostileServer
from live_process import SLOWNESS
from rpcctl_testing import INPUT, OUTPUT, SCHEMA, RpcctlTest, run, run_measured
from wire import varint

NOWHERE = "127.0.0.1:1"
GOOD = file_descriptor("good.proto", package="good", messages=["M"], services=["Service"])


def descriptor_set(*files):
    """The bytes of a set; files are FileDescriptorProtos or bytes."""
    raw = [file if isinstance(file, bytes) else file.SerializeToString() for file in files]
    return b"".join(b"\x0a" + varint(len(each)) + each for each in raw)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
            for path in sorted(pathlib.Path(folder).rglob("*"))}


class SetTest(RpcctlTest):
    def set_of(self, *files):
        return self.file(descriptor_set(*files))

    def file(self, content):
        path = self.temporary_folder() / "api.pb"
        path.write_bytes(content)
        return path

    def is_refused(self, code, path, pattern):
        for words in (("list",), ("describe", "good.M"), ("call", "good.Service.Do", "--dry-run"),
                      ("export", "--to", path.parent / "copy.pb")):
            with self.subTest(words=words):
                outcome = self.fails(code, *words, "--protoset", path, target=NOWHERE)
                self.assertRegex(outcome.stderr, pattern)
                self.assertEqual(outcome.out, b"")
        self.assertFalse((path.parent / "copy.pb").exists())

    def good_still_works(self, *words):
        for command in (("list",), ("describe", "good.M"), ("call", "good.Service.Do", "--dry-run")):
            self.succeeds(*command, *words, target=NOWHERE)


class BrokenSetTest(SetTest):
    """B11: files that are no descriptor sets."""

    def test_an_empty_file(self):
        self.is_refused(SCHEMA, self.file(b""), "holds no files")

    def test_random_bytes(self):
        dice = random.Random(7)
        for length in (1, 10, 1000, 100000):
            path = self.file(bytes(dice.randrange(256) for _ in range(length)))
            for words in (("list",), ("describe",)):
                with self.subTest(length=length, words=words):
                    outcome = self.fails(SCHEMA, *words, "--protoset", path, target=NOWHERE)
                    self.assertIn(str(path), outcome.error())

    def test_a_set_that_was_cut_anywhere(self):
        whole = descriptor_set(GOOD)
        for length in range(1, len(whole)):
            outcome = run("list", "--protoset", self.file(whole[:length]), target=NOWHERE)
            self.check_rules(outcome)
            self.assertEqual(outcome.code, SCHEMA, outcome)

    def test_a_flipped_bit(self):
        whole = descriptor_set(GOOD)
        dice = random.Random(11)
        for _ in range(60):
            flipped = bytearray(whole)
            flipped[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
            path = self.file(bytes(flipped))
            for words in (("list", "-l"), ("describe",)):
                outcome = run(*words, "--protoset", path, target=NOWHERE)
                self.check_rules(outcome)
                self.assertIn(outcome.code, (0, SCHEMA), outcome)

    def test_500_megabytes(self):
        path = self.file(b"")
        os.truncate(path, 500 << 20)
        outcome, peak = run_measured("list", "--protoset", path, target=NOWHERE)
        self.check_rules(outcome)
        self.assertEqual(outcome.code, SCHEMA)
        self.assertIn("schema limit: more than 32 MiB of descriptors", outcome.error())
        if SLOWNESS == 1:  # a sanitizer needs memory of its own
            self.assertLess(peak, 64)

    def test_what_is_no_regular_file_is_not_waited_for(self):
        folder = self.temporary_folder()
        os.mkfifo(folder / "pipe")
        for path in (folder / "pipe", folder, folder / "missing", pathlib.Path("/dev/zero")):
            with self.subTest(path=path):
                outcome = self.fails(INPUT, "list", "--protoset", path, target=NOWHERE)
                self.assertIn(str(path), outcome.error())

    def test_a_file_that_may_not_be_read(self):
        path = self.set_of(GOOD)
        path.chmod(0)
        if os.geteuid() != 0:
            self.fails(INPUT, "list", "--protoset", path, target=NOWHERE)


class LyingSetTest(SetTest):
    """B9: descriptors that protobuf, or the stack, would not survive; what is good beside them can be used."""

    def lies(self, raw, pattern="evil"):
        path = self.set_of(raw, GOOD)
        self.good_still_works("--protoset", path)
        outcome = self.fails(SCHEMA, "describe", "evil.M", "--protoset", path, target=NOWHERE)
        self.assertRegex(outcome.stderr, pattern)

    def evil(self, **fields):
        file = file_descriptor("evil.proto", package="evil", messages=["M"], syntax="proto2")
        file.message_type[0].MergeFrom(descriptor_pb2.DescriptorProto(**fields))
        return file

    def test_types_nested_without_end(self):
        for depth in (100, 20000):
            with self.subTest(depth=depth):
                inner = b"\x0a\x01M"
                for _ in range(depth):
                    inner = b"\x0a\x01M\x1a" + varint(len(inner)) + inner
                self.lies(file_descriptor("evil.proto", package="evil").SerializeToString() + b"\x22"
                          + varint(len(inner)) + inner)

    def test_numbers_out_of_range(self):
        for number in (0, -1, 19000, 1 << 29):
            with self.subTest(number=number):
                self.lies(self.evil(field=[{"name": "f", "number": number, "type": 5, "label": 1}]))

    def test_entries_of_maps_that_are_none(self):
        entry = {"name": "FEntry", "options": {"map_entry": True}}
        self.lies(self.evil(nested_type=[entry], field=[{"name": "f", "number": 1, "type": 11, "label": 3,
                                                         "type_name": ".evil.M.FEntry"}]))

    def test_extensions_that_lie(self):
        for extendee, number in ((".evil.M", 5), (".evil.Nothing", 5), ("", 5), (".good.M", 5)):
            with self.subTest(extendee=extendee):
                file = self.evil()
                file.extension.add(name="e", number=number, type=5, label=1, extendee=extendee)
                self.lies(file)

    def test_a_file_that_imports_itself_and_a_circle(self):
        itself = self.evil()
        itself.dependency.append("evil.proto")
        self.lies(itself, "evil.proto -> evil.proto")

    def test_names_that_are_no_names(self):
        for name in ("1abc", EVIL, "a b", ""):
            with self.subTest(name=name):
                self.lies(self.evil(field=[{"name": name, "number": 1, "type": 5, "label": 1}]))

    def test_one_file_a_thousand_times(self):
        """Copies of one file are compared with each other: once, not each with each."""
        twice = file_descriptor("evil.proto", package="evil", messages=["M"], services=["Service"])
        path = self.set_of(*[twice] * 4000)
        for words in (("list", "evil.Service"), ("describe", "evil.M")):
            outcome, peak = run_measured(*words, "--protoset", path, target=NOWHERE)
            self.check_rules(outcome)
            self.assertLess(peak, 300 * SLOWNESS)

    def test_many_types_with_many_extensions(self):
        old = descriptor_pb2.FileDescriptorProto(name="evil.proto", package="evil", syntax="proto2")
        for number in range(20000):
            old.message_type.add(name=f"M{number}").extension_range.add(start=1, end=100)
            old.extension.add(name=f"e{number}", number=1, label=1, type=5, extendee=f".evil.M{number}")
        path = self.set_of(old)
        self.succeeds("export", "--to", path.parent / "copy.pb", "--protoset", path, target=NOWHERE)

    def test_options_that_are_rubbish(self):
        file = self.evil()
        raw = file.SerializeToString() + b"\x42\x03\xff\xff\xff"
        path = self.set_of(raw, GOOD)
        self.good_still_works("--protoset", path)

    def test_a_service_whose_name_is_none(self):
        """Nobody typed it, so that it is no mistake of the command line."""
        path = self.set_of(file_descriptor("evil.proto", package="evil", messages=["M"], services=["a b"]), GOOD)
        for words in (("list", "-l"), ("describe",)):
            with self.subTest(words=words):
                outcome = self.fails(SCHEMA, *words, "--protoset", path, target=NOWHERE)
                self.assertIn("good", outcome.stdout)
                self.assertEqual(outcome.error(), "'evil.a b' is not the name of a symbol")

    def test_evil_texts_are_escaped_in_every_output(self):
        file = file_descriptor(f"{EVIL}.proto", package="evil", syntax="proto2", messages=["M"])
        file.message_type[0].field.add(name="f", number=1, type=9, label=1, default_value=EVIL)
        file.source_code_info.location.add(path=[4, 0], span=[1, 0, 1], leading_comments=f" {EVIL}\n")
        file.service.add(name=EVIL)
        clean = descriptor_pb2.FileDescriptorProto.FromString(file.SerializeToString())
        del clean.service[:]
        for each in (file, clean):
            path = self.set_of(each, GOOD)
            for words in (("list",), ("list", "-l"), ("describe", "evil.M"), ("describe", "evil.M", "-o", "json"),
                          ("describe",), ("export", "--to-dir", path.parent / "out")):
                with self.subTest(words=words):
                    self.check_rules(run(*words, "--protoset", path, target=NOWHERE))
            self.assertFalse((path.parent / "out").exists())


class EvilExportTest(SetTest):
    """B7, B8: names of files that lead elsewhere or collide."""

    def exports_nothing(self, *files, pattern="is not written"):
        outer = self.temporary_folder()
        folder = outer / "in" / "out"
        folder.mkdir(parents=True)
        (folder / "kept").write_text("kept")
        before = tree(outer)
        outcome = self.fails(SCHEMA, "export", "--to-dir", folder, "--force", "--protoset", self.set_of(*files),
                             target=NOWHERE)
        self.assertRegex(outcome.error(), pattern)
        self.assertEqual(tree(outer), before)
        return outcome

    def named(self, *names):
        return [file_descriptor(name, package=f"p{number}", messages=["M"]) for number, name in enumerate(names)]

    def test_names_that_lead_out(self):
        for name in ("../../x.proto", "/etc/x.proto", "a//b.proto", "a/../b.proto", "a/../../x.proto", ".", "..", "",
                     "a/./b.proto", "./x.proto", "a/", "..\\x.proto", "nul\0.proto"):
            with self.subTest(name=name):
                self.exports_nothing(GOOD, *self.named(name), pattern="is not written|null character")

    def test_names_that_do_harm_inside(self):
        for name in (".bashrc", ".ssh/authorized_keys.proto", "Makefile", "x" * 300 + ".proto", f"{EVIL}.proto",
                     "a\nb.proto", "a/" * 3000 + "b.proto"):
            with self.subTest(name=name[:40]):
                self.exports_nothing(GOOD, *self.named(name))

    def test_names_that_collide(self):
        for names in (("a.proto", "A.proto"), ("a.proto", "a.proto/b.proto"), ("x/A.proto/b.proto", "X/a.proto")):
            with self.subTest(names=names):
                self.exports_nothing(GOOD, *self.named(*names))

    def test_a_set_takes_every_name(self):
        folder = self.temporary_folder()
        files = self.named("../../x", "/etc/passwd", "a", "A", "a/b")
        self.succeeds("export", "--to", folder / "copy.pb", "--protoset", self.set_of(*files), target=NOWHERE)
        copied = descriptor_pb2.FileDescriptorSet.FromString((folder / "copy.pb").read_bytes())
        self.assertEqual(sorted(file.name for file in copied.file), sorted(file.name for file in files))

    def test_a_server_does_not_choose_where_to_write(self):
        evil = file_descriptor("../../evil.proto", package="evil", messages=["M"], services=["Service"])
        outer = self.temporary_folder()
        with HostileServer(serving(FileAnswers(evil))) as server:
            self.fails(SCHEMA, "export", "--to-dir", outer / "a" / "b", "--force", target=server.target)
        self.assertEqual(tree(outer), {})

    def test_links_planted_in_the_folder(self):
        outside = self.temporary_folder()
        folder = self.temporary_folder()
        (folder / "pkg").symlink_to(outside, target_is_directory=True)
        (folder / "good.proto").symlink_to(outside / "new.proto")
        for file in (GOOD, file_descriptor("pkg/good.proto", package="good", messages=["M"])):
            self.fails(OUTPUT, "export", "--to-dir", folder, "--force", "--protoset", self.set_of(file), target=NOWHERE)
        self.assertEqual(tree(outside), {})

    def test_comments_of_a_server_stay_comments(self):
        file = file_descriptor("evil.proto", package="evil", messages=["M"])
        file.source_code_info.location.add(path=[4, 0], span=[1, 0, 1], trailing_comments="x\n*/ message Injected {}",
                                           leading_comments="a\nmessage Injected {}\r message Other {} \x1b[2J")
        folder = self.temporary_folder()
        self.succeeds("export", "--to-dir", folder, "--protoset", self.set_of(file), target=NOWHERE)
        text = (folder / "evil.proto").read_bytes()
        self.check_text_is_safe(text)
        self.assertEqual([line for line in text.decode().splitlines() if not line.startswith(("//", "  //"))],
                         ['syntax = "proto3";', "", "package evil;", "", "message M {", "}"])


if __name__ == "__main__":
    unittest.main()
