// Completes lines over a small table of options and a fake server, as the hidden command does over the real
// ones.
#pragma once

#include <doctest/doctest.h>

#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "completion/completion.h"
#include "tests/support/fake_source.h"
#include "tests/support/small_option_table.h"

namespace rpcctl {

// Values in a form that a failed check shows.
class Values final {
 public:
  Values(std::initializer_list<std::string> values) : values_(values) {}
  Values(std::vector<std::string> values)
      : values_(std::move(values)) {}  // NOLINT(google-explicit-constructor)

  bool operator==(const Values&) const = default;
  bool empty() const { return values_.empty(); }
  size_t size() const { return values_.size(); }
  const std::string& front() const { return values_.front(); }
  friend std::ostream& operator<<(std::ostream& out, const Values& values) {
    for (const std::string& value : values.values_) out << '"' << value << "\" ";
    return out;
  }

 private:
  std::vector<std::string> values_;
};

// Lines completed over one server; what the engine asked for is kept.
class CompletedLine final {
 public:
  explicit CompletedLine(FakeServer& server) : server_(server) {}
  // Without a schema, for this reason.
  explicit CompletedLine(std::string why) : why_(std::move(why)) {}

  // The whole answer to `line`.
  std::string operator()(std::string_view line, Shell shell = Shell::kBash) {
    CompletionQuestions questions;
    questions.schema = [this](const GivenLine& given) { return Load(given); };
    questions.targets = [] { return std::vector<std::string>{"localhost:50051", "localhost:8080", ":9"}; };
    questions.home = "/home/me";
    return Complete(shell, line, SmallTable(), questions);
  }
  // The answer less its directives: a candidate or a hint a line, descriptions left out.
  rpcctl::Values Values(std::string_view line) {
    const std::string answer = (*this)(line);
    std::vector<std::string> values;
    for (size_t at = answer.find('\n') + 1; at < answer.size();) {
      const size_t end = answer.find('\n', at);
      const std::string text = answer.substr(at, end - at);
      values.push_back(text.substr(0, text.find('\t')));
      at = end + 1;
    }
    return values;
  }

  // What the schema is asked for with, the last time: "--target=h:1 --verbose=".
  const std::string& given() const { return given_; }
  // How often it was asked for.
  int loads() const { return loads_; }
  std::optional<std::vector<KnownMethod>> known_methods;

 private:
  KnownSchema Load(const GivenLine& line) {
    ++loads_;
    given_.clear();
    for (const GivenOption& option : line.options)
      given_ += (given_.empty() ? "" : " ") + option.option->names.back() + "=" + option.value;
    if (!why_.empty()) return {.hint = why_};
    const std::shared_ptr<Schema> schema = SchemaOver(server_.value().get());
    return {.schema = schema.get(), .methods = known_methods, .owner = schema};
  }

  std::optional<std::reference_wrapper<FakeServer>> server_;
  std::string why_;
  std::string given_;
  int loads_ = 0;
};

}  // namespace rpcctl
