// How much of somebody else's schema is taken in: what is beyond is refused with one of these texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rpcctl {

// Files of one schema, whatever sources they came from. The largest public collection of APIs has about 6,000
// in all, and no server links more than a part of such a collection.
inline constexpr size_t kMaxSchemaFiles = 4096;
inline constexpr std::string_view kTooManyFiles = "schema limit: more than 4096 files";

// Serialized descriptors; in memory they take about thirty times as much.
inline constexpr uint64_t kMaxDescriptorBytes = 32u << 20;
inline constexpr std::string_view kTooManyBytes = "schema limit: more than 32 MiB of descriptors";

// Files on the longest way from a file down through its imports. protobuf follows public imports recursively.
inline constexpr size_t kMaxImportDepth = 512;
inline constexpr std::string_view kTooDeep = "schema limit: import depth > 512";

// One identifier, in bytes; and the parts of a package name, which protobuf takes in recursively.
inline constexpr size_t kMaxIdentifierBytes = 1024;
inline constexpr size_t kMaxPackageParts = 100;

// One fully qualified name, in bytes: looking one up takes each name around it in turn.
inline constexpr size_t kMaxQualifiedNameBytes = 16'384;

// All fully qualified names together: each declaration keeps its own copy, so that a long outer name and many
// short inner ones would multiply.
inline constexpr uint64_t kMaxNameBytes = 256u << 20;
inline constexpr std::string_view kTooManyNames = "schema limit: more than 256 MiB of full names";

// protobuf compares every reserved or extension range of a type with every other and with every field.
inline constexpr uint64_t kMaxRangeComparisons = 200'000'000;
inline constexpr std::string_view kTooManyRanges = "schema limit: too many reserved or extension ranges";

// Options of one declaration that are still to be interpreted, as the text of a .proto file leaves them
// (servers send them interpreted): protobuf looks through those it has for each further one.
inline constexpr int kMaxOpenOptions = 1000;
inline constexpr std::string_view kTooManyOptions = "schema limit: more than 1000 options in one place";

// Nesting of a message written out as the value of an option; protobuf reads it recursively, without a bound.
inline constexpr size_t kMaxOptionNesting = 100;
inline constexpr std::string_view kOptionTooDeep =
    "schema limit: an option's value is nested deeper than 100";

}  // namespace rpcctl
