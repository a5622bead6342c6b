// Finds keys that a map of JSON has twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rpcctl {

// The keys of all maps of one document, each map under a number of its own. The bytes of a key stay where the
// caller has them. Keeps its memory from one document to the next.
class KeySet {
 public:
  // Where the bytes of a key are in the caller's buffer.
  struct Key {
    size_t begin = 0;
    size_t end = 0;
  };

  void Clear();
  // Adds the key of map `map` that stands at `key` of `buffer`; false when the map has it already.
  bool Add(uint32_t map, Key key, const char* buffer);
  // Takes back the last key that was added.
  void RemoveLast();

 private:
  struct Entry {
    uint64_t hash;
    Key key;
    uint32_t map;
    uint32_t slot;
  };

  void Rehash();

  std::vector<Entry> entries_;
  std::vector<uint32_t>
      slots_;  // an index into entries_ plus one; 0 is free. A power of two, at most half full
};

}  // namespace rpcctl
