// What is known of a server's types when a word is completed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rpcctl {

class Schema;

struct KnownMethod {
  std::string service;  // with its package
  std::string method;
  std::string description = {};  // "" for none; not yet safe to show
};

struct KnownSchema {
  Schema* schema = nullptr;  // null where there is none
  std::string hint = {};     // then: why, in a few words; not yet safe to show
  // All methods, where they are known without looking at a type.
  std::optional<std::vector<KnownMethod>> methods = std::nullopt;
  std::shared_ptr<const void> owner = nullptr;  // of `schema`
};

}  // namespace rpcctl
