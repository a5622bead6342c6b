// A folder of files that exists for the length of a test.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

namespace rpcctl {

class FileTree final {
 public:
  // Files by their paths below the folder; the folders on the way are made.
  FileTree(std::initializer_list<std::pair<std::string, std::string>> files = {}) {
    std::string path = (std::filesystem::temp_directory_path() / "rpcctl-test-XXXXXX").string();
    REQUIRE(mkdtemp(path.data()) != nullptr);
    path_ = std::filesystem::canonical(path).string();
    for (const auto& [name, content] : files) Write(name, content);
  }
  ~FileTree() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FileTree(const FileTree&) = delete;
  FileTree& operator=(const FileTree&) = delete;

  void Write(const std::string& name, std::string_view content) const {
    const std::filesystem::path file = path_ + "/" + name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
  }

  void Link(const std::string& target, const std::string& name) const {
    std::filesystem::create_symlink(target, path_ + "/" + name);
  }

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

// Makes a folder the current one for the length of a test.
class CurrentFolder final {
 public:
  explicit CurrentFolder(const std::string& path) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(path);
  }
  ~CurrentFolder() { std::filesystem::current_path(before_); }
  CurrentFolder(const CurrentFolder&) = delete;
  CurrentFolder& operator=(const CurrentFolder&) = delete;

 private:
  const std::filesystem::path before_;
};

}  // namespace rpcctl
