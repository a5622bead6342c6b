// Hides the secrets of a script in what is shown of its run.
#pragma once

#include <set>
#include <string>
#include <string_view>

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

  struct LongestFirst {
    bool operator()(const std::string& a, const std::string& b) const {
      return a.size() != b.size() ? a.size() > b.size() : a < b;
    }
  };
  // Each once. They are never forgotten: a server may tell at any time what it sent before, such as the token
  // of an attempt long ago, so a bound would let one be shown. Cases that capture a secret each time they are
  // tried thus take about three texts of its length an attempt.
  std::set<std::string, LongestFirst> forms_;
};

}  // namespace rpcctl
