#include "script/secret_mask.h"

#include <algorithm>

#include "base/base64.h"
#include "base/safe_text.h"
#include "base/shell_word.h"
#include "message/json_string.h"

namespace rpcctl {
namespace {

constexpr std::string_view kMask = "***";

std::string WithoutQuotes(std::string text, char quote) {
  const bool quoted = text.size() >= 2 && text.front() == quote && text.back() == quote;
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string InJson(std::string_view text) {
  std::string json;
  AppendJsonString(text, json);
  return WithoutQuotes(std::move(json), '"');
}

}  // namespace

void SecretMask::Add(std::string_view value) {
  if (value.empty()) return;
  for (std::string form : {std::string(value), InJson(value), SafeText(value), SafeText(InJson(value)),
                           WithoutQuotes(ShellWord(value), '\''), EncodeBase64(std::string(value))}) {
    if (!form.empty() && std::ranges::find(forms_, form) == forms_.end()) forms_.push_back(std::move(form));
  }
  std::ranges::stable_sort(forms_, std::ranges::greater(), &std::string::size);
}

void SecretMask::Hide(std::string& text) const {
  for (const std::string& form : forms_) {
    for (size_t at = text.find(form); at != std::string::npos; at = text.find(form, at + kMask.size()))
      text.replace(at, form.size(), kMask);
  }
}

}  // namespace rpcctl
