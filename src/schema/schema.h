// The types of one command: descriptors fetched from the sources as they are needed, and looked up by short
// names.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schema/schema_source.h"

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
class EnumDescriptor;
class EnumValueDescriptor;
class FieldDescriptor;
class MethodDescriptor;
class OneofDescriptor;
class ServiceDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

class DescriptorBuilder;

// What a symbol turned out to be: exactly one pointer is set. Borrowed from the Schema.
struct Symbol {
  const google::protobuf::ServiceDescriptor* service = nullptr;
  const google::protobuf::MethodDescriptor* method = nullptr;
  const google::protobuf::Descriptor* message = nullptr;
  const google::protobuf::FieldDescriptor* field = nullptr;  // extensions too
  const google::protobuf::OneofDescriptor* oneof = nullptr;
  const google::protobuf::EnumDescriptor* enumeration = nullptr;
  const google::protobuf::EnumValueDescriptor* enum_value = nullptr;

  std::string FullName() const;
};

// Owns the pool; every descriptor it hands out lives as long as it does. Names may be short: any suffix that
// begins at a dot and is unique; exact case wins, otherwise case is ignored where that is unambiguous. A '/'
// may stand for the last dot of a method, and one may lead.
//
// Errors: kUsage for an ambiguous name (the hint lists the candidates) or a service where a method is needed
// (likewise); kSchema for an unknown name (the hint has the nearest) and for a file that is missing or
// broken, limits included. One broken file loses only what needs it.
class Schema {
 public:
  // Asks `sources` in this order; the first that knows a name wins. Takes them over.
  explicit Schema(std::vector<std::unique_ptr<SchemaSource>> sources);
  ~Schema();
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  // All services, fully qualified, sorted, each once.
  Result<std::vector<std::string>> ServiceNames();
  Result<const google::protobuf::MethodDescriptor*> FindMethod(std::string_view words);
  Result<const google::protobuf::ServiceDescriptor*> FindService(std::string_view words);
  Result<Symbol> FindSymbol(std::string_view words);
  // The message type with this exact full name; null when no source has it. For Any and error details.
  const google::protobuf::Descriptor* FindMessage(std::string_view full_name);
  // Closes what the sources hold open. Questions may still be asked; they open it again.
  void Close();

 private:
  std::vector<std::unique_ptr<SchemaSource>> sources_;
  std::unique_ptr<DescriptorBuilder> builder_;
};

}  // namespace rpcctl
