// Between the wire of an edition and the messages that protobuf makes of the lowered types.
#pragma once

#include <string>
#include <string_view>

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// Whether `wire`, of `type`, holds messages of files that were lowered to proto2: only these need the rest.
bool MeetsLowered(const google::protobuf::Descriptor& type, std::string_view wire);
bool MeetsLowered(const google::protobuf::Message& message);

// `wire` as protobuf reads it into a message of `type`: fields that are delimited in the edition alone have a
// length. Bytes that are no such message are returned as they are.
std::string ToLowered(const google::protobuf::Descriptor& type, std::string_view wire);
// The way back, from what protobuf wrote. Fields with implicit presence are left out where they hold zero.
std::string FromLowered(const google::protobuf::Descriptor& type, std::string_view wire);

// Makes fields with implicit presence absent where they hold zero, at any depth.
void ClearImplicitZeros(google::protobuf::Message& message);

}  // namespace rpcctl
