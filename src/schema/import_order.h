// The order in which files can be built: each after those it imports.
#pragma once

#include <vector>

namespace rpcctl {

class FileStore;
struct StoredFile;

// `root` and the files of `store` below it, root last. Imports that are not in the store are passed over.
// Files on a cycle, and files with too long a way down, get that as their problem.
std::vector<StoredFile*> ImportOrder(StoredFile& root, FileStore& store);

}  // namespace rpcctl
