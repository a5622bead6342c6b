// Splitting a stream: the same documents and the same error, whatever chunks it comes in.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "message/splitter.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

namespace {

constexpr size_t kLimit = 64;  // of a document: small inputs come to it, too

// What `splitter` has to hand out now, as lines that tell everything; false when that was an error.
bool Drain(Splitter& splitter, std::vector<std::string>& lines) {
  while (true) {
    const Result<std::optional<Document>> next = splitter.Next();
    if (!next) lines.push_back("error: " + next.error().message);
    if (!next || !*next) return bool(next);
    const Document& document = **next;
    lines.push_back(
        fmt::format("{} at {}:{} {}", document.number, document.line, document.column, document.text));
  }
}

// Chunks of `first` and `second` bytes by turns.
std::vector<std::string> Split(DataFormat format, std::string_view stream, size_t first, size_t second) {
  const std::unique_ptr<Splitter> splitter = MakeSplitter(format, kLimit);
  std::vector<std::string> lines;
  while (!stream.empty()) {
    const size_t size = std::min(first, stream.size());
    splitter->Feed(stream.substr(0, size));
    if (!Drain(*splitter, lines)) return lines;
    stream.remove_prefix(size);
    std::swap(first, second);
  }
  splitter->Finish();
  Drain(*splitter, lines);
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  FuzzInput input(bytes, size);
  const auto format = static_cast<DataFormat>(input.Byte() % 3);
  const size_t first = 1 + input.Byte() % 16, second = 1 + input.Byte() % 100;
  const std::vector<std::string> whole = Split(format, input.rest(), size + 1, 1);
  const std::vector<std::string> chunks = Split(format, input.rest(), first, second);
  Require(whole == chunks, "chunks change what a stream is split into",
          fmt::format("{}", fmt::join(whole, "\n")), fmt::format("{}", fmt::join(chunks, "\n")));
  return 0;
}
