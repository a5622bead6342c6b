#include "script/secret_mask.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace rpcctl {
namespace {

// Of few characters, among them those of the mask and of a cut, so that secrets overlap and often stand in
// it.
std::string RandomText(std::minstd_rand& random, size_t most) {
  std::string text(random() % most + 1, 'a');
  for (char& c : text) c = "ab*."[random() % 4];
  return text;
}

// What a mask of `secrets` that have one form each makes of `text`, one secret after the other.
std::string HiddenOneByOne(std::vector<std::string> secrets, std::string text) {
  for (size_t cut = text.find("..."); cut != std::string::npos; cut = text.find("...", cut + 3)) {
    size_t hidden = 0;
    for (const std::string& secret : secrets) {
      for (size_t size = 2; size < secret.size() && size <= cut; ++size) {
        if (text.compare(cut - size, size, secret, 0, size) == 0) hidden = std::max(hidden, size);
      }
    }
    if (hidden == 0) continue;
    text.replace(cut - hidden, hidden, "***");
    cut = cut - hidden + 3;
  }
  std::ranges::sort(secrets);
  secrets.erase(std::unique(secrets.begin(), secrets.end()), secrets.end());
  std::ranges::stable_sort(secrets, std::ranges::greater(), &std::string::size);
  for (const std::string& secret : secrets) {
    for (size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
      text.replace(at, secret.size(), "***");
  }
  return text;
}

TEST_CASE("secret mask: a secret is hidden however it is written") {
  SecretMask mask;
  mask.Add("p\"w d");
  mask.Add("");
  CHECK(mask.Hidden("see p\"w d.") == "see ***.");
  CHECK(mask.Hidden(R"({"a":"p\"w d"})") == R"({"a":"***"})");
  CHECK(mask.Hidden("'p\"w d'") == "'***'");
  CHECK(mask.Hidden("cCJ3IGQ=, cCJ3IGQ") == "***, ***");
  CHECK(mask.Hidden("nothing") == "nothing");
}

TEST_CASE("secret mask: of two secrets the longer one is hidden whole") {
  SecretMask mask;
  mask.Add("abc");
  mask.Add("abcdef");
  CHECK(mask.Hidden("abcdef abc") == "*** ***");
}

TEST_CASE("secret mask: of a credential that stands behind its scheme both are hidden") {
  SecretMask mask;
  mask.Add("Bearer abcdef");
  mask.Add("Basic x");
  CHECK(mask.Hidden("Bearer abcdef, abcdef, Basic x, x") == "***, ***, ***, x");
}

TEST_CASE("secret mask: the beginning of a secret is hidden where a text was cut short") {
  SecretMask mask;
  mask.Add("hunter2");
  CHECK(mask.Hidden("it is hunt...") == "it is ***...");
  CHECK(mask.Hidden("hunter2hunter... (not set)") == "******... (not set)");
  CHECK(mask.Hidden("tenth...") == "tenth...");
  CHECK(mask.Hidden("it is hunter") == "it is hunter");
  CHECK(mask.Finds("a hunter2"));
  CHECK_FALSE(mask.Finds("a hunter"));
}

TEST_CASE("secret mask: none of very many is forgotten, and none kept twice") {
  SecretMask mask;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 20'000; ++i) mask.Add(fmt::format("secret number {:05}", i));
  }
  CHECK(mask.Hidden("secret number 00000 secret number 19999") == "*** ***");
  CHECK(mask.Finds("secret number 12345"));
}

TEST_CASE("secret mask: all secrets at once are hidden as one after the other would be") {
  std::minstd_rand random(1);
  for (int round = 0; round < 5'000; ++round) {
    SecretMask mask;
    std::vector<std::string> secrets(random() % 6);
    for (std::string& secret : secrets) mask.Add(secret = RandomText(random, 7));
    const std::string text = RandomText(random, 30);
    CHECK(mask.Hidden(text) == HiddenOneByOne(secrets, text));
    CHECK(mask.Finds(text) == std::ranges::any_of(secrets, [&](const std::string& secret) {
            return text.find(secret) != std::string::npos;
          }));
  }
}

TEST_CASE("secret mask: of two secrets of one length that overlap the first in order is hidden") {
  SecretMask mask;
  mask.Add("bcd");
  mask.Add("abc");
  mask.Add("**d");
  CHECK(mask.Hidden("abcd, bcd") == "***d, ***");
}

}  // namespace
}  // namespace rpcctl
