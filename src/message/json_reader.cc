#include "message/json_reader.h"

#include <google/protobuf/descriptor.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "base/safe_text.h"
#include "message/json_assembler.h"
#include "message/json_syntax.h"
#include "message/json_text_stream.h"

namespace rpcctl {
namespace {

// The text is decoded in place, in a buffer that ends in a NUL. Its encoding is validated beforehand, since
// that is many times faster than character by character.
constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag |
                            rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseStopWhenDoneFlag;

constexpr size_t kLargestDocument = size_t{1} << 30;  // RapidJSON counts in 32 bits
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The number of bytes of `text` before the first that is not valid UTF-8.
size_t ValidUtf8Prefix(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= sizeof(uint64_t)) {
      uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + at, sizeof bytes);
      if ((bytes & kHighBits) == 0) {
        at += sizeof bytes;
        continue;
      }
    }
    const size_t length = Utf8CharacterLength(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return at;
}

// Where UTF-8 spells a surrogate (U+D800 to U+DFFF): RapidJSON writes those of lone escapes that way.
bool HoldsSurrogate(std::string_view text) {
  for (size_t at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return true;
  }
  return false;
}

// Hands the events of RapidJSON on, each with its place.
class Events {
 public:
  Events(JsonAssembler& assembler, const JsonTextStream& stream, std::string_view json)
      : assembler_(assembler), stream_(stream), json_(json), has_escapes_(json.find('\\') != json.npos) {}

  // RapidJSON advances its own copy of the stream in strings and numbers, so that these are still ahead here,
  // and brackets are too; literals are behind.
  bool Null() { return assembler_.Scalar({JsonToken::kNull, {}}, stream_.Tell() - 4); }
  bool Bool(bool value) {
    return value ? assembler_.Scalar({JsonToken::kTrue, {}}, stream_.Tell() - 4)
                 : assembler_.Scalar({JsonToken::kFalse, {}}, stream_.Tell() - 5);
  }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return assembler_.Scalar({JsonToken::kNumber, {text, length}}, stream_.Tell());
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    if (has_escapes_ && HoldsSurrogate({text, length})) return RefuseSurrogate();
    return assembler_.Scalar({JsonToken::kString, {text, length}}, stream_.Tell());
  }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    if (has_escapes_ && HoldsSurrogate({text, length})) return RefuseSurrogate();
    return assembler_.Key({text, length}, stream_.Tell());
  }
  bool StartObject() { return assembler_.StartObject(stream_.Tell()); }
  bool EndObject(rapidjson::SizeType) { return assembler_.EndObject(stream_.Tell()); }
  bool StartArray() { return assembler_.StartArray(stream_.Tell()); }
  bool EndArray(rapidjson::SizeType) { return assembler_.EndArray(); }

  // Numbers come as they are written.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }

 private:
  bool RefuseSurrogate();

  JsonAssembler& assembler_;
  const JsonTextStream& stream_;
  const std::string_view json_;
  const bool has_escapes_;
};

// RapidJSON finds a high surrogate without a low one by itself; what comes here is a low one alone.
bool Events::RefuseSurrogate() {
  size_t at = stream_.Tell() + 1;
  for (; json_[at] != '"'; at += json_[at] == '\\' ? 2 : 1) {
    if (!json_.substr(at).starts_with("\\u")) continue;
    const std::string_view digits = json_.substr(at + 2, 2);
    const bool is_surrogate = (digits[0] == 'd' || digits[0] == 'D') && digits[1] > '7';
    if (!is_surrogate) continue;
    const bool is_high =
        digits[1] <= '9' || digits[1] == 'a' || digits[1] == 'b' || digits[1] == 'A' || digits[1] == 'B';
    if (!is_high) break;
    at += 6;  // a pair
  }
  return assembler_.Fail(DescribeSyntax(SyntaxFault::kLoneSurrogate, json_, at));
}

struct FaultOfCode {
  rapidjson::ParseErrorCode code;
  SyntaxFault fault;
};

constexpr FaultOfCode kFaults[] = {
    {rapidjson::kParseErrorDocumentEmpty, SyntaxFault::kNoValue},
    {rapidjson::kParseErrorValueInvalid, SyntaxFault::kBadValue},
    {rapidjson::kParseErrorObjectMissName, SyntaxFault::kNoName},
    {rapidjson::kParseErrorObjectMissColon, SyntaxFault::kNoColon},
    {rapidjson::kParseErrorObjectMissCommaOrCurlyBracket, SyntaxFault::kNoObjectComma},
    {rapidjson::kParseErrorArrayMissCommaOrSquareBracket, SyntaxFault::kNoArrayComma},
    {rapidjson::kParseErrorStringUnicodeEscapeInvalidHex, SyntaxFault::kBadHexadecimal},
    {rapidjson::kParseErrorStringUnicodeSurrogateInvalid, SyntaxFault::kLoneSurrogate},
    {rapidjson::kParseErrorStringEscapeInvalid, SyntaxFault::kBadEscape},
    {rapidjson::kParseErrorStringMissQuotationMark, SyntaxFault::kOpenString},
    {rapidjson::kParseErrorNumberTooBig, SyntaxFault::kHugeNumber},
    {rapidjson::kParseErrorNumberMissFraction, SyntaxFault::kNoFraction},
    {rapidjson::kParseErrorNumberMissExponent, SyntaxFault::kNoExponent},
};

SyntaxFault FaultOf(rapidjson::ParseErrorCode code) {
  const auto found = std::find_if(std::begin(kFaults), std::end(kFaults),
                                  [&](const FaultOfCode& entry) { return entry.code == code; });
  return found == std::end(kFaults) ? SyntaxFault::kBadValue : found->fault;
}

}  // namespace

class JsonReader::Parser {
 public:
  Parser(const google::protobuf::Descriptor& type, const ReadOptions& options)
      : assembler_(type, Completed(options.known, type),
                   options.allow_unknown ? UnknownFields::kSkip : UnknownFields::kRefuse,
                   options.allow_missing ? MissingFields::kAllow : MissingFields::kRefuse) {}

  // Whether `json` is a message, which is then in wire(); if not, problem() says why.
  bool Parse(std::string_view json);

  const JsonProblem& problem() const { return assembler_.problem(); }
  const WireWriter& wire() const { return assembler_.wire(); }

 private:
  bool FailSyntax(SyntaxFault fault, std::string_view json, size_t offset) {
    const PathEnd end = fault == SyntaxFault::kNoArrayComma ? PathEnd::kContainer : PathEnd::kLast;
    return assembler_.Fail(DescribeSyntax(fault, json, offset), end);
  }

  JsonAssembler assembler_;
  rapidjson::GenericReader<ValidUtf8, ValidUtf8> reader_;
  std::string text_;  // decoded in place
};

bool JsonReader::Parser::Parse(std::string_view json) {
  assembler_.Begin(json, {});
  if (json.size() > kLargestDocument) return assembler_.Fail({0, "the document is larger than 1 GiB"});
  // Where the encoding is broken the text ends for RapidJSON, which then says what it was reading there.
  text_.assign(json, 0, ValidUtf8Prefix(json)).append(JsonTextStream::kPadding, '\0');
  JsonTextStream stream{text_.data(), text_.data(), nullptr};
  Events events(assembler_, stream, json);
  assembler_.Begin(json, text_);
  const rapidjson::ParseResult result = reader_.Parse<kFlags>(stream, events);
  if (result.Code() == rapidjson::kParseErrorTermination) return false;
  if (result.IsError()) return FailSyntax(FaultOf(result.Code()), json, result.Offset());
  const size_t end = json.find_first_not_of(" \t\r\n", stream.Tell());
  return end == std::string_view::npos || FailSyntax(SyntaxFault::kTrailing, json, end);
}

JsonReader::JsonReader(const google::protobuf::Descriptor& type, ReadOptions options)
    : parser_(std::make_unique<Parser>(type, options)) {}
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;
JsonReader::~JsonReader() = default;

Result<void> JsonReader::Read(std::string_view json, std::string& wire, TextPosition start) {
  if (json.starts_with(kByteOrderMark)) json.remove_prefix(kByteOrderMark.size());
  if (!parser_->Parse(json)) {
    const JsonProblem& problem = parser_->problem();
    const std::string place = FormatPosition(PositionAt(json, problem.offset, start));
    return Error{ErrorKind::kInput, place + ": " + problem.message, problem.hint};
  }
  parser_->wire().AppendTo(wire);
  return {};
}

}  // namespace rpcctl
