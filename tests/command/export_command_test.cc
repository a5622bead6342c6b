#include <doctest/doctest.h>
#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <iterator>

#include "tests/support/file_tree.h"
#include "tests/support/paths.h"
#include "tests/support/run_in_process.h"

namespace rpcctl {
namespace {

using testing::Bench;
using testing::Printed;
using testing::RunSettings;
using testing::RunWords;

const std::string kHello = testing::ProtoPath("hello.proto");

std::string Content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> FileNames(const std::string& bytes) {
  google::protobuf::FileDescriptorSet set;
  REQUIRE(set.ParseFromString(bytes));
  std::vector<std::string> names;
  for (const auto& file : set.file()) names.push_back(file.name());
  return names;
}

TEST_CASE("export: a server's schema as a descriptor set, which serves as one") {
  const Bench bench;
  const FileTree tree;
  const Printed printed = bench.Run({"export", "--to", tree / "api.pb"});
  CHECK(printed.exit_code == 0);
  CHECK((printed.out + printed.err).empty());
  CHECK(RunWords({"describe", "--protoset", tree / "api.pb"}).out == bench.Run({"describe"}).out);
  CHECK(bench.Run({"call", "Greeter.SayHello", "name=you", "--protoset", tree / "api.pb"}).out ==
        "{\"message\":\"Hello, you!\"}\n");
}

TEST_CASE("export: a server's schema as .proto files, which serve as one") {
  const Bench bench;
  const FileTree tree;
  CHECK(bench.Run({"export", "--to-dir", tree / "out"}).exit_code == 0);
  CHECK(RunWords({"describe", "--proto", tree / "out"}).out == bench.Run({"describe"}).out);
  CHECK(
      Content(tree / "out/helloworld.proto").starts_with("syntax = \"proto3\";\n\npackage helloworld;\n\n"));
}

TEST_CASE("export: only what symbols need") {
  const Bench bench;
  const FileTree tree;
  CHECK(bench.Run({"export", "--to", tree / "api.pb", "RouteGuide", "HelloService.SayHello"}).exit_code == 0);
  CHECK(FileNames(Content(tree / "api.pb")) == std::vector<std::string>{"route_guide.proto", "hello.proto"});
}

TEST_CASE("export: standard output, but not a terminal") {
  CHECK(FileNames(RunWords({"export", "--to", "-", "--proto", kHello}).out) ==
        std::vector<std::string>{"hello.proto"});
  RunSettings settings;
  settings.terminal = true;
  settings.environment["NO_COLOR"] = "1";
  const Printed printed = RunWords({"export", "--to", "-", "--proto", kHello}, settings);
  CHECK(printed.exit_code == 2);
  CHECK(printed.out.empty());
}

TEST_CASE("export: one place is needed, and one only") {
  CHECK(RunWords({"export", "--proto", kHello}).err ==
        "rpcctl: error: export needs to know where to\n"
        "  hint: --to FILE writes a descriptor set, --to-dir DIR writes .proto files\n");
  CHECK(RunWords({"export", "--to", "a", "--to-dir", "b", "--proto", kHello}).exit_code == 2);
  CHECK(RunWords({"export", "--to", "", "--proto", kHello}).exit_code == 2);
}

TEST_CASE("export: --force overwrites") {
  const FileTree tree{{"api.pb", "precious"}};
  CHECK(RunWords({"export", "--to", tree / "api.pb", "--proto", kHello}).exit_code == 7);
  CHECK(Content(tree / "api.pb") == "precious");
  CHECK(RunWords({"export", "--to", tree / "api.pb", "--proto", kHello, "--force"}).exit_code == 0);
  CHECK(FileNames(Content(tree / "api.pb")) == std::vector<std::string>{"hello.proto"});
}

TEST_CASE("export: nothing at all is not exported") {
  const FileTree tree;
  const Printed printed = RunWords({"export", "--to", tree / "api.pb", "--proto", tree.path()});
  CHECK(printed.exit_code == 4);
  CHECK(printed.err == "rpcctl: error: there is nothing to export\n");
  CHECK(Content(tree / "api.pb").empty());
}

TEST_CASE("export: google/protobuf is left out of the .proto files unless it is asked for") {
  const FileTree tree{{"in/a.proto",
                       "syntax = \"proto3\"; import \"google/protobuf/any.proto\"; message M { "
                       "google.protobuf.Any a = 1; }"}};
  CHECK(RunWords({"export", "--to-dir", tree / "one", "--proto", tree / "in"}).exit_code == 0);
  CHECK_FALSE(std::filesystem::exists(tree / "one/google"));
  CHECK(RunWords({"export", "--to-dir", tree / "two", "--proto", tree / "in", "google.protobuf.Any"})
            .exit_code == 0);
  CHECK(std::filesystem::exists(tree / "two/google/protobuf/any.proto"));
}

}  // namespace
}  // namespace rpcctl
