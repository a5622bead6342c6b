#include "cmd/rpcctl/commands.h"
#include "cmd/rpcctl/completion_scripts.h"
#include "cmd/rpcctl/option_choice.h"

namespace rpcctl {

Result<Ending> RunCompletionCommand(const Flags& flags, Surroundings& around) {
  const std::pair<std::string_view, std::string_view> scripts[] = {
      {"bash", kBashCompletion}, {"zsh", kZshCompletion}, {"fish", kFishCompletion}};
  const Result<std::string_view> script =
      Choose<std::string_view>("completion", flags.completion.shell, scripts);
  if (!script) return script.error();
  if (Result<void> written = around.out.Write(*script); !written) return written.error();
  return Ending{};
}

}  // namespace rpcctl
