#include "base/private_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "base/files.h"
#include "base/safe_text.h"
#include "base/write_all.h"

namespace rpcctl {
namespace {

constexpr mode_t kFolderMode = 0700;
constexpr mode_t kFileMode = 0600;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
constexpr auto kPatience = std::chrono::minutes(1);  // with a file that somebody writes

// What is being written has a name that no finished file has.
constexpr char kUnfinished = '.';

Error CannotUse(const std::string& path, std::string_view cause) {
  return {ErrorKind::kInput, fmt::format("cannot use '{}': {}", SafeText(path), cause)};
}

Error CannotWrite(const std::string& name, int error_number) {
  return {ErrorKind::kOutput, fmt::format("cannot write '{}': {}", SafeText(name), ErrnoText(error_number))};
}

SystemTime TimeOf(const timespec& time) {
  const auto since = std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  return SystemTime(std::chrono::duration_cast<SystemTime::duration>(since));
}

int Date(int descriptor, SystemTime time) {
  const auto since = time.time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
  const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(since - seconds);
  const timespec stamp{static_cast<time_t>(seconds.count()), static_cast<long>(rest.count())};
  const timespec times[] = {stamp, stamp};
  return futimens(descriptor, times);
}

// Why what `status` tells of is not the user's alone; empty when it is.
std::string_view Fault(const struct stat& status, uid_t owner) {
  if (status.st_uid != owner) return "it belongs to another user";
  if ((status.st_mode & kOthers) != 0) return "it is open to other users";
  return "";
}

// Makes every folder on the way to `path`, and that one, where it is missing; whether that is so is seen when
// it is opened.
void MakeFolders(const std::string& path) {
  for (size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    mkdir(path.substr(0, slash).c_str(), kFolderMode);
  }
  mkdir(path.c_str(), kFolderMode);
}

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

}  // namespace

Result<std::string> PrivateFile::Read(uint64_t offset, size_t count) const {
  const Error missing{ErrorKind::kInput, "the file is shorter than it says"};
  if (offset > size || count > size - offset) return missing;
  std::string bytes(count, '\0');
  for (size_t done = 0; done < count;) {
    const ssize_t got =
        pread(descriptor.value(), bytes.data() + done, count - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return missing;
    done += static_cast<size_t>(got);
  }
  return bytes;
}

Result<PrivateFolder> PrivateFolder::Open(const std::string& path, uid_t owner, Missing missing) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  OwnedDescriptor folder(open(path.c_str(), kFlags));
  if (folder.value() < 0 && errno == ENOENT && missing == Missing::kMake) {
    MakeFolders(path);
    folder = OwnedDescriptor(open(path.c_str(), kFlags));
  }
  if (folder.value() < 0 && (errno == ENOTDIR || errno == ELOOP))
    return CannotUse(path, "it is a link, or no folder");
  if (folder.value() < 0) return CannotUse(path, ErrnoText(errno));
  struct stat status {};
  if (fstat(folder.value(), &status) != 0) return CannotUse(path, ErrnoText(errno));
  if (const std::string_view fault = Fault(status, owner); !fault.empty()) return CannotUse(path, fault);
  return PrivateFolder(std::move(folder), owner);
}

Result<PrivateFile> PrivateFolder::OpenFile(const std::string& name) const {
  // Without O_NONBLOCK a pipe would hold us up.
  PrivateFile file{OwnedDescriptor(openat(descriptor_.value(), name.c_str(),
                                          O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)),
                   0, SystemTime()};
  if (file.descriptor.value() < 0) return CannotUse(name, ErrnoText(errno));
  struct stat status {};
  if (fstat(file.descriptor.value(), &status) != 0) return CannotUse(name, ErrnoText(errno));
  if (!S_ISREG(status.st_mode)) return CannotUse(name, "it is not a regular file");
  if (const std::string_view fault = Fault(status, owner_); !fault.empty()) return CannotUse(name, fault);
  file.size = static_cast<uint64_t>(status.st_size);
  file.written = TimeOf(status.st_mtim);
  return file;
}

Result<void> PrivateFolder::Replace(const std::string& name, std::string_view content,
                                    SystemTime written) const {
  // Several processes at once each have a name of their own; so has the same number in another container.
  const auto clock = std::chrono::steady_clock::now().time_since_epoch().count();
  const std::string beside = fmt::format("{}{}-{}-{:x}", kUnfinished, name, getpid(), clock);
  const OwnedDescriptor file(openat(descriptor_.value(), beside.c_str(),
                                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kFileMode));
  if (file.value() < 0) return CannotWrite(name, errno);
  int cause = WriteAll(file.value(), content);
  if (cause == 0 && (Date(file.value(), written) != 0 ||
                     renameat(descriptor_.value(), beside.c_str(), descriptor_.value(), name.c_str()) != 0))
    cause = errno;
  if (cause == 0) return {};
  unlinkat(descriptor_.value(), beside.c_str(), 0);
  return CannotWrite(name, cause);
}

Result<void> PrivateFolder::Stamp(const std::string& name, SystemTime time) const {
  const OwnedDescriptor file(openat(descriptor_.value(), name.c_str(),
                                    O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, kFileMode));
  if (file.value() < 0 || Date(file.value(), time) != 0) return CannotWrite(name, errno);
  return {};
}

std::optional<SystemTime> PrivateFolder::WrittenAt(const std::string& name) const {
  struct stat status {};
  if (fstatat(descriptor_.value(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  return TimeOf(status.st_mtim);
}

std::optional<OwnedDescriptor> PrivateFolder::Hold(const std::string& name) const {
  OwnedDescriptor file(openat(descriptor_.value(), name.c_str(),
                              O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, kFileMode));
  if (file.value() < 0 || flock(file.value(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  return file;
}

void PrivateFolder::Remove(const std::string& name) const {
  unlinkat(descriptor_.value(), name.c_str(), 0);
}

std::vector<PrivateFolder::Entry> PrivateFolder::List(SystemTime now) const {
  std::vector<Entry> entries;
  // A descriptor of its own: reading a folder moves the place in it.
  const int copy = openat(descriptor_.value(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, CloseFolder> folder(copy < 0 ? nullptr : fdopendir(copy));
  if (!folder) {
    if (copy >= 0) close(copy);
    return entries;
  }
  while (const dirent* found = readdir(folder.get())) {
    const std::string name = found->d_name;
    const std::optional<SystemTime> written = WrittenAt(name);
    if (!written || name == "." || name == "..") continue;
    if (name[0] != kUnfinished) {
      entries.push_back({name, *written});
    } else if (*written < now - kPatience) {
      Remove(name);
    }
  }
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) { return a.written > b.written; });
  return entries;
}

}  // namespace rpcctl
