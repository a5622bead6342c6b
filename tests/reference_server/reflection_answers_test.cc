#include "reference_server/reflection_answers.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>

#include "grpc/reflection/v1/reflection.pb.h"

namespace rpcctl::reference {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptorProto;
using google::protobuf::TextFormat;
using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

// In the order in which they build: "top" imports "left" and "right", which both import "base".
constexpr const char* kFiles[] = {
    R"(name: "base.proto" package: "p"
       message_type { name: "Base" extension_range { start: 100 end: 200 } })",
    R"(name: "left.proto" package: "p" dependency: "base.proto"
       extension { name: "second" number: 102 label: LABEL_OPTIONAL type: TYPE_INT32 extendee: ".p.Base" })",
    R"(name: "right.proto" package: "p" dependency: "base.proto"
       extension { name: "first" number: 101 label: LABEL_OPTIONAL type: TYPE_INT32 extendee: ".p.Base" })",
    R"(name: "top.proto" package: "p" dependency: "right.proto" dependency: "left.proto" dependency: "base.proto"
       enum_type { name: "Colour" value { name: "RED" number: 0 } }
       service { name: "Service" method { name: "Do" input_type: ".p.Base" output_type: ".p.Base" } })",
};

// The answer over the files above to a request in text format.
ServerReflectionResponse Ask(const std::string& text) {
  DescriptorPool pool;
  for (const char* file : kFiles) {
    FileDescriptorProto proto;
    REQUIRE(TextFormat::ParseFromString(file, &proto));
    REQUIRE(pool.BuildFile(proto) != nullptr);
  }
  ServerReflectionRequest request;
  REQUIRE(TextFormat::ParseFromString(text, &request));
  return ReflectionAnswers(pool, {"p.Service", "q.Other"}).Answer(request);
}

// The names of the files in the answer to `text`, in order.
std::vector<std::string> Files(const std::string& text) {
  std::vector<std::string> names;
  const ServerReflectionResponse response = Ask(text);
  for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
    FileDescriptorProto file;
    REQUIRE(file.ParseFromString(bytes));
    names.push_back(file.name());
  }
  return names;
}

// The error that answers `text`, as "CODE MESSAGE".
std::string Refusal(const std::string& text) {
  const ServerReflectionResponse response = Ask(text);
  return std::to_string(response.error_response().error_code()) + " " +
         response.error_response().error_message();
}

TEST_CASE("reflection answers: the services are listed as they were given") {
  const ServerReflectionResponse response = Ask(R"(list_services: "*")");
  REQUIRE(response.list_services_response().service_size() == 2);
  CHECK(response.list_services_response().service(0).name() == "p.Service");
  CHECK(response.list_services_response().service(1).name() == "q.Other");
}

TEST_CASE("reflection answers: host and request are repeated") {
  const ServerReflectionResponse response = Ask(R"(host: "here" file_by_filename: "base.proto")");
  CHECK(response.valid_host() == "here");
  CHECK(response.original_request().host() == "here");
  CHECK(response.original_request().file_by_filename() == "base.proto");
}

TEST_CASE("reflection answers: a file comes first, then what it imports, each once") {
  CHECK(Files(R"(file_by_filename: "base.proto")") == std::vector<std::string>{"base.proto"});
  CHECK(Files(R"(file_by_filename: "top.proto")") ==
        std::vector<std::string>{"top.proto", "right.proto", "left.proto", "base.proto"});
}

TEST_CASE("reflection answers: a file is found by every kind of symbol in it") {
  const std::vector<std::string> top = {"top.proto", "right.proto", "left.proto", "base.proto"};
  CHECK(Files(R"(file_containing_symbol: "p.Service")") == top);
  CHECK(Files(R"(file_containing_symbol: "p.Service.Do")") == top);
  CHECK(Files(R"(file_containing_symbol: "p.Colour")") == top);
  CHECK(Files(R"(file_containing_symbol: "p.Base")") == std::vector<std::string>{"base.proto"});
  CHECK(Files(R"(file_containing_symbol: "p.first")") ==
        std::vector<std::string>{"right.proto", "base.proto"});
}

TEST_CASE("reflection answers: a file is found by the extension in it") {
  CHECK(Files(R"(file_containing_extension { containing_type: "p.Base" extension_number: 102 })") ==
        std::vector<std::string>{"left.proto", "base.proto"});
}

TEST_CASE("reflection answers: the numbers of a type's extensions") {
  const ServerReflectionResponse response = Ask(R"(all_extension_numbers_of_type: "p.Base")");
  const auto& numbers = response.all_extension_numbers_response();
  CHECK(numbers.base_type_name() == "p.Base");
  CHECK(std::vector<int>(numbers.extension_number().begin(), numbers.extension_number().end()) ==
        std::vector<int>{101, 102});
}

TEST_CASE("reflection answers: what is not there is NOT_FOUND") {
  CHECK(Refusal(R"(file_by_filename: "none.proto")") == "5 no file 'none.proto'");
  CHECK(Refusal(R"(file_containing_symbol: "p.None")") == "5 no symbol 'p.None'");
  CHECK(Refusal(R"(file_containing_symbol: ".p.Base")") == "5 no symbol '.p.Base'");
  CHECK(Refusal(R"(file_containing_extension { containing_type: "p.Base" extension_number: 103 })") ==
        "5 no extension 103 of 'p.Base'");
  CHECK(Refusal(R"(file_containing_extension { containing_type: "p.None" extension_number: 101 })") ==
        "5 no extension 101 of 'p.None'");
  CHECK(Refusal(R"(all_extension_numbers_of_type: "p.None")") == "5 no message type 'p.None'");
}

TEST_CASE("reflection answers: a request for nothing is invalid") {
  CHECK(Refusal("") == "3 the request asks for nothing");
}

}  // namespace
}  // namespace rpcctl::reference
