#include "message/json_layout.h"

namespace rpcctl {

void JsonSink::BackTo(const Mark& mark) {
  out_.resize(mark.size);
  level_ = mark.level;
  empty_ = mark.empty;
}

void JsonSink::BreakLine() {
  out_ += '\n';
  out_.append(static_cast<size_t>(level_) * 2, ' ');
}

}  // namespace rpcctl
