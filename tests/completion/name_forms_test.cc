#include "completion/name_forms.h"

#include <doctest/doctest.h>

#include "completion/answer.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

Names Forms(std::string_view typed, const Names& names, size_t parts) {
  Names forms;
  for (NameForm& form : ChooseForms(typed, names, parts)) forms.push_back(std::move(form.text));
  return forms;
}

TEST_CASE("name forms: so many last parts where those are enough") {
  const Names names = {"a.G.Hi", "b.R.Go"};
  CHECK(Forms("", names, 2) == Names{"G.Hi", "R.Go"});
  CHECK(Forms("R.", names, 2) == Names{"R.Go"});
}

TEST_CASE("name forms: the whole where it was begun so") {
  CHECK(Forms("a.", {"a.G.Hi", "b.R.Go"}, 2) == Names{"a.G.Hi"});
}

TEST_CASE("name forms: fewer and more parts where nothing else begins so") {
  CHECK(Forms("G", {"a.R.Get"}, 2) == Names{"Get"});
  CHECK(Forms("b.", {"a.b.c.D"}, 1) == Names{"b.c.D"});
}

TEST_CASE("name forms: an end that two names have is not offered") {
  CHECK(Forms("", {"a.G.Hi", "b.G.Hi"}, 2) == Names{"a.G.Hi", "b.G.Hi"});
  CHECK(Forms("G", {"a.G.Hi", "b.G.Hi"}, 2).empty());
  CHECK(Forms("Hi", {"a.G.Hi", "b.R.Hi"}, 2).empty());
}

TEST_CASE("name forms: an end that is another's whole name means that other") {
  CHECK(Forms("G", {"G.Hi", "a.G.Hi"}, 2) == Names{"G.Hi"});
  CHECK(Forms("", {"G.Hi", "a.G.Hi"}, 2) == Names{"G.Hi", "a.G.Hi"});
}

TEST_CASE("name forms: no more than an answer takes") {
  Names names;
  for (int i = 100000; i < 200000; ++i) names.push_back("p.S.M" + std::to_string(i));
  CHECK(Forms("", names, 2).size() == kMostCandidates);
  CHECK(Forms("S.M1999", names, 2).size() == 100);
}

}  // namespace
}  // namespace rpcctl
