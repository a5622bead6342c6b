// The details that a failed call carries, as lines for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "message/known_types.h"

namespace rpcctl {

// The same as JSON documents, each with its "@type"; bytes of an unknown type are in base64.
std::vector<std::string> ErrorDetailDocuments(std::string_view status_bytes, const KnownTypes& known);

// One line for each detail of a serialized google.rpc.Status: its type, then its content as JSON; base64
// where the type is not known or the content does not parse. Every line is safe to show. `known` is complete.
std::vector<std::string> DescribeErrorDetails(std::string_view status_bytes, const KnownTypes& known);

}  // namespace rpcctl
