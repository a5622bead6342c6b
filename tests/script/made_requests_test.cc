#include "script/made_requests.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

// Gives `count` messages and then an end.
class CountingSource final : public RequestSource {
 public:
  explicit CountingSource(size_t count) : left_(count) {}
  Result<RequestStep> Next(std::string& message) override {
    if (left_ == 0) return RequestStep::kEnd;
    message = "m" + std::to_string(left_--);
    return RequestStep::kMessage;
  }
  int descriptor() const override { return -1; }
  size_t left() const { return left_; }

 private:
  size_t left_;
};

TEST_CASE("made requests: what a call that ended early did not ask for is taken behind what it did") {
  MadeRequests sent;
  CountingSource rest(2);
  sent.Add("m3");
  sent.AddRest(rest);
  CHECK_FALSE(sent.overflowed());
  CHECK(sent.Take() == std::vector<std::string>{"m3", "m2", "m1"});
}

TEST_CASE("made requests: more than a command line holds are not kept, nor is their source read to its end") {
  MadeRequests many;
  CountingSource endless(1'000'000);
  many.AddRest(endless);
  CHECK(many.overflowed());
  CHECK(endless.left() > 999'000);
  CHECK(many.Take().size() < 100);
  MadeRequests large;
  large.Add(std::string(1 << 20, 'x'));
  CHECK(large.overflowed());
}

}  // namespace
}  // namespace rpcctl
