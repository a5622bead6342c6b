"""Mistakes that newcomers make: the first line names the thing, the hint solves it."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import CONNECT, INPUT, SCHEMA, USAGE, RpcctlTest
from server_process import ReferenceServer

HELLO = ("call", "Greeter.SayHello")
YOU = (*HELLO, "name=you")

# The words, the exit code, what the first line names and what the hint says.
MISTAKES = (
    (("cal", "Greeter.SayHello"), USAGE, "unknown command 'cal'", "did you mean 'call'?"),
    (("Greeter.SayHello", "name=you"), USAGE, "unknown command 'Greeter.SayHello'", "rpcctl call Greeter.SayHello"),
    (("localhost:50051", "list"), USAGE, "unknown command 'localhost:50051'", "rpcctl list -t localhost:50051"),
    (("-plaintext", "localhost:50051", "list"), USAGE, "unknown option '-plaintext'", "--plaintext"),
    ((*YOU, "-max-time", "3"), USAGE, "unknown option", "words that begin with '-' come after '--'"),
    (("call",), USAGE, "METHOD", "rpcctl call --help"),
    (("call", "name=you", "Greeter.SayHello"), USAGE, "'name=you' stands where the METHOD", "the method comes first"),
    (("call", "Greeter", "SayHello", "name=you"), USAGE, "'SayHello' is no item", "one word: Greeter.SayHello"),
    (("call", "SayHello", "name=you"), USAGE, "'SayHello' is ambiguous", "it can be"),
    (("call", "Greeter"), USAGE, "'helloworld.Greeter' is a service", "it has"),
    (("call", "Greeter.SayHelo"), SCHEMA, "no method 'SayHelo'", "did you mean 'SayHello'?"),
    (("call", "greter.SayHello"), SCHEMA, "no service 'greter'", "did you mean 'helloworld.Greeter'?"),
    (("list", "Gretter"), SCHEMA, "no service 'Gretter'", "did you mean 'helloworld.Greeter'?"),
    (("describe", "HelloRequst"), SCHEMA, "no symbol 'HelloRequst'", "'helloworld.HelloRequest'"),
    ((*HELLO, "nme=you"), INPUT, "nme: no such field", "did you mean 'name'?"),
    ((*HELLO, "name", "you"), INPUT, "'name' is no item: it has no '='", "name=you"),
    ((*HELLO, "name = you"), INPUT, "white space stands before '='", "without spaces"),
    ((*HELLO, "name:=you"), INPUT, "name: line 1, column 1", "':=' takes JSON; '=' takes text"),
    ((*HELLO, "name=a", "name=b"), INPUT, "name: set twice", "a lone ',' begins the next message"),
    (("call", "LotsOfGreetings", "greeting=a,", "greeting=b"), INPUT, "greeting: set twice", "name=a , name=b"),
    ((*HELLO, "name=@nofile"), INPUT, "cannot read 'nofile'", "for a value that begins with '@'"),
    (("call", "GetFeature", "latitude=abc"), INPUT, "latitude: expected int32, found 'abc'", "a whole number"),
    (("call", "GetFeature", "latitude=1.5"), INPUT, "latitude: expected int32, found '1.5'", "a whole number"),
    (("call", "GetFeature", "latitude=99999999999"), INPUT, "out of range for int32", "-2147483648 to 2147483647"),
    (("call", "ListFeatures", "lo=1"), INPUT, "lo: expected message routeguide.Point", "lo.latitude=..."),
    (("call", "ListFeatures", "lo.lat=1"), INPUT, "lo.lat: no such field in Point", "did you mean 'latitude'?"),
    (("call", "Introduce", "has_ponycopter=yes"), INPUT, "has_ponycopter: expected bool", "true or false"),
    ((*HELLO, "-d", "name=you"), USAGE, "-d 'name=you' is no JSON", "without -d: name=you"),
    ((*HELLO, "-d", '{name: "you"}'), INPUT, "line 1, column 2", "names are written in double quotes"),
    ((*HELLO, "-d", "{'name': 'you'}"), INPUT, "a single quote", "JSON takes double quotes only"),
    ((*HELLO, "-d", '{"name": "you",}'), INPUT, "line 1, column 16", "no comma after the last one"),
    ((*HELLO, "-d", '{"name": "you"'), INPUT, "is cut short", "a bracket or a quote is not closed"),
    ((*HELLO, "-d", '{"name": 5}'), INPUT, "name: expected string, found number 5", 'in double quotes: "5"'),
    ((*HELLO, "-d", '[{"name": "you"}]'), INPUT, "found an array", "without brackets"),
    ((*HELLO, "-d", '{"name":"a"}{"name":"b"}'), INPUT, "takes one request message", "methods that stream requests"),
    ((*HELLO, "-d", "@"), USAGE, "-d '@' names no file", "-d @FILE"),
    ((*YOU, "-H", "no-colon"), USAGE, "--header: the header has no ':'", "'name: value'"),
    ((*YOU, "-H", "grpc-timeout: 1S"), USAGE, "header 'grpc-timeout'", "rpcctl sets it itself"),
    ((*YOU, "--timeout", "5"), USAGE, "--timeout: '5' has no unit", "5s"),
    ((*YOU, "--limit", "0"), USAGE, "--limit: '0'", "above zero"),
    ((*YOU, "-o", "yaml"), USAGE, "--output: 'yaml'", "jsonl"),
    ((*YOU, "-f", "{mesage}"), USAGE, "--format: mesage: no such field", "did you mean 'message'?"),
    ((*YOU, "--targt", "localhost:1"), USAGE, "unknown option '--targt'", "did you mean '--target'?"),
    ((*YOU, "--header"), USAGE, "option --header needs a value", "rpcctl call --help"),
    ((*YOU, "-t", "localhost:99999"), USAGE, "localhost:99999", "host:port"),
    ((*YOU, "-t", "http://localhost:50051"), USAGE, "it is a URL", "host:port"),
    ((*YOU, "-t", "127.0.0.1:1"), CONNECT, "cannot connect to 127.0.0.1:1: Connection refused", "is the server running"),
)


class MistakesTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def test_each_names_the_thing_and_solves_it(self):
        for words, code, named, solved in MISTAKES:
            with self.subTest(words=words):
                outcome = self.fails(code, *words, target=self.server.target)
                self.assertIn(named, outcome.error(), outcome)
                self.assertIn(solved, outcome.hint(), outcome)
                self.assertEqual(outcome.out, b"")

    def test_nothing_of_them_reached_a_method(self):
        with ReferenceServer() as server:
            for words, *_ in MISTAKES:
                self.check_rules(self.fails_somehow(*words, target=server.target))
            self.assertEqual(server.stop(), [])

    def fails_somehow(self, *words, **how):
        from rpcctl_testing import run
        outcome = run(*words, **how)
        self.assertNotEqual(outcome.code, 0, outcome)
        return outcome


if __name__ == "__main__":
    unittest.main()
