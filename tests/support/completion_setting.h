// A half-typed line with a schema cache of its own, over servers that nobody reaches.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cmd/rpcctl/all_abilities.h"
#include "cmd/rpcctl/cache_place.h"
#include "cmd/rpcctl/completion_schema.h"
#include "cmd/rpcctl/refresh_command.h"
#include "schema/schema.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {

inline int connections_made = 0;  // TransportKind takes a plain function

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

inline std::string connected_through;  // the last one's proxy

inline std::unique_ptr<Transport> CountConnection(TransportOptions options) {
  ++connections_made;
  connected_through = options.proxy ? options.proxy->Name() : "";
  return std::make_unique<NoTransport>();
}

// A line being completed, with a cache of its own.
class CompletionSetting final {
 public:
  CompletionSetting() { connections_made = 0; }

  // As if the server had been used `age` ago.
  void Remember(const ConnectionFlags& flags, std::chrono::seconds age = std::chrono::seconds(0)) {
    Learn(flags, {.services = kServices, .absent_symbols = {"a.A", "a.B"}}, age);
  }
  // The same just now, as far as the names of services.
  void RememberServices(const ConnectionFlags& flags) {
    Learn(flags, {.services = kServices}, std::chrono::seconds(0));
  }

  // As if it had been used just now, and had one service only.
  void RememberOneService(const ConnectionFlags& flags) {
    Learn(flags, {.services = {{"a.A"}}, .absent_symbols = {"a.A"}}, std::chrono::seconds(0));
  }

  // The services that the line leads to, or the hint.
  std::string Complete(const ConnectionFlags& flags) {
    CompletionSchema line(std::chrono::steady_clock::now());
    const KnownSchema known = line.Open(flags, Around());
    std::string told = known.hint;
    if (known.schema != nullptr) {
      const Result<std::vector<std::string>> services = known.schema->ServiceNames();
      told = services ? std::to_string(services->size()) + " services" : services.error().message;
      CHECK_FALSE(known.schema->FindService("a.A"));  // none has a file
    }
    line.Finish();
    return told;
  }

  // Runs the command line that was started last, as the detached process would.
  void Refresh() { RunRefresh({started_.back().begin() + 1, started_.back().end()}); }
  void RunRefresh(const std::vector<std::string>& options) { RunRefreshCommand(options, Around()); }
  // Whether the server is left alone, since it did not answer.
  bool FailedLately(const ConnectionFlags& flags) {
    const Surroundings around = Around();
    return CacheOf(around)->FailedLately(*MakeCacheKey(flags, around), std::chrono::system_clock::now());
  }

  std::vector<std::string> Targets() { return TargetsUsedBefore(Around()); }

  // The command lines that were started.
  const std::vector<std::vector<std::string>>& started() const { return started_; }
  std::map<std::string, std::string> environment = {};

 private:
  const std::vector<std::string> kServices = {"a.A", "a.B"};

  void Learn(const ConnectionFlags& flags, const SchemaRecord& record, std::chrono::seconds age) {
    const Surroundings around = Around();
    const Result<CacheKey> key = MakeCacheKey(flags, around);
    CacheOf(around)->Learn(*key, record, SchemaCache::Extent::kWhole, std::chrono::system_clock::now() - age);
  }

  Surroundings Around() {
    Surroundings around{
        0, out_, err_, false, false, [this](const std::string& name) -> std::optional<std::string> {
          if (name == "XDG_CACHE_HOME") return folder_.Path("");
          const auto found = environment.find(name);
          return found == environment.end() ? std::nullopt : std::optional(found->second);
        }};
    around.abilities = AllAbilities();
    around.key_patience = "60s";
    around.transport = {"none", CountConnection, "none", nullptr};
    around.start_detached = [this](std::vector<std::string> words) { started_.push_back(std::move(words)); };
    return around;
  }

  const TemporaryDirectory folder_;
  StringOutput out_, err_;
  std::vector<std::vector<std::string>> started_;
};

inline constexpr std::chrono::seconds kLongAgo{1000};

inline ConnectionFlags To(const std::string& target) {
  ConnectionFlags flags;
  flags.target = target;
  flags.plaintext = true;
  return flags;
}

}  // namespace rpcctl
