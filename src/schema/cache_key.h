// What tells one cached schema from another.
#pragma once

#include <string>

namespace rpcctl {

struct CacheKey {
  std::string target;  // as Target::Name has it
  // Everything a server's answers may depend on, the target included, in plain text. No secrets: it is
  // stored.
  std::string text = {};
  // What of `text` says where a connection leads and whether by TLS: the beginning of it, which is no
  // beginning of another place.
  std::string place = {};

  // The name of its file without an ending: 16 hexadecimal digits of a hash. Two keys may share one, so the
  // file has the text too.
  std::string FileName() const;
};

}  // namespace rpcctl
