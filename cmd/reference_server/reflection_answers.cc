#include "reference_server/reflection_answers.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <set>
#include <string_view>

#include "grpc/reflection/v1/reflection.pb.h"

namespace rpcctl::reference {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using grpc::reflection::v1::ExtensionRequest;
using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

constexpr int kInvalidArgument = 3;
constexpr int kNotFound = 5;

void SetError(int code, std::string_view message, ServerReflectionResponse& response) {
  response.mutable_error_response()->set_error_code(code);
  response.mutable_error_response()->set_error_message(std::string(message));
}

// `file` and all it imports, each once, an importer before what it imports first.
std::vector<const FileDescriptor*> WithImports(const FileDescriptor& file) {
  std::vector<const FileDescriptor*> files = {&file};
  std::set<const FileDescriptor*> seen = {&file};
  for (size_t next = 0; next < files.size(); ++next) {
    const FileDescriptor& importer = *files[next];
    for (int index = 0; index < importer.dependency_count(); ++index)
      if (seen.insert(importer.dependency(index)).second) files.push_back(importer.dependency(index));
  }
  return files;
}

// The files of `file`, or the error that `what` is not there.
void SetFiles(const FileDescriptor* file, std::string_view what, ServerReflectionResponse& response) {
  if (file == nullptr) return SetError(kNotFound, fmt::format("no {}", what), response);
  for (const FileDescriptor* each : WithImports(*file)) {
    FileDescriptorProto proto;
    each->CopyTo(&proto);
    response.mutable_file_descriptor_response()->add_file_descriptor_proto(proto.SerializeAsString());
  }
}

void SetExtension(const DescriptorPool& pool, const ExtensionRequest& request,
                  ServerReflectionResponse& response) {
  const Descriptor* type = pool.FindMessageTypeByName(request.containing_type());
  const FieldDescriptor* extension =
      type == nullptr ? nullptr : pool.FindExtensionByNumber(type, request.extension_number());
  SetFiles(extension == nullptr ? nullptr : extension->file(),
           fmt::format("extension {} of '{}'", request.extension_number(), request.containing_type()),
           response);
}

void SetExtensionNumbers(const DescriptorPool& pool, const std::string& name,
                         ServerReflectionResponse& response) {
  const Descriptor* type = pool.FindMessageTypeByName(name);
  if (type == nullptr) return SetError(kNotFound, fmt::format("no message type '{}'", name), response);
  auto& numbers = *response.mutable_all_extension_numbers_response();
  numbers.set_base_type_name(name);
  std::vector<const FieldDescriptor*> extensions;
  pool.FindAllExtensions(type, &extensions);
  for (const FieldDescriptor* extension : extensions) numbers.add_extension_number(extension->number());
}

void SetServices(const std::vector<std::string>& services, ServerReflectionResponse& response) {
  auto& list = *response.mutable_list_services_response();
  for (const std::string& service : services) list.add_service()->set_name(service);
}

}  // namespace

ReflectionAnswers::ReflectionAnswers(const DescriptorPool& pool, std::vector<std::string> services)
    : pool_(pool), services_(std::move(services)) {}

ServerReflectionResponse ReflectionAnswers::Answer(const ServerReflectionRequest& request) const {
  ServerReflectionResponse response;
  response.set_valid_host(request.host());
  *response.mutable_original_request() = request;
  const std::string& file = request.file_by_filename();
  const std::string& symbol = request.file_containing_symbol();
  switch (request.message_request_case()) {
    case ServerReflectionRequest::kFileByFilename:
      SetFiles(pool_.FindFileByName(file), fmt::format("file '{}'", file), response);
      break;
    case ServerReflectionRequest::kFileContainingSymbol:
      SetFiles(pool_.FindFileContainingSymbol(symbol), fmt::format("symbol '{}'", symbol), response);
      break;
    case ServerReflectionRequest::kFileContainingExtension:
      SetExtension(pool_, request.file_containing_extension(), response);
      break;
    case ServerReflectionRequest::kAllExtensionNumbersOfType:
      SetExtensionNumbers(pool_, request.all_extension_numbers_of_type(), response);
      break;
    case ServerReflectionRequest::kListServices:
      SetServices(services_, response);
      break;
    case ServerReflectionRequest::MESSAGE_REQUEST_NOT_SET:
      SetError(kInvalidArgument, "the request asks for nothing", response);
      break;
  }
  return response;
}

}  // namespace rpcctl::reference
