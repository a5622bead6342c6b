#include "base/new_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/files.h"
#include "base/owned_descriptor.h"
#include "base/safe_text.h"
#include "base/write_all.h"

namespace rpcctl {
namespace {

constexpr mode_t kFolderMode = 0777;  // less what the umask takes away
constexpr mode_t kFileMode = 0666;

enum class Missing { kMake, kLeave };

// Not every file system can rename without replacing; a second name and the loss of the first come to the
// same.
int RenameToFree(int folder, const char* from, const char* to) {
  if (renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return -1;
  if (linkat(folder, from, folder, to, 0) != 0) return -1;
  return unlinkat(folder, from, 0);
}

// One writing of several files: check all, write all, rename all. Takes back what it did unless Finish was
// reached.
class Writing final {
 public:
  Writing(std::string folder, Existing existing) : folder_(std::move(folder)), existing_(existing) {}
  ~Writing() {
    if (!finished_) TakeBack();
  }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;

  Result<void> Check(const NewFile& file);
  Result<void> MakeFolder();
  Result<void> WriteBeside(const NewFile& file);
  Result<void> Finish();

 private:
  struct Written {
    std::string path;
    std::string beside;  // the name of what was written, in the same folder
    bool in_place = false;
  };

  // The folder in which the last part of `path` stands. With Missing::kLeave there may be none yet: no value.
  Result<OwnedDescriptor> Walk(std::string_view path, Missing missing);
  Result<void> CheckPlace(int folder, const std::string& path) const;
  Result<void> KeepMode(int folder, const std::string& path, int created) const;
  void TakeBack();
  Error Cannot(std::string_view path, std::string_view cause) const;

  const std::string folder_;
  const Existing existing_;
  std::vector<std::string> made_folders_;  // paths below folder_
  bool made_folder_ = false;
  std::vector<Written> written_;
  bool finished_ = false;
};

std::string LastPart(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

Error Writing::Cannot(std::string_view path, std::string_view cause) const {
  std::string shown = folder_ == "." && !path.empty() ? "" : folder_;
  if (!path.empty() && !shown.empty() && !shown.ends_with('/')) shown += '/';
  return {ErrorKind::kOutput, fmt::format("cannot write '{}': {}", SafeText(shown.append(path)), cause)};
}

Result<OwnedDescriptor> Writing::Walk(std::string_view path, Missing missing) {
  constexpr int kFlags = O_PATH | O_DIRECTORY | O_CLOEXEC;
  OwnedDescriptor at(open(folder_.c_str(), kFlags));
  if (at.value() < 0 && errno == ENOENT && missing == Missing::kLeave) return at;
  if (at.value() < 0) return Cannot("", ErrnoText(errno));
  for (size_t begin = 0, slash; (slash = path.find('/', begin)) != path.npos; begin = slash + 1) {
    const std::string part(path.substr(begin, slash - begin));
    const std::string_view upto = path.substr(0, slash);
    if (missing == Missing::kMake) {
      if (mkdirat(at.value(), part.c_str(), kFolderMode) == 0) {
        made_folders_.emplace_back(upto);
      } else if (errno != EEXIST) {
        return Cannot(upto, ErrnoText(errno));
      }
    }
    OwnedDescriptor next(openat(at.value(), part.c_str(), kFlags | O_NOFOLLOW));
    if (next.value() < 0 && errno == ENOENT && missing == Missing::kLeave) return next;
    if (next.value() < 0 && (errno == ELOOP || errno == ENOTDIR)) {
      return Cannot(upto, "it is in the way, and not a folder");
    }
    if (next.value() < 0) return Cannot(upto, ErrnoText(errno));
    at = std::move(next);
  }
  return at;
}

Result<void> Writing::CheckPlace(int folder, const std::string& path) const {
  struct stat status {};
  if (fstatat(folder, LastPart(path).c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return errno == ENOENT ? Result<void>() : Cannot(path, ErrnoText(errno));
  }
  if (!S_ISREG(status.st_mode)) return Cannot(path, "what is there is not a regular file");
  if (existing_ == Existing::kReplace) return {};
  Error error = Cannot(path, "it exists");
  error.hint = "--force overwrites it";
  return error;
}

Result<void> Writing::Check(const NewFile& file) {
  const Result<OwnedDescriptor> folder = Walk(file.path, Missing::kLeave);
  if (!folder) return folder.error();
  return folder->value() < 0 ? Result<void>() : CheckPlace(folder->value(), file.path);
}

Result<void> Writing::MakeFolder() {
  std::error_code failure;
  made_folder_ = std::filesystem::create_directories(folder_, failure);
  if (failure) return Cannot("", ErrnoText(failure.value()));
  return {};
}

Result<void> Writing::WriteBeside(const NewFile& file) {
  const Result<OwnedDescriptor> folder = Walk(file.path, Missing::kMake);
  if (!folder) return folder.error();
  const std::string beside = fmt::format(".rpcctl-{}-{}.tmp", getpid(), written_.size());
  const OwnedDescriptor created(openat(folder->value(), beside.c_str(),
                                       O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kFileMode));
  if (created.value() < 0) return Cannot(file.path, ErrnoText(errno));
  written_.push_back({file.path, beside});
  if (Result<void> kept = KeepMode(folder->value(), file.path, created.value()); !kept) return kept;
  const int failure = WriteAll(created.value(), file.content);
  if (failure != 0) return Cannot(file.path, ErrnoText(failure));
  return {};
}

// What replaces a file may be read, written and run by whom that file could be.
Result<void> Writing::KeepMode(int folder, const std::string& path, int created) const {
  struct stat status {};
  if (existing_ == Existing::kKeep) return {};
  if (fstatat(folder, LastPart(path).c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return {};  // a new one
  constexpr mode_t kPermissions = 0777;
  if (fchmod(created, status.st_mode & kPermissions) != 0) return Cannot(path, ErrnoText(errno));
  return {};
}

Result<void> Writing::Finish() {
  for (Written& file : written_) {
    const Result<OwnedDescriptor> folder = Walk(file.path, Missing::kLeave);
    if (!folder) return folder.error();
    if (Result<void> free = CheckPlace(folder->value(), file.path); !free) return free;
    const std::string name = LastPart(file.path);
    const int failed = existing_ == Existing::kReplace
                           ? renameat(folder->value(), file.beside.c_str(), folder->value(), name.c_str())
                           : RenameToFree(folder->value(), file.beside.c_str(), name.c_str());
    if (failed != 0) return Cannot(file.path, ErrnoText(errno));
    file.in_place = true;
  }
  finished_ = true;
  return {};
}

void Writing::TakeBack() {
  for (const Written& file : written_) {
    const Result<OwnedDescriptor> folder = Walk(file.path, Missing::kLeave);
    if (!folder) continue;
    // An old file that was replaced is gone; its successor stays.
    if (file.in_place && existing_ == Existing::kReplace) continue;
    unlinkat(folder->value(), (file.in_place ? LastPart(file.path) : file.beside).c_str(), 0);
  }
  for (auto path = made_folders_.rbegin(); path != made_folders_.rend(); ++path) {
    const Result<OwnedDescriptor> folder = Walk(*path, Missing::kLeave);
    if (folder) unlinkat(folder->value(), LastPart(*path).c_str(), AT_REMOVEDIR);
  }
  if (made_folder_) rmdir(folder_.c_str());
}

}  // namespace

Result<void> WriteFilesBelow(const std::string& folder, std::span<const NewFile> files, Existing existing) {
  Writing writing(folder, existing);
  for (const NewFile& file : files) {
    if (Result<void> possible = writing.Check(file); !possible) return possible;
  }
  if (Result<void> made = writing.MakeFolder(); !made) return made;
  for (const NewFile& file : files) {
    if (Result<void> written = writing.WriteBeside(file); !written) return written;
  }
  return writing.Finish();
}

Result<void> WriteNewFile(const std::string& path, std::string_view content, Existing existing) {
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const NewFile file{path.substr(slash + 1), std::string(content)};
  Writing writing(folder, existing);
  if (Result<void> possible = writing.Check(file); !possible) return possible;
  if (Result<void> written = writing.WriteBeside(file); !written) return written;
  return writing.Finish();
}

}  // namespace rpcctl
