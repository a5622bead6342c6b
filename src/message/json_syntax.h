// What is wrong with a text that is not JSON, in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "message/json_problem.h"

namespace rpcctl {

// What a parser of JSON could not go on with.
enum class SyntaxFault : uint8_t {
  kNoValue,        // at the beginning
  kNoName,         // of a member of an object
  kNoColon,        // behind the name
  kNoObjectComma,  // or closing brace, behind a value
  kNoArrayComma,   // or closing bracket, behind a value
  kBadValue,
  kBadEscape,
  kBadHexadecimal,  // in \u0000
  kLoneSurrogate,
  kOpenString,
  kHugeNumber,
  kNoFraction,
  kNoExponent,
  kTrailing,  // behind the document
};

// Words the fault that a parser had at `offset` of `json`.
JsonProblem DescribeSyntax(SyntaxFault fault, std::string_view json, size_t offset);

}  // namespace rpcctl
