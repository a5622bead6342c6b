// One word of a line of a script, its quotes taken off.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/text_position.h"
#include "script/insertion.h"

namespace rpcctl {

// Text that stands for itself or, with `insertion`, what is filled in when the step is made.
struct WordPiece {
  std::string text = {};
  std::optional<Insertion> insertion = {};
};

struct Word {
  std::vector<WordPiece> pieces = {};  // no two texts beside each other; none for ""
  TextPosition place = {};
  bool quoted = false;  // some of it stood in quotes, or behind a backslash

  // Whether nothing is to be filled in.
  bool IsPlain() const {
    for (const WordPiece& piece : pieces) {
      if (piece.insertion) return false;
    }
    return true;
  }
  // The text of a plain word.
  std::string Text() const { return pieces.empty() ? std::string() : pieces.front().text; }
  // Whether it is `text`, written without quotes.
  bool Is(std::string_view text) const {
    if (quoted || !IsPlain()) return false;
    return pieces.empty() ? text.empty() : pieces.front().text == text;
  }

  void Append(std::string_view text) {
    if (text.empty()) return;
    if (pieces.empty() || pieces.back().insertion) pieces.emplace_back();
    pieces.back().text += text;
  }
};

}  // namespace rpcctl
