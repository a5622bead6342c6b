#include "message/json_any_type.h"

#include <rapidjson/reader.h>

namespace rpcctl {
namespace {

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseStopWhenDoneFlag;

// Stops where it is known what follows "@type" in the outermost object.
class TypeEvents {
 public:
  explicit TypeEvents(const rapidjson::StringStream& stream) : stream_(stream) {}

  bool Null() { return Value(); }
  bool Bool(bool) { return Value(); }
  bool Int(int) { return Value(); }
  bool Uint(unsigned) { return Value(); }
  bool Int64(int64_t) { return Value(); }
  bool Uint64(uint64_t) { return Value(); }
  bool Double(double) { return Value(); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return Value(); }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    if (!is_type_) return true;
    found_ = {AnyType::State::kFound, std::string(text, length), stream_.Tell(), is_behind_value_};
    is_type_ = false;
    return !found_.is_raw;
  }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    if (depth_ != 1) return true;
    const std::string_view name(text, length);
    if (found_.state == AnyType::State::kFound) {
      found_.is_raw = name == "@value";
      return false;
    }
    empty_ = false;
    is_type_ = name == "@type";
    if (!is_type_) is_behind_value_ = name == "@value";
    return true;
  }
  bool StartObject() { return Start(); }
  bool EndObject(rapidjson::SizeType) { return End(); }
  bool StartArray() { return Start(); }
  bool EndArray(rapidjson::SizeType) { return End(); }

  AnyType Take(bool whole) {
    if (whole && found_.state != AnyType::State::kFound)
      found_.state = empty_ ? AnyType::State::kEmpty : AnyType::State::kMissing;
    return std::move(found_);
  }

 private:
  bool Start() {
    if (!Value()) return false;
    ++depth_;
    return true;
  }
  bool End() {
    --depth_;
    return true;
  }
  bool Value() {
    if (!is_type_) return true;
    found_ = {AnyType::State::kNoString, "", stream_.Tell()};
    return false;
  }

  const rapidjson::StringStream& stream_;
  size_t depth_ = 0;
  bool is_type_ = false;          // the value that comes next belongs to "@type"
  bool is_behind_value_ = false;  // the member before was "@value"
  bool empty_ = true;
  AnyType found_;
};

}  // namespace

class AnyTypeScanner::Parser : public rapidjson::Reader {};

AnyTypeScanner::AnyTypeScanner() : parser_(std::make_unique<Parser>()) {}
AnyTypeScanner::~AnyTypeScanner() = default;

AnyType AnyTypeScanner::Find(const char* json) {
  rapidjson::StringStream stream(json);
  TypeEvents events(stream);
  const bool whole = !parser_->Parse<kFlags>(stream, events).IsError();
  return events.Take(whole);
}

}  // namespace rpcctl
