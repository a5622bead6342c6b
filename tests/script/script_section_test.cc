#include "script/script_section.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace rpcctl {
namespace {

using List = std::vector<std::string>;

// "case 3: case b\n", one for each section: kind, number of the first line, text.
List Sections(SectionReader reader) {
  List sections;
  while (const std::optional<ScriptSection> section = reader.Next()) {
    const bool is_case = section->kind == ScriptSection::Kind::kCase;
    const bool is_step = section->kind == ScriptSection::Kind::kStep;
    sections.push_back(fmt::format("{} {}: {}",
                                   is_case   ? "case"
                                   : is_step ? "step"
                                             : "settings",
                                   section->line, section->text));
  }
  return sections;
}
List Sections(std::string_view text) {
  return Sections(SectionReader(text));
}

TEST_CASE("script section: settings, the head of a case and each step") {
  CHECK(Sections(
            "set a b\n\n# c\ncase a\n  retry 3\n  call M\n  expect OK\n\topen N\n  close\ncase b\ncall M") ==
        List{"settings 1: set a b\n\n# c\n", "case 4: case a\n  retry 3\n", "step 6:   call M\n  expect OK\n",
             "step 8: \topen N\n  close\n", "case 10: case b\n", "step 11: call M"});
}

TEST_CASE("script section: a text without lines has none, and one without settings begins with its case") {
  CHECK(Sections("").empty());
  CHECK(Sections("\n") == List{"settings 1: \n"});
  CHECK(Sections("\xef\xbb\xbf"
                 "case a\r\ncall\r\n") == List{"case 1: \xef\xbb\xbf"
                                               "case a\r\n",
                                               "step 2: call\r\n"});
}

TEST_CASE("script section: only a whole word that is not quoted begins one") {
  CHECK(Sections("case a\ncalls M\n'call' M\n#call M\ncall'' M\nx call M\n").size() == 1);
}

TEST_CASE("script section: what stands before the first case is together, whatever it is") {
  CHECK(Sections("call M\nset a b\nopen N\n").size() == 1);
}

TEST_CASE("script section: a reader may begin where one was told that a case begins") {
  const std::string text = "set a b\ncase a\ncall M\ncase b\ncall N\n";
  SectionReader reader(text);
  for (int section = 0; section < 3; ++section) REQUIRE(reader.Next());
  const SectionMark mark = reader.mark();
  CHECK(mark.line == 4);
  CHECK(Sections(SectionReader(text, mark)) == List{"case 4: case b\n", "step 5: call N\n"});
}

TEST_CASE("script section: lines that say something are handed out, and their errors told in their place") {
  ScriptErrors errors;
  List lines;
  TakeLines({.text = "a\r\n\n # b\n  c\xc3\xa9 d", .line = 7}, errors,
            [&](LineReader& reader, std::string_view line) {
              lines.emplace_back(line);
              const Result<Word> word = reader.Next();
              return word && word->Is("a") ? Result<void>() : reader.Blame(reader.place(), "not a");
            });
  CHECK(lines == List{"a", "  c\xc3\xa9 d"});
  REQUIRE(errors.list().size() == 1);
  CHECK(errors.list()[0].place.line == 10);
  CHECK(errors.list()[0].place.column == 6);
}

}  // namespace
}  // namespace rpcctl
