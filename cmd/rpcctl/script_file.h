// One script on its way from its file to its end: read, connected, checked, run.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cmd/rpcctl/script_caller.h"
#include "cmd/rpcctl/surroundings.h"
#include "cmd/rpcctl/test_plan.h"
#include "script/checker.h"
#include "script/judge.h"
#include "script/script_outline.h"
#include "script/script_runner.h"
#include "script/secret_mask.h"

namespace rpcctl {

// No script is longer.
constexpr uint64_t kMostScriptBytes = 64 << 20;

// The place of a mistake that is in no line.
constexpr TextPosition kNowhere{0, 0};

// What all scripts of a run have in common. Borrowed.
struct ScriptSetting {
  const TestPlan& plan;
  const Surroundings& around;
  int interrupt = -1;
  std::function<bool()> interrupted;
};

// Used by one thread at a time. Other scripts may be worked on beside it.
class ScriptFile final {
 public:
  // Borrows the setting for life.
  ScriptFile(std::string name, const ScriptSetting& setting);
  ~ScriptFile();

  // Reads the file and its outline. What is wrong is in errors(); that it cannot be read at all is kNowhere
  // in it.
  void Read();
  // Connects where the schema or "wait ready" needs it, and looks at every step. What is wrong inside is in
  // errors(); an error of the connection or of the schema's source is returned.
  Result<void> Check();
  // Tells of the selected cases that they were not run. Whatever Check came to.
  FileReport Skip(size_t file, const std::string& reason, Reporter& reporter) const;
  // Runs the selected cases. After Check, and only without errors.
  FileReport Run(size_t file, std::function<std::string()> stop_reason, Reporter& reporter);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }  // what was read
  // For --update: where it stands once links are followed. Empty without.
  const std::string& path() const { return path_; }
  const ScriptErrors& errors() const { return errors_; }
  OutlinedCases selected() const { return {text_, outline_.cases}; }
  // What hides the secrets that are known by now, in mistakes too: they show what was written or filled in.
  const SecretMask& mask() const;
  // What was to be told on standard error meanwhile.
  std::string TakeNotes();

 private:
  struct Parts;
  // What a header of the script is sent with.
  struct HeaderUse {
    bool calls = true;
    bool reflection = true;
  };

  void SetVariables();
  void WarnIfShort(const SecretSetting& secret);
  HeaderUse UseOf(const HeaderSetting& header) const;
  Result<HeaderPlan> HeadersWith(ConnectionFlags own) const;
  std::optional<ConnectionFlags> FlagsWithTarget();
  std::optional<ConnectionPlan> PlanConnection();
  bool HasWholeSchema() const;
  std::optional<ConnectionPlan> PlanWithoutTarget() const;
  std::optional<std::string> HeaderOf(const HeaderSetting& header, const ConnectionFlags& flags,
                                      bool connects);
  Result<void> CheckHeaders(const ConnectionFlags& flags, ConnectionPlan& plan) const;
  void MaskSecretsOf(const Metadata& metadata);
  Result<void> CheckSteps(ConnectionPlan plan);
  Result<void> WaitReady(const Metadata& metadata, std::optional<Duration> limit);
  bool Pause(TimePoint until) const;

  const std::string name_;
  const ScriptSetting& setting_;
  std::string text_;
  ScriptOutline outline_;  // of its cases only those that are selected
  ScriptErrors errors_;
  bool is_read_ = false;
  std::string path_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace rpcctl
