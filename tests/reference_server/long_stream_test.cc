#include <doctest/doctest.h>

#include <iterator>
#include <thread>

#include "hello.grpc.pb.h"
#include "reference_server/features.h"
#include "route_guide.grpc.pb.h"
#include "tests/support/reference_server.h"

namespace rpcctl::reference {
namespace {

// All that made-up features can be.
routeguide::Rectangle Everywhere() {
  routeguide::Rectangle rectangle;
  rectangle.mutable_lo()->set_latitude(400'000'000);
  rectangle.mutable_lo()->set_longitude(-750'000'000);
  rectangle.mutable_hi()->set_latitude(420'000'000);
  rectangle.mutable_hi()->set_longitude(-730'000'000);
  return rectangle;
}

TEST_CASE("long stream: a million features arrive, all of them and in order") {
  const Running running = Run({.made_up_features = 1'000'000});
  Call call;
  auto stream = routeguide::RouteGuide::NewStub(running.channel)->ListFeatures(&call, Everywhere());
  routeguide::Feature feature;
  int64_t count = 0;
  int64_t out_of_order = 0;
  while (stream->Read(&feature))
    if (feature.name() != "Place " + std::to_string(++count)) ++out_of_order;
  CHECK(stream->Finish().ok());
  CHECK(count == 1'000'000);
  CHECK(out_of_order == 0);
}

TEST_CASE("long stream: a reader that stops now and then loses nothing") {
  const Running running = Run({.made_up_features = 100'000});
  Call call;
  auto stream = routeguide::RouteGuide::NewStub(running.channel)->ListFeatures(&call, Everywhere());
  routeguide::Feature feature;
  int64_t count = 0;
  for (; stream->Read(&feature); ++count) {
    if (count % 20'000 != 0) continue;
    // Meanwhile the stream fills all buffers between server and client.
    Call other;
    hello::HelloResponse response;
    REQUIRE(hello::HelloService::NewStub(running.channel)->SayHello(&other, {}, &response).ok());
  }
  CHECK(count == 100'000);
}

TEST_CASE("long stream: a hundred thousand greetings are answered one by one") {
  const Running running = Run();
  Call call;
  auto stream = hello::HelloService::NewStub(running.channel)->BidiHello(&call);
  int64_t count = 0;
  std::thread reader([&] { count = std::ssize(ReadAll<hello::HelloResponse>(*stream)); });
  for (int number = 0; number < 100'000; ++number) stream->Write({});
  stream->WritesDone();
  reader.join();
  CHECK(stream->Finish().ok());
  CHECK(count == 100'000);
}

TEST_CASE("long stream: a search through many features ends when its call is cancelled") {
  const Running running = Run({.made_up_features = kMostMadeUpFeatures});
  grpc::ClientContext call;
  call.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(50));
  auto stream = routeguide::RouteGuide::NewStub(running.channel)->ListFeatures(&call, {});
  CHECK(stream->Finish().error_code() == grpc::StatusCode::DEADLINE_EXCEEDED);
  running.server->Stop();
}

}  // namespace
}  // namespace rpcctl::reference
