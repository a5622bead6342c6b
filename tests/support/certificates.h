// Certificates made on the spot, for tests that speak TLS.
#pragma once

#include <memory>
#include <string>

namespace rpcctl::testing {

// Both in PEM.
struct Identity {
  std::string certificate;
  std::string key;
};

// What a certificate says.
struct CertificateText {
  std::string common_name = "localhost";
  std::string names = "DNS:localhost,IP:127.0.0.1";  // empty for none
  std::string purpose = "serverAuth,clientAuth";
  long begins_in_seconds = -3600;
  long ends_in_seconds = 3600;
};

// An authority that issues certificates.
class Authority final {
 public:
  explicit Authority(const std::string& common_name = "Test CA");
  ~Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  // Its own certificate.
  std::string certificate() const;
  Identity Issue(const CertificateText& text = {}) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// A certificate that nobody but itself has signed.
Identity SelfSigned(const CertificateText& text = {});

// `key`, encrypted with some passphrase.
std::string Encrypted(const std::string& key);

}  // namespace rpcctl::testing
