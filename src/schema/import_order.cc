#include "schema/import_order.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "schema/file_store.h"
#include "schema/limits.h"

namespace rpcctl {
namespace {

constexpr size_t kShownCycleFiles = 8;

// A depth-first walk with a stack of its own: a chain of imports must not become a chain of calls.
class Walk final {
 public:
  explicit Walk(FileStore& store) : store_(store) {}

  std::vector<StoredFile*> From(StoredFile& root) {
    Enter(root);
    while (!path_.empty()) {
      Step& step = path_.back();
      if (step.next_import == step.file->proto->dependency_size()) {
        Leave();
      } else if (StoredFile* import = store_.Find(step.file->proto->dependency(step.next_import++))) {
        Visit(*import);
      }
    }
    return std::move(order_);
  }

 private:
  struct Step {
    StoredFile* file;
    int next_import;
    size_t depth;  // files on the longest way down seen so far, this one included
  };
  static constexpr size_t kOnPath = 0;

  void Enter(StoredFile& file) {
    depths_[&file] = kOnPath;
    path_.push_back({&file, 0, 1});
  }

  void Visit(StoredFile& import) {
    const auto known = depths_.find(&import);
    if (known == depths_.end()) return Enter(import);
    if (known->second == kOnPath) return Cycle(import);
    path_.back().depth = std::max(path_.back().depth, known->second + 1);
  }

  void Leave() {
    const Step step = path_.back();
    path_.pop_back();
    depths_[step.file] = step.depth;
    order_.push_back(step.file);
    if (step.depth > kMaxImportDepth && !step.file->problem) {
      step.file->problem = Error{ErrorKind::kSchema, fmt::format("{}: {}", step.file->ShownName(), kTooDeep)};
    }
    if (!path_.empty()) path_.back().depth = std::max(path_.back().depth, step.depth + 1);
  }

  void Cycle(const StoredFile& first) {
    const auto begin =
        std::find_if(path_.begin(), path_.end(), [&](const Step& step) { return step.file == &first; });
    const auto length = static_cast<size_t>(path_.end() - begin);
    std::string text = "import cycle: ";
    for (size_t i = 0; i < std::min(length, kShownCycleFiles); ++i) {
      text += begin[static_cast<ptrdiff_t>(i)].file->ShownName() + " -> ";
    }
    if (length > kShownCycleFiles) text += "... -> ";
    text += first.ShownName();
    for (auto step = begin; step != path_.end(); ++step) {
      if (!step->file->problem) step->file->problem = Error{ErrorKind::kSchema, text};
    }
  }

  FileStore& store_;
  std::vector<Step> path_;
  std::unordered_map<const StoredFile*, size_t> depths_;
  std::vector<StoredFile*> order_;
};

}  // namespace

std::vector<StoredFile*> ImportOrder(StoredFile& root, FileStore& store) {
  return Walk(store).From(root);
}

}  // namespace rpcctl
