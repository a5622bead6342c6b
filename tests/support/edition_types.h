// The types of tests/support/editions as commands have them, and their messages in every format.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "message/json_reader.h"
#include "message/json_writer.h"
#include "schema/proto_file_source.h"
#include "schema/schema.h"
#include "tests/support/paths.h"

namespace rpcctl {

// A schema over .proto files.
inline std::unique_ptr<Schema> SchemaOfFiles(const std::vector<std::string>& paths) {
  Result<std::unique_ptr<SchemaSource>> source = OpenProtoFiles({paths, {}});
  REQUIRE_MESSAGE(source, (source ? "" : source.error().message));
  std::vector<std::unique_ptr<SchemaSource>> sources;
  sources.push_back(std::move(*source));
  return std::make_unique<Schema>(std::move(sources));
}

class EditionTypes final {
 public:
  EditionTypes()
      : schema_(SchemaOfFiles(
            {testing::EditionPath("editions.proto"), testing::EditionPath("editions_mixed.proto")})) {}

  // "Plain", "mixed.Mixed".
  const google::protobuf::Descriptor& Type(const std::string& name) const {
    const google::protobuf::Descriptor* type = schema_->FindMessage("editiontest." + name);
    REQUIRE_MESSAGE(type != nullptr, name);
    return *type;
  }
  const google::protobuf::FieldDescriptor& Field(const std::string& name) const {
    const Result<Symbol> symbol = schema_->FindSymbol("editiontest." + name);
    REQUIRE_MESSAGE(symbol, name);
    REQUIRE(symbol->field != nullptr);
    return *symbol->field;
  }
  Schema& schema() const { return *schema_; }

  // One for all tests: types do not change.
  static const EditionTypes& Get() {
    static const EditionTypes types;
    return types;
  }

 private:
  std::unique_ptr<Schema> schema_;
};

inline std::string Hex(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

// The wire bytes of a JSON document, in hexadecimal; or "error: " with the message.
inline std::string EditionWire(const std::string& type, std::string_view json) {
  std::string wire;
  const Result<void> read = JsonReader(EditionTypes::Get().Type(type)).Read(json, wire);
  return read ? Hex(wire) : "error: " + read.error().message;
}

// The document of wire bytes.
inline std::string EditionJson(const std::string& type, std::string_view wire, JsonStyle style = {}) {
  std::string out;
  const Result<void> written = JsonWriter(EditionTypes::Get().Type(type), style).Write(wire, out);
  return written ? out : "error: " + written.error().message;
}

}  // namespace rpcctl
