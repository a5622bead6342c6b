// Brings the content of the files that items name with "=@" into the items.
#pragma once

#include <vector>

#include "base/result.h"
#include "message/item.h"

namespace rpcctl {

// `items` with the file name of every kTextFile and kJsonFile value replaced by the file's content. Read once
// here, however many messages the items are laid over. A file that cannot be read, or of more than 64 MiB, is
// a kInput error that names the item's path.
Result<std::vector<Item>> LoadItemFiles(std::vector<Item> items);

}  // namespace rpcctl
