// Finds the "@type" of an object before the object is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rpcctl {

struct AnyType {
  enum class State : uint8_t {
    kFound,
    kMissing,    // the object has members, but no "@type"
    kEmpty,      // the object has no members
    kNoString,   // "@type" is something else
    kIllFormed,  // the text ends or breaks the rules of JSON before there is one
  };
  State state = State::kIllFormed;
  std::string url;      // kFound
  size_t offset = 0;    // of the value of "@type" from the beginning of the object
  bool is_raw = false;  // the member beside "@type" is "@value": the content as bytes, as JsonWriter has it
                        // for an Any that nobody can read
};

// Keeps its memory from one look to the next.
class AnyTypeScanner {
 public:
  AnyTypeScanner();
  ~AnyTypeScanner();

  // Looks through the object that begins at `json`, which ends in a NUL, wherever in it "@type" is.
  AnyType Find(const char* json);

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace rpcctl
