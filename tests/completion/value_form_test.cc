#include "completion/value_form.h"

#include <doctest/doctest.h>

#include <utility>

namespace rpcctl {
namespace {

using Words = std::vector<std::string>;

const std::pair<std::string_view, Takes> kForms[] = {{"FILE", Takes::kFile},
                                                     {"FILE|DIR", Takes::kFile},
                                                     {"DIR", Takes::kFile},
                                                     {"FILE|-", Takes::kFile},
                                                     {"ADDR", Takes::kTarget},
                                                     {"DUR", Takes::kDuration},
                                                     {"SIZE", Takes::kSize},
                                                     {"N", Takes::kNumber},
                                                     {"JSON|@FILE|@-", Takes::kData},
                                                     {"ITEM", Takes::kItem},
                                                     {"METHOD|MESSAGE", Takes::kMethodOrMessage},
                                                     {"METHOD", Takes::kMethod},
                                                     {"SERVICE", Takes::kService},
                                                     {"SYMBOL", Takes::kSymbol},
                                                     {"TEXT", Takes::kText},
                                                     {"'NAME: VALUE'", Takes::kText},
                                                     {"", Takes::kText}};

TEST_CASE("value form: what help calls a value says what it takes") {
  for (const auto& [name, takes] : kForms) {
    CAPTURE(name);
    CHECK((ReadValueName(name).takes == takes));
  }
}

TEST_CASE("value form: what is not in upper case stands for itself") {
  CHECK(ReadValueName("URL|none").literals == Words{"none"});
  CHECK_FALSE(ReadValueName("URL|none").only_literals);
  CHECK(ReadValueName("h2|grpc").literals == Words{"h2", "grpc"});
  CHECK(ReadValueName("h2|grpc").only_literals);
  CHECK(ReadValueName("FILE|-").literals == Words{"-"});
  CHECK(ReadValueName("FILE").literals.empty());
  CHECK_FALSE(ReadValueName("").only_literals);
}

}  // namespace
}  // namespace rpcctl
