// What is wrong with a certificate, or with a TLS handshake, in words for people.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

struct x509_store_ctx_st;  // OpenSSL's X509_STORE_CTX

namespace rpcctl {

// The first thing that the check of the server's certificates found wrong. The texts are safe to show.
struct CertificateFault {
  int code = 0;         // OpenSSL's X509_V_ERR_...; 0 for none
  std::string subject;  // of the certificate it is about: "CN = localhost"
  std::string issuer;
  std::string names;     // what it is for: "a.test, *.b.test"; empty when it names nothing
  std::string validity;  // "valid from 2026-01-01 00:00:00 to 2027-01-01 00:00:00 UTC"
};

// The fault at which a check stands; to be asked inside OpenSSL's verify callback.
CertificateFault FaultAt(x509_store_ctx_st* check);

// How far a connection had come when it ended.
struct TlsProgress {
  std::string target;                  // for messages
  std::string server_name;             // as TlsSettings has it
  std::string first_bytes;             // that the peer sent
  CertificateFault fault;              // of the server's certificates
  bool certificate_requested = false;  // the server asked for a client certificate
  bool has_certificate = false;        // and there is one
  bool handshake_done = false;         // on this side; under TLS 1.3 the server may still refuse
  int error_number = 0;                // errno of the read or write that failed; 0 for none
};

// kTls: why the connection could not be made. `reason` is OpenSSL's error code (ERR_peek_error), 0 for none.
Error DescribeTlsFailure(const TlsProgress& progress, unsigned long reason);

// kTls: the server took the handshake but did not agree on HTTP/2.
Error NoHttp2(const std::string& target);

}  // namespace rpcctl
