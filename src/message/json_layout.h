// Puts commas, colons, line breaks and indentation between the values of a JSON document.
#pragma once

#include <string_view>

#include "message/json_style.h"
#include "message/text_buffer.h"

namespace rpcctl {

// Appends to a borrowed buffer. The caller keeps begin and end balanced, calls StartMember or StartElement
// before each value inside, and appends scalar values to out() itself.
class JsonSink {
 public:
  JsonSink(JsonLayout layout, TextBuffer& out) : out_(out), indented_(layout == JsonLayout::kIndented) {}

  void BeginObject() { Begin('{'); }
  void EndObject() { End('}'); }
  void BeginList() { Begin('['); }
  void EndList() { End(']'); }
  void StartElement() {
    if (!empty_) out_ += ',';
    empty_ = false;
    if (indented_) BreakLine();
  }
  // `quoted_name` is a finished JSON string.
  void StartMember(std::string_view quoted_name) {
    StartElement();
    out_ += quoted_name;
    EndName();
  }
  // Between a name that the caller appended after StartElement, and its value.
  void EndName() {
    out_ += ':';
    if (indented_) out_ += ' ';
  }
  TextBuffer& out() { return out_; }

  // A place to return to when what was written since turns out to be wrong.
  struct Mark {
    size_t size = 0;
    int level = 0;
    bool empty = true;
  };
  Mark Here() const { return {out_.size(), level_, empty_}; }
  void BackTo(const Mark& mark);

 private:
  void Begin(char bracket) {
    out_ += bracket;
    ++level_;
    empty_ = true;
  }
  void End(char bracket) {
    --level_;
    if (indented_ && !empty_) BreakLine();
    out_ += bracket;
    empty_ = false;
  }
  void BreakLine();

  TextBuffer& out_;
  const bool indented_;
  int level_ = 0;
  bool empty_ = true;  // nothing stands yet in the innermost object or list
};

}  // namespace rpcctl
