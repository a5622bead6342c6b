// Descriptors of an edition, from text as protoc would make them.
#pragma once

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <string_view>

#include "schema/proto_text.h"

namespace rpcctl {

// `text` behind `edition = "2023";`, as a file called `name`, with its comments and places.
inline google::protobuf::FileDescriptorProto EditionFile(const std::string& name, std::string_view text) {
  const auto parsed = ParseProtoText("edition = \"2023\"; " + std::string(text), name, name);
  REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
  return **parsed;
}

}  // namespace rpcctl
