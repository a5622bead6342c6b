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

// The hash of a window on a text, in one step for each byte that it moves.
class RollingHash final {
 public:
  // On the first `size` bytes of `text`, which has as many. Borrows it for life.
  RollingHash(std::string_view text, size_t size) : text_(text), size_(size) {
    for (; end_ < size; ++end_) hash_ = hash_ * kBase + ByteAt(end_);
    for (size_t i = 0; i < size; ++i) outgoing_ *= kBase;
  }

  uint64_t hash() const { return hash_; }
  std::string_view window() const { return text_.substr(end_ - size_, size_); }
  // Moves on by a byte; false at the end.
  bool Next() {
    if (end_ == text_.size()) return false;
    hash_ = hash_ * kBase + ByteAt(end_) - outgoing_ * ByteAt(end_ - size_);
    ++end_;
    return true;
  }

 private:
  static constexpr uint64_t kBase = 0x9e3779b97f4a7c15;  // odd, so that no byte is shifted out

  // No byte counts as nothing.
  uint64_t ByteAt(size_t at) const { return static_cast<unsigned char>(text_[at]) + uint64_t{1}; }

  const std::string_view text_;
  const size_t size_;
  size_t end_ = 0;
  uint64_t hash_ = 0;
  uint64_t outgoing_ = 1;  // what the first byte of a window was multiplied with, once the next one is added
};

using Forms = std::set<std::string, std::less<>>;

// The first in order of those `forms` of `size` bytes that stand in `text`, behind `last` where one is given.
const std::string* FirstIn(std::string_view text, size_t size, const std::unordered_set<uint64_t>& hashes,
                           const Forms& forms, const std::string* last) {
  const std::string* first = nullptr;
  if (text.size() < size) return first;
  RollingHash rolling(text, size);
  do {
    if (!hashes.contains(rolling.hash())) continue;
    const std::string_view window = rolling.window();
    if ((last != nullptr && window <= *last) || (first != nullptr && window >= *first)) continue;
    if (const auto form = forms.find(window); form != forms.end()) first = &*form;
  } while (rolling.Next());
  return first;
}

void ReplaceAll(std::string& text, std::string_view form) {
  for (size_t at = text.find(form); at != std::string::npos; at = text.find(form, at + kMask.size()))
    text.replace(at, form.size(), kMask);
}

// Whether one of `forms` begins with `beginning` and goes on.
bool GoesOn(std::string_view beginning, const Forms& forms) {
  const auto next = forms.upper_bound(beginning);
  return next != forms.end() && next->starts_with(beginning);
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
    if (form.empty()) continue;
    hashes_[form.size()].insert(RollingHash(form, form.size()).hash());
    forms_.insert(std::move(form));
  }
}

bool SecretMask::Finds(std::string_view text) const {
  return std::ranges::any_of(hashes_, [&](const auto& of_size) {
    return FirstIn(text, of_size.first, of_size.second, forms_, nullptr) != nullptr;
  });
}

// As much is hidden as any form begins with.
void SecretMask::HideCut(std::string& text) const {
  if (hashes_.empty()) return;
  const size_t longest = hashes_.begin()->first - 1;
  for (size_t cut = text.find(kCut); cut != std::string::npos; cut = text.find(kCut, cut + kCut.size())) {
    const std::string_view before = std::string_view(text).substr(0, cut);
    size_t hidden = std::min(longest, cut);
    while (hidden >= kShortestBeginning && !GoesOn(before.substr(cut - hidden), forms_)) --hidden;
    if (hidden < kShortestBeginning) continue;
    text.replace(cut - hidden, hidden, kMask);
    cut = cut - hidden + kMask.size();
  }
}

// Longest first, and of one size in their order. What stands in place of one may be part of the next, so each
// is looked for in what those before left.
void SecretMask::Hide(std::string& text) const {
  HideCut(text);
  for (const auto& [size, hashes] : hashes_) {
    const std::string* form = nullptr;
    while ((form = FirstIn(text, size, hashes, forms_, form)) != nullptr) ReplaceAll(text, *form);
  }
}

}  // namespace rpcctl
