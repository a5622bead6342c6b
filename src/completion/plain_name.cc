#include "completion/plain_name.h"

#include <algorithm>

namespace rpcctl {

bool IsPlainName(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), fits);
}

}  // namespace rpcctl
