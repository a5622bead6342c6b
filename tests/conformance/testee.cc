// The program that protobuf's conformance runner drives: rpcctl's readers and writers behind a pipe.
//
//   rpcctl-conformance-testee FOLDER   the .proto files of the test messages
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <vector>

#include "schema/proto_file_source.h"
#include "schema/schema.h"
#include "tests/conformance/codec.h"

namespace {

int Fail(const rpcctl::Error& error) {
  fmt::print(stderr, "testee: {}\n{}\n", error.message, error.hint);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return Fail({rpcctl::ErrorKind::kUsage, "usage: testee FOLDER", ""});
  rpcctl::Result<std::unique_ptr<rpcctl::SchemaSource>> source =
      rpcctl::OpenProtoFiles({.paths = {argv[1]}, .roots = {}});
  if (!source) return Fail(source.error());
  std::vector<std::unique_ptr<rpcctl::SchemaSource>> sources;
  sources.push_back(std::move(*source));
  rpcctl::Schema schema(std::move(sources));
  while (const auto request = rpcctl::conformance::ReadRequest(stdin)) {
    if (!rpcctl::conformance::WriteResponse(Answer(*request, schema), stdout)) return 1;
  }
  return 0;
}
