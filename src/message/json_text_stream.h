// A text in memory as a stream of RapidJSON that is decoded in place.
#pragma once

#include <rapidjson/encodings.h>
#include <rapidjson/reader.h>
#include <rapidjson/stream.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace rpcctl {

// Writes decoded strings over what was read already. The text ends in kPadding NULs.
struct JsonTextStream {
  using Ch = char;
  static constexpr size_t kPadding = sizeof(uint64_t);

  Ch Peek() const { return *read; }
  Ch Take() { return *read++; }
  size_t Tell() const { return static_cast<size_t>(read - begin); }
  Ch* PutBegin() { return write = read; }
  void Put(Ch c) { *write++ = c; }
  void Flush() {}
  size_t PutEnd(const Ch* head) const { return static_cast<size_t>(write - head); }

  char* begin;
  char* read;
  char* write;
};

// The encoding of such a text: UTF-8 that was validated beforehand.
struct ValidUtf8 : rapidjson::UTF8<> {};

// One bit in the highest place of each byte of `bytes` that ends a run of plain text in a string: a quote, a
// backslash or a control character. The lowest such bit is exact; those above it may be wrong.
inline uint64_t StringStops(uint64_t bytes) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHigh = kOnes * 0x80;
  const uint64_t quote = bytes ^ (kOnes * '"');
  const uint64_t backslash = bytes ^ (kOnes * '\\');
  return (((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash) |
          ((bytes - kOnes * 0x20) & ~bytes)) &
         kHigh;
}

}  // namespace rpcctl

// Strings and numbers are read through a copy of the stream, which lets the compiler keep it in registers;
// the stream itself moves on only when their event was taken.
template <>
struct rapidjson::StreamTraits<rpcctl::JsonTextStream> {
  enum { copyOptimization = 1 };
};

// RapidJSON asks for the next character of a string; it gets all up to the next special one.
template <>
struct rapidjson::Transcoder<rpcctl::ValidUtf8, rpcctl::ValidUtf8> {
  static bool Transcode(rpcctl::JsonTextStream& stream, rpcctl::JsonTextStream&) {
    uint64_t bytes = 0;
    for (;;) {
      std::memcpy(&bytes, stream.read, sizeof bytes);
      const uint64_t stops = rpcctl::StringStops(bytes);
      if (stops != 0) return Copy(stream, static_cast<size_t>(std::countr_zero(stops)) / 8);
      // What is written never overtakes what was read.
      std::memcpy(stream.write, &bytes, sizeof bytes);
      stream.read += sizeof bytes;
      stream.write += sizeof bytes;
    }
  }
  template <typename Input, typename Output>
  static bool Transcode(Input& input, Output& output) {
    output.Put(input.Take());
    return true;
  }
  template <typename Input, typename Output>
  static bool Validate(Input& input, Output& output) {
    return Transcode(input, output);
  }

 private:
  static bool Copy(rpcctl::JsonTextStream& stream, size_t count) {
    for (; count > 0; --count) stream.Put(stream.Take());
    return true;
  }
};
