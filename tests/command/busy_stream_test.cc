// Streams that are busy: the official core gets a second thread for them.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "reference_server/server.h"
#include "tests/support/tested_transport.h"
#include "tests/support/wire_bytes.h"

namespace rpcctl {
namespace {

using reference::ReferenceServer;
using Log = std::vector<std::string>;

constexpr size_t kMany = 5000;

// A server, and a transport to it.
struct Running {
  explicit Running(const reference::ServerOptions& options = {}) {
    auto started = ReferenceServer::Start(options);
    REQUIRE(started);
    server = std::move(*started);
    TransportOptions to;
    to.target = *ParseTarget(server->addresses()[0]);
    transport = testing::TestedTransport().make(to);
  }

  std::unique_ptr<ReferenceServer> server;
  std::unique_ptr<Transport> transport;
};

reference::ServerOptions WithFeatures(size_t count) {
  reference::ServerOptions options;
  options.made_up_features = static_cast<int64_t>(count);
  return options;
}

// The messages of hello.proto have their text in field 1, as a feature its name.
std::string Text(const std::string& text) {
  return WireLengthDelimited(1, text);
}

std::string Point(int64_t latitude, int64_t longitude) {
  return WireTagBytes(1, 0) + WireVarint(static_cast<uint64_t>(latitude)) + WireTagBytes(2, 0) +
         WireVarint(static_cast<uint64_t>(longitude));
}

// The rectangle in which all features lie.
std::string Everywhere() {
  return WireLengthDelimited(1, Point(400'000'000, -750'000'000)) +
         WireLengthDelimited(2, Point(420'000'000, -730'000'000));
}

// `before`, a number from 1 on and `after`, kMany times.
Log Numbered(std::string_view before, std::string_view after) {
  Log texts;
  for (size_t i = 1; i <= kMany; ++i) texts.push_back(fmt::format("{}{}{}", before, i, after));
  return texts;
}

// Sends its requests, one for each OnWritable, and keeps what comes.
class Client final : public CallEvents {
 public:
  Client(Transport& transport, std::string path, Log requests)
      : transport_(transport), requests_(std::move(requests)) {
    CallStart start;
    start.path = std::move(path);
    call = transport_.Open(std::move(start), *this);
  }

  void OnHeaders(Metadata) override {}
  void OnMessage(std::string_view message) override { messages.emplace_back(message); }
  void OnWritable() override {
    if (sent == requests_.size()) return call->HalfClose();
    const std::string& request = requests_[sent++];
    call->Write(Text(request), sent < requests_.size() ? Next::kMessage : Next::kUnknown);
  }
  void OnEnd(CallEnd received) override { end = std::move(received); }

  void RunUntilEnd() {
    while (!end) transport_.Dispatch(TimePoint::max());
  }
  void RunUntil(size_t count) {
    while (messages.size() < count) transport_.Dispatch(TimePoint::max());
  }

  std::unique_ptr<Call> call;
  Log messages;
  size_t sent = 0;
  std::optional<CallEnd> end;

 private:
  Transport& transport_;
  const Log requests_;
};

// Sends one request that is not one text.
class Listing final : public CallEvents {
 public:
  explicit Listing(Transport& transport) : transport_(transport) {
    CallStart start;
    start.path = "/routeguide.RouteGuide/ListFeatures";
    call = transport_.Open(std::move(start), *this);
  }

  void OnHeaders(Metadata) override {}
  void OnMessage(std::string_view message) override { messages.emplace_back(message); }
  void OnWritable() override {
    call->Write(Everywhere());
    call->HalfClose();
  }
  void OnEnd(CallEnd received) override { end = std::move(received); }

  void RunUntil(size_t count) {
    while (messages.size() < count) transport_.Dispatch(TimePoint::max());
  }
  void RunUntilEnd() {
    while (!end) transport_.Dispatch(TimePoint::max());
  }

  std::unique_ptr<Call> call;
  Log messages;
  std::optional<CallEnd> end;

 private:
  Transport& transport_;
};

// How many of the features are not where they belong.
size_t OutOfOrder(const Log& features) {
  size_t wrong = 0;
  for (size_t i = 0; i < features.size(); ++i)
    wrong += features[i].starts_with(Text(fmt::format("Place {}", i + 1))) ? 0 : 1;
  return wrong;
}

TEST_CASE("busy stream: every response arrives, in order, in one call after another") {
  const Running running(WithFeatures(kMany));
  for (int round = 0; round < 2; ++round) {
    Listing listing(*running.transport);
    listing.RunUntilEnd();
    CHECK(listing.end->status.ok());
    CHECK(listing.messages.size() == kMany);
    CHECK(OutOfOrder(listing.messages) == 0);
  }
}

TEST_CASE("busy stream: two calls side by side lose nothing") {
  const Running running(WithFeatures(kMany));
  Listing one(*running.transport), two(*running.transport);
  one.RunUntilEnd();
  two.RunUntilEnd();
  CHECK(one.messages.size() == kMany);
  CHECK(two.messages == one.messages);
}

TEST_CASE("busy stream: every request arrives, in order, before the half-close") {
  const Running running;
  Client client(*running.transport, "/hello.HelloService/LotsOfGreetings", Numbered("n", ""));
  client.RunUntilEnd();
  CHECK(client.end->status.ok());
  const std::string names = fmt::format("{}", fmt::join(Numbered("n", ""), ", "));
  CHECK(client.messages == Log{Text("Hello, " + names + "!")});
}

TEST_CASE("busy stream: requests and responses go both ways at once") {
  const Running running;
  Client client(*running.transport, "/hello.HelloService/BidiHello", Numbered("n", ""));
  client.RunUntilEnd();
  CHECK(client.end->status.ok());
  Log expected;
  for (const std::string& reply : Numbered("Hello, n", "!")) expected.push_back(Text(reply));
  CHECK(client.messages == expected);
}

TEST_CASE("busy stream: cancelling ends it with CANCELLED, and the next call works") {
  const Running running(WithFeatures(1'000'000));
  Listing listing(*running.transport);
  listing.RunUntil(1000);
  listing.call->Cancel();
  listing.RunUntilEnd();
  CHECK(listing.end->status.code == kCancelled);
  Client client(*running.transport, "/hello.HelloService/SayHello", {"you"});
  client.RunUntilEnd();
  CHECK(client.messages == Log{Text("Hello, you!")});
}

TEST_CASE("busy stream: a transport can go while one is open") {
  Running running(WithFeatures(1'000'000));
  Listing listing(*running.transport);
  listing.RunUntil(1000);
  listing.call.reset();
  running.transport.reset();
  CHECK_FALSE(listing.end);
}

TEST_CASE("busy stream: a server that ends early stops the writing") {
  const Running running;
  // Much more than a stream's window and what waits before it take.
  Client client(*running.transport, "/no.Such/Method", Log(kMany, std::string(10'000, 'n')));
  client.RunUntilEnd();
  CHECK(client.end->status.code == kUnimplemented);
  CHECK(client.sent < kMany);
}

}  // namespace
}  // namespace rpcctl
