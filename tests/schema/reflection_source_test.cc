#include "schema/reflection_source.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.pb.h>
#include <grpc/reflection/v1/reflection.pb.h>

#include <deque>
#include <functional>

#include "tests/support/fake_transport.h"

namespace rpcctl {
namespace {

using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

constexpr const char* kV1 = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
constexpr const char* kV1Alpha = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

// A server that answers each question by a function; an answer with a status ends the stream instead.
class ScriptedServer final : public Transport {
 public:
  struct Answer {
    std::optional<ServerReflectionResponse> response;
    RpcStatus end;
    bool ends_after = false;  // the stream ends with OK once the response is out
  };
  using Answerer = std::function<Answer(const std::string& path, const ServerReflectionRequest&)>;

  explicit ScriptedServer(Answerer answerer) : answerer_(std::move(answerer)) {}

  std::unique_ptr<Call> Open(CallStart start, CallEvents& events) override {
    opened.push_back(start.path);
    metadata = start.metadata;
    max_message_size = start.max_message_size;
    path_ = start.path;
    events_ = &events;
    turns_.clear();
    turns_.push_back([this] { events_->OnWritable(); });
    return std::make_unique<Handle>(*this, events);
  }
  void Watch(int descriptor, std::function<void()>) override { watched.push_back(descriptor); }
  void Unwatch(int) override {}
  bool Dispatch(TimePoint) override {
    if (turns_.empty()) throw std::logic_error("a wait for an event that never comes");
    const std::function<void()> turn = std::move(turns_.front());
    turns_.pop_front();
    turn();
    return true;
  }

  std::vector<std::string> opened;
  std::vector<int> watched;
  int questions = 0;
  int half_closed = 0;
  Metadata metadata;
  uint64_t max_message_size = 0;

 private:
  class Handle final : public Call {
   public:
    Handle(ScriptedServer& server, CallEvents& events) : server_(server), events_(events) {}
    void Write(std::string_view message, Next) override { server_.Reply(message, events_); }
    void HalfClose() override { ++server_.half_closed; }
    void Cancel() override {}

   private:
    ScriptedServer& server_;
    CallEvents& events_;
  };

  void Reply(std::string_view message, CallEvents& events) {
    ++questions;
    ServerReflectionRequest request;
    REQUIRE(request.ParseFromArray(message.data(), static_cast<int>(message.size())));
    const Answer answer = answerer_(path_, request);
    if (answer.response) {
      const std::string bytes = answer.response->SerializeAsString();
      turns_.push_back([&events, bytes] { events.OnMessage(bytes); });
      turns_.push_back([&events] { events.OnWritable(); });
    }
    if (!answer.response || answer.ends_after) {
      turns_.push_back([&events, end = answer.end] { events.OnEnd({std::nullopt, end, {}}); });
    }
  }

  Answerer answerer_;
  std::string path_;
  CallEvents* events_ = nullptr;
  std::deque<std::function<void()>> turns_;
};

ScriptedServer::Answer Services(std::initializer_list<const char*> names) {
  ServerReflectionResponse response;
  for (const char* name : names) response.mutable_list_services_response()->add_service()->set_name(name);
  return {response, {}};
}

ScriptedServer::Answer File(const std::string& name) {
  google::protobuf::FileDescriptorProto file;
  file.set_name(name);
  file.set_package("p");
  ServerReflectionResponse response;
  response.mutable_file_descriptor_response()->add_file_descriptor_proto(file.SerializeAsString());
  return {response, {}};
}

ScriptedServer::Answer ErrorAnswer(int code) {
  ServerReflectionResponse response;
  response.mutable_error_response()->set_error_code(code);
  response.mutable_error_response()->set_error_message("no");
  return {response, {}};
}

ScriptedServer::Answer End(int code) {
  return {std::nullopt, {code, "the server says why", ""}};
}

std::unique_ptr<SchemaSource> SourceOn(ScriptedServer& server, Metadata metadata = {}) {
  return MakeReflectionSource(server, {"localhost:1", std::move(metadata), TimePoint::max()});
}

TEST_CASE("reflection: v1 is asked first, with the metadata of the call and a limit of its own") {
  ScriptedServer server([](const auto&, const auto&) { return Services({"p.S"}); });
  const auto source = SourceOn(server, {{"x-team", "a"}});
  CHECK(*source->ServiceNames() == std::vector<std::string>{"p.S"});
  CHECK(server.opened == std::vector<std::string>{kV1});
  CHECK(server.metadata == Metadata{{"x-team", "a"}});
  CHECK(server.max_message_size == 32u << 20);
  CHECK(source->Name() == "the server at localhost:1");
}

TEST_CASE("reflection: a server that answers v1 with UNIMPLEMENTED is asked v1alpha, now and later") {
  ScriptedServer server([](const std::string& path, const auto& request) {
    if (path == kV1) return End(kUnimplemented);
    return request.has_list_services() ? Services({"p.S"}) : File("a.proto");
  });
  const auto source = SourceOn(server);
  CHECK(source->ServiceNames());
  source->Close();
  CHECK(source->FilesWithSymbol("p.S")->front().name == "a.proto");
  CHECK(server.opened == std::vector<std::string>{kV1, kV1Alpha, kV1Alpha});
}

TEST_CASE("reflection: a server that serves neither is told with a hint to --proto") {
  ScriptedServer server([](const auto&, const auto&) { return End(kUnimplemented); });
  const auto source = SourceOn(server);
  const auto names = source->ServiceNames();
  REQUIRE_FALSE(names);
  CHECK(names.error().kind == ErrorKind::kSchema);
  CHECK(names.error().message == "the server at localhost:1 does not serve reflection");
  CHECK(names.error().hint == "give the schema with --proto FILE");
}

TEST_CASE("reflection: all questions go over one stream, which Close half-closes") {
  ScriptedServer server([](const auto&, const auto& request) {
    return request.has_list_services() ? Services({"p.S"}) : File("a.proto");
  });
  const auto source = SourceOn(server);
  CHECK(source->ServiceNames());
  CHECK(source->FilesWithSymbol("p.S"));
  CHECK(source->FilesNamed("a.proto"));
  CHECK(server.opened.size() == 1);
  source->Close();
  CHECK(server.half_closed == 1);
}

TEST_CASE("reflection: after Close the first connection serves on where no other can be had") {
  ScriptedServer server([](const auto&, const auto&) { return File("a.proto"); });
  const auto source = SourceOn(server);
  CHECK(source->FilesNamed("a.proto"));
  source->Close();
  CHECK(source->FilesNamed("a.proto"));
  CHECK(server.opened == std::vector<std::string>{kV1, kV1});
}

// Counts the connections that were made by hand of its Answerer.
struct LaterConnections {
  std::unique_ptr<Transport> operator()() {
    ++made;
    auto server = std::make_unique<ScriptedServer>(answerer);
    last = server.get();
    return server;
  }
  ScriptedServer::Answerer answerer = [](const auto&, const auto&) { return File("late.proto"); };
  int made = 0;
  ScriptedServer* last = nullptr;
};

TEST_CASE("reflection: after Close it asks over one other connection, made when it is needed") {
  ScriptedServer first([](const auto&, const auto&) { return File("a.proto"); });
  LaterConnections later;
  ReflectionOptions options{"localhost:1", {{"x-team", "a"}}};
  options.connect_again = std::ref(later);
  const auto source = MakeReflectionSource(first, options);
  CHECK(source->FilesNamed("a.proto")->front().name == "a.proto");
  source->Close();
  CHECK(later.made == 0);
  for (int i = 0; i < 3; ++i) {
    CHECK(source->FilesWithSymbol("p.Late")->front().name == "late.proto");
    source->Close();
  }
  CHECK(later.made == 1);
  CHECK(first.opened.size() == 1);
  CHECK(later.last->opened == std::vector<std::string>{kV1, kV1, kV1});
  CHECK(later.last->metadata == Metadata{{"x-team", "a"}});
  CHECK(later.last->half_closed == 3);
}

TEST_CASE("reflection: the version that the first connection spoke is that of the later one") {
  ScriptedServer first([](const std::string& path, const auto&) {
    return path == kV1 ? End(kUnimplemented) : File("a.proto");
  });
  LaterConnections later;
  ReflectionOptions options{"localhost:1", {}};
  options.connect_again = std::ref(later);
  const auto source = MakeReflectionSource(first, options);
  CHECK(source->FilesNamed("a.proto"));
  source->Close();
  CHECK(source->FilesNamed("late.proto"));
  CHECK(later.last->opened == std::vector<std::string>{kV1Alpha});
}

TEST_CASE("reflection: an interrupt ends the wait on a later connection, and only there") {
  constexpr int kDescriptor = 1234;  // looked at by nobody but the fakes
  testing::FakeTransport* later = nullptr;
  ScriptedServer first([](const auto&, const auto&) { return File("a.proto"); });
  ReflectionOptions options{"localhost:1", {}};
  options.interrupt_descriptor = kDescriptor;
  options.connect_again = [&later]() -> std::unique_ptr<Transport> {
    auto made = std::make_unique<testing::FakeTransport>();
    later = made.get();
    made->Writable().Readable(kDescriptor);
    return made;
  };
  const auto source = MakeReflectionSource(first, options);
  CHECK(source->FilesNamed("a.proto"));
  CHECK(first.watched == std::vector<int>{});
  source->Close();
  const auto files = source->FilesNamed("late.proto");
  REQUIRE_FALSE(files);
  CHECK(files.error().message == "reflection of localhost:1: interrupted");
  CHECK_FALSE(later->IsWatching(kDescriptor));
}

TEST_CASE("reflection: NOT_FOUND is an empty answer, whether the answer or the stream says so") {
  for (const auto& missing : {ErrorAnswer(kNotFound), End(kNotFound)}) {
    ScriptedServer server([&](const auto&, const auto&) { return missing; });
    const auto source = SourceOn(server);
    const auto files = source->FilesWithSymbol("p.Missing");
    REQUIRE(files);
    CHECK(files->empty());
  }
}

TEST_CASE("reflection: a stream that ends after each answer is opened again for the next question") {
  ScriptedServer server([](const auto&, const auto&) {
    ScriptedServer::Answer answer = File("a.proto");
    answer.ends_after = true;
    return answer;
  });
  const auto source = SourceOn(server);
  CHECK(source->FilesNamed("a.proto")->size() == 1);
  CHECK(source->FilesNamed("a.proto")->size() == 1);
  CHECK(server.opened.size() == 2);
}

TEST_CASE("reflection: a stream that ends without any answer is an error, not a loop") {
  ScriptedServer server([](const auto&, const auto&) { return End(kOk); });
  const auto source = SourceOn(server);
  const auto names = source->ServiceNames();
  REQUIRE_FALSE(names);
  CHECK(names.error().message == "reflection of localhost:1: the stream ended without an answer");
  CHECK(server.questions == 1);
}

TEST_CASE("reflection: a server that refuses keeps its status, and is not asked again") {
  ScriptedServer server([](const auto&, const auto&) { return End(kUnauthenticated); });
  const auto source = SourceOn(server);
  const auto names = source->ServiceNames();
  REQUIRE_FALSE(names);
  CHECK(names.error().kind == ErrorKind::kStatus);
  CHECK(names.error().status == kUnauthenticated);
  CHECK(names.error().message ==
        "reflection of localhost:1 failed: UNAUTHENTICATED (16): the server says why");
  CHECK(names.error().hint.find("-H") != std::string::npos);
  CHECK_FALSE(source->FilesNamed("a.proto"));
  CHECK(server.questions == 1);
}

TEST_CASE("reflection: an answer that is no answer is an error") {
  ScriptedServer server([](const auto&, const auto&) { return File("a.proto"); });
  const auto source = SourceOn(server);
  CHECK(source->ServiceNames().error().message == "reflection of localhost:1: the services are not listed");
}

TEST_CASE("reflection: a file that is no descriptor is an error") {
  ScriptedServer server([](const auto&, const auto&) {
    ServerReflectionResponse response;
    response.mutable_file_descriptor_response()->add_file_descriptor_proto("\xff\xff\xff");
    return ScriptedServer::Answer{response, {}};
  });
  const auto source = SourceOn(server);
  CHECK(source->FilesNamed("a.proto").error().message ==
        "reflection of localhost:1: a file descriptor does not parse");
}

}  // namespace
}  // namespace rpcctl
