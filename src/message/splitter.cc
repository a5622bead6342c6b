#include "message/splitter.h"

#include "message/delimited_splitter.h"
#include "message/documents.h"
#include "message/text_splitter.h"

namespace rpcctl {

std::unique_ptr<Splitter> MakeSplitter(DataFormat format, size_t limit) {
  switch (format) {
    case DataFormat::kText:
      return std::make_unique<TextSplitter>(limit);
    case DataFormat::kBinary:
      return std::make_unique<DelimitedSplitter>(limit);
    case DataFormat::kJson:
      break;
  }
  return std::make_unique<DocumentSplitter>(limit);
}

}  // namespace rpcctl
