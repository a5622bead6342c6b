#include "message/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/files.h"
#include "base/safe_text.h"
#include "message/input_error.h"

namespace rpcctl {
namespace {

constexpr size_t kChunk = 64 * 1024;

// Whether a read returns at once: something is there, the end is, or an error.
bool IsReadable(int descriptor) {
  pollfd waiting{descriptor, POLLIN, 0};
  int count = 0;
  do {
    count = poll(&waiting, 1, 0);
  } while (count < 0 && errno == EINTR);
  return count != 0;
}

bool IsFolder(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
}

std::string FileName(const DataSource& source) {
  return fmt::format("'{}'", SafeText(source.text));
}

Error CannotRead(std::string_view name, int error_number) {
  return InputError("", fmt::format("cannot read {}: {}", name,
                                    error_number == EISDIR ? "it is a folder" : ErrnoText(error_number)));
}

}  // namespace

Result<ByteSource> ByteSource::Open(const DataSource& source, int standard_input) {
  ByteSource opened;
  if (source.kind == SourceKind::kText) {
    opened.text_ = source.text;
    return opened;
  }
  if (source.kind == SourceKind::kStandardInput) {
    opened.name_ = "standard input";
    opened.descriptor_ = standard_input;
    return opened;
  }
  opened.name_ = FileName(source);
  opened.owned_ = true;
  // Non-blocking, so that opening a named pipe does not wait for its writer; nobody shares this descriptor.
  opened.descriptor_ = open(source.text.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (opened.descriptor_ < 0) return CannotRead(opened.name_, errno);
  if (IsFolder(opened.descriptor_)) return CannotRead(opened.name_, EISDIR);
  return opened;
}

Result<void> ByteSource::Check(const DataSource& source) {
  if (source.kind != SourceKind::kFile) return {};
  struct stat status {};
  if (stat(source.text.c_str(), &status) != 0) return CannotRead(FileName(source), errno);
  if (S_ISDIR(status.st_mode)) return CannotRead(FileName(source), EISDIR);
  if (faccessat(AT_FDCWD, source.text.c_str(), R_OK, AT_EACCESS) != 0)
    return CannotRead(FileName(source), errno);
  return {};
}

ByteSource::ByteSource(ByteSource&& other) noexcept {
  *this = std::move(other);
}

ByteSource& ByteSource::operator=(ByteSource&& other) noexcept {
  std::swap(name_, other.name_);
  std::swap(text_, other.text_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(owned_, other.owned_);
  return *this;
}

ByteSource::~ByteSource() {
  if (owned_ && descriptor_ >= 0) close(descriptor_);
}

Result<Arrival> ByteSource::Read(std::string& bytes) {
  if (descriptor_ < 0) {
    bytes = std::exchange(text_, "");
    return bytes.empty() ? Arrival::kEnd : Arrival::kBytes;
  }
  if (!IsReadable(descriptor_)) return Arrival::kWaiting;
  bytes.resize(kChunk);
  ssize_t count = 0;
  do {
    count = read(descriptor_, bytes.data(), bytes.size());
  } while (count < 0 && errno == EINTR);
  if (count > 0) {
    bytes.resize(static_cast<size_t>(count));
    return Arrival::kBytes;
  }
  // A standard input that the shell closed ("<&-") is an empty one.
  if (count == 0 || (errno == EBADF && !owned_)) return Arrival::kEnd;
  if (errno == EAGAIN) return Arrival::kWaiting;
  return CannotRead(name_, errno);
}

}  // namespace rpcctl
