// Many unary calls on one connection of our own transport: `many_calls sequential|concurrent HOST:PORT
// COUNT`.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "transport/h2/h2_transport.h"

namespace {

using namespace rpcctl;

constexpr std::string_view kRequest = "\x0a\x03you";  // HelloRequest{name: "you"}

// One call of Greeter.SayHello; counts itself when it ended well.
class Greeting final : public CallEvents {
 public:
  Greeting(Transport& transport, int& done) : done_(done) {
    CallStart start;
    start.path = "/helloworld.Greeter/SayHello";
    call_ = transport.Open(std::move(start), *this);
  }
  void OnHeaders(Metadata) override {}
  void OnMessage(std::string_view message) override { received_ = message.size(); }
  void OnWritable() override {
    call_->Write(kRequest);
    call_->HalfClose();
  }
  void OnEnd(CallEnd end) override {
    if (end.not_reached || !end.status.ok() || received_ == 0) {
      std::fprintf(stderr, "a call failed: %s\n", end.status.message.c_str());
      std::exit(1);
    }
    ++done_;
  }

 private:
  int& done_;
  std::unique_ptr<Call> call_;
  size_t received_ = 0;
};

void RunUntil(Transport& transport, const int& done, int count) {
  while (done < count) transport.Dispatch(TimePoint::max());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  TransportOptions options;
  options.target = *ParseTarget(argv[2]);
  const std::unique_ptr<Transport> transport = MakeH2Transport(options);
  const int count = std::atoi(argv[3]);
  int done = 0;
  if (std::string_view(argv[1]) == "sequential") {
    while (done < count) {
      const Greeting greeting(*transport, done);
      RunUntil(*transport, done, done + 1);
    }
  } else {
    std::vector<std::unique_ptr<Greeting>> greetings;
    for (int i = 0; i < count; ++i) greetings.push_back(std::make_unique<Greeting>(*transport, done));
    RunUntil(*transport, done, count);
  }
  std::printf("%d calls\n", done);
  return 0;
}
