#include "schema/method_text.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("method text: the first sentence of a comment, on one line") {
  CHECK(FirstSentence(" The name\n to greet. It may be empty.\n") == "The name to greet.");
  CHECK(FirstSentence(" No period\n\n Another paragraph\n") == "No period");
  CHECK(FirstSentence(" Version 1.2 of it\n") == "Version 1.2 of it");
  CHECK(FirstSentence("\n\n  Late\t\tand  wide \n") == "Late and wide");
  CHECK(FirstSentence("") == "");
  CHECK(FirstSentence("\n \n") == "");
}

TEST_CASE("method text: what stands behind counts where nothing is said above") {
  CHECK(FirstSentenceOf(" Above.\n", " Behind.\n") == "Above.");
  CHECK(FirstSentenceOf("", " Behind.\n") == "Behind.");
  CHECK(FirstSentenceOf(" \n", " Behind.\n") == "Behind.");
  CHECK(FirstSentenceOf("", "") == "");
}

TEST_CASE("method text: a signature has the last parts of names, and tells streams") {
  CHECK(SignatureText({".a.b.Hello"}, {"a.Outer.Reply", true}) == "(Hello) returns (stream Reply)");
  CHECK(SignatureText({"Hello", true}, {"Reply"}) == "(stream Hello) returns (Reply)");
}

}  // namespace
}  // namespace rpcctl
