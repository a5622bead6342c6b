#include "completion/completion.h"

#include <doctest/doctest.h>

#include "tests/support/completed_line.h"

namespace rpcctl {
namespace {

CompletedLine NoSchema() {
  return CompletedLine("no server here");
}

TEST_CASE("completion: commands, in the order of help, with what they do") {
  CHECK(NoSchema()("rpcctl ") ==
        ":keeporder nofiles\ncall\tinvoke a method\nlist\tlist services\ndescribe\tshow\n"
        "template\ta request\nhealth\task\nhelp\ttell\n");
  CHECK(NoSchema()("rpcctl he") == ":keeporder nofiles\nhealth\task\nhelp\ttell\n");
}

TEST_CASE("completion: options of the program where no command is named") {
  CHECK(NoSchema()("rpcctl --") ==
        ":keeporder nofiles\n--help\tshow this help\n--version\ttell the version\n");
}

TEST_CASE("completion: options only after a dash, short and long") {
  CHECK(NoSchema().Values("rpcctl help -").empty());
  CHECK(NoSchema().Values("rpcctl list -") == Values{"-l", "--long", "-t", "--target", "-H", "--header",
                                                     "--cacert", "--proxy", "--timeout", "-v", "--verbose",
                                                     "--tls", "--color"});
  CHECK(NoSchema()("rpcctl list --ta") == ":keeporder nofiles\n--target\tthe server\n");
}

TEST_CASE("completion: an option that was given is left out, unless it may be repeated") {
  CHECK(NoSchema().Values("rpcctl list -t x --tls -v -H a --t") == Values{"--timeout"});
  CHECK(NoSchema().Values("rpcctl list -v -H a --ve") == Values{"--verbose"});
  CHECK(NoSchema().Values("rpcctl list -v -H a --he") == Values{"--header"});
}

TEST_CASE("completion: the values of an option, in every form it is given in") {
  CHECK(NoSchema().Values("rpcctl list --color a") == Values{"auto", "always"});
  CHECK(NoSchema().Values("rpcctl list --color=n") == Values{"--color=never"});
  CHECK(NoSchema().Values("rpcctl list -t localhost:5") == Values{"localhost:50051"});
  CHECK(NoSchema().Values("rpcctl list -tlocalhost:8") == Values{"-tlocalhost:8080"});
  CHECK(NoSchema().Values("rpcctl list --proxy ") == Values{"none"});
  CHECK(NoSchema().Values("rpcctl help l") == Values{"list"});
}

TEST_CASE("completion: files are left to the shell, which is told where they begin") {
  CHECK(NoSchema()("rpcctl list --cacert x") == ":files\n");
  CHECK(NoSchema()("rpcctl list --cacert=x") == ":files prefix=9\n");
  CHECK(NoSchema()("rpcctl list > x") == ":files\n");
  CHECK(NoSchema()("rpcctl list -t unix:/run/x") == ":files prefix=5\n");
}

TEST_CASE("completion: what cannot be listed is told as a hint") {
  CHECK(NoSchema().Values("rpcctl list --timeout ") == Values{"#--timeout: DUR: 250ms, 5s, 1m30s"});
  CHECK(NoSchema().Values("rpcctl list -H x") == Values{"#--header: 'NAME: VALUE'"});
  CHECK(NoSchema().Values("rpcctl list --proxy http") == Values{"#--proxy: URL|none"});
  CHECK(NoSchema().Values("rpcctl list --color x").empty());
}

TEST_CASE("completion: data is JSON, a file or standard input") {
  CHECK(NoSchema()("rpcctl call M -d @x") == ":files prefix=1\n");
  CHECK(NoSchema()("rpcctl call M --data=@") == ":files prefix=8\n--data=@-\tstandard input\n");
  CHECK(NoSchema().Values("rpcctl call M -d {") == Values{"#JSON documents, @FILE or @- for standard input"});
}

TEST_CASE("completion: without a schema the reason is a hint") {
  for (const char* line : {"rpcctl call Gr", "rpcctl call M na", "rpcctl list ", "rpcctl describe x",
                           "rpcctl template ", "rpcctl health ", "rpcctl call M -f {"}) {
    CAPTURE(line);
    CHECK(NoSchema()(line) == ":nofiles\n#no server here\n");
  }
}

TEST_CASE("completion: the schema is asked for when it is needed, with the options before the cursor") {
  CompletedLine line = NoSchema();
  line("rpcctl call --color ");
  line("rpcctl list -");
  line("rpcctl ca");
  line("rpcctl list x ");
  CHECK(line.loads() == 0);
  line("rpcctl -t h:1 call --tls -t h:2 Gr");
  CHECK(line.loads() == 1);
  CHECK(line.given() == "--target=h:1 --tls= --target=h:2");
}

TEST_CASE("completion: beyond the last word there is nothing") {
  CHECK(NoSchema()("rpcctl list x ") == ":nofiles\n");
  CHECK(NoSchema()("rpcctl nope ") == ":nofiles\n");
}

TEST_CASE("completion: each shell's quotes are understood") {
  CHECK(NoSchema()("rpcctl list --color $'a", Shell::kZsh) == ":nofiles\nauto\nalways\n");
  CHECK(NoSchema()("echo (rpcctl list --color 'a", Shell::kFish) == ":nofiles\nauto\nalways\n");
  CHECK(NoSchema()("true; rpcctl list --color \"a", Shell::kBash) == ":nofiles\nauto\nalways\n");
}

}  // namespace
}  // namespace rpcctl
