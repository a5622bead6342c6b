#include "cmd/rpcctl/quiet_server.h"

namespace rpcctl {
namespace {

ConnectionFlags InSilence(ConnectionFlags flags, std::string_view patience) {
  flags.timeout = flags.connect_timeout = std::string(patience);
  flags.verbosity = 0;
  flags.colour = "never";
  flags.status = "text";
  flags.keepalive.reset();
  flags.protos.clear();
  flags.protosets.clear();
  return flags;
}

}  // namespace

ConnectionFlags WithoutCredentials(ConnectionFlags flags) {
  flags.headers.clear();
  flags.header_files.clear();
  flags.call_headers.clear();
  flags.reflection_headers.clear();
  flags.expand_environment = false;
  // Whoever names a certificate wants TLS, also where it is not the rule.
  flags.tls = flags.tls || flags.cert_file || flags.key_file;
  flags.cert_file.reset();
  flags.key_file.reset();
  return flags;
}

class QuietServer::LazySource final : public SchemaSource {
 public:
  using Files = Result<std::vector<SchemaFile>>;

  explicit LazySource(QuietServer& server) : server_(server) {}

  std::string Name() const override { return "the server"; }

  Result<std::vector<std::string>> ServiceNames() override {
    return Noted([](SchemaSource& source) { return source.ServiceNames(); });
  }
  Files FilesWithSymbol(std::string_view symbol) override {
    return Noted([&](SchemaSource& source) { return source.FilesWithSymbol(symbol); });
  }
  Files FilesNamed(std::string_view name) override {
    return Noted([&](SchemaSource& source) { return source.FilesNamed(name); });
  }
  Files FilesExtending(std::string_view type, std::optional<int> number) override {
    return Noted([&](SchemaSource& source) { return source.FilesExtending(type, number); });
  }
  Files AllFiles() override { return std::vector<SchemaFile>(); }
  void Close() override {
    if (server_.server_) server_.server_->source->Close();
  }

 private:
  // The answer to `ask`; its error is the last that is asked for.
  template <typename Ask>
  auto Noted(const Ask& ask) -> decltype(ask(std::declval<SchemaSource&>())) {
    if (server_.failure_) return *server_.failure_;
    const Result<SchemaSource*> source = server_.Reach();
    if (!source) return source.error();
    auto answer = ask(**source);
    if (!answer) server_.failure_ = answer.error();
    return answer;
  }

  QuietServer& server_;
};

QuietServer::QuietServer(ConnectionFlags flags, const Surroundings& around, std::string_view patience,
                         TimePoint began)
    : flags_(InSilence(WithoutCredentials(std::move(flags)), patience)),
      began_(began),
      around_{-1, out_, err_, false, false, around.environment, around.transport} {
  around_.abilities = around.abilities;
}

QuietServer::~QuietServer() = default;

std::unique_ptr<SchemaSource> QuietServer::Source() {
  return std::make_unique<LazySource>(*this);
}

const SchemaRecord& QuietServer::heard() const {
  return server_ ? *server_->client->heard : nothing_;
}

Result<void> QuietServer::Prepare() {
  if (!plan_) {
    plan_ = std::make_unique<const Result<ConnectionPlan>>(MakeConnectionPlan(flags_, around_, began_));
  }
  if (!*plan_) return plan_->error();
  const std::optional<Proxy>& proxy = (*plan_)->route.proxy;
  if (proxy && proxy->credentials) return Error{ErrorKind::kUsage, std::string(kProxyWantsPassword), ""};
  return {};
}

Result<SchemaSource*> QuietServer::Reach() {
  if (Result<void> prepared = Prepare(); !prepared) return prepared.error();
  if (!server_) server_ = MakeServerSource(**plan_, around_);
  return server_->source.get();
}

}  // namespace rpcctl
