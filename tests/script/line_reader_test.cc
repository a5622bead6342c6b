#include "script/line_reader.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "script/variables.h"

namespace rpcctl {
namespace {

const EnvironmentReader kEnvironment = [](const std::string& name) -> std::optional<std::string> {
  if (name == "HOME") return "/home/me";
  if (name == "EMPTY") return "";
  if (name == "BROKEN") return "two\nlines";
  return std::nullopt;
};

std::string Shown(const Word& word) {
  std::string text;
  for (const WordPiece& piece : word.pieces)
    text += piece.insertion ? "<" + InsertionText(*piece.insertion) + ">" : piece.text;
  return text;
}

// The words of `line`, each with its column, "2:name"; an error as "error at 5: what is wrong".
std::vector<std::string> Words(std::string_view line, const EnvironmentReader* environment = nullptr) {
  LineReader reader(line, 7, environment);
  std::vector<std::string> words;
  while (!reader.AtEnd()) {
    const Result<Word> word = reader.Next();
    if (!word) {
      words.push_back("error at " + std::to_string(reader.place().column) + ": " + word.error().message);
      return words;
    }
    CHECK(word->place.line == 7);
    words.push_back(std::to_string(word->place.column) + ":" + Shown(*word));
  }
  return words;
}

using List = std::vector<std::string>;

TEST_CASE("line reader: words are parted by spaces and tabs") {
  CHECK(Words("  call\ta.B  x=1 ") == List{"3:call", "8:a.B", "13:x=1"});
  CHECK(Words("") == List{});
  CHECK(Words(" \t ") == List{});
}

TEST_CASE("line reader: columns count characters and not bytes") {
  CHECK(Words("é ü=😀 x") == List{"1:é", "3:ü=😀", "7:x"});
}

TEST_CASE("line reader: a comment begins with a word, and not within one") {
  CHECK(Words("a # b") == List{"1:a"});
  CHECK(Words("#a") == List{});
  CHECK(Words("a#b c") == List{"1:a#b", "5:c"});
  CHECK(Words("'#' \"#x\" \\#y") == List{"1:#", "5:#x", "10:#y"});
}

TEST_CASE("line reader: quotes are a shell's") {
  CHECK(Words(R"('a b' "c d" e\ f)") == List{"1:a b", "7:c d", "13:e f"});
  CHECK(Words(R"(x='a'"b"c)") == List{"1:x=abc"});
  CHECK(Words(R"('\n' "\n" "\"\\\$\`")") == List{"1:\\n", "6:\\n", "11:\"\\$`"});
  CHECK(Words(R"("" '')") == List{"1:", "4:"});
}

TEST_CASE("line reader: what is quoted is known to be") {
  LineReader reader("null 'null' \\n", 1);
  CHECK_FALSE(reader.Next()->quoted);
  CHECK(reader.Next()->quoted);
  CHECK(reader.Next()->quoted);
}

TEST_CASE("line reader: an insertion is one piece of one word") {
  CHECK(Words("a={{x}} {{random 1 9}}b") == List{"1:a=<{{x}}>", "9:<{{random 1 9}}>b"});
  CHECK(Words(R"("say {{ name }}!")") == List{"1:say <{{name}}>!"});
  CHECK(Words("'{{x}}' \\{{x}}") == List{"1:{{x}}", "9:{{x}}"});
  CHECK(Words("{{env.A}}{{uuid}}") == List{"1:<{{env.A}}><{{uuid}}>"});
}

TEST_CASE("line reader: what is wrong is told with its column") {
  CHECK(Words("a 'b") == List{"1:a", "error at 3: a ' without the one that ends it"});
  CHECK(Words("a \"b") == List{"1:a", "error at 3: a \" without the one that ends it"});
  CHECK(Words("ab\\") == List{"error at 3: a backslash at the end of the line"});
  CHECK(Words("a={{x") == List{"error at 3: '{{' without its '}}'"});
  CHECK(Words("a={{1}}") == List{"error at 3: '{{1}}' is nothing that can be filled in"});
  CHECK(Words("a={{random 3 1}}") ==
        List{"error at 3: '{{random 3 1}}' needs two whole numbers, the smaller one first"});
  CHECK(Words("a\x01") == List{"error at 2: a control character, \\x01"});
  CHECK(Words("\xff") == List{"error at 1: invalid UTF-8"});
  CHECK(Words("'a\xffz'") == List{"error at 3: invalid UTF-8"});
}

TEST_CASE("line reader: the environment is asked only where there is one") {
  CHECK(Words("${HOME}") == List{"1:${HOME}"});
  CHECK(Words("${HOME}/x \"${HOME}\" '${HOME}'", &kEnvironment) ==
        List{"1:/home/me/x", "11:/home/me", "21:${HOME}"});
  CHECK(Words("${NONE:-a b} ${EMPTY:-c} ${EMPTY}.", &kEnvironment) == List{"1:a b", "14:c", "26:."});
  CHECK(Words("x${NONE}", &kEnvironment) == List{"error at 2: the environment variable NONE is not set"});
  CHECK(Words("${NONE", &kEnvironment) == List{"error at 1: '${' without its '}'"});
  CHECK(Words("${BROKEN}", &kEnvironment) ==
        List{"error at 1: the environment variable BROKEN holds what no line can: 'two\\nlines'"});
}

TEST_CASE("line reader: what the environment holds is not looked at again") {
  const EnvironmentReader sly = [](const std::string&) { return std::optional<std::string>("{{x}} '#"); };
  CHECK(Words("${A}", &sly) == List{"1:{{x}} '#"});
}

TEST_CASE("line reader: marks are words by themselves where they are asked for") {
  LineReader reader("[a, \"b,c\"]", 1);
  List words;
  while (!reader.AtEnd()) words.push_back(Shown(*reader.Next("[],")));
  CHECK(words == List{"[", "a", ",", "b,c", "]"});
}

TEST_CASE("line reader: the rest of a line leaves out a comment and white space") {
  LineReader reader("case  it's a no.#1 test \t # really", 1);
  [[maybe_unused]] const Result<Word> verb = reader.Next();
  CHECK(reader.Rest() == "it's a no.#1 test");
}

}  // namespace
}  // namespace rpcctl
