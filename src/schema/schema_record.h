// What one server said about its schema, as far as it was asked.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schema/schema_source.h"

namespace rpcctl {

struct SchemaRecord {
  std::optional<std::vector<std::string>> services;  // nullopt: not asked for
  std::vector<SchemaFile> files;                     // each name once
  // What it was asked for and does not have.
  std::set<std::string, std::less<>> absent_symbols;
  std::set<std::string, std::less<>> absent_files;
  // It said one thing and another, or more than the schema limits allow: nothing to keep.
  bool is_unusable = false;
};

}  // namespace rpcctl
