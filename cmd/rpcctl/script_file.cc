#include "cmd/rpcctl/script_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <random>

#include "base/files.h"
#include "base/safe_text.h"
#include "base/text.h"
#include "cmd/rpcctl/header_plan.h"
#include "cmd/rpcctl/readiness.h"
#include "transport/waiting.h"

namespace rpcctl {
namespace {

// What --max-message-size of a step may ask for, as that of 'call'.
constexpr uint64_t kMostMessageBytes = std::numeric_limits<int32_t>::max();
constexpr Duration kDefaultCallTimeout = std::chrono::seconds(30);

constexpr size_t kShortestUnmistakable = 4;  // characters of a secret

size_t CharacterCount(std::string_view text) {
  size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(std::max<size_t>(1, Utf8CharacterLength(text)));
  return count;
}

ValueSources SourcesOf(const Surroundings& around) {
  return {around.environment, std::chrono::system_clock::now,
          [generator = std::mt19937_64(std::random_device()())]() mutable { return generator(); }};
}

}  // namespace

struct ScriptFile::Parts {
  // The time of the run is limited once, for all scripts.
  explicit Parts(const Surroundings& whole)
      : around{.standard_input = -1,
               .out = notes,
               .err = notes,
               .environment = whole.environment,
               .transport = whole.transport,
               .become = whole.become,
               .limit_time = [](TimePoint) {},
               .abilities = whole.abilities},
        variables(SourcesOf(whole)) {}

  StringOutput notes;  // what would be told on standard error
  Surroundings around;
  Variables variables;
  SecretMask mask;
  std::shared_ptr<Client> client;
  std::unique_ptr<ScriptCaller> caller;
  std::unique_ptr<MessageTable> messages;
  std::unique_ptr<StepTools> tools;
};

ScriptFile::ScriptFile(std::string name, const ScriptSetting& setting)
    : name_(std::move(name)), setting_(setting), parts_(std::make_unique<Parts>(setting.around)) {}

ScriptFile::~ScriptFile() = default;

void ScriptFile::Read() {
  Result<std::string> text = ReadRegularFile(name_, kMostScriptBytes);
  std::error_code unresolved;
  if (text && setting_.plan.update) path_ = std::filesystem::canonical(name_, unresolved);
  if (!text) return errors_.Add(kNowhere, text.error());
  if (unresolved) {
    return errors_.Add(kNowhere, Error{ErrorKind::kInput, fmt::format("cannot read '{}': {}", SafeText(name_),
                                                                      unresolved.message())});
  }
  is_read_ = true;
  text_ = std::move(*text);
  outline_ = OutlineScript(text_, setting_.around.environment, errors_);
  std::erase_if(outline_.cases, [&](SectionMark mark) {
    const CaseHead head = ReadCaseHead(text_, mark);
    return !setting_.plan.selection.Selects(head.name, head.tags);
  });
  outline_.cases.shrink_to_fit();
  SetVariables();
}

// Those of the command line win.
void ScriptFile::SetVariables() {
  Variables& variables = parts_->variables;
  for (const auto& [name, value] : setting_.plan.variables) variables.SetText(name, value);
  for (const VariableSetting& setting : outline_.settings.variables) {
    const bool is_given = std::ranges::any_of(
        setting_.plan.variables, [&](const auto& variable) { return variable.first == setting.name; });
    if (is_given) continue;
    Result<std::string> value = variables.Fill(setting.value);
    if (value) {
      variables.SetText(setting.name, std::move(*value));
    } else {
      errors_.Add(setting.value.place, Error{ErrorKind::kUsage, value.error().message});
    }
  }
  for (const SecretSetting& secret : outline_.settings.secrets) {
    variables.Conceal(secret.name, parts_->mask);
    WarnIfShort(secret);
  }
}

// A short text stands in many words that are no secret.
void ScriptFile::WarnIfShort(const SecretSetting& secret) {
  const VariableValue* value = parts_->variables.Find(secret.name);
  if (value == nullptr) return;
  const size_t length = CharacterCount(value->text);
  if (length == 0 || length >= kShortestUnmistakable) return;
  Tell(
      parts_->around.err,
      fmt::format("rpcctl: warning: {}: a secret of {} is hidden wherever they stand; reports may be hard to "
                  "read\n",
                  PlaceText(name_, secret.place), Plural(length, "character")));
}

void ScriptFile::MaskSecretsOf(const Metadata& metadata) {
  for (const MetadataEntry& entry : metadata) {
    if (IsSecret(entry)) parts_->mask.Add(entry.value);
  }
}

// A header that holds a secret of the script is one itself, whatever its name.
Result<void> ScriptFile::CheckHeaders(const ConnectionFlags& flags, ConnectionPlan& plan) const {
  for (Metadata* metadata : {&plan.metadata, &plan.reflection_metadata}) {
    for (MetadataEntry& entry : *metadata)
      entry.is_secret = entry.is_secret || parts_->mask.Finds(entry.value);
    if (Result<void> safe = CheckCredentials(flags, *metadata, plan); !safe) return safe;
  }
  return {};
}

// What the command line says of a header stands in place of what the script says: for calls, for reflection
// or for both, as its option has it.
ScriptFile::HeaderUse ScriptFile::UseOf(const HeaderSetting& header) const {
  const HeaderPlan& typed = setting_.plan.headers;
  const Result<std::string> text = parts_->variables.Fill(header.value);
  if (!text) return {};
  const Result<MetadataEntry> entry = ParseMetadata(*text);
  if (!entry) return {};
  const auto names_it = [&](const MetadataEntry& other) { return other.name == entry->name; };
  return {std::ranges::none_of(typed.call, names_it), std::ranges::none_of(typed.reflection, names_it)};
}

// The headers of the command line, and behind them those of the script: `own`, as header options say them.
Result<HeaderPlan> ScriptFile::HeadersWith(ConnectionFlags own) const {
  own.expand_environment = setting_.plan.connection.expand_environment;
  const Result<HeaderPlan> more = MakeHeaderPlan(own, parts_->around);
  if (!more) return more.error();
  HeaderPlan all = setting_.plan.headers;
  all.call.insert(all.call.end(), more->call.begin(), more->call.end());
  all.reflection.insert(all.reflection.end(), more->reflection.begin(), more->reflection.end());
  return all;
}

// The target that a script sets stands where the command line has none. Nothing where it is not known: no
// other server is asked in its place.
std::optional<ConnectionFlags> ScriptFile::FlagsWithTarget() {
  ConnectionFlags flags = setting_.plan.connection;
  if (flags.target || !outline_.settings.target) return flags;
  Result<std::string> target = parts_->variables.Fill(*outline_.settings.target);
  if (!target) {
    errors_.Add(outline_.settings.target->place, Error{ErrorKind::kUsage, target.error().message});
    return std::nullopt;
  }
  flags.target = std::move(*target);
  return flags;
}

// A header with everything filled in; none where that cannot be, or where it cannot be sent. With `connects`
// the other flags are known to be good.
std::optional<std::string> ScriptFile::HeaderOf(const HeaderSetting& header, const ConnectionFlags& flags,
                                                bool connects) {
  Result<std::string> text = parts_->variables.Fill(header.value);
  if (!text) return std::nullopt;  // what is not set is told by the check
  ConnectionFlags alone;
  alone.headers.push_back(*text);
  const Result<HeaderPlan> headers = HeadersWith(std::move(alone));
  std::optional<Error> wrong;
  if (!headers) {
    wrong = headers.error();
  } else if (connects) {
    Result<ConnectionPlan> plan =
        MakeConnectionPlan(flags, parts_->around, std::chrono::steady_clock::now(), *headers);
    const Result<void> safe = plan ? CheckHeaders(flags, *plan) : plan.error();
    if (!safe) wrong = safe.error();
  }
  if (!wrong) return std::move(*text);
  errors_.Add(header.place, std::move(*wrong));
  return std::nullopt;
}

// The target and the headers that a script sets stand beside what the command line says. Each mistake is told
// at its own place; nothing where there is no target to connect to.
std::optional<ConnectionPlan> ScriptFile::PlanConnection() {
  const auto now = std::chrono::steady_clock::now();
  const std::optional<ConnectionFlags> named = FlagsWithTarget();
  const ConnectionFlags& flags = named ? *named : setting_.plan.connection;
  const Result<ConnectionPlan> bare = MakeConnectionPlan(flags, parts_->around, now, setting_.plan.headers);
  if (!bare)
    errors_.Add(outline_.settings.target ? outline_.settings.target->place : TextPosition{}, bare.error());
  const bool connects = named && bare;
  ConnectionFlags own;  // the header options that say what the script does
  for (const HeaderSetting& header : outline_.settings.headers) {
    const HeaderUse use = UseOf(header);
    if (!use.calls && !use.reflection) continue;
    const std::optional<std::string> text = HeaderOf(header, flags, connects);
    if (text && use.calls) own.call_headers.push_back(*text);
    if (text && use.reflection) own.reflection_headers.push_back(*text);
  }
  if (!connects) return std::nullopt;
  const Result<HeaderPlan> headers = HeadersWith(std::move(own));
  Result<ConnectionPlan> plan =
      headers ? MakeConnectionPlan(flags, parts_->around, now, *headers) : headers.error();
  if (!plan) {
    errors_.Add(outline_.settings.headers.empty() ? TextPosition{} : outline_.settings.headers.front().place,
                plan.error());
    return std::nullopt;
  }
  plan->deadline = setting_.plan.deadline;
  if (Result<void> safe = CheckHeaders(flags, *plan); !safe) {
    errors_.Add(outline_.settings.headers.empty() ? TextPosition{} : outline_.settings.headers.front().place,
                safe.error());
    return std::nullopt;
  }
  return std::move(*plan);
}

// Whether files alone have the schema, so that a check asks no server.
bool ScriptFile::HasWholeSchema() const {
  const ConnectionFlags& flags = setting_.plan.connection;
  return !flags.reflection && !(flags.protos.empty() && flags.protosets.empty());
}

// For a check that goes on though there is no target to connect to. Nothing where it would have to ask one.
std::optional<ConnectionPlan> ScriptFile::PlanWithoutTarget() const {
  if (!HasWholeSchema()) return std::nullopt;
  ConnectionFlags flags = setting_.plan.connection;
  flags.target = kDefaultTarget;  // which nothing is sent to
  Result<ConnectionPlan> plan =
      MakeConnectionPlan(flags, parts_->around, std::chrono::steady_clock::now(), setting_.plan.headers);
  return plan ? std::optional(std::move(*plan)) : std::nullopt;
}

// Nothing is waited for without a limit, or for a script that has mistakes.
Result<void> ScriptFile::WaitReady(const Metadata& metadata, std::optional<Duration> limit) {
  if (!limit || !errors_.empty()) return {};
  const TimePoint until = std::min(After(std::chrono::steady_clock::now(), *limit), setting_.plan.deadline);
  return AwaitReady(*parts_->client->transport, metadata, until, setting_.interrupt,
                    [this](TimePoint next) { return Pause(next); });
}

bool ScriptFile::Pause(TimePoint until) const {
  pollfd interrupt{setting_.interrupt, POLLIN, 0};
  WaitForAny({&interrupt, setting_.interrupt < 0 ? size_t{0} : size_t{1}}, until);
  return !setting_.interrupted();
}

Result<void> ScriptFile::Check() {
  if (!is_read_) return {};
  std::optional<ConnectionPlan> plan = PlanConnection();
  if (!plan) plan = PlanWithoutTarget();
  std::erase_if(outline_.settings.headers,
                [this](const HeaderSetting& header) { return !UseOf(header).calls; });
  if (!plan) return {};
  Result<std::shared_ptr<Client>> client =
      MakeClient(*plan, parts_->around, kMostMessageBytes, setting_.interrupt);
  if (!client) return client.error();
  parts_->client = *client;
  const bool calls = setting_.plan.mode == TestPlan::Mode::kRun;
  const std::optional<Duration> wait = calls ? outline_.settings.wait_ready : std::nullopt;
  const Metadata metadata = plan->metadata;
  // Where no server is asked, no mistake waits for it.
  if (HasWholeSchema()) {
    const Result<void> checked = CheckSteps(std::move(*plan));
    return checked ? WaitReady(metadata, wait) : checked;
  }
  const Result<void> ready = WaitReady(metadata, wait);
  return ready ? CheckSteps(std::move(*plan)) : ready;
}

Result<void> ScriptFile::CheckSteps(ConnectionPlan plan) {
  const KnownTypes known = TypesOf(*parts_->client->schema);
  // The headers of the script are filled in anew for each call.
  plan.metadata = setting_.plan.headers.call;
  MaskSecretsOf(plan.metadata);
  MaskSecretsOf(plan.reflection_metadata);
  parts_->caller = std::make_unique<ScriptCaller>(ScriptConnection{
      std::move(plan), setting_.plan.connection, *parts_->client, known, setting_.interrupt, &parts_->mask});
  parts_->tools = std::make_unique<StepTools>(
      StepTools{*parts_->client->schema, *parts_->caller, known, parts_->variables, &parts_->mask});
  ScriptErrors found;
  CheckScript(text_, outline_, *parts_->tools, found);
  // That nobody can be asked is no mistake in the script, and told once, where there are no mistakes.
  if (found.failure()) {
    for (const ScriptError& error : found.list()) {
      if (error.error.kind == ErrorKind::kUsage || error.error.kind == ErrorKind::kInput)
        errors_.Add(error.place, error.error);
    }
    errors_.Sort();
    return *found.failure();
  }
  errors_.Add(found);
  errors_.Sort();
  parts_->messages = std::make_unique<MessageTable>(known);
  return {};
}

FileReport ScriptFile::Skip(size_t file, const std::string& reason, Reporter& reporter) const {
  return SkipScript(selected(), {file, name_, reason}, reporter);
}

FileReport ScriptFile::Run(size_t file, std::function<std::string()> stop_reason, Reporter& reporter) {
  const Settings& settings = outline_.settings;
  const TimePoint begun = std::chrono::steady_clock::now();
  const TimePoint own = settings.total_timeout ? After(begun, *settings.total_timeout) : TimePoint::max();
  const Duration timeout = setting_.plan.timeout.value_or(settings.timeout.value_or(kDefaultCallTimeout));
  CaseTools tools{*parts_->caller,
                  *parts_->messages,
                  parts_->variables,
                  parts_->mask,
                  settings.headers,
                  timeout,
                  timeout == kDefaultCallTimeout ? std::nullopt : std::optional(timeout),
                  std::min(own, setting_.plan.deadline),
                  [this](TimePoint until) { return Pause(until); },
                  setting_.interrupted};
  return RunScript(selected(), *parts_->tools, {file, name_, std::move(tools), std::move(stop_reason)},
                   reporter);
}

const SecretMask& ScriptFile::mask() const {
  return parts_->mask;
}

std::string ScriptFile::TakeNotes() {
  return parts_->notes.text();
}

}  // namespace rpcctl
