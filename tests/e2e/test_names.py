"""How methods, services and symbols are named, listed and described."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import PROTO_DIR, SCHEMA, TEST_PROTO_DIR, USAGE, RpcctlTest
from server_process import ReferenceServer

HELLO = '{"message":"Hello, you!"}\n'
ALL_SERVICES = """\
grpc.health.v1.Health
grpc.reflection.v1.ServerReflection
grpc.reflection.v1alpha.ServerReflection
hello.HelloService
helloworld.Greeter
routeguide.RouteGuide
"""


class NamesTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def prints(self, expected, *words, **how):
        return super().prints(expected, *words, target=self.server.target, **how)

    # ---- METHOD ----

    def test_every_form_of_a_method(self):
        for form in ("helloworld.Greeter.SayHello", "helloworld.Greeter/SayHello", "/helloworld.Greeter/SayHello",
                     "Greeter.SayHello", "Greeter/SayHello"):
            with self.subTest(form=form):
                self.prints(HELLO, "call", form, "name=you")

    def test_a_method_alone_where_only_one_service_has_it(self):
        self.prints('{"name":"Origin Buoy","location":{}}\n', "call", "GetFeature")

    def test_case_is_ignored_where_one_method_is_meant(self):
        for form in ("greeter.sayhello", "HELLOWORLD.GREETER/SAYHELLO", "greeter/SayHello"):
            with self.subTest(form=form):
                self.prints(HELLO, "call", form, "name=you")

    def test_an_ambiguous_method_lists_its_candidates(self):
        outcome = self.fails(USAGE, "call", "SayHello", "name=you", target=self.server.target)
        self.assertEqual(outcome.error(), "'SayHello' is ambiguous")
        for candidate in ("helloworld.Greeter.SayHello", "hello.HelloService.SayHello"):
            self.assertIn(candidate + "\n", outcome.stderr)

    def test_a_service_where_a_method_is_needed_lists_its_methods(self):
        outcome = self.fails(USAGE, "call", "Greeter", target=self.server.target)
        for method in ("SayHello", "SayHelloAgain", "SayHelloStreamReply"):
            self.assertIn(f"helloworld.Greeter.{method}\n", outcome.stderr)

    def test_a_suffix_begins_at_a_dot(self):
        self.fails(SCHEMA, "call", "eeter.SayHello", "name=you", target=self.server.target)

    # ---- list ----

    def test_list_names_every_service(self):
        self.prints(ALL_SERVICES, "list")

    def test_list_of_a_service_names_its_methods_sorted(self):
        expected = ("hello.HelloService.BidiHello\nhello.HelloService.Introduce\nhello.HelloService.LotsOfGreetings\n"
                    "hello.HelloService.LotsOfReplies\nhello.HelloService.SayHello\n")
        for form in ("hello.HelloService", "HelloService", "helloservice"):
            with self.subTest(form=form):
                self.prints(expected, "list", form)

    def test_list_of_the_servers_reflection(self):
        self.prints("grpc.reflection.v1.ServerReflection.ServerReflectionInfo\n",
                    "list", "grpc.reflection.v1.ServerReflection")

    def test_list_of_an_unknown_service_offers_the_nearest(self):
        outcome = self.fails(SCHEMA, "list", "Greter", target=self.server.target)
        self.assertIn("'Greter'", outcome.error())
        self.assertIn("Greeter", outcome.hint())

    def test_list_out_of_proto_files_asks_no_server(self):
        for what in (PROTO_DIR / "helloworld.proto", (PROTO_DIR / "helloworld.proto").relative_to(PROTO_DIR)):
            with self.subTest(what=what):
                outcome = self.succeeds("list", "--proto", what, cwd=PROTO_DIR, env={"RPCCTL_TARGET": "127.0.0.1:1"})
                self.assertEqual(outcome.stdout, "helloworld.Greeter\n")

    def test_list_out_of_a_folder_of_proto_files(self):
        outcome = self.succeeds("list", "--proto", TEST_PROTO_DIR, env={"RPCCTL_TARGET": "127.0.0.1:1"})
        self.assertEqual(outcome.stdout, "hostile.Target\nkinds.Kinds\npost.v1.Album\npost.v1.PostOffice\npost.v1.Vault\n")

    # ---- describe ----

    def test_describe_a_method(self):
        self.prints("""\
// method helloworld.Greeter.SayHello, in helloworld.proto
// Answers with one greeting. A name longer than 10 characters is refused.
rpc SayHello(HelloRequest) returns (HelloReply);
""", "describe", "Greeter.SayHello", "--proto", PROTO_DIR / "helloworld.proto")

    def test_describe_a_message(self):
        self.prints("""\
// message routeguide.RouteSummary, in route_guide.proto
// What RecordRoute saw.
message RouteSummary {
  // How many points came.
  int32 point_count = 1;
  // How many of them are known features.
  int32 feature_count = 2;
  // The length of the route, in metres.
  int32 distance = 3;
  // How long the stream was open, in seconds.
  int32 elapsed_time = 4;
}
""", "describe", "RouteSummary", "--proto", PROTO_DIR / "route_guide.proto")

    def test_describe_asks_the_server(self):
        outcome = self.succeeds("describe", "RouteGuide", target=self.server.target)
        for method in ("rpc GetFeature(", "rpc ListFeatures(", "rpc RecordRoute(stream ", "rpc RouteChat(stream "):
            self.assertIn(method, outcome.stdout)
        self.assertTrue(outcome.stdout.startswith("// service routeguide.RouteGuide, in route_guide.proto\n"))

    def test_describe_without_a_symbol_describes_every_service(self):
        headings = [line for line in self.succeeds("describe", target=self.server.target).lines
                    if line.startswith("// service ")]
        self.assertEqual([line.split()[2].rstrip(",") for line in headings], ALL_SERVICES.split())

    def test_describe_several_symbols(self):
        outcome = self.succeeds("describe", "Person", "Person.id", "Greeter.SayHello", target=self.server.target)
        headings = [line for line in outcome.lines if line.startswith("// ") and ", in " in line]
        self.assertEqual(headings, ["// message hello.Person, in hello.proto",
                                    "// field hello.Person.id, in hello.proto",
                                    "// method helloworld.Greeter.SayHello, in helloworld.proto"])

    def test_describe_an_enum_and_one_of_its_values(self):
        proto = ("--proto", TEST_PROTO_DIR / "post/v1/letter.proto", "-I", TEST_PROTO_DIR)
        self.prints("""\
// enum post.v1.Class, in post/v1/letter.proto
enum Class {
  CLASS_UNSPECIFIED = 0;
  CLASS_FIRST = 1;
  CLASS_SECOND = 2;
}
""", "describe", "Class", *proto)
        outcome = self.succeeds("describe", "CLASS_FIRST", *proto)
        self.assertIn("CLASS_FIRST = 1;", outcome.stdout)

    def test_describe_an_ambiguous_symbol_lists_its_candidates(self):
        outcome = self.fails(USAGE, "describe", "HelloRequest", target=self.server.target)
        self.assertIn("hello.HelloRequest\n", outcome.stderr)
        self.assertIn("helloworld.HelloRequest\n", outcome.stderr)

    def test_describe_an_unknown_symbol_offers_the_nearest(self):
        outcome = self.fails(SCHEMA, "describe", "routeguide.Featur", target=self.server.target)
        self.assertIn("routeguide.Feature", outcome.hint())

    def test_what_describe_prints_is_proto_source_again(self):
        folder = self.temporary_folder()
        text = self.succeeds("describe", "Person", target=self.server.target).stdout
        (folder / "again.proto").write_text('syntax = "proto3";\n' + text)
        again = self.succeeds("describe", "Person", "--proto", folder / "again.proto").stdout
        self.assertEqual(again.splitlines()[-5:], text.splitlines()[-5:])


if __name__ == "__main__":
    unittest.main()
