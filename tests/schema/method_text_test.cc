#include "completion/description.h"

#include <doctest/doctest.h>

#include "tests/support/built_file.h"

namespace rpcctl {
namespace {

TEST_CASE("description: the first sentence of a comment, on one line") {
  CHECK(FirstSentence(" The name\n to greet. It may be empty.\n") == "The name to greet.");
  CHECK(FirstSentence(" No period\n\n Another paragraph\n") == "No period");
  CHECK(FirstSentence(" Version 1.2 of it\n") == "Version 1.2 of it");
  CHECK(FirstSentence("\n\n  Late\t\tand  wide \n") == "Late and wide");
  CHECK(FirstSentence("") == "");
  CHECK(FirstSentence("\n \n") == "");
}

}  // namespace
}  // namespace rpcctl
