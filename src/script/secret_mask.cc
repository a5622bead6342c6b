#include "script/secret_mask.h"

#include <algorithm>

#include "base/base64.h"
#include "base/safe_text.h"
#include "base/shell_word.h"
#include "message/json_string.h"

namespace rpcctl {
namespace {

constexpr std::string_view kMask = "***";
constexpr std::string_view kCut = "...";   // behind a text that was cut short
constexpr size_t kShortestCredential = 4;  // a shorter one may be part of any word
constexpr size_t kShortestBeginning = 2;   // and so may a single character

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
  AddForms(value);
  const size_t space = value.find(' ');  // behind the scheme: RFC 9110, section 11.4
  if (space != std::string_view::npos && value.size() - space > kShortestCredential)
    AddForms(value.substr(space + 1));
}

void SecretMask::AddForms(std::string_view value) {
  const std::string base64 = EncodeBase64(std::string(value));
  const std::string unpadded = base64.substr(0, base64.find('='));
  for (std::string form : {std::string(value), InJson(value), SafeText(value), SafeText(InJson(value)),
                           WithoutQuotes(ShellWord(value), '\''), base64, unpadded}) {
    if (!form.empty()) forms_.insert(std::move(form));
  }
}

bool SecretMask::Finds(std::string_view text) const {
  return std::ranges::any_of(
      forms_, [&](const std::string& form) { return text.find(form) != std::string_view::npos; });
}

void SecretMask::HideCut(std::string& text) const {
  for (size_t cut = text.find(kCut); cut != std::string::npos; cut = text.find(kCut, cut + kCut.size())) {
    size_t hidden = 0;
    for (const std::string& form : forms_) {
      for (size_t size = std::min(form.size() - 1, cut); size >= kShortestBeginning && size > hidden;
           --size) {
        if (text.compare(cut - size, size, form, 0, size) == 0) hidden = size;
      }
    }
    if (hidden == 0) continue;
    text.replace(cut - hidden, hidden, kMask);
    cut = cut - hidden + kMask.size();
  }
}

void SecretMask::Hide(std::string& text) const {
  HideCut(text);
  for (const std::string& form : forms_) {
    for (size_t at = text.find(form); at != std::string::npos; at = text.find(form, at + kMask.size()))
      text.replace(at, form.size(), kMask);
  }
}

}  // namespace rpcctl
