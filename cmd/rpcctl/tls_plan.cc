#include "cmd/rpcctl/tls_plan.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/safe_text.h"
#include "cmd/rpcctl/option_error.h"

namespace rpcctl {
namespace {

// The first option given that is about TLS; empty for none.
std::string_view TlsOption(const ConnectionFlags& flags) {
  const std::pair<std::string_view, bool> options[] = {
      {"--tls", flags.tls},
      {"--cacert", flags.ca_file.has_value()},
      {"--cert", flags.cert_file.has_value()},
      {"--key", flags.key_file.has_value()},
      {"--server-name", flags.server_name.has_value()},
      {"--insecure", flags.insecure},
  };
  for (const auto& [name, given] : options) {
    if (given) return name;
  }
  return "";
}

// An empty word is a variable of a script that was not set: it must not mean less security than was asked
// for.
Result<void> CheckFiles(const ConnectionFlags& flags) {
  for (const auto& [name, file] : {std::pair("--cacert", flags.ca_file), std::pair("--cert", flags.cert_file),
                                   std::pair("--key", flags.key_file)}) {
    if (file && file->empty())
      return Error{ErrorKind::kUsage, fmt::format("{}: '' names no file", name),
                   "leave the option out, or name a file"};
  }
  return {};
}

Result<void> CheckTogether(const ConnectionFlags& flags) {
  const std::string_view option = TlsOption(flags);
  if (flags.plaintext && !option.empty())
    return ExcludeEachOther("--plaintext", option, "--plaintext is for a connection without TLS");
  if (flags.key_file && !flags.cert_file) {
    return Error{ErrorKind::kUsage, "--key needs --cert",
                 "--cert FILE names the certificate that the key belongs to"};
  }
  if (flags.insecure && flags.ca_file)
    return ExcludeEachOther("--insecure", "--cacert", "--insecure trusts any certificate");
  return {};
}

std::string HostOfAuthority(std::string_view authority) {
  if (authority.starts_with('[')) return std::string(authority.substr(1, authority.find(']') - 1));
  return std::string(authority.substr(0, authority.rfind(':')));
}

// The name that the server's certificate must have.
Result<std::string> ExpectedName(const ConnectionFlags& flags, const Target& target) {
  std::string name = target.kind == Target::Kind::kTcp ? target.host : "localhost";
  std::string_view option = "--target";
  if (flags.server_name) {
    name = *flags.server_name;
    option = "--server-name";
  } else if (flags.authority) {
    name = HostOfAuthority(*flags.authority);
    option = "--authority";
  }
  const std::string_view fault = name.empty() ? "the name is empty" : HostFault(name);
  if (!fault.empty()) {
    return Error{ErrorKind::kUsage, fmt::format("{}: '{}': {}", option, SafeText(name), fault),
                 "a certificate is for host names and addresses"};
  }
  // A certificate knows neither the zone of an address nor the dot of a name that is complete.
  name = name.substr(0, name.find('%'));
  return name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
}

// A warning when others on this machine can read the file; empty for none.
std::string WarningAboutKey(const std::string& path) {
  struct stat status {};
  const bool is_file = stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
  if (!is_file || (status.st_mode & (S_IRWXG | S_IRWXO)) == 0) return "";
  return fmt::format("the key in '{}' is open to others (mode {:04o}); 'chmod 600' closes it", SafeText(path),
                     status.st_mode & 07777U);
}

std::vector<std::string> Warnings(const ConnectionFlags& flags) {
  std::vector<std::string> warnings;
  if (flags.insecure) warnings.emplace_back("--insecure: the server's certificate is not checked");
  const std::optional<std::string>& key = flags.key_file ? flags.key_file : flags.cert_file;
  if (std::string warning = key ? WarningAboutKey(*key) : ""; !warning.empty())
    warnings.push_back(std::move(warning));
  return warnings;
}

}  // namespace

Result<TlsPlan> MakeTlsPlan(const ConnectionFlags& flags, const Target& target, const Surroundings& around) {
  if (Result<void> valid = CheckFiles(flags); !valid) return valid.error();
  if (Result<void> valid = CheckTogether(flags); !valid) return valid.error();
  if (flags.plaintext || (target.is_local && TlsOption(flags).empty())) return TlsPlan{};
  Result<std::string> name = ExpectedName(flags, target);
  if (!name) return name.error();
  TlsSettings settings{std::move(*name)};
  settings.ca_file = flags.ca_file.value_or("");
  settings.cert_file = flags.cert_file.value_or("");
  settings.key_file = flags.key_file.value_or("");
  settings.verify = !flags.insecure;
  const Result<TlsLibrary> library = around.abilities.tls_library();
  if (!library) return library.error();
  Result<std::shared_ptr<const TlsContext>> context = library->load(std::move(settings));
  if (!context) return context.error();
  return TlsPlan{std::move(*context), Warnings(flags)};
}

}  // namespace rpcctl
