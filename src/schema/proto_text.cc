#include "schema/proto_text.h"

#include <fmt/format.h>
#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <optional>
#include <vector>

#include "base/safe_text.h"
#include "schema/edition_source.h"
#include "schema/ignored_mistakes.h"
#include "schema/limits.h"
#include "schema/source_features.h"

namespace rpcctl {
namespace {

using google::protobuf::FileDescriptorProto;
using google::protobuf::io::ArrayInputStream;
using google::protobuf::io::ColumnNumber;
using google::protobuf::io::Tokenizer;

constexpr size_t kToldMistakes = 3;
constexpr size_t kShownMessageBytes = 400;

// Keeps the first few mistakes, each as "path:line:column: what".
class Mistakes final : public google::protobuf::io::ErrorCollector {
 public:
  // `edition` is what the text was made from; null where it is as it was read.
  Mistakes(std::string_view path, const EditionSource* edition) : path_(SafeText(path)), edition_(edition) {}

  void AddError(int line, ColumnNumber column, const std::string& message) override {
    if (texts_.size() == kToldMistakes) return;
    std::string_view what = message;
    if (what.ends_with('.')) what.remove_suffix(1);
    if (edition_ != nullptr) column = edition_->Column(line, column);
    texts_.push_back(
        fmt::format("{}:{}:{}: {}", path_, line + 1, column + 1, SafeExcerpt(what, kShownMessageBytes)));
  }

  Error ToError() const {
    if (texts_.empty()) return {ErrorKind::kSchema, path_ + ": not a .proto file"};
    Error error{ErrorKind::kSchema, texts_.front()};
    for (size_t i = 1; i < texts_.size(); ++i) {
      error.hint.append(i == 1 ? "also " : "\nalso ").append(texts_[i]);
    }
    return error;
  }

 private:
  const std::string path_;
  const EditionSource* const edition_;
  std::vector<std::string> texts_;
};

// What must be refused before the parser sees it: nesting, which it follows with as many calls.
std::optional<Error> RefusalOf(std::string_view text, std::string_view path) {
  ArrayInputStream input(text.data(), static_cast<int>(text.size()));
  IgnoredMistakes ignored;
  Tokenizer tokens(&input, &ignored);
  size_t depth = 0;
  while (tokens.Next()) {
    const std::string& token = tokens.current().text;
    if (token == "}" && depth > 0) --depth;
    if (token == "{" && ++depth > kMaxOptionNesting) {
      return Error{ErrorKind::kSchema,
                   fmt::format("{}:{}:{}: schema limit: nested deeper than {}", SafeText(path),
                               tokens.current().line + 1, tokens.current().column + 1, kMaxOptionNesting)};
    }
  }
  return std::nullopt;
}

using Parsed = Result<std::unique_ptr<FileDescriptorProto>>;

Parsed Parse(std::string_view text, const std::string& name, std::string_view shown_path,
             const EditionSource* edition) {
  ArrayInputStream input(text.data(), static_cast<int>(text.size()));
  Mistakes mistakes(shown_path, edition);
  Tokenizer tokens(&input, &mistakes);
  google::protobuf::compiler::Parser parser;
  parser.RecordErrorsTo(&mistakes);
  auto file = std::make_unique<FileDescriptorProto>();
  const bool parsed = parser.Parse(&tokens, file.get());
  if (!parsed) return mistakes.ToError();
  file->set_name(name);
  return file;
}

}  // namespace

Parsed ParseProtoText(std::string_view text, const std::string& name, std::string_view shown_path) {
  if (std::optional<Error> refusal = RefusalOf(text, shown_path)) return *refusal;
  if (!EditionSource::Is(text)) return Parse(text, name, shown_path, nullptr);
  const Result<EditionSource> edition = EditionSource::Read(text, shown_path);
  if (!edition) return edition.error();
  Parsed file = Parse(edition->text(), name, shown_path, &*edition);
  if (!file) return file;
  if (Result<void> restored = edition->Restore(shown_path, **file); !restored) return restored.error();
  if (Result<void> taken = TakeSourceFeatures(shown_path, **file); !taken) return taken.error();
  return file;
}

}  // namespace rpcctl
