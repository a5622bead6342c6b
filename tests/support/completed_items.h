// Items completed for one method, "M", whose request has every kind of field.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/completed_line.h"

namespace rpcctl {

inline FakeServer ItemServer() {
  return {{"items.proto", R"(package i;
    import "google/protobuf/any.proto";
    import "google/protobuf/duration.proto";
    import "google/protobuf/empty.proto";
    import "google/protobuf/field_mask.proto";
    import "google/protobuf/struct.proto";
    import "google/protobuf/timestamp.proto";
    import "google/protobuf/wrappers.proto";
    enum Colour { COLOUR_UNSPECIFIED = 0; COLOUR_RED = 1; COLOUR_DARK_RED = 2; }
    enum Plain { zero = 0; one = 1; }
    message Point { int32 latitude = 1; int32 longitude = 2; }
    message Inner { string label = 1; Point at = 2; Inner inner = 3; }
    message Numbers { int32 i = 1; int64 l = 2; uint32 u = 3; uint64 ul = 4; double d = 5; float f = 6;
                      bool flag = 7; bytes blob = 8; string text = 9; Colour colour = 10; Plain plain = 11;
                      repeated Colour colours = 12; }
    message Known { google.protobuf.Timestamp time = 1; google.protobuf.Duration wait = 2;
                    google.protobuf.BoolValue maybe = 4; google.protobuf.Int32Value number = 5;
                    google.protobuf.Struct data = 6; google.protobuf.Value value = 7;
                    google.protobuf.ListValue list = 8; google.protobuf.Any detail = 9;
                    google.protobuf.Empty empty = 10; }
    message Lists { repeated string tags = 1; repeated Inner inners = 2; map<string, int32> counts = 3;
                    map<string, Inner> named = 4; map<int32, string> numbered = 5; map<bool, string> said = 6;
                    repeated google.protobuf.Struct structs = 7; }
    message Choice { string before = 1; oneof which { string text = 2; Inner inner = 3; Colour colour = 4; }
                     optional int32 maybe = 5; string camel_case = 6; }
    message Update { Inner thing = 1; google.protobuf.FieldMask update_mask = 2; }
    message Nothing {}
    service S { rpc Numbers(i.Numbers) returns (i.Inner); rpc Known(i.Known) returns (i.Inner);
                rpc Lists(i.Lists) returns (i.Inner); rpc Choose(stream i.Choice) returns (i.Inner);
                rpc Update(i.Update) returns (i.Inner); rpc Inner(i.Inner) returns (i.Update);
                rpc Nothing(i.Nothing) returns (i.Nothing); })"}};
}

// The values and hints for "rpcctl call METHOD WORDS".
inline Values CompletedItems(std::string_view words) {
  FakeServer server = ItemServer();
  return CompletedLine(server).Values("rpcctl call " + std::string(words));
}

// The whole answer.
inline std::string AnswerTo(std::string_view words) {
  FakeServer server = ItemServer();
  return CompletedLine(server)("rpcctl call " + std::string(words));
}

}  // namespace rpcctl
