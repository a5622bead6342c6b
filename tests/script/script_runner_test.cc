#include "script/script_runner.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

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
