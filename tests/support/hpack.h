// Reads header blocks (HPACK, RFC 7541), independently of the library under test.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "tests/support/h2_wire.h"

namespace rpcctl::testing {

// The header blocks of one connection, in the order they came. It checks nothing: what is no header block
// gives nonsense, and never reads beyond its end. Of Huffman's code it knows printable ASCII.
class HpackDecoder final {
 public:
  Fields Decode(std::string_view block);
  // The largest size of the table that was announced so far; 4096 before.
  size_t table_size() const { return table_size_; }

 private:
  std::pair<std::string, std::string> Entry(size_t index) const;
  void Keep(std::pair<std::string, std::string> field);
  void Evict();

  std::deque<std::pair<std::string, std::string>> table_;
  size_t table_size_ = 4096;
};

}  // namespace rpcctl::testing
