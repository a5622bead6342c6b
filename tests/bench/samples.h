// The messages that are measured, on the wire.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl::bench {

// A kind of message. What it stands for is told in docs/performance.md.
struct Shape {
  std::string_view name;  // "small"
  const google::protobuf::Descriptor* type;
  std::string (*make)(size_t number);  // the bytes of one; the same number gives the same bytes
};

// small, mixed, strings, numbers and deep, in this order.
const std::vector<Shape>& Shapes();

// Those and points, which are sent as a client stream; nullptr where there is none of that name.
const Shape* FindShape(std::string_view name);

// The first `count` messages of a shape; they differ from each other in content and length.
std::vector<std::string> Samples(const Shape& shape, size_t count);

}  // namespace rpcctl::bench
