// The rpcctl-reference-server executable as a process of its own.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

extern char** environ;

namespace rpcctl::reference {

// Runs it with `arguments`; its stdout and stderr come through one pipe. Killed when the owner goes before it
// ended.
class ServerProcess final {
 public:
  explicit ServerProcess(std::vector<std::string> arguments) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    arguments.insert(arguments.begin(), RPCCTL_REFERENCE_SERVER);
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    if (posix_spawn(&pid_, words[0], &actions, nullptr, words.data(), environ) != 0) pid_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    output_ = fdopen(ends[0], "r");
  }
  ~ServerProcess() {
    if (pid_ > 0) Signal(SIGKILL);
    if (pid_ > 0) ExitCode();
    if (output_ != nullptr) std::fclose(output_);
  }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // The next line of output without its end; empty at the end of all.
  std::string ReadLine() {
    std::string line;
    for (int byte = std::fgetc(output_); byte != EOF && byte != '\n'; byte = std::fgetc(output_))
      line += static_cast<char>(byte);
    return line;
  }

  // What it listens on, once it does.
  std::string Target() { return ReadLine().substr(std::string("listening on ").size()); }

  void Signal(int signal) const { kill(pid_, signal); }

  // Waits for its end; minus the signal's number where it was killed by one.
  int ExitCode() {
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
  std::FILE* output_ = nullptr;
};

}  // namespace rpcctl::reference
