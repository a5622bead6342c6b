// A message type whose extensions become known only when they are asked for.
#pragma once

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <string_view>
#include <vector>

#include "message/known_types.h"
#include "tests/support/schema_text.h"
#include "tests/support/type_chain.h"

namespace rpcctl::testing {

// late.M { extensions 1 to 999 }; late.number = 7 (int32) and late.part = 8 (late.Part) in one file; and in
// another late.deep = 9 (the first of a circle of 40,000 types). A file is built at the first question for
// what it has.
class LateExtensions final {
 public:
  LateExtensions() {
    Build(ParseText("m.proto", R"(syntax = "proto2"; package late;
      message M { optional string name = 1000; optional M inner = 1001; extensions 1 to 999; })"));
  }

  const google::protobuf::Descriptor& type() const { return *pool_.FindMessageTypeByName("late.M"); }

  KnownTypes known() {
    KnownTypes known{&pool_};
    known.find_extension = [this](const google::protobuf::Descriptor& type, int number) {
      asked.push_back(std::to_string(number));
      if (number == 7 || number == 8) BuildUsual();
      if (number == 9) BuildDeep();
      return pool_.FindExtensionByNumber(&type, number);
    };
    known.find_named_extension = [this](const google::protobuf::Descriptor& type, std::string_view name) {
      asked.emplace_back(name);
      if (name == "late.number" || name == "late.part") BuildUsual();
      if (name == "late.deep") BuildDeep();
      return pool_.FindExtensionByPrintableName(&type, std::string(name));
    };
    return known;
  }

  std::vector<std::string> asked;

 private:
  void BuildUsual() {
    if (pool_.FindFileByName("usual.proto") != nullptr) return;
    Build(ParseText("usual.proto", R"(syntax = "proto2"; package late; import "m.proto";
      message Part { optional string text = 1; repeated M more = 2; }
      extend M { optional int32 number = 7; optional Part part = 8; })"));
  }

  void BuildDeep() {
    if (pool_.FindFileByName("deep.proto") != nullptr) return;
    Build(TypeChain(40'000, 0));
    Build(ParseText("deep.proto", R"(syntax = "proto2"; package late; import "m.proto"; import "chain.proto";
      extend M { optional .M0 deep = 9; })"));
  }

  void Build(const google::protobuf::FileDescriptorProto& file) { REQUIRE(pool_.BuildFile(file) != nullptr); }

  google::protobuf::DescriptorPool pool_;
};

}  // namespace rpcctl::testing
