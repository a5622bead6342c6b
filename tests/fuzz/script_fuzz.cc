// The text of a script: whatever it is, it is read to its end, what is wrong with it has a place inside it,
// and an update of its lines leaves a text of as many lines.
#include <algorithm>
#include <string>
#include <vector>

#include "script/update.h"
#include "script/variables.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/support/whole_script.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

namespace {

size_t LineCount(std::string_view text) {
  return static_cast<size_t>(std::ranges::count(text, '\n')) + 1;
}

// Everything that could be filled in is, as text and as JSON.
void FillIn(const Word& word, const Variables& variables) {
  MarkedWords marks;
  const std::string marked = marks.Mark(word);
  [[maybe_unused]] const Result<std::string> json = marks.FillJson(marked, variables);
  const Result<std::string> text = marks.FillText(marked, variables);
  const Result<std::string> filled = variables.Fill(word);
  Require(bool(text) == bool(filled), "a word can be filled in by one way only", marked);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const EnvironmentReader environment = [](const std::string& name) {
    return name.size() % 2 == 0 ? std::optional<std::string>(name) : std::nullopt;
  };
  const WholeScript parsed = ReadWholeScript(text, environment);
  for (const ScriptError& error : parsed.errors.list()) {
    Require(error.place.line >= 1 && error.place.line <= LineCount(text) && error.place.column >= 1,
            "a mistake stands outside of the script", error.error.message);
  }
  Variables variables(
      {environment, [] { return std::chrono::system_clock::time_point(); }, [] { return uint64_t{7}; }});
  variables.SetText("a", "{{b}} \x01\x02 \"'");
  std::vector<LineUpdate> updates;
  for (const WholeCase& made : parsed.cases) {
    for (const Step& step : made.steps) {
      for (const Word& word : step.words) FillIn(word, variables);
      for (const Expectation& expectation : step.expectations)
        updates.push_back({expectation.place.line, "'a b'"});
    }
  }
  const UpdatedScript updated = UpdateScript("a.rpc", text, updates);
  Require(LineCount(updated.text) == LineCount(text), "an update changed the number of lines", updated.text);
  return 0;
}
