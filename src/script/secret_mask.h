// Hides the secrets of a script in what is shown of its run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rpcctl {

class SecretMask final {
 public:
  // From now on `value` is shown as "***", also as it stands in JSON, in a shell's quotes or made safe to
  // show; of "Bearer x" that is "x" too, as long as it has four bytes. An empty one hides nothing.
  void Add(std::string_view value);
  // A secret whose end was cut off by "..." is hidden as well.
  void Hide(std::string& text) const;
  // Whether a secret stands in `text`.
  bool Finds(std::string_view text) const;
  std::string Hidden(std::string text) const {
    Hide(text);
    return text;
  }

 private:
  void AddForms(std::string_view value);
  void HideCut(std::string& text) const;

  std::vector<std::string> forms_;  // longest first, each once
};

}  // namespace rpcctl
