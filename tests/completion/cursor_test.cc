#include "completion/cursor.h"

#include <doctest/doctest.h>

#include "tests/support/completed_line.h"

namespace rpcctl {
namespace {

using Words = std::vector<std::string>;

Cursor At(std::string_view line) {
  return FindCursor(ReadShellLine(Shell::kBash, line), SmallTable(), "/home/me");
}

// "--target=h:1 --verbose=", the options that were given.
std::string Given(const Cursor& cursor) {
  std::string given;
  for (const GivenOption& option : cursor.given.options)
    given += (given.empty() ? "" : " ") + option.option->names.back() + "=" + option.value;
  return given;
}

TEST_CASE("cursor: at the command, before it is named") {
  for (const std::string_view line : {"rpcctl ", "rpcctl ca", "rpcctl -v ", "rpcctl -t h:1 ", "./bin/rpcctl ",
                                      "sudo -u me rpcctl ", "r "}) {
    CAPTURE(line);
    CHECK((At(line).stands == Stands::kAtCommand));
  }
}

TEST_CASE("cursor: nowhere, where the program has no word yet or the command is unknown") {
  for (const std::string_view line : {"", "rpc", "rpcctl nope ", "rpcctl list # ",
                                      "rpcctl call --nope=", "rpcctl call --tls=", "rpcctl -- "}) {
    CAPTURE(line);
    CHECK((At(line).stands == Stands::kNowhere));
  }
}

TEST_CASE("cursor: at a word, with those before it") {
  const Cursor cursor = At("rpcctl call Greeter.SayHello 'a=b c' d");
  CHECK((cursor.stands == Stands::kAtWord));
  CHECK(cursor.given.command == "call");
  CHECK(cursor.words == Words{"Greeter.SayHello", "a=b c"});
  CHECK(cursor.typed == "d");
}

TEST_CASE("cursor: options stand anywhere, in every form they may have") {
  const Cursor cursor = At("rpcctl -t h:1 call --color=never M -vH 'a: b' -Hc:d --tls x ");
  CHECK(Given(cursor) == "--target=h:1 --color=never --verbose= --header=a: b --header=c:d --tls=");
  CHECK(cursor.words == Words{"M", "x"});
}

TEST_CASE("cursor: at the value of an option, which begins behind its name") {
  const std::pair<std::string_view, size_t> kLines[] = {
      {"rpcctl call -t ", 0},  {"rpcctl call --target lo", 0}, {"rpcctl call --target=lo", 9},
      {"rpcctl call -tlo", 2}, {"rpcctl call -vtlo", 3},       {"rpcctl --target=lo", 9},
      {"rpcctl -t ", 0}};
  for (const auto& [line, value_at] : kLines) {
    CAPTURE(line);
    const Cursor cursor = At(line);
    CHECK((cursor.stands == Stands::kAtValue));
    CHECK(cursor.option->names.back() == "--target");
    CHECK(cursor.value_at == value_at);
  }
}

TEST_CASE("cursor: at the name of an option") {
  for (const std::string_view line : {"rpcctl -", "rpcctl call -", "rpcctl call M --ta", "rpcctl call -v"}) {
    CAPTURE(line);
    CHECK((At(line).stands == Stands::kAtOption));
  }
}

TEST_CASE("cursor: behind -- everything is a word") {
  const Cursor cursor = At("rpcctl call M -- -x --target ");
  CHECK((cursor.stands == Stands::kAtWord));
  CHECK(cursor.words == Words{"M", "-x", "--target"});
  CHECK((At("rpcctl call M -- -").stands == Stands::kAtWord));
}

TEST_CASE("cursor: an option that the command does not have takes no value") {
  CHECK(At("rpcctl list --nope x ").words == Words{"x"});
  CHECK(At("rpcctl list -d x ").words == Words{"x"});
}

TEST_CASE("cursor: a home directory is put in place of a tilde, before the cursor only") {
  CHECK(Given(At("rpcctl list --cacert ~/ca.pem ")) == "--cacert=/home/me/ca.pem");
  CHECK(Given(At("rpcctl list --cacert '~/ca.pem' ")) == "--cacert=~/ca.pem");
  CHECK(Given(At("rpcctl list --cacert ~you/ca.pem ")) == "--cacert=~you/ca.pem");
  CHECK(At("rpcctl list --cacert ~/c").typed == "~/c");
}

TEST_CASE("cursor: variables that are set on the line, by the shell or by env") {
  using Assignments = std::vector<std::pair<std::string, std::string>>;
  CHECK(At("A=1 env -i B=2 rpcctl list ").given.assignments == Assignments{{"A", "1"}, {"B", "2"}});
  CHECK(At("A=$X env B=$Y rpcctl list ").given.assignments == Assignments{{"A", "$X"}, {"B", "$Y"}});
}

TEST_CASE("cursor: a file of the shell's own") {
  CHECK((At("rpcctl list > x").stands == Stands::kAtFile));
  CHECK((At("rpcctl list 2>").stands == Stands::kAtFile));
}

}  // namespace
}  // namespace rpcctl
