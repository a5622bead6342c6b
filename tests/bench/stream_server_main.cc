// The benchmark's server: `stream_server serve SHAPE COUNT` prints its port and answers every call with COUNT
// messages; `stream_server size SHAPE` prints how many bytes one has on average; `stream_server drain PORT`
// is the fastest client there can be; `stream_server documents SHAPE COUNT` prints messages as JSON, a line
// each.
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

#include "tests/bench/loopback.h"
#include "tests/bench/samples.h"
#include "tests/bench/stream_server.h"

namespace rpcctl::bench {
namespace {

constexpr size_t kDifferent = 1000;  // messages; then they come again

int Usage() {
  std::fputs("usage: stream_server serve SHAPE COUNT | drain PORT | documents SHAPE COUNT | size SHAPE\n",
             stderr);
  return 2;
}

int Fail(const char* what) {
  std::perror(what);
  return 1;
}

int Serve(const Shape& shape, uint64_t count) {
  const Answer answer{Samples(shape, kDifferent), count};
  const Listening listening = Listen();
  if (listening.descriptor < 0) return Fail("listen");
  std::printf("%d\n", listening.port);
  std::fflush(stdout);
  for (;;) {
    const int descriptor = Accept(listening.descriptor);
    if (descriptor < 0) return Fail("accept");
    std::thread(ServeConnection, descriptor, std::cref(answer)).detach();
  }
}

int PrintDocuments(const Shape& shape, uint64_t count) {
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> message(factory.GetPrototype(shape.type)->New());
  std::vector<std::string> lines;
  for (const std::string& sample : Samples(shape, kDifferent)) {
    std::string json;
    if (!message->ParseFromString(sample) ||
        !google::protobuf::util::MessageToJsonString(*message, &json).ok())
      std::abort();
    lines.push_back(json + "\n");
  }
  for (uint64_t i = 0; i < count; ++i) {
    const std::string& line = lines[i % lines.size()];
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) return Fail("write");
  }
  return std::fflush(stdout) == 0 ? 0 : Fail("write");
}

int PrintSize(const Shape& shape) {
  size_t sum = 0;
  for (const std::string& sample : Samples(shape, kDifferent)) sum += sample.size();
  std::printf("%zu\n", sum / kDifferent);
  return 0;
}

int Run(int argc, char** argv) {
  const std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "drain" && argc == 3) {
    return Drain(static_cast<uint16_t>(std::atoi(argv[2]))) > 0 ? 0 : Fail("drain");
  }
  const Shape* shape = argc > 2 ? FindShape(argv[2]) : nullptr;
  if (shape != nullptr && argc == 3 && command == "size") return PrintSize(*shape);
  if (shape == nullptr || argc != 4) return Usage();
  const uint64_t count = std::strtoull(argv[3], nullptr, 10);
  if (command == "serve") return Serve(*shape, count);
  return command == "documents" ? PrintDocuments(*shape, count) : Usage();
}

}  // namespace
}  // namespace rpcctl::bench

int main(int argc, char** argv) {
  return rpcctl::bench::Run(argc, argv);
}
