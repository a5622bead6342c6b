#include "message/format_template.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <vector>

#include "base/safe_text.h"
#include "message/format_path.h"
#include "message/format_value.h"
#include "message/message_json.h"
#include "message/message_parser.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;

// Some text with the value that follows it; the last piece has no path.
struct Piece {
  std::string text;
  std::vector<FormatStep> path = {};
};

class TemplateReader {
 public:
  TemplateReader(std::string_view text, const Descriptor& type, const NamedExtensionFinder& find_extension)
      : text_(text), type_(type), find_extension_(find_extension) {}

  Result<std::vector<Piece>> Read();

 private:
  Result<void> ReadNext();
  Result<void> ReadPath();
  Result<void> ReadEscape();
  Error ErrorHere(std::string_view what, std::string hint) const;
  bool Accept(std::string_view token);

  std::string_view text_;
  const Descriptor& type_;
  const NamedExtensionFinder& find_extension_;
  size_t at_ = 0;
  std::vector<Piece> pieces_;
};

Result<std::vector<Piece>> TemplateReader::Read() {
  pieces_.push_back({});
  while (at_ < text_.size()) {
    if (Result<void> read = ReadNext(); !read) return read.error();
  }
  return std::move(pieces_);
}

Result<void> TemplateReader::ReadNext() {
  std::string& text = pieces_.back().text;
  if (Accept("{{")) {
    text += '{';
  } else if (Accept("}}")) {
    text += '}';
  } else if (text_[at_] == '{') {
    return ReadPath();
  } else if (text_[at_] == '}') {
    return ErrorHere("'}' without its '{'", "a brace is written }}");
  } else if (text_[at_] == '\\') {
    return ReadEscape();
  } else {
    text += text_[at_++];
  }
  return {};
}

Result<void> TemplateReader::ReadPath() {
  const size_t end = text_.find('}', at_);
  if (end == std::string_view::npos) return ErrorHere("'{' without its '}'", "a brace is written {{");
  if (end == at_ + 1) return ErrorHere("no path in the braces", "a field is written {name}, braces {{}}");
  Result<std::vector<FormatStep>> path =
      ParseFormatPath(text_.substr(at_ + 1, end - at_ - 1), type_, find_extension_);
  if (!path) return path.error();
  pieces_.back().path = std::move(*path);
  pieces_.push_back({});
  at_ = end + 1;
  return {};
}

Result<void> TemplateReader::ReadEscape() {
  struct Escape {
    std::string_view written;
    char meant;
  };
  for (const auto& [written, meant] : {Escape{"\\n", '\n'}, Escape{"\\t", '\t'}, Escape{"\\\\", '\\'}}) {
    if (!Accept(written)) continue;
    pieces_.back().text += meant;
    return {};
  }
  return ErrorHere(fmt::format("unknown escape '{}'", SafeExcerpt(text_.substr(at_), 2)),
                   "known are \\n, \\t and \\\\");
}

Error TemplateReader::ErrorHere(std::string_view what, std::string hint) const {
  return {ErrorKind::kUsage, fmt::format("{} at column {} of the template", what, at_ + 1), std::move(hint)};
}

bool TemplateReader::Accept(std::string_view token) {
  if (!text_.substr(at_).starts_with(token)) return false;
  at_ += token.size();
  return true;
}

}  // namespace

struct FormatTemplate::Parts {
  Parts(const Descriptor& type, KnownTypes known, std::vector<Piece> read)
      : parser(type, std::move(known)), message_json(parser.known()), pieces(std::move(read)) {}
  MaybeFault Append(std::string& out);

  MessageParser parser;
  MessageJson message_json;
  std::vector<Piece> pieces;
};

Result<FormatTemplate> FormatTemplate::Parse(std::string_view text, const Descriptor& type,
                                             KnownTypes known) {
  known = Completed(std::move(known), type);
  Result<std::vector<Piece>> pieces = TemplateReader(text, type, known.find_named_extension).Read();
  if (!pieces) return pieces.error();
  return FormatTemplate(std::make_unique<Parts>(type, std::move(known), std::move(*pieces)));
}

FormatTemplate::FormatTemplate(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
FormatTemplate::~FormatTemplate() = default;
FormatTemplate::FormatTemplate(FormatTemplate&&) noexcept = default;

Result<void> FormatTemplate::Write(std::string_view wire, std::string& out) {
  MessageParser& parser = parts_->parser;
  if (const MaybeFault fault = parser.Parse(wire)) return UnparsedError(*fault, parser.type());
  const size_t begin = out.size();
  if (const MaybeFault fault = parts_->Append(out)) {
    out.resize(begin);
    return UnprintableError(*fault, parser.type());
  }
  return {};
}

MaybeFault FormatTemplate::Parts::Append(std::string& out) {
  for (const Piece& piece : pieces) {
    out += piece.text;
    if (piece.path.empty()) continue;
    if (MaybeFault fault = AppendValueAt(parser.message(), piece.path, message_json, out)) return fault;
  }
  return std::nullopt;
}

}  // namespace rpcctl
