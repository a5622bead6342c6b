// The commands and their options for completion, made from the same list as the option tree.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/rpcctl/command_options.h"
#include "completion/completion.h"
#include "completion/option_table.h"

namespace rpcctl {

// Makes the rows of a command when they are asked for, without the option parser, whose tree takes longer to
// build than all else that completion does. tests/command compares the two.
class CollectedOptions final {
 public:
  CollectedOptions();
  ~CollectedOptions();

  // Borrows this.
  const OptionTable& table() const { return table_; }
  // What the options that stand on a line mean: those before the word being typed.
  ConnectionFlags FlagsOf(const GivenLine& line);

 private:
  struct Row;
  Row& RowOf(std::string_view command);

  std::map<std::string, std::unique_ptr<Row>, std::less<>> rows_;
  OptionTable table_;
};

}  // namespace rpcctl
