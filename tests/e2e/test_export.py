"""rpcctl export: what it writes is read back by protoc and by rpcctl, and means the same."""

import os
import pathlib
import subprocess
import sys
import unittest

from google.protobuf import descriptor_pb2

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from proto_types import descriptor_set
from rpcctl_testing import CONNECT, OUTPUT, PROTO_DIR, ROOT, SCHEMA, TEST_PROTO_DIR, USAGE, RpcctlTest, run
from server_process import PythonServer, ReferenceServer

DATA = ROOT / "tests" / "data"
NOWHERE = "127.0.0.1:1"


def read_set(path):
    return descriptor_pb2.FileDescriptorSet.FromString(pathlib.Path(path).read_bytes())


def tree(folder):
    """Every path below a folder; files with what they hold."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
            for path in sorted(pathlib.Path(folder).rglob("*"))}


def symbols(files):
    """The services, messages and enums at the top of the files of a set, and their extensions."""
    for file in files.file:
        scope = f"{file.package}." if file.package else ""
        for entry in (*file.service, *file.message_type, *file.enum_type, *file.extension):
            yield scope + entry.name


def protoc(*words):
    return subprocess.run(["protoc", *map(str, words)], check=True, capture_output=True)


class Exporting(RpcctlTest):
    def export(self, *words, **how):
        outcome = self.succeeds("export", *words, **how)
        self.assertEqual(outcome.out, b"")

    def describe(self, names, *words, **how):
        return self.succeeds("describe", *names, *words, **how).stdout

    def round_trip(self, *words, **how):
        """Exports both ways what `words` give; reads each back by protoc and rpcctl, and compares all
        descriptions. Returns the set and the folder."""
        folder = self.temporary_folder()
        pb, protos = folder / "api.pb", folder / "protos"
        self.export("--to", pb, *words, **how)
        self.export("--to-dir", protos, *words, **how)
        files = read_set(pb)
        written = [file.name for file in files.file if (protos / file.name).exists()]
        protoc(f"--descriptor_set_in={pb}", f"--descriptor_set_out={folder / 'again.pb'}", *written)
        protoc(f"-I{protos}", f"--descriptor_set_out={folder / 'compiled.pb'}", *written)
        names = list(symbols(files))
        expected = self.describe(names, *words, **how)
        self.assertEqual(self.describe(names, "--protoset", pb, target=NOWHERE), expected)
        self.assertEqual(self.describe(names, "--proto", protos, target=NOWHERE), expected)
        return files, protos


class ExportTest(Exporting):
    """What is written."""

    def test_the_reference_server(self):
        with ReferenceServer() as server:
            files, protos = self.round_trip(target=server.target)
            everything = self.describe((), target=server.target)
            self.assertEqual(self.describe((), "--proto", protos, target=NOWHERE), everything)
        self.assertLessEqual({"helloworld.proto", "hello.proto", "route_guide.proto"},
                             {file.name for file in files.file})

    def test_a_server_of_another_make_with_comments_and_extensions(self):
        with PythonServer() as server:
            files, protos = self.round_trip(target=server.target)
        text = (protos / "post/v1/office.proto").read_text()
        self.assertIn("  // Takes one letter in.\n  rpc Send(Letter) returns (Receipt);\n", text)
        self.assertIn("extend Stamp {", (protos / "post/v1/postmark.proto").read_text())
        names = [file.name for file in files.file]
        self.assertLess(names.index("post/v1/letter.proto"), names.index("post/v1/office.proto"))
        self.assertIn("google/protobuf/timestamp.proto", names)
        self.assertFalse((protos / "google" / "protobuf").exists())

    def test_proto_files_of_every_kind(self):
        for words in ((DATA,), (PROTO_DIR,), (TEST_PROTO_DIR,), (ROOT / "docs" / "examples",)):
            with self.subTest(words=words):
                self.round_trip("--proto", *words, target=NOWHERE)

    def test_types_that_are_called_like_keywords(self):
        """A leading dot keeps a type from being read as something else."""
        words = ("double", "string", "bool", "group", "map", "stream", "optional", "repeated", "required", "message",
                 "enum", "oneof", "reserved", "extensions", "extend", "option", "int32", "bytes")
        for word in words:
            with self.subTest(word=word):
                folder = self.temporary_folder()
                (folder / "in").mkdir()
                (folder / "in" / "a.proto").write_text(
                    f'syntax = "proto3"; package {word}; message Event {{ message {word} {{ int32 n = 1; }} '
                    f".{word}.Event.{word} inner = 1; .{word}.Event outer = 2; }} "
                    f"service S {{ rpc Get(stream .{word}.Event) returns (.{word}.Event); }}")
                self.round_trip("--proto", folder / "in", target=NOWHERE)

    def test_a_descriptor_set_is_copied_byte_for_byte(self):
        folder = self.temporary_folder()
        with descriptor_set([TEST_PROTO_DIR], ["post/v1/office.proto"]) as path:
            self.export("--to", folder / "copy.pb", "--protoset", path, target=NOWHERE)
            originals = {file.name: file.SerializeToString() for file in read_set(path).file}
        copies = {file.name: file.SerializeToString() for file in read_set(folder / "copy.pb").file}
        ours = {name: copies[name] for name in originals if not name.startswith("google/protobuf/")}
        self.assertEqual(ours, {name: originals[name] for name in ours})
        self.assertEqual(set(copies), set(originals))

    def test_what_protoc_makes_of_the_files_is_what_was_exported(self):
        folder = self.temporary_folder()
        self.export("--to", folder / "a.pb", "--proto", DATA, target=NOWHERE)
        protoc(f"-I{DATA}", "--include_imports", "--include_source_info",
               f"--descriptor_set_out={folder / 'b.pb'}", *(path.name for path in DATA.glob("*.proto")))
        theirs = {file.name: file for file in read_set(folder / "b.pb").file}
        for file in read_set(folder / "a.pb").file:
            if not file.name.startswith("google/protobuf/"):
                self.assertEqual(file, theirs[file.name])

    def test_an_exported_export_is_the_same(self):
        folder = self.temporary_folder()
        self.export("--to-dir", folder / "one", "--proto", TEST_PROTO_DIR, target=NOWHERE)
        self.export("--to-dir", folder / "two", "--proto", folder / "one", target=NOWHERE)
        self.assertEqual(tree(folder / "one"), tree(folder / "two"))

    def test_symbols_bring_what_they_need_and_nothing_else(self):
        folder = self.temporary_folder()
        with PythonServer() as server:
            self.export("--to", folder / "a.pb", "PostOffice.Send", target=server.target)
            self.export("--to-dir", folder / "protos", "Vault", "post.v1.Coin", target=server.target)
            self.export("--to-dir", folder / "any", "google.protobuf.Any", target=server.target)
        self.assertEqual([file.name for file in read_set(folder / "a.pb").file],
                         ["google/protobuf/timestamp.proto", "post/v1/letter.proto", "post/v1/office.proto"])
        self.assertEqual(list(tree(folder / "protos")),
                         ["post", "post/v1", "post/v1/valuables.proto", "post/v1/vault.proto"])
        self.assertIn("google/protobuf/any.proto", tree(folder / "any"))

    def test_standard_output(self):
        outcome = self.unchecked("export", "--to", "-", "--proto", PROTO_DIR / "hello.proto")
        files = descriptor_pb2.FileDescriptorSet.FromString(outcome)
        self.assertEqual([file.name for file in files.file], ["hello.proto"])

    def unchecked(self, *words):
        """What is written to standard output, which is no text."""
        outcome = run(*words, target=NOWHERE)
        self.assertEqual((outcome.code, outcome.err), (0, b""))
        return outcome.out

    def test_a_terminal_gets_no_binary(self):
        outcome = self.fails(USAGE, "export", "--to", "-", "--proto", PROTO_DIR / "hello.proto", "--color", "never",
                             tty=True)
        self.assertIn("not for a terminal", outcome.error())


class PlacesTest(Exporting):
    """Where things are written, and what is never overwritten."""

    HELLO = ("--proto", PROTO_DIR / "hello.proto")

    def refused(self, code, *words):
        outcome = self.fails(code, "export", *words, *self.HELLO, target=NOWHERE)
        self.assertEqual(outcome.out, b"")
        return outcome

    def test_it_needs_to_know_where_to(self):
        self.assertEqual(self.refused(USAGE).error(), "export needs to know where to")
        self.assertEqual(self.refused(USAGE, "--to", "a", "--to-dir", "b").error(), "--to and --to-dir do not go together")
        self.refused(USAGE, "--to", "")
        self.refused(USAGE, "--to-dir", "")

    def test_nothing_is_overwritten_without_force(self):
        folder = self.temporary_folder()
        (folder / "api.pb").write_text("precious")
        (folder / "hello.proto").write_text("precious")
        before = tree(folder)
        for words in (("--to", folder / "api.pb"), ("--to-dir", folder)):
            outcome = self.refused(OUTPUT, *words)
            self.assertIn("it exists", outcome.error())
            self.assertEqual(outcome.hint(), "--force overwrites it")
            self.assertEqual(tree(folder), before)
        self.export("--to", folder / "api.pb", "--force", *self.HELLO, target=NOWHERE)
        self.export("--to-dir", folder, "--force", *self.HELLO, target=NOWHERE)
        self.assertEqual(sorted(tree(folder)), ["api.pb", "hello.proto"])
        self.assertNotIn(b"precious", tree(folder).values())

    def test_links_are_neither_followed_nor_replaced(self):
        folder = self.temporary_folder()
        outside = self.temporary_folder()
        (outside / "kept").write_text("kept")
        (folder / "hello.proto").symlink_to(outside / "kept")
        (folder / "post").symlink_to(outside)
        for words in (("--to-dir", folder), ("--to", folder / "hello.proto")):
            self.refused(OUTPUT, *words, "--force")
        self.fails(OUTPUT, "export", "--to-dir", folder, "--force", "--proto", TEST_PROTO_DIR, target=NOWHERE)
        self.assertEqual(tree(outside), {"kept": b"kept"})
        self.assertEqual(sorted(os.listdir(folder)), ["hello.proto", "post"])

    def test_what_cannot_be_written_leaves_nothing_behind(self):
        folder = self.temporary_folder()
        (folder / "closed").mkdir(mode=0o555)
        self.refused(OUTPUT, "--to", folder / "missing" / "api.pb")
        self.refused(OUTPUT, "--to", folder)
        self.refused(OUTPUT, "--to", "/dev/full", "--force")
        if os.geteuid() != 0:
            self.refused(OUTPUT, "--to-dir", folder / "closed")
        self.assertEqual(tree(folder), {"closed": None})

    def test_folders_are_made(self):
        folder = self.temporary_folder()
        self.export("--to-dir", folder / "a" / "b", *self.HELLO, target=NOWHERE)
        self.assertEqual(list(tree(folder)), ["a", "a/b", "a/b/hello.proto"])

    def test_an_unknown_symbol_and_a_missing_server_write_nothing(self):
        folder = self.temporary_folder()
        self.refused(SCHEMA, "--to-dir", folder / "out", "Nothing.Like.It")
        self.fails(CONNECT, "export", "--to", folder / "api.pb", target=NOWHERE)
        self.assertEqual(tree(folder), {})


if __name__ == "__main__":
    unittest.main()
