// Hides the secrets of a script in what is shown of its run.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

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

  // Each once, byte by byte. They are never forgotten: a server may tell at any time what it sent before,
  // such as the token of an attempt long ago, so a bound would let one be shown. Cases that capture a secret
  // each time they are tried thus take about three texts of its length an attempt.
  std::set<std::string, std::less<>> forms_;
  // By the bytes that a form has, longest first, what those forms hash to: a text is searched once for all
  // forms of a size, and not for each.
  std::map<size_t, std::unordered_set<uint64_t>, std::greater<>> hashes_;
};

}  // namespace rpcctl
