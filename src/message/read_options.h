// What holds for reading a message in every format.
#pragma once

#include "message/known_types.h"

namespace rpcctl {

struct ReadOptions {
  bool allow_unknown = false;  // skips fields and enum names that the schema does not have
  bool allow_missing = false;  // takes messages without their required fields: more is to be laid over them
  KnownTypes known = {};
};

// `options` for a message that more is to be laid over.
inline ReadOptions Partial(ReadOptions options) {
  options.allow_missing = true;
  return options;
}

}  // namespace rpcctl
