#include "tests/fuzz/schema_walk.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <vector>

#include "message/json_reader.h"
#include "message/json_writer.h"
#include "message/request_template.h"
#include "schema/file_export.h"
#include "schema/outline.h"
#include "schema/proto_text.h"
#include "schema/schema.h"
#include "tests/fuzz/fuzz_check.h"

namespace rpcctl::fuzz {
namespace {

using google::protobuf::Descriptor;

// An entry of a map is no message of its own, and of a message set JSON can hold the extensions alone.
void UseType(const Descriptor& type, const KnownTypes& known) {
  if (type.options().map_entry()) return;
  std::string json, wire, empty;
  const Result<void> written = JsonWriter(type, {}, known).Write("", empty);
  Require(bool(written), "an empty message is not written", type.full_name(),
          written ? "" : written.error().message);
  const std::string request = TemplateAsJson(GrowTemplate(type));
  const Result<void> read = JsonReader(type, {.allow_missing = true, .known = known}).Read(request, wire);
  Require(bool(read), "a template is no request", request, read ? "" : read.error().message);
}

void UseTypesIn(const Descriptor& type, const KnownTypes& known) {
  UseType(type, known);
  for (int i = 0; i < type.nested_type_count(); ++i) UseTypesIn(*type.nested_type(i), known);
}

void UseFile(const google::protobuf::FileDescriptor& file, const KnownTypes& known) {
  const std::string outline = OutlineFile(file);
  const auto parsed = ParseProtoText(outline, file.name(), "outline.proto");
  Require(bool(parsed), "the outline of a file does not parse", outline,
          parsed ? "" : parsed.error().message);
  for (int i = 0; i < file.message_type_count(); ++i) UseTypesIn(*file.message_type(i), known);
}

}  // namespace

void WalkSchema(std::unique_ptr<SchemaSource> source) {
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
  for (const ExportedFile& file : *files) {
    if (!file.is_needed_only) UseFile(*file.descriptor, {&schema.pool()});
  }
}

}  // namespace rpcctl::fuzz
