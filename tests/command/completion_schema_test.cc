#include "cmd/rpcctl/completion_schema.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <map>

#include "cmd/rpcctl/cache_place.h"
#include "schema/schema.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

int connections_made = 0;  // TransportKind takes a plain function

// A server that cannot be reached; that somebody tried is counted.
class NoTransport final : public Transport {
 public:
  std::unique_ptr<Call> Open(CallStart, CallEvents& events) override {
    events_ = &events;
    return std::make_unique<NoCall>();
  }
  void Watch(int, std::function<void()>) override {}
  void Unwatch(int) override {}
  bool Dispatch(TimePoint) override {
    CallEnd end;
    end.not_reached = Error{ErrorKind::kConnect, "nobody there"};
    events_->OnEnd(end);
    return true;
  }

 private:
  class NoCall final : public Call {
   public:
    void Write(std::string_view, Next) override {}
    void HalfClose() override {}
    void Cancel() override {}
  };
  CallEvents* events_ = nullptr;
};

std::unique_ptr<Transport> CountConnection(TransportOptions) {
  ++connections_made;
  return std::make_unique<NoTransport>();
}

// A line being completed, with a cache of its own.
class Setting final {
 public:
  Setting() { connections_made = 0; }

  // As if the server had been used `age` ago.
  void Remember(const ConnectionFlags& flags, std::chrono::seconds age = std::chrono::seconds(0)) {
    const Surroundings around = Around();
    const Result<CacheKey> key = MakeCacheKey(flags, around);
    SchemaRecord record;
    record.services = {"a.A", "a.B"};
    record.absent_symbols = {"a.A", "a.B"};
    CacheOf(around)->Learn(*key, record, SchemaCache::Extent::kWhole, std::chrono::system_clock::now() - age);
  }

  // The services that the line leads to, or the hint.
  std::string Complete(const ConnectionFlags& flags) {
    CompletionSchema line(std::chrono::steady_clock::now());
    const KnownSchema known = line.Open(flags, Around());
    std::string told = known.hint;
    if (known.schema != nullptr) {
      const Result<std::vector<std::string>> services = known.schema->ServiceNames();
      told = services ? std::to_string(services->size()) + " services" : services.error().message;
    }
    line.Finish();
    return told;
  }

  std::vector<std::string> Targets() { return TargetsUsedBefore(Around()); }

  // The command lines that were started.
  const std::vector<std::vector<std::string>>& started() const { return started_; }
  std::map<std::string, std::string> environment = {};

 private:
  Surroundings Around() {
    Surroundings around{
        0, out_, err_, false, false, [this](const std::string& name) -> std::optional<std::string> {
          if (name == "XDG_CACHE_HOME") return folder_.Path("");
          const auto found = environment.find(name);
          return found == environment.end() ? std::nullopt : std::optional(found->second);
        }};
    around.transport = {"none", CountConnection, "none", nullptr};
    around.start_detached = [this](std::vector<std::string> words) { started_.push_back(std::move(words)); };
    return around;
  }

  const TemporaryDirectory folder_;
  StringOutput out_, err_;
  std::vector<std::vector<std::string>> started_;
};

constexpr std::chrono::seconds kLongAgo{1000};

ConnectionFlags To(const std::string& target) {
  ConnectionFlags flags;
  flags.target = target;
  flags.plaintext = true;
  return flags;
}

TEST_CASE("completion schema: a fresh entry needs no connection") {
  Setting setting;
  setting.Remember(To("server.test:1"));
  CHECK(setting.Complete(To("server.test:1")) == "2 services");
  CHECK(connections_made == 0);
  CHECK(setting.started().empty());
}

TEST_CASE("completion schema: a server that is not on loopback is asked only when it was used before") {
  Setting setting;
  CHECK(setting.Complete(To("server.test:1")) == "server.test:1 is not asked: it has not been used before");
  CHECK(connections_made == 0);
  ConnectionFlags other = To("server.test:1");
  other.authority = "other.test";
  setting.Remember(other);
  CHECK(setting.Complete(To("server.test:1")) == "nobody there");
  CHECK(connections_made == 1);
}

TEST_CASE("completion schema: one on loopback is asked, and not again at once when it does not answer") {
  Setting setting;
  CHECK(setting.Complete(To("localhost:1")) == "nobody there");
  CHECK(setting.Complete(To("localhost:1")) == "localhost:1 had no answer just now");
  CHECK(connections_made == 1);
}

TEST_CASE("completion schema: a stale entry is answered from, and refreshed by another process") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.authority = "-x";
  flags.proxy = "none";
  setting.Remember(flags, kLongAgo);
  CHECK(setting.Complete(flags) == "2 services");
  CHECK(connections_made == 0);
  REQUIRE(setting.started().size() == 1);
  CHECK(setting.started()[0] == std::vector<std::string>{"__refresh", "--target=server.test:1",
                                                         "--authority=-x", "--proxy=none", "--plaintext"});
}

TEST_CASE("completion schema: TLS options go on to who refreshes") {
  Setting setting;
  ConnectionFlags flags;
  flags.target = "localhost:1";
  flags.tls = true;
  flags.server_name = "other.test";
  flags.ca_file = "/ca.pem";
  setting.Remember(flags, kLongAgo);
  CHECK(setting.Complete(flags) == "2 services");
  REQUIRE(setting.started().size() == 1);
  CHECK(setting.started()[0] == std::vector<std::string>{"__refresh", "--target=localhost:1",
                                                         "--cacert=/ca.pem", "--server-name=other.test",
                                                         "--tls"});
}

TEST_CASE("completion schema: what was heard with credentials is answered from, and asked without them") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.headers = {"authorization: canary"};
  setting.Remember(flags, kLongAgo);
  CHECK(setting.Complete(flags) == "2 services");
  REQUIRE(setting.started().size() == 1);
  CHECK(setting.started()[0] ==
        std::vector<std::string>{"__refresh", "--target=server.test:1", "--plaintext"});
  CHECK(setting.Complete(To("server.test:1")) == "nobody there");
}

TEST_CASE("completion schema: a proxy that wants a password is not used") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.proxy = "http://user:canary@proxy.test:3128";
  CHECK(setting.Complete(flags) == "a proxy that wants a password is not asked");
  setting.Remember(flags, kLongAgo);
  CHECK(setting.Complete(flags) == "2 services");
  CHECK(connections_made == 0);
  CHECK(setting.started().empty());
}

TEST_CASE("completion schema: files that the line names do without a server") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.protos = {"/nonexistent/x.proto"};
  CHECK(setting.Complete(flags).find("/nonexistent/x.proto") != std::string::npos);
  CHECK(connections_made == 0);
}

TEST_CASE("completion schema: a target that is none is told") {
  Setting setting;
  CHECK(setting.Complete(To("host:99999")).find("99999") != std::string::npos);
}

TEST_CASE("completion schema: targets are the environment's, those remembered, and the default, each once") {
  Setting setting;
  setting.environment["RPCCTL_TARGET"] = "mine:1";
  setting.Remember(To("old.test:1"), kLongAgo);
  setting.Remember(To("new.test:1"));
  setting.Remember(To("mine:1"));
  CHECK(setting.Targets() ==
        std::vector<std::string>{"mine:1", "new.test:1", "old.test:1", "localhost:50051"});
}

}  // namespace
}  // namespace rpcctl
