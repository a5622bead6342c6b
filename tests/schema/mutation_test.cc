// Damaged descriptors and texts by the thousand: nothing that a source says may crash, hang or reach a
// terminal as a control. RPCCTL_MUTATIONS sets how many of each, for a longer run.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/stubs/logging.h>

#include <cstdlib>
#include <random>

#include "base/safe_text.h"
#include "schema/builtin_files.h"
#include "schema/outline.h"
#include "schema/proto_text.h"
#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;

constexpr const char* kSeedText = R"(syntax = "proto2"; package p.q;
import "google/protobuf/descriptor.proto"; import "other.proto";
extend google.protobuf.FieldOptions { optional M opt = 50001; }
enum E { option allow_alias = true; A = 1; B = 1; reserved 5, 7 to 9; }
message M {
  required string name = 1 [default = "x", json_name = "n"]; repeated int32 packed = 2 [packed = true];
  map<string, M> by_name = 3; optional group G = 4 { optional E e = 1 [default = B]; }
  oneof o { string s = 5 [(opt) = { name: "y" }]; bytes t = 6; } extensions 100 to 200; reserved 50 to 60; reserved "gone";
  extend M { optional other.T t = 100; }
}
service S { rpc Do(M) returns (stream other.T) { option deprecated = true; } }
)";
constexpr const char* kEditionText = R"(edition = "2023"; package p.q; import "other.proto";
option features = { utf8_validation: NONE }; option features.field_presence = IMPLICIT;
message M {
  string name = 1 [default = "x", features.field_presence = EXPLICIT]; repeated int32 packed = 2;
  M m = 3 [features.message_encoding = DELIMITED]; map<string, E> by_name = 4; reserved gone, old;
  oneof o { string s = 5; other.T t = 6; } extensions 100 to 200 [features.enforce_naming_style = STYLE2024];
}
enum E { option features.enum_type = CLOSED; A = 0; reserved B; }
extend M { other.T opt = 100 [features.message_encoding = DELIMITED]; }
service S { rpc Do(M) returns (stream other.T); }
)";
constexpr const char* kOtherText = "package other; message T { optional int32 i = 1; }";

int Rounds() {
  const char* wanted = std::getenv("RPCCTL_MUTATIONS");
  return wanted == nullptr ? 1500 : std::atoi(wanted);
}

class Mutator final {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }

  // Flips, drops and doubles a few bytes.
  std::string Bytes(std::string bytes) {
    for (size_t i = Below(4) + 1; i > 0 && !bytes.empty(); --i) {
      const size_t at = Below(bytes.size());
      const size_t how = Below(3);
      if (how == 0) bytes[at] = static_cast<char>(Below(256));
      if (how == 1) bytes.erase(at, Below(8) + 1);
      if (how == 2) bytes.insert(at, bytes.substr(at, Below(40)));
    }
    return bytes;
  }

  // Changes one field of one message somewhere below `message`.
  void Tree(Message& message) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    std::vector<const FieldDescriptor*> nested;
    for (const FieldDescriptor* field : fields) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && field->is_repeated())
        nested.push_back(field);
    }
    if (!nested.empty() && Below(5) != 0) {
      const FieldDescriptor* field = nested[Below(nested.size())];
      const int index =
          static_cast<int>(Below(static_cast<size_t>(message.GetReflection()->FieldSize(message, field))));
      return Tree(*message.GetReflection()->MutableRepeatedMessage(&message, field, index));
    }
    const auto* type = message.GetDescriptor();
    Change(message, *type->field(static_cast<int>(Below(static_cast<size_t>(type->field_count())))));
  }

 private:
  void Change(Message& message, const FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    if (Below(4) == 0) return reflection.ClearField(&message, &field);
    if (field.is_repeated() || field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      if (field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
        Duplicate(message, field);
      if (field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
        reflection.AddInt32(&message, &field, Number());
      }
      if (field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        reflection.AddString(&message, &field, Name());
      }
      return;
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) reflection.SetInt32(&message, &field, Number());
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) reflection.SetString(&message, &field, Name());
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL)
      reflection.SetBool(&message, &field, Below(2) == 0);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      const auto* type = field.enum_type();
      reflection.SetEnum(&message, &field,
                         type->value(static_cast<int>(Below(static_cast<size_t>(type->value_count())))));
    }
  }

  void Duplicate(Message& message, const FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    const int size = reflection.FieldSize(message, &field);
    if (size == 0) return;
    const int index = static_cast<int>(Below(static_cast<size_t>(size)));
    const std::string copy = reflection.GetRepeatedMessage(message, &field, index).SerializePartialAsString();
    reflection.AddMessage(&message, &field)->ParsePartialFromString(copy);
  }

  int Number() {
    constexpr int kNumbers[] = {0, 1, 2, 3, 4, -1, 19000, 536870911, 536870912, 2147483647, -2147483647 - 1};
    return kNumbers[Below(std::size(kNumbers))];
  }

  std::string Name() {
    constexpr const char* kNames[] = {"",
                                      "M",
                                      ".p.q.M",
                                      "p.q.M.G",
                                      "E",
                                      ".p.q.E",
                                      "A",
                                      "name",
                                      "s",
                                      ".other.T",
                                      "T",
                                      "1abc",
                                      "a\x1b[2Jb",
                                      "\xff",
                                      "p",
                                      ".p.q",
                                      ".",
                                      "..",
                                      "o",
                                      "ByNameEntry",
                                      "\xe2\x80\xae",
                                      ".p.q.M.ByNameEntry",
                                      "proto3",
                                      "editions",
                                      "other.proto",
                                      "seed.proto",
                                      "99",
                                      "inf"};
    return kNames[Below(std::size(kNames))];
  }

  std::mt19937 random_;
};

// All that a command could do with what a server sends.
void Use(FakeServer& server) {
  const auto schema = SchemaOver(server);
  const auto method = schema->FindMethod("p.q.S.Do");
  for (const char* name : {"p.q.S", "p.q.M", "p.q.E", "M.name", "T", "opt", "nothing"}) {
    const auto symbol = schema->FindSymbol(name);
    if (!symbol) {
      CHECK(SafeLines(symbol.error().message + symbol.error().hint) ==
            symbol.error().message + symbol.error().hint);
      continue;
    }
    const std::string outline = Outline(*symbol);
    CHECK_FALSE(outline.empty());
    CHECK(SafeLines(outline) == outline);
  }
}

void Serve(FakeServer& server, const std::string& bytes) {
  server.services = {"p.q.S"};
  server.on_symbol = [&server, bytes](const std::string&) {
    return std::vector{SchemaFile{"seed.proto", bytes}, TextFile("other.proto", kOtherText)};
  };
}

TEST_CASE("mutation: damaged bytes of a descriptor do no harm") {
  const std::string seed = ParseText("seed.proto", kSeedText).SerializeAsString();
  for (int round = 0; round < Rounds(); ++round) {
    CAPTURE(round);
    FakeServer server;
    Serve(server, Mutator(static_cast<unsigned>(round)).Bytes(seed));
    Use(server);
  }
}

TEST_CASE("mutation: descriptors that lie do no harm") {
  const google::protobuf::LogSilencer silence;
  const FileDescriptorProto seed = ParseText("seed.proto", kSeedText);
  for (int round = 0; round < Rounds(); ++round) {
    CAPTURE(round);
    Mutator mutator(static_cast<unsigned>(round));
    FileDescriptorProto file = seed;
    for (size_t i = mutator.Below(4) + 1; i > 0; --i) mutator.Tree(file);
    FakeServer server;
    Serve(server, file.SerializePartialAsString());
    Use(server);
  }
}

TEST_CASE("mutation: damaged descriptors of an edition do no harm") {
  const google::protobuf::LogSilencer silence;
  const auto parsed = ParseProtoText(kEditionText, "seed.proto", "seed.proto");
  REQUIRE(parsed);
  for (int round = 0; round < Rounds(); ++round) {
    CAPTURE(round);
    Mutator mutator(static_cast<unsigned>(round));
    FileDescriptorProto file = **parsed;
    if (round % 2 == 0) mutator.Tree(file);
    FakeServer server;
    Serve(server, mutator.Bytes(file.SerializePartialAsString()));
    Use(server);
  }
}

TEST_CASE("mutation: damaged texts do no harm") {
  for (int round = 0; round < Rounds(); ++round) {
    CAPTURE(round);
    const google::protobuf::LogSilencer silence;
    const std::string text =
        Mutator(static_cast<unsigned>(round)).Bytes(round % 2 == 0 ? kSeedText : kEditionText);
    const auto parsed = ParseProtoText(text, "seed.proto", "seed.proto");
    if (!parsed) {
      CHECK(parsed.error().message.starts_with("seed.proto:"));
      CHECK(SafeText(parsed.error().message) == parsed.error().message);
      continue;
    }
    FakeServer server;
    Serve(server, (*parsed)->SerializePartialAsString());
    Use(server);
  }
}

}  // namespace
}  // namespace rpcctl
