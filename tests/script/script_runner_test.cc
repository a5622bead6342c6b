#include "script/script_runner.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace rpcctl {
namespace {

// Keeps a line for each thing it is told.
class Listener final : public Reporter {
 public:
  void OnFileBegin(size_t file, const FileOutline& outline) override {
    told.push_back(fmt::format("{} {} begins: {}", file, outline.name, outline.cases));
  }
  void OnCaseBegin(size_t, const std::string& name) override { told.push_back(name + " begins"); }
  void OnCaseEnd(size_t file, const CaseReport& report) override {
    told.push_back(fmt::format("{} {}:{} {} {}", file, report.name, report.place.line,
                               report.result == CaseResult::kSkipped ? "skipped" : "run",
                               report.skip_reason));
  }
  void OnFileEnd(size_t file, const FileReport& report) override {
    told.push_back(fmt::format("{} {} ends: {}", file, report.name, report.skipped));
  }
  Result<void> OnRunEnd(const RunReport&) override { return {}; }

  std::vector<std::string> told;
};

TEST_CASE("script runner: of a script that is skipped every case is told, and none begins") {
  Listener listener;
  const std::string text = "\ncase a\ncall M\n\ncase b\ncall M\n";
  const std::vector<SectionMark> marks = {{1, 2}, {16, 5}};
  const FileReport report = SkipScript({text, marks}, {3, "x.rpc", "interrupted"}, listener);
  CHECK(report.skipped == 2);
  CHECK_FALSE(report.error);
  CHECK(listener.told == std::vector<std::string>{"3 x.rpc begins: 2", "3 a:2 skipped interrupted",
                                                  "3 b:5 skipped interrupted", "3 x.rpc ends: 2"});
}

TEST_CASE("case selection: tags and names, and all where nothing is asked for") {
  using List = std::vector<std::string>;
  CHECK(CaseSelection{}.Selects("a", {}));
  CHECK(CaseSelection{.tags = {"x", "y"}}.Selects("a", List{"y"}));
  CHECK_FALSE(CaseSelection{.tags = {"x"}}.Selects("a", List{"y"}));
  CHECK_FALSE(CaseSelection{.tags = {"x"}, .skip_tags = {"y"}}.Selects("a", List{"x", "y"}));
  CHECK(CaseSelection{.names = {"b*", "?"}}.Selects("a", {}));
  CHECK_FALSE(CaseSelection{.names = {"b*"}}.Selects("a", {}));
}

}  // namespace
}  // namespace rpcctl
