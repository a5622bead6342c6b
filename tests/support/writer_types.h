// Message types for the tests of what goes out: every kind of field, in proto3 and proto2.
#pragma once

#include <google/protobuf/any.pb.h>
#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace rpcctl {

inline constexpr std::string_view kWriterProto3 = R"(
syntax = "proto3";
package out;
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/empty.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";

enum Colour { GREY = 0; RED = 1; BLUE = -2; }

message Scalars {
  int32 i32 = 1; int64 i64 = 2; uint32 u32 = 3; uint64 u64 = 4; sint32 s32 = 5; sint64 s64 = 6;
  fixed32 f32 = 7; fixed64 f64 = 8; sfixed32 sf32 = 9; sfixed64 sf64 = 10;
  float f = 11; double d = 12; bool b = 13; string s = 14; bytes by = 15; Colour colour = 16;
}

message Lists {
  repeated int32 i32 = 1; repeated int64 i64 = 2; repeated uint32 u32 = 3; repeated uint64 u64 = 4;
  repeated sint32 s32 = 5; repeated sint64 s64 = 6; repeated fixed32 f32 = 7; repeated fixed64 f64 = 8;
  repeated sfixed32 sf32 = 9; repeated sfixed64 sf64 = 10; repeated float f = 11; repeated double d = 12;
  repeated bool b = 13; repeated string s = 14; repeated bytes by = 15; repeated Colour colour = 16;
  repeated Tree tree = 17; repeated int32 unpacked = 18 [packed = false];
}

message Maps {
  map<string, string> text = 1; map<int32, int64> int32s = 2; map<int64, double> int64s = 3;
  map<uint32, bytes> uint32s = 4; map<uint64, bool> uint64s = 5; map<bool, Colour> bools = 6;
  map<string, Tree> trees = 7; map<sfixed32, float> fixed = 8; map<string, google.protobuf.Value> values = 9;
}

message Choice {
  optional int32 maybe = 1; optional string maybe_text = 2; Scalars part = 3;
  oneof choice { string name = 4; int32 id = 5; Tree tree = 6; google.protobuf.NullValue nothing = 7; }
}

message Tree { string name = 1; Tree child = 2; repeated Tree children = 3; map<string, Tree> named = 4; }

message Nothing {}

message Deep { Deep deep = 1; google.protobuf.Any any = 2; }

message Names {
  string last_of_all = 9; string snake_case_name = 1; string odd = 2 [json_name = "@\033\"odd"]; int32 _x_1y = 3;
}

message WellKnown {
  google.protobuf.Timestamp time = 1; google.protobuf.Duration length = 2; google.protobuf.FieldMask mask = 3;
  google.protobuf.Struct object = 4; google.protobuf.Value value = 5; google.protobuf.ListValue list = 6;
  google.protobuf.Any any = 7; google.protobuf.Empty empty = 8; google.protobuf.NullValue nothing = 9;
  google.protobuf.DoubleValue d = 10; google.protobuf.FloatValue f = 11; google.protobuf.Int64Value i64 = 12;
  google.protobuf.UInt64Value u64 = 13; google.protobuf.Int32Value i32 = 14; google.protobuf.UInt32Value u32 = 15;
  google.protobuf.BoolValue b = 16; google.protobuf.StringValue s = 17; google.protobuf.BytesValue by = 18;
  repeated google.protobuf.Timestamp times = 20; repeated google.protobuf.Any anys = 21;
  map<string, google.protobuf.Duration> lengths = 22; repeated google.protobuf.Value values = 23;
}
)";

inline constexpr std::string_view kWriterProto2 = R"(
syntax = "proto2";
package old;
import "google/protobuf/any.proto";

enum Shade { NONE = 0; DARK = 1; LIGHT = 2; DIM = 1; option allow_alias = true; }

message Order {
  required int32 id = 1;
  optional string note = 2;
  optional int32 count = 3 [default = 7];
  optional Shade shade = 4;
  repeated Shade shades = 5;
  optional group Part = 6 { optional string name = 1; optional group Inner = 2 { optional int32 n = 1; } }
  repeated group Item = 7 { optional int32 n = 1; }
  map<string, Shade> by_name = 8;
  repeated int32 plain = 9;
  repeated int32 tight = 10 [packed = true];
  optional google.protobuf.Any any = 300;
  optional Order inner = 301;
  extensions 100 to 200;
}

message Scope { extend Order { optional Order parent = 150; } }

extend Order {
  optional string remark = 100;
  repeated int32 marks = 120;
  optional Shade tone = 130;
}

message Set { option message_set_wire_format = true; extensions 4 to max; }
message Member { extend Set { optional Member member = 1000; } optional string name = 1; optional Set set = 2; }
)";

// Builds the types once. What is not as it must be throws: a test then fails with the reason.
class WriterTypes {
 public:
  static const WriterTypes& Get() {
    static const WriterTypes types;
    return types;
  }

  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  // By full name: "out.Scalars", "google.protobuf.Any".
  const google::protobuf::Descriptor& Type(const std::string& name) const {
    const google::protobuf::Descriptor* type = pool_.FindMessageTypeByName(name);
    if (type == nullptr) throw std::runtime_error("no type " + name);
    return *type;
  }

  // The wire bytes of a message of `type` written in protobuf's text format; required fields may be missing.
  std::string Wire(const std::string& type, const std::string& text) const {
    google::protobuf::DynamicMessageFactory factory(&pool_);
    const std::unique_ptr<google::protobuf::Message> message(factory.GetPrototype(&Type(type))->New());
    google::protobuf::TextFormat::Parser parser;
    parser.AllowPartialMessage(true);
    if (!parser.ParseFromString(text, message.get())) throw std::runtime_error("not a " + type + ": " + text);
    return message->SerializePartialAsString();
  }

 private:
  // The well-known types are taken from the generated pool, which holds those that are touched.
  WriterTypes() : pool_(google::protobuf::DescriptorPool::generated_pool()) {
    namespace pb = google::protobuf;
    for (const pb::Descriptor* type :
         {pb::Any::descriptor(), pb::Duration::descriptor(), pb::Empty::descriptor(),
          pb::FieldMask::descriptor(), pb::Struct::descriptor(), pb::Timestamp::descriptor(),
          pb::DoubleValue::descriptor()}) {
      if (type == nullptr) throw std::runtime_error("a well-known type is missing");
    }
    Add("out.proto", kWriterProto3);
    Add("old.proto", kWriterProto2);
  }

  void Add(const std::string& name, std::string_view source) {
    google::protobuf::io::ArrayInputStream input(source.data(), static_cast<int>(source.size()));
    google::protobuf::io::Tokenizer tokens(&input, nullptr);
    google::protobuf::FileDescriptorProto file;
    file.set_name(name);
    const bool built =
        google::protobuf::compiler::Parser().Parse(&tokens, &file) && pool_.BuildFile(file) != nullptr;
    if (!built) throw std::runtime_error("cannot build " + name);
  }

  google::protobuf::DescriptorPool pool_;
};

}  // namespace rpcctl
