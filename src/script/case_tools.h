// What the cases of one script are run with.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "script/caller.h"
#include "script/message_table.h"
#include "script/script.h"
#include "script/secret_mask.h"
#include "script/variables.h"

namespace rpcctl {

// All but the last two is borrowed for life.
struct CaseTools {
  Caller& caller;
  MessageTable& messages;
  Variables& variables;
  SecretMask& mask;
  const std::vector<HeaderSetting>& headers;
  Duration timeout{};                     // of a call that names none
  std::optional<Duration> set_timeout;    // the same, where it is not the default
  TimePoint deadline = TimePoint::max();  // of the whole script
  // Waits; false when the run was interrupted meanwhile.
  std::function<bool(TimePoint until)> pause;
  std::function<bool()> interrupted;
};

}  // namespace rpcctl
