// What is told of a method in a line: the same of its descriptor and of an entry of the cache.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// "The name to greet." for a comment of several lines and sentences: up to the first period before a blank,
// or an empty line. On one line; not yet safe to show.
std::string FirstSentence(std::string_view comment);

// The first sentence of what stands above a declaration, or else behind it; "" where neither has one.
std::string FirstSentenceOf(std::string_view leading, std::string_view trailing);

struct MethodSide {
  std::string_view type;  // fully qualified, with or without a dot in front
  bool is_stream = false;
};

// "(HelloRequest) returns (stream HelloReply)", each type by the last part of its name.
std::string SignatureText(MethodSide input, MethodSide output);

}  // namespace rpcctl
