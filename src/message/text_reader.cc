#include "message/text_reader.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "message/input_error.h"
#include "message/message_check.h"
#include "message/required_fields.h"
#include "message/text_escapes.h"
#include "message/type_links.h"
#include "message/wire.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::TextFormat;

// Keeps the first error; the others follow from it.
class FirstError final : public google::protobuf::io::ErrorCollector {
 public:
  explicit FirstError(TextPosition start) : start_(start) {}

  // The parser counts from 0, and a tab as up to 8 columns.
  void AddError(int line, google::protobuf::io::ColumnNumber column, const std::string& message) override {
    if (error_) return;
    const auto below = static_cast<size_t>(std::max(line, 0));
    const auto beside = static_cast<size_t>(std::max(column, 0));
    const TextPosition place{start_.line + below, (below == 0 ? start_.column : 1) + beside};
    error_ = InputError(FormatPosition(place), message);
  }
  void AddWarning(int, google::protobuf::io::ColumnNumber, const std::string&) override {}

  const std::optional<Error>& error() const { return error_; }

 private:
  const TextPosition start_;
  std::optional<Error> error_;
};

// What stands in `text` between `before` and the next quote; empty where it does not.
std::string QuotedAfter(std::string_view text, std::string_view before) {
  const size_t at = text.find(before);
  if (at == std::string_view::npos) return "";
  const std::string_view rest = text.substr(at + before.size());
  return std::string(rest.substr(0, rest.find('"')));
}

std::vector<std::string> FieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  return names;
}

// The parser's `error` about `document` as ours are: without a period, with a hint.
Error InOurWords(Error error, std::string_view document, const KnownTypes& known) {
  if (error.message.ends_with('.')) error.message.pop_back();
  const std::string name = QuotedAfter(error.message, "has no field named \"");
  const Descriptor* type = known.pool->FindMessageTypeByName(QuotedAfter(error.message, "Message type \""));
  if (!name.empty() && type != nullptr) error.hint = DidYouMean(name, FieldNames(*type));
  const size_t start = document.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos && document[start] == '{')
    error.hint = "it looks like JSON, not like protobuf's text format";
  return error;
}

// Finds extensions and the types of Any where the other readers find them too.
class KnownFinder final : public TextFormat::Finder {
 public:
  // `known` finds those extensions alone that can be made for `root`.
  KnownFinder(const KnownTypes& known, const Message& root) : known_(known), root_(root) {}

  const FieldDescriptor* FindExtension(Message* message, const std::string& name) const override {
    const FieldDescriptor* extension = known_.find_named_extension(*message->GetDescriptor(), name);
    const Descriptor* type = extension == nullptr ? nullptr : extension->message_type();
    return type == nullptr || IsOfRoot(*message) || NeedsNoOrder(*type) ? extension : nullptr;
  }
  const Descriptor* FindAnyType(const Message&, const std::string&, const std::string& name) const override {
    const Descriptor* type = FindTypeInAny(known_, name);
    return type == nullptr || NeedsNoOrder(*type) ? type : nullptr;
  }

 private:
  bool IsOfRoot(const Message& message) const {
    return message.GetReflection()->GetMessageFactory() == root_.GetReflection()->GetMessageFactory();
  }
  // Inside an Any the parser makes its own messages: only of types that need no order (type_links.h).
  bool NeedsNoOrder(const Descriptor& type) const {
    const std::optional<std::vector<const Descriptor*>> order = PrototypeOrder(type, *known_.pool);
    return order && order->empty();
  }

  const KnownTypes& known_;
  const Message& root_;
};

}  // namespace

TextReader::TextReader(const Descriptor& type, ReadOptions options)
    : type_(type),
      options_{options.allow_unknown, options.allow_missing,
               Makeable(Completed(std::move(options.known), type), maker_)},
      maker_(options_.known.pool) {}

Result<void> TextReader::Read(std::string_view document, std::string& wire, TextPosition start) {
  const std::unique_ptr<Message> message = maker_.New(type_);
  if (message == nullptr) return InputError("", TooDeep(type_));
  const KnownFinder finder(options_.known, *message);
  FirstError errors(start);
  TextFormat::Parser parser;
  parser.SetFinder(&finder);
  parser.RecordErrorsTo(&errors);
  parser.SetRecursionLimit(kDeepestNesting);
  parser.AllowUnknownField(options_.allow_unknown);
  parser.AllowUnknownExtension(options_.allow_unknown);
  parser.AllowPartialMessage(true);  // the fields that are missing are told below, all of them
  google::protobuf::io::ArrayInputStream input(document.data(), static_cast<int>(document.size()));
  const bool parsed = parser.Parse(&input, message.get());
  if (errors.error()) return InOurWords(*errors.error(), document, options_.known);
  if (!parsed) return InputError(FormatPosition(start), "not a message in text format");
  if (const auto escape = FindBadEscape(document)) {
    const auto offset = static_cast<size_t>(escape->data() - document.data());
    return InputError(FormatPosition(PositionAt(document, offset, start)),
                      std::string(*escape) + " is no character",
                      "write the character itself, or \\U and its number in 8 digits");
  }
  if (!options_.allow_missing) {
    if (Result<void> complete = CheckRequiredFields(*message); !complete) return complete;
  }
  // The parser lets strings hold what is not UTF-8, and protobuf would say so on stderr.
  const google::protobuf::LogSilencer silencer;
  std::string bytes;
  AppendWire(*message, bytes);
  if (const MaybeFault fault = CheckMessage(type_, options_.known, maker_, bytes)) {
    return InputError(FormatPosition(start), FaultText(*fault, type_));
  }
  wire += bytes;
  return {};
}

}  // namespace rpcctl
