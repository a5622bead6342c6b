#include "tests/fuzz/schema_walk.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <string_view>
#include <vector>

#include "message/items_writer.h"
#include "message/json_reader.h"
#include "message/json_writer.h"
#include "message/request_template.h"
#include "message/text_writer.h"
#include "schema/file_export.h"
#include "schema/outline.h"
#include "schema/proto_text.h"
#include "schema/schema.h"
#include "tests/fuzz/fuzz_check.h"

namespace rpcctl::fuzz {
namespace {

using google::protobuf::Descriptor;

// Does with the types of a file what rpcctl does with them.
class User final {
 public:
  // Borrows both.
  User(const KnownTypes& known, std::string_view response) : known_(known), response_(response) {}

  void UseFile(const google::protobuf::FileDescriptor& file) const;

 private:
  void UseTypesIn(const Descriptor& type) const;
  void UseType(const Descriptor& type) const;
  void WriteResponse(const Descriptor& type) const;

  const KnownTypes known_;
  const std::string_view response_;
};

// What need not be a message of `type`, by way of all that write one.
void User::WriteResponse(const Descriptor& type) const {
  const auto use = [&](auto writer) {
    std::string text;
    const Result<void> written = writer.Write(response_, text);
    Require(bool(written) || text.empty(), "a message that is refused leaves text behind", text);
  };
  use(JsonWriter(type, {}, known_));
  use(TextWriter(type, known_));
  (void)ItemsWriter(type, known_).Write(response_);
}

// An entry of a map is no message of its own.
void User::UseType(const Descriptor& type) const {
  if (type.options().map_entry()) return;
  std::string json, wire, empty;
  const Result<void> written = JsonWriter(type, {}, known_).Write("", empty);
  Require(bool(written), "an empty message is not written", type.full_name(),
          written ? "" : written.error().message);
  const std::string request = TemplateAsJson(GrowTemplate(type));
  const Result<void> read = JsonReader(type, {.allow_missing = true, .known = known_}).Read(request, wire);
  Require(bool(read), "a template is no request", request, read ? "" : read.error().message);
  WriteResponse(type);
}

void User::UseTypesIn(const Descriptor& type) const {
  UseType(type);
  for (int i = 0; i < type.nested_type_count(); ++i) UseTypesIn(*type.nested_type(i));
}

void User::UseFile(const google::protobuf::FileDescriptor& file) const {
  const std::string outline = OutlineFile(file);
  const auto parsed = ParseProtoText(outline, file.name(), "outline.proto");
  Require(bool(parsed), "the outline of a file does not parse", outline,
          parsed ? "" : parsed.error().message);
  for (int i = 0; i < file.message_type_count(); ++i) UseTypesIn(*file.message_type(i));
}

}  // namespace

void WalkSchema(std::unique_ptr<SchemaSource> source, std::string_view response) {
  std::vector<std::unique_ptr<SchemaSource>> sources;
  sources.push_back(std::move(source));
  Schema schema(std::move(sources));
  if (const auto names = schema.ServiceNames()) {
    for (const std::string& name : *names) {
      if (const auto service = schema.FindService(name)) (void)Outline({.service = *service});
    }
  }
  const Result<std::vector<ExportedFile>> files = schema.Export({});
  if (!files) return;
  const User user({&schema.pool()}, response);
  for (const ExportedFile& file : *files) {
    if (!file.is_needed_only) user.UseFile(*file.descriptor);
  }
}

}  // namespace rpcctl::fuzz
