#include "schema/edition_source.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "base/safe_text.h"
#include "schema/edition_features.h"
#include "schema/ignored_mistakes.h"
#include "schema/type_places.h"

namespace rpcctl {
namespace {

using google::protobuf::FileDescriptorProto;
using google::protobuf::SourceCodeInfo;
using google::protobuf::io::ArrayInputStream;
using google::protobuf::io::Tokenizer;

using Token = Tokenizer::Token;
using Place = std::pair<int, int>;  // line and column

constexpr size_t kShownTokenBytes = 80;
constexpr int kTabWidth = 8;

struct TokenStream {
  explicit TokenStream(std::string_view text)
      : input(text.data(), static_cast<int>(text.size())), tokens(&input, &ignored) {}

  // As the parser begins: only the call that collects comments skips a byte order mark.
  bool Next() {
    const bool begins = tokens.current().type == Tokenizer::TYPE_START;
    return begins ? tokens.NextWithComments(nullptr, nullptr, nullptr) : tokens.Next();
  }

  ArrayInputStream input;
  IgnoredMistakes ignored;
  Tokenizer tokens;
};

// Finds the bytes of tokens that come one after another.
class Offsets final {
 public:
  explicit Offsets(std::string_view text) : text_(text) {}

  size_t Of(int line, int column) {
    while (offset_ < text_.size() && Place(line_, column_) < Place(line, column)) Step(text_[offset_++]);
    return offset_;
  }

 private:
  void Step(char c) {
    if (c == '\n') {
      ++line_;
      column_ = 0;
    } else {
      column_ += c == '\t' ? kTabWidth - column_ % kTabWidth : 1;
    }
  }

  const std::string_view text_;
  size_t offset_ = 0;
  int line_ = 0;
  int column_ = 0;
};

bool IsIdentifier(const Token& token) {
  return token.type == Tokenizer::TYPE_IDENTIFIER;
}

bool IsString(const Token& token) {
  return token.type == Tokenizer::TYPE_STRING;
}

}  // namespace

// Reads the tokens once, looking at two at a time.
class EditionScan final {
 public:
  EditionScan(std::string_view text, std::string_view shown_path)
      : text_(text), stream_(text), offsets_(text), path_(SafeText(shown_path)) {
    Advance();
    Advance();
  }

  Result<EditionSource> Run() {
    if (Result<void> edition = Edition(); !edition) return edition.error();
    bool begins = true;  // a statement
    bool repeats = false;
    while (here_.type != Tokenizer::TYPE_END) {
      if (begins || repeats) {
        if (Result<void> checked = Beginning(begins); !checked) return checked.error();
      }
      repeats = begins && here_.text == "repeated";
      begins = here_.text == "{" || here_.text == "}" || here_.text == ";";
      Advance();
    }
    source_.text_.append(text_, copied_);
    return std::move(source_);
  }

 private:
  void Advance() {
    here_ = std::move(next_);
    if (stream_.Next()) {
      next_ = stream_.tokens.current();
    } else {
      next_ = Token{Tokenizer::TYPE_END, "", here_.line, here_.end_column, here_.end_column};
    }
  }

  Error At(const Token& token, std::string_view what, std::string hint = "") const {
    return {ErrorKind::kSchema, fmt::format("{}:{}:{}: {}", path_, token.line + 1, token.column + 1, what),
            std::move(hint)};
  }

  // edition = "2023";
  Result<void> Edition() {
    std::vector<Token> parts = {here_};
    Advance();
    if (here_.text != "=") return At(here_, "Expected \"=\"");
    Advance();
    if (!IsString(here_)) return At(here_, "Expected the edition in quotes");
    std::string edition;
    for (; IsString(here_); Advance()) {
      Tokenizer::ParseStringAppend(here_.text, &edition);
      parts.push_back(here_);
    }
    if (here_.text != ";") return At(here_, "Expected \";\"");
    if (edition != "2023") return UnknownEdition(parts[1], edition);
    ReplaceEdition(parts);
    return {};
  }

  Error UnknownEdition(const Token& token, const std::string& edition) const {
    if (edition == "2024") {
      return At(token, "the text of edition 2024 is not understood here, its descriptors are",
                "protoc --include_imports --descriptor_set_out=FILE makes them, for --protoset FILE");
    }
    return At(token, fmt::format("edition '{}' is not known here", SafeExcerpt(edition, kShownTokenBytes)),
              "known is edition = \"2023\"");
  }

  // `parts` are the word and the strings. What follows on the line is moved only where there is no room.
  void ReplaceEdition(const std::vector<Token>& parts) {
    const Token& last = parts.back();
    Offsets ahead = offsets_;
    const size_t from = ahead.Of(parts[0].line, parts[0].column);
    const size_t to = ahead.Of(last.line, last.end_column);
    if (text_.substr(from, to - from).find_first_of("\n\t/#") == std::string_view::npos) {
      return Replace(parts[0].line, parts[0].column, last.end_column, "syntax=\"proto3\"");
    }
    Replace(parts[0].line, parts[0].column, parts[0].end_column, "syntax");
    for (size_t i = 1; i < parts.size(); ++i) {
      Replace(parts[i].line, parts[i].column, parts[i].end_column, i == 1 ? "\"proto3\"" : "");
    }
  }

  // Puts `with`, and blanks up to its length, in place of a part of one line.
  void Replace(int line, int column, int end_column, std::string with) {
    const size_t from = offsets_.Of(line, column);
    const size_t to = offsets_.Of(line, end_column);
    if (with.size() > to - from) {
      source_.moved_line_ = line;
      source_.moved_column_ = end_column;
      source_.moved_by_ = static_cast<int>(with.size() - (to - from));
    }
    with.resize(std::max(with.size(), to - from), ' ');
    source_.text_.append(text_, copied_, from - copied_).append(with);
    copied_ = to;
  }

  // The first word of a statement, or the one behind "repeated".
  Result<void> Beginning(bool is_first) {
    const bool label = is_first && (here_.text == "optional" || here_.text == "required");
    if (label && (IsIdentifier(next_) || next_.text == ".")) return At(here_, LabelProblem(), LabelHint());
    if (here_.text == "group" && IsIdentifier(next_)) {
      return At(here_, "groups do not exist in editions",
                "a message field with [features.message_encoding = DELIMITED] looks the same on the wire");
    }
    if (!is_first || here_.text != "reserved") return {};
    if (IsString(next_)) return At(next_, "reserved names stand without quotes in editions");
    return IsIdentifier(next_) ? ReservedNames() : Result<void>();
  }

  std::string LabelProblem() const {
    return fmt::format("the label '{}' does not exist in editions", here_.text);
  }

  std::string LabelHint() const {
    return here_.text == "required" ? "it is written [features.field_presence = LEGACY_REQUIRED]"
                                    : "leave it out: fields are optional unless a feature says otherwise";
  }

  // reserved foo, bar;  An empty statement is left of it.
  Result<void> ReservedNames() {
    source_.reserved_.push_back({here_.line, here_.column, {}});
    Blank();
    for (;;) {
      if (!IsIdentifier(here_)) return At(here_, "Expected a name");
      source_.reserved_.back().names.push_back(here_.text);
      Blank();
      if (here_.text == ";") return {};
      if (here_.text != ",") return At(here_, "Expected \",\" or \";\"");
      Blank();
    }
  }

  void Blank() {
    Replace(here_.line, here_.column, here_.end_column, "");
    Advance();
  }

  const std::string_view text_;
  EditionSource source_;
  size_t copied_ = 0;  // bytes of text_
  TokenStream stream_;
  Offsets offsets_;
  const std::string path_;
  Token here_{};
  Token next_{};
};

bool EditionSource::Is(std::string_view text) {
  TokenStream stream(text);
  return stream.Next() && stream.tokens.current().text == "edition";
}

Result<EditionSource> EditionSource::Read(std::string_view text, std::string_view shown_path) {
  return EditionScan(text, shown_path).Run();
}

int EditionSource::Column(int line, int column) const {
  return line == moved_line_ && column >= moved_column_ + moved_by_ ? column - moved_by_ : column;
}

Result<void> EditionSource::Restore(std::string_view shown_path, FileDescriptorProto& file) const {
  for (SourceCodeInfo::Location& location : *file.mutable_source_code_info()->mutable_location()) {
    auto& span = *location.mutable_span();
    if (span.size() < 3) continue;
    const int last = span.size() - 1;
    span[1] = Column(span[0], span[1]);
    span[last] = Column(span[last == 2 ? 0 : 2], span[last]);
    const bool syntax =
        location.path_size() == 1 && location.path(0) == FileDescriptorProto::kSyntaxFieldNumber;
    if (syntax) location.set_path(0, kEditionNumber);
  }
  file.set_syntax("editions");
  SetEdition(kEdition2023, file);
  return AddReserved(shown_path, file);
}

// Each belongs to the innermost message or enum around it.
Result<void> EditionSource::AddReserved(std::string_view shown_path, FileDescriptorProto& file) const {
  if (reserved_.empty()) return {};
  TypePlaces places(file);
  for (const Reserved& reserved : reserved_) {
    const TypeAt type = places.Around(reserved.line, reserved.column);
    if (type.message == nullptr && type.enumeration == nullptr) {
      return Error{ErrorKind::kSchema,
                   fmt::format("{}:{}:{}: reserved names stand in a message or an enum", SafeText(shown_path),
                               reserved.line + 1, reserved.column + 1)};
    }
    for (const std::string& name : reserved.names) {
      type.enumeration != nullptr ? type.enumeration->add_reserved_name(name)
                                  : type.message->add_reserved_name(name);
    }
  }
  return {};
}

}  // namespace rpcctl
