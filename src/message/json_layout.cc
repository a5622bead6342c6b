#include "message/json_layout.h"

namespace rpcctl {

void JsonSink::StartElement() {
  if (!empty_) out_ += ',';
  empty_ = false;
  BreakLine();
}

void JsonSink::StartMember(std::string_view quoted_name) {
  StartElement();
  out_ += quoted_name;
  out_ += indented_ ? ": " : ":";
}

void JsonSink::BackTo(const Mark& mark) {
  out_.resize(mark.size);
  level_ = mark.level;
  empty_ = mark.empty;
}

void JsonSink::Begin(char bracket) {
  out_ += bracket;
  ++level_;
  empty_ = true;
}

void JsonSink::End(char bracket) {
  --level_;
  if (!empty_) BreakLine();
  out_ += bracket;
  empty_ = false;
}

void JsonSink::BreakLine() {
  if (!indented_) return;
  out_ += '\n';
  out_.append(static_cast<size_t>(level_) * 2, ' ');
}

}  // namespace rpcctl
