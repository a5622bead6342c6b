// Finds what has exactly a given full name: asks for its file, builds it, looks into the pool.
#pragma once

#include <string>

#include "base/result.h"
#include "schema/symbol.h"

namespace rpcctl {

class DescriptorBuilder;
class FileFetcher;

// Borrows both.
class ExactLookup final {
 public:
  ExactLookup(FileFetcher& fetcher, DescriptorBuilder& builder) : fetcher_(fetcher), builder_(builder) {}

  // Looks in the file that declares `asked_for`, which is `full_name` or something around it: of a method one
  // asks for its service. An empty symbol when it is not found; an error when that file cannot be had or
  // built.
  Result<Symbol> Find(const std::string& full_name, const std::string& asked_for);
  Result<Symbol> Find(const std::string& full_name) { return Find(full_name, full_name); }

 private:
  FileFetcher& fetcher_;
  DescriptorBuilder& builder_;
};

}  // namespace rpcctl
