#include "transport/tls/openssl_library.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/certificates.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

using testing::Authority;
using testing::Identity;

// What is wrong with the settings; "" for nothing.
std::string Fault(const TlsSettings& settings) {
  const Result<std::shared_ptr<const TlsContext>> context = OpenSslLibrary().load(settings);
  if (context) return "";
  CHECK(context.error().kind == ErrorKind::kInput);
  return context.error().message;
}

std::string FaultOfCa(const std::string& path) {
  return Fault({"localhost", path});
}

std::string FaultOfIdentity(const std::string& certificate, const std::string& key = "") {
  return Fault({"localhost", "", certificate, key});
}

TEST_CASE("tls context: without files it trusts the system") {
  const Result<std::shared_ptr<const TlsContext>> context = OpenSslLibrary().load({"a.test"});
  REQUIRE(context);
  CHECK((*context)->settings().server_name == "a.test");
  CHECK((*context)->settings().verify);
}

TEST_CASE("tls context: a CA file may hold several certificates, and comments between them") {
  const TemporaryDirectory folder;
  const std::string two =
      "first\n" + Authority("One").certificate() + "second\n" + Authority("Two").certificate() + "end\n";
  CHECK(FaultOfCa(folder.Write("ca.pem", two)).empty());
}

TEST_CASE("tls context: a CA file without a certificate is refused, whatever else it holds") {
  const TemporaryDirectory folder;
  for (const std::string& content : {std::string(), std::string("garbage\n"), Authority().Issue().key}) {
    const std::string path = folder.Write("ca.pem", content);
    CHECK(FaultOfCa(path) == fmt::format("'{}' holds no certificate", path));
  }
}

TEST_CASE("tls context: a CA file with half a certificate is refused") {
  const TemporaryDirectory folder;
  const std::string whole = Authority().certificate();
  std::string broken = whole;
  broken.replace(broken.size() / 2, 8, "!!!!!!!!");
  const std::string path = folder.Write("ca.pem", whole + broken);
  CHECK(FaultOfCa(path).starts_with(fmt::format("'{}' has a broken certificate, the 2. in it: ", path)));
  CHECK(FaultOfCa(folder.Write("cut.pem", whole.substr(0, whole.size() / 2)))
            .find("has a broken certificate") != std::string::npos);
}

TEST_CASE("tls context: files that cannot be read are named with the cause") {
  const TemporaryDirectory folder;
  CHECK(FaultOfCa(folder.Path("no.pem")) ==
        fmt::format("cannot read '{}': No such file or directory", folder.Path("no.pem")));
  CHECK(FaultOfCa(folder.Path("")) == fmt::format("cannot read '{}': it is a folder", folder.Path("")));
  const std::string good = folder.Write("good.pem", Authority().Issue().certificate);
  CHECK(FaultOfIdentity(folder.Path("no.pem"), good).find("no.pem") != std::string::npos);
  CHECK(FaultOfIdentity(good, folder.Path("no.pem")).find("no.pem") != std::string::npos);
}

TEST_CASE("tls context: the key stands in its own file, or in that of the certificate") {
  const TemporaryDirectory folder;
  const Identity identity = Authority().Issue();
  const std::string certificate = folder.Write("cert.pem", identity.certificate);
  CHECK(FaultOfIdentity(certificate, folder.Write("key.pem", identity.key)).empty());
  CHECK(FaultOfIdentity(folder.Write("both.pem", identity.certificate + identity.key)).empty());
  CHECK(FaultOfIdentity(folder.Write("turned.pem", identity.key + identity.certificate)).empty());
  CHECK(FaultOfIdentity(certificate) == fmt::format("'{}' holds no private key", certificate));
}

TEST_CASE("tls context: a certificate may bring those it depends on") {
  const TemporaryDirectory folder;
  const Authority authority;
  const Identity identity = authority.Issue();
  CHECK(FaultOfIdentity(folder.Write("cert.pem", identity.certificate + authority.certificate()),
                        folder.Write("key.pem", identity.key))
            .empty());
}

TEST_CASE("tls context: another certificate's key is refused") {
  const TemporaryDirectory folder;
  const std::string certificate = folder.Write("cert.pem", Authority().Issue().certificate);
  const std::string key = folder.Write("key.pem", Authority().Issue().key);
  CHECK(FaultOfIdentity(certificate, key) ==
        fmt::format("'{}' does not hold the key of the certificate in '{}'", key, certificate));
}

TEST_CASE("tls context: an encrypted key is told as such, and nobody is asked for its passphrase") {
  const TemporaryDirectory folder;
  const Identity identity = Authority().Issue();
  const std::string certificate = folder.Write("cert.pem", identity.certificate);
  const std::string key = folder.Write("key.pem", testing::Encrypted(identity.key));
  CHECK(FaultOfIdentity(certificate, key) ==
        fmt::format("'{}' holds an encrypted key, and there is no way to give its passphrase", key));
}

TEST_CASE("tls context: a broken key is told as such") {
  const TemporaryDirectory folder;
  const Identity identity = Authority().Issue();
  std::string broken = identity.key;
  broken.replace(broken.size() / 2, 8, "!!!!!!!!");
  const std::string key = folder.Write("key.pem", broken);
  CHECK(FaultOfIdentity(folder.Write("cert.pem", identity.certificate), key)
            .starts_with(fmt::format("'{}' has a broken key: ", key)));
}

}  // namespace
}  // namespace rpcctl
