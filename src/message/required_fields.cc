#include "message/required_fields.h"

#include <fmt/format.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "message/input_error.h"

namespace rpcctl {
namespace {

constexpr size_t kNamedPaths = 5;

// protobuf writes an extension as (pkg.ext); paths of items have it in brackets.
std::string ItemPath(std::string path) {
  std::replace(path.begin(), path.end(), '(', '[');
  std::replace(path.begin(), path.end(), ')', ']');
  return path;
}

}  // namespace

Result<void> CheckRequiredFields(const google::protobuf::Message& message) {
  if (message.IsInitialized()) return {};
  std::vector<std::string> paths;
  message.FindInitializationErrors(&paths);
  const size_t missing = paths.size();
  if (missing > kNamedPaths) paths.resize(kNamedPaths);
  for (std::string& path : paths) path = ItemPath(std::move(path));
  if (missing > kNamedPaths) paths.push_back(fmt::format("{} more", missing - kNamedPaths));
  if (missing == 1) return InputError("", fmt::format("the required field {} is not set", paths.front()));
  return InputError("", fmt::format("the required fields {} are not set", JoinForSentence(paths, "and")));
}

}  // namespace rpcctl
