// A shell's line up to the cursor, behind a byte that chooses the shell: the answer is well-formed, whatever
// the line is, and every candidate goes on from the word being typed.
#include <google/protobuf/descriptor.pb.h>

#include <memory>
#include <string>
#include <vector>

#include "base/safe_text.h"
#include "completion/completion.h"
#include "message/known_types.h"
#include "schema/schema.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/fuzz_types.h"
#include "tests/support/small_option_table.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

namespace {

constexpr Shell kShells[] = {Shell::kBash, Shell::kZsh, Shell::kFish};

// The file with the types of the other targets, and a service that takes some of them.
google::protobuf::FileDescriptorProto File() {
  google::protobuf::FileDescriptorProto file;
  TypeOf(0).file()->CopyTo(&file);
  auto& service = *file.add_service();
  service.set_name("S");
  for (const char* type : {"Scalars", "Lists", "Maps", "Choice", "Deep", "WellKnown"}) {
    auto& method = *service.add_method();
    method.set_name(std::string("Do") + type);
    method.set_input_type(std::string(".out.") + type);
    method.set_output_type(".out.WellKnown");
    method.set_client_streaming(true);
  }
  return file;
}

class OneFile final : public SchemaSource {
 public:
  std::string Name() const override { return "the test"; }
  Result<std::vector<std::string>> ServiceNames() override { return std::vector<std::string>{"out.S"}; }
  Result<std::vector<SchemaFile>> FilesWithSymbol(std::string_view) override { return All(); }
  Result<std::vector<SchemaFile>> FilesNamed(std::string_view) override { return All(); }
  Result<std::vector<SchemaFile>> FilesExtending(std::string_view, std::optional<int>) override {
    return std::vector<SchemaFile>();
  }
  Result<std::vector<SchemaFile>> AllFiles() override { return All(); }
  void Close() override {}

 private:
  static Result<std::vector<SchemaFile>> All() {
    static const google::protobuf::FileDescriptorProto file = File();
    return std::vector<SchemaFile>{{file.name(), file.SerializeAsString()}};
  }
};

Schema& Types() {
  static const auto schema = [] {
    std::vector<std::unique_ptr<SchemaSource>> sources;
    sources.push_back(std::make_unique<OneFile>());
    return std::make_unique<Schema>(std::move(sources));
  }();
  return *schema;
}

void CheckLine(std::string_view line, std::string_view typed) {
  Require(!line.empty(), "a line of the answer is empty");
  if (line.starts_with('#')) return Require(SafeText(line) == line, "a hint is not safe to show", line);
  const size_t tab = line.find('\t');
  const std::string_view value = line.substr(0, tab);
  Require(value.starts_with(typed), "a candidate does not go on from the word", value, typed);
  Require(SafeText(value) == value, "a candidate is not safe to show", value);
  if (tab == std::string_view::npos) return;
  Require(SafeText(line.substr(tab + 1)) == line.substr(tab + 1), "a description is not safe to show", line);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  FuzzInput input(bytes, size);
  const Shell shell = kShells[input.Byte() % 3];
  const std::string typed = ReadShellLine(shell, input.rest()).current.text;
  CompletionQuestions questions;
  questions.schema = [](const GivenLine&) { return KnownSchema{.schema = &Types()}; };
  questions.targets = [] { return std::vector<std::string>{"localhost:50051"}; };
  questions.home = "/home/me";
  const std::string answer = Complete(shell, input.rest(), SmallTable(), questions);
  Require(answer.starts_with(':') && answer.ends_with('\n'), "the answer is not made of lines", answer);
  for (size_t at = answer.find('\n') + 1; at < answer.size();) {
    const size_t end = answer.find('\n', at);
    CheckLine(std::string_view(answer).substr(at, end - at), typed);
    at = end + 1;
  }
  return 0;
}
