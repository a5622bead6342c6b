// Hides the words of a command line from the option parser, which would interpret some of them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rpcctl {

// CLI11 splits "[a,b]", swallows "++" and stops at "--". So that a request item arrives as it was typed,
// every word that is neither an option's name nor the command goes through the parser as a token, "@0",
// "@1"..., and is restored afterwards.
class OpaqueWords final {
 public:
  // Says whether an option, named "--target" or "-t", takes a value.
  using TakesValue = std::function<bool(std::string_view option)>;

  // `words` as the parser is to see them: the command first, wherever it stood; "--name=value" and "-nvalue"
  // split in two; what follows "--" as tokens only.
  std::vector<std::string> Hide(std::span<const std::string> words, const TakesValue& takes_value);
  // Restores a token in place; anything else stays as it is.
  void Show(std::string& word) const;

 private:
  std::string TokenFor(std::string word);
  void HideOption(const std::string& word, const TakesValue& takes_value, std::vector<std::string>& seen,
                  bool& wants_value);

  std::vector<std::string> hidden_;
};

}  // namespace rpcctl
