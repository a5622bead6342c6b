#include "message/text_writer.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>

#include <algorithm>

#include "base/safe_text.h"
#include "message/json_form.h"
#include "message/message_parser.h"
#include "message/wire_check.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::TextFormat;

// As for JSON: the depth decides the memory that a hostile message takes.
constexpr int kDeepestAny = 16;

void AppendOctal(std::string_view bytes, std::string& out) {
  for (const char byte : bytes)
    fmt::format_to(std::back_inserter(out), "\\{:03o}", static_cast<unsigned char>(byte));
}

// The first character of `text` in a quoted string.
void AppendCharacter(std::string_view character, std::string& out) {
  if (character == "\n") {
    out += "\\n";
  } else if (character == "\t") {
    out += "\\t";
  } else if (character == "\"" || character == "\\") {
    out.append("\\").append(character);
  } else if (IsUnsafeCharacter(DecodeUtf8(character))) {
    AppendOctal(character, out);
  } else {
    out += character;
  }
}

std::string QuotedText(std::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const size_t length = Utf8CharacterLength(text);
    if (length == 0) AppendOctal(text.substr(0, 1), quoted);
    if (length > 0) AppendCharacter(text.substr(0, length), quoted);
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return quoted + "\"";
}

// Strings as people read them; bytes stay protobuf's own.
class ValuePrinter final : public TextFormat::FastFieldValuePrinter {
 public:
  void PrintString(const std::string& text, TextFormat::BaseTextGenerator* generator) const override {
    generator->PrintString(QuotedText(text));
  }
};

// "a.b": identifiers with points between them.
bool IsDottedName(std::string_view name) {
  bool begins = true;  // an identifier does, at this character
  for (const char c : name) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool is_digit = c >= '0' && c <= '9';
    if (begins ? !is_letter : !is_letter && !is_digit && c != '.') return false;
    begins = c == '.';
  }
  return !begins;
}

// Whether the URL can stand between brackets as the parser reads it back: "example.com/pkg.Type".
bool IsPlainUrl(std::string_view url) {
  const size_t slash = url.find('/');
  return slash != std::string_view::npos && IsDottedName(url.substr(0, slash)) &&
         IsDottedName(url.substr(slash + 1));
}

}  // namespace

struct TextWriter::Parts {
  Parts(const Descriptor& type, KnownTypes known) : parser(type, std::move(known)) {
    SetUp(plain);
    SetUp(printer);
    // Every pool has one type of this name at most; the built-in one may lie underneath.
    for (const Descriptor* any : {parser.known().pool->FindMessageTypeByName("google.protobuf.Any"), &type}) {
      if (any != nullptr && JsonFormOf(*any) == JsonForm::kAny) Register(*any);
    }
  }

  static void SetUp(TextFormat::Printer& to) {
    to.SetHideUnknownFields(true);
    to.SetDefaultFieldValuePrinter(new ValuePrinter());  // takes it over
  }
  void Register(const Descriptor& any);
  std::string Expanded(const Message& any);

  MessageParser parser;
  TextFormat::Printer printer;
  TextFormat::Printer plain;  // writes an Any as its two fields
  int anys = 0;               // that are being written, one inside the other
};

namespace {

// Writes an Any by what it holds.
class AnyPrinter final : public TextFormat::MessagePrinter {
 public:
  explicit AnyPrinter(std::function<std::string(const Message&)> text) : text_(std::move(text)) {}
  void Print(const Message& message, bool, TextFormat::BaseTextGenerator* generator) const override {
    generator->PrintString(text_(message));
  }

 private:
  const std::function<std::string(const Message&)> text_;
};

}  // namespace

void TextWriter::Parts::Register(const Descriptor& any) {
  auto any_printer =
      std::make_unique<AnyPrinter>([this](const Message& message) { return Expanded(message); });
  // It is taken over where there was none for this type.
  if (printer.RegisterMessagePrinter(&any, any_printer.get())) any_printer.release();
}

std::string TextWriter::Parts::Expanded(const Message& any) {
  std::string text;
  const auto& reflection = *any.GetReflection();
  const std::string url = reflection.GetString(any, any.GetDescriptor()->FindFieldByNumber(1));
  const std::string value = reflection.GetString(any, any.GetDescriptor()->FindFieldByNumber(2));
  const Descriptor* type =
      IsPlainUrl(url) && anys < kDeepestAny ? FindTypeInAny(parser.known(), url) : nullptr;
  const std::unique_ptr<Message> content =
      type == nullptr ? nullptr : parser.ParseNested(*type, value, kDeepestNesting - anys);
  if (content == nullptr) {
    plain.PrintToString(any, &text);
    return text;
  }
  ++anys;
  printer.PrintToString(*content, &text);
  --anys;
  std::string indented = fmt::format("[{}] {{\n", url);
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at) + 1;
    indented.append("  ").append(text, at, end - at);
    at = end;
  }
  return indented + "}\n";
}

TextWriter::TextWriter(const Descriptor& type, KnownTypes known)
    : parts_(std::make_unique<Parts>(type, std::move(known))) {}

TextWriter::~TextWriter() = default;
TextWriter::TextWriter(TextWriter&&) noexcept = default;

Result<void> TextWriter::Write(std::string_view wire, std::string& out) {
  MessageParser& parser = parts_->parser;
  if (const MaybeFault fault = parser.Parse(wire)) return UnparsedError(*fault, parser.type());
  std::string text;
  parts_->printer.PrintToString(parser.message(), &text);
  out += text;
  return {};
}

}  // namespace rpcctl
