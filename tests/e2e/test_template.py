"""Templates: what they print is what a call takes, as a document and as items, for every type there is."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_process import LiveProcess
from proto_types import ProtoTypes
from rpcctl_testing import PROTO_DIR, ROOT, RPCCTL, TEST_PROTO_DIR, RpcctlTest, environment
from server_process import PythonServer, ReferenceServer

DATA_DIR = ROOT / "tests" / "data"
DATA_FILES = ("items.proto", "items_proto2.proto", "json_reader.proto", "json_reader2.proto")
POST_FILES = ("post/v1/letter.proto", "post/v1/office.proto", "post/v1/slip.proto", "post/v1/valuables.proto",
              "post/v1/vault.proto")


def unquoted(text):
    """The words of the lines of an items template, as bash reads them."""
    with LiveProcess(["bash", "-c", 'eval "words=($1)"; printf "%s\\0" "${words[@]}"', "bash", text],
                     env=environment()) as shell:
        assert shell.wait() == 0, shell.err.all
        return shell.out.all.decode().split("\0")[:-1]


def all_messages(types):
    """The full names of every message of `types`, those inside others too, but for the entries of maps."""

    def names(scope, messages):
        for message in messages:
            if not message.options.map_entry:
                yield f"{scope}{message.name}"
                yield from names(f"{scope}{message.name}.", message.nested_type)

    for file in types.files.file:
        if not file.name.startswith("google/"):
            yield from names(f"{file.package}." if file.package else "", file.message_type)


class TemplateTest(RpcctlTest):
    def both_forms_are_the_same(self, method, *options, target=None):
        """The document and the items are taken as they are, and make one message, which is returned."""
        document = self.succeeds("template", method, *options, target=target).stdout
        items = self.succeeds("template", method, "--as", "items", *options, target=target).stdout
        self.assertEqual(len(list(json.JSONDecoder().raw_decode(document))), 2)
        sent = self.succeeds("call", method, "-d", document, "--dry-run", *options, target=target)
        words = unquoted(items)
        from_items = self.succeeds("call", method, "--dry-run", *options, "--", *words, target=target)
        if words:
            self.assertEqual(from_items.stdout, sent.stdout, (document, items))
        return sent.documents()

    def methods_of(self, server, services=None):
        services = services or self.succeeds("list", target=server.target).lines
        return [method for service in services for method in self.succeeds("list", service, target=server.target).lines]


class ServerTest(TemplateTest):
    def test_every_method_of_the_reference_server(self):
        with ReferenceServer() as server:
            methods = self.methods_of(server)
            self.assertGreater(len(methods), 10)
            for method in methods:
                with self.subTest(method=method):
                    self.both_forms_are_the_same(method, target=server.target)

    def test_every_method_of_a_server_of_another_make(self):
        with PythonServer() as server:
            for method in self.methods_of(server, ("post.v1.PostOffice", "post.v1.Vault")):
                with self.subTest(method=method):
                    self.both_forms_are_the_same(method, target=server.target)

    def test_a_template_that_is_called_as_it_is(self):
        with ReferenceServer() as server:
            document = self.succeeds("template", "Greeter.SayHello", target=server.target).stdout
            self.prints('{"message":"Hello, !"}\n', "call", "Greeter.SayHello", "-d", document, target=server.target)

    def test_items_through_xargs(self):
        script = '"$0" template ListFeatures --as items | xargs "$0" call ListFeatures --dry-run'
        with ReferenceServer() as server:
            with LiveProcess(["bash", "-c", script, RPCCTL], env=environment(RPCCTL_TARGET=server.target)) as shell:
                self.assertEqual(shell.wait(), 0)
                self.assertEqual(shell.out.all, b'{"lo":{},"hi":{}}\n')

    def test_comments_leave_a_document_that_is_usable(self):
        script = '"$0" template GetFeature --comments > "$1" && "$0" call GetFeature @"$1" --dry-run'
        place = self.temporary_folder() / "request.json"
        with ReferenceServer() as server:
            with LiveProcess(["bash", "-c", script, RPCCTL, place],
                             env=environment(RPCCTL_TARGET=server.target)) as shell:
                self.assertEqual(shell.wait(), 0)
                self.assertEqual(shell.out.all, b"{}\n")
                self.assertEqual(shell.err.all, b"// latitude: int32\n// longitude: int32\n")


class FilesTest(TemplateTest):
    """Every message of the test schemas, each as the request of a method made for it."""

    def wrapped(self, folder, files):
        """A file whose service has a method for each message of `files`, and the methods' names."""
        types = ProtoTypes([folder], list(files))
        messages = list(all_messages(types))
        lines = ['syntax = "proto3";', "package wrapping;", *[f'import "{file}";' for file in files], "service S {"]
        lines += [f"  rpc M{number}(.{name}) returns (.{name});" for number, name in enumerate(messages)]
        path = self.temporary_folder() / "wrapping.proto"
        path.write_text("\n".join([*lines, "}"]))
        return path, {f"wrapping.S.M{number}": name for number, name in enumerate(messages)}

    def check_all(self, folder, files):
        path, methods = self.wrapped(folder, files)
        self.assertGreater(len(methods), 5)
        for method, name in methods.items():
            with self.subTest(message=name):
                options = ("--proto", path, "-I", folder)
                self.both_forms_are_the_same(method, *options)
                self.assertEqual(self.succeeds("template", name, *options).stdout,
                                 self.succeeds("template", method, *options).stdout)

    def test_every_message_of_the_test_schemas(self):
        self.check_all(DATA_DIR, DATA_FILES)

    def test_every_message_of_the_other_servers_files(self):
        self.check_all(TEST_PROTO_DIR, POST_FILES)

    def test_every_message_of_every_kind(self):
        self.check_all(TEST_PROTO_DIR, ("kinds.proto", "kinds_proto2.proto", "hostile.proto", "hostile_proto2.proto"))

    def test_every_message_of_the_examples(self):
        path, methods = self.wrapped(ROOT / "docs" / "examples", ("parcels.proto",))
        for method in methods:
            self.both_forms_are_the_same(method, "--proto", path, "-I", ROOT / "docs" / "examples")

    def test_comments_of_the_source(self):
        outcome = self.succeeds("template", "RouteGuide.RouteChat", "--as", "items", "--comments", "--proto",
                                PROTO_DIR / "route_guide.proto")
        self.assertIn("# location: message routeguide.Point\n", outcome.stdout)
        self.assertEqual(unquoted(outcome.stdout), ["location.latitude=0", "location.longitude=0", "message="])

    def test_comments_of_a_source_that_has_them(self):
        path = self.temporary_folder() / "told.proto"
        path.write_text("""
            syntax = "proto3"; package told;
            service S { rpc M(Told) returns (Told); }
            message Told {
              // Who it is for.
              // A `name`, say.
              string recipient = 1;  // never empty
              /* What is
               * inside. */
              repeated Told parts = 2;
            }""")
        lines = ["recipient: string", "  Who it is for.", "  A `name`, say.", "  never empty",
                 "parts: repeated message told.Told; inside itself, so it is not opened again", "  What is", "  inside."]
        outcome = self.succeeds("template", "told.S.M", "--comments", "--proto", path, talks=True)
        self.assertEqual(outcome.stderr, "".join(f"// {line}\n" for line in lines))
        items = self.succeeds("template", "told.S.M", "--as", "items", "--comments", "--proto", path)
        self.assertEqual([line for line in items.lines if line.startswith("#")], [f"# {line}" for line in lines])
        self.assertEqual(unquoted(items.stdout), ["recipient=", "parts.0:={}"])

    def test_a_value_that_the_shell_would_change(self):
        path = self.temporary_folder() / "odd.proto"
        path.write_text("""
            syntax = "proto2"; package odd;
            service S { rpc M(Odd) returns (Odd); }
            message Odd {
              optional string quote = 1 [default = "it's"]; optional string command = 2 [default = "$(touch x) `y` $HOME"];
              optional string file = 3 [default = "@/etc/passwd"]; optional string lines = 4 [default = "a\\nb"];
              optional bytes raw = 5 [default = "\\000'\\377"]; optional string star = 6 [default = "* ? [a] {b} #c ~ \\\\"];
            }""")
        [message] = self.both_forms_are_the_same("odd.S.M", "--proto", path)
        self.assertEqual(message, {"quote": "it's", "command": "$(touch x) `y` $HOME", "file": "@/etc/passwd",
                                   "lines": "a\nb", "raw": "ACf/", "star": "* ? [a] {b} #c ~ \\"})


if __name__ == "__main__":
    unittest.main()
