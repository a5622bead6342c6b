// What is wrong with a value of JSON, in words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "message/json_scalar.h"
#include "message/plan.h"

namespace rpcctl {

// Something wrong in a document: where, and what. Both texts are safe to show.
struct JsonProblem {
  size_t offset = 0;
  std::string message;
  std::string hint = {};
};

// Whether a JSON value stands for a whole field or for one element of it.
enum class Extent : uint8_t { kField, kElement };

// "string "abc"", "number 1.5", "null".
std::string DescribeScalar(const JsonScalar& scalar);

// "expected int32, found string "abc"". `found` as DescribeScalar words it.
std::string WrongType(const FieldPlan& field, Extent extent, PlanTable& types, std::string_view found);

// Why `scalar` was not taken as an element of `field`; without offset.
JsonProblem DescribeFault(ValueFault fault, FieldPlan& field, const JsonScalar& scalar, PlanTable& types);

// "no such field in pkg.User", with the nearest names.
JsonProblem UnknownField(const MessagePlan& type, std::string_view name);

// A field of `type` given twice; under two names, maybe.
JsonProblem DuplicateField(const FieldPlan& field);

// "'email' of the same oneof (contact) is set already", with the members as hint. `other` is the member that
// is set, nullptr when it could be one of several.
JsonProblem OneofConflict(const FieldPlan& field, const FieldPlan* other);

// "the required field id of pkg.User is missing".
std::string MissingField(const MessagePlan& type, const FieldPlan& field);

}  // namespace rpcctl
