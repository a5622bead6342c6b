// Puts commas, colons, line breaks and indentation between the values of a JSON document.
#pragma once

#include <string>
#include <string_view>

#include "message/json_style.h"

namespace rpcctl {

// Appends to a borrowed buffer. The caller keeps begin and end balanced, calls StartMember or StartElement
// before each value inside, and appends scalar values to out() itself.
class JsonSink {
 public:
  JsonSink(JsonLayout layout, std::string& out) : out_(out), indented_(layout == JsonLayout::kIndented) {}

  void BeginObject() { Begin('{'); }
  void EndObject() { End('}'); }
  void BeginList() { Begin('['); }
  void EndList() { End(']'); }
  void StartElement();
  // `quoted_name` is a finished JSON string.
  void StartMember(std::string_view quoted_name);
  std::string& out() { return out_; }

  // A place to return to when what was written since turns out to be wrong.
  struct Mark {
    size_t size;
    int level;
    bool empty;
  };
  Mark Here() const { return {out_.size(), level_, empty_}; }
  void BackTo(const Mark& mark);

 private:
  void Begin(char bracket);
  void End(char bracket);
  void BreakLine();

  std::string& out_;
  const bool indented_;
  int level_ = 0;
  bool empty_ = true;  // nothing stands yet in the innermost object or list
};

}  // namespace rpcctl
