#include "transport/tls/tls_fault.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/err.h>

#include <algorithm>
#include <ctime>
#include <iterator>

#include "base/files.h"
#include "base/safe_text.h"
#include "transport/speech.h"
#include "transport/tls/openssl_pointers.h"

namespace rpcctl {
namespace {

constexpr size_t kShownBytes = 200;  // of a name that the peer chose
constexpr std::string_view kTrustHint = "--cacert FILE names the certificate to trust";
constexpr std::string_view kPortHint = "gRPC needs HTTP/2: is this the port of a gRPC server?";

std::string ShownName(const X509_NAME* name) {
  const BioPointer text(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(text.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  char* start = nullptr;
  const long size = BIO_get_mem_data(text.get(), &start);
  return SafeExcerpt({start, static_cast<size_t>(std::max(size, 0L))}, kShownBytes);
}

std::string ShownTime(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "an unreadable date";
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string ShownAddress(const ASN1_STRING* bytes) {
  char text[INET6_ADDRSTRLEN] = "";
  const int family = ASN1_STRING_length(bytes) == sizeof(in_addr) ? AF_INET : AF_INET6;
  const bool whole = family == AF_INET || ASN1_STRING_length(bytes) == sizeof(in6_addr);
  if (whole) inet_ntop(family, ASN1_STRING_get0_data(bytes), text, sizeof text);
  return text;
}

// The host names and addresses that a certificate is for.
std::string AlternativeNames(const X509* certificate) {
  const NamesPointer names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::string list;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
    if (!list.empty()) list += ", ";
    if (name->type == GEN_IPADD) {
      list += ShownAddress(name->d.iPAddress);
    } else {
      list.append(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                  static_cast<size_t>(ASN1_STRING_length(name->d.dNSName)));
    }
  }
  return SafeExcerpt(list, kShownBytes);
}

struct Told {
  std::string what;
  std::string hint = {};
};

Error Tls(const std::string& target, Told told) {
  return {ErrorKind::kTls, fmt::format("cannot connect to {} over TLS: {}", SafeText(target), told.what),
          std::move(told.hint)};
}

Told TellFault(const CertificateFault& fault, const std::string& server_name) {
  // A certificate may name its hosts and nothing else.
  const std::string which =
      fmt::format("certificate '{}'", fault.subject.empty() ? fault.names : fault.subject);
  const std::string issued = fmt::format("{}, issued by '{}',", which, fault.issuer);
  switch (fault.code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {fmt::format("{} has expired: it was {}", which, fault.validity)};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {fmt::format("{} is not valid yet: it is {}", which, fault.validity),
              "is the clock of this machine right?"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return {fmt::format("{} is self-signed and not trusted ({})", which, fault.validity),
              std::string(kTrustHint)};
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return {
          fmt::format("the chain ends at {}, an authority that is not trusted ({})", which, fault.validity),
          std::string(kTrustHint)};
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return {fmt::format("{} comes from an unknown authority ({})", issued, fault.validity),
              std::string(kTrustHint)};
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return {fmt::format("{} is for {}, not for '{}' ({})", which,
                          fault.names.empty() ? "no host by name" : fault.names, SafeText(server_name),
                          fault.validity),
              "--server-name NAME expects another name"};
    case X509_V_ERR_INVALID_PURPOSE:
      return {fmt::format("{} is not meant for a server (extended key usage; {})", which, fault.validity)};
    default:
      return {fmt::format("{} is refused: {} ({})", issued, X509_verify_cert_error_string(fault.code),
                          fault.validity)};
  }
}

// Alerts with which a server refuses a client's certificate, and what it means by them (RFC 8446, section
// 6.2).
struct Refusal {
  int reason;
  std::string_view what;
};
constexpr Refusal kCertificateRefusals[] = {
    {SSL_R_TLSV1_ALERT_UNKNOWN_CA, "it comes from an authority the server does not know"},
    {SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, "the server finds it bad"},
    {SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE, "it is of a kind the server does not support"},
    {SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED, "it was revoked"},
    {SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED, "it has expired, or is not valid yet"},
    {SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN, "the server does not accept it"},
    {SSL_R_TLSV1_ALERT_ACCESS_DENIED, "access is denied"},
    {SSL_R_TLSV1_ALERT_DECRYPT_ERROR, "its signature does not fit"},
};

// Alerts, and complaints of OpenSSL's own, in which a client certificate plays no part.
Told TellReason(int reason) {
  switch (reason) {
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION:
      return {"the server does not speak TLS 1.2 or later"};
    case SSL_R_TLSV1_UNRECOGNIZED_NAME:
      return {"the server does not know this name", "--server-name NAME asks for another"};
    case SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL:
      return {"the server did not negotiate h2 (ALPN)", std::string(kPortHint)};
    default:
      return {"the handshake failed"};
  }
}

// Whether the server's refusal is for want of a client certificate: it says so, or says nothing else.
bool MissesCertificate(const TlsProgress& progress, int reason) {
  if (progress.has_certificate) return false;
  if (reason == SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED) return true;
  const bool says_nothing_else = reason == 0 || reason == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE ||
                                 reason == SSL_R_SSLV3_ALERT_BAD_CERTIFICATE;
  return progress.certificate_requested && says_nothing_else;
}

Told TellRefusal(const TlsProgress& progress, int reason) {
  if (MissesCertificate(progress, reason))
    return {"the server asks for a client certificate", "--cert FILE and --key FILE give one"};
  const auto is_meant = [&](const Refusal& refusal) { return refusal.reason == reason; };
  const auto* refusal =
      std::find_if(std::begin(kCertificateRefusals), std::end(kCertificateRefusals), is_meant);
  if (progress.has_certificate && refusal != std::end(kCertificateRefusals))
    return {fmt::format("the server refuses the client certificate: {}", refusal->what)};
  return TellReason(reason);
}

// Nobody said why.
Told TellSilence(const TlsProgress& progress) {
  const std::string cause = progress.error_number == 0 ? "" : " (" + ErrnoText(progress.error_number) + ")";
  if (MissesCertificate(progress, 0)) return TellRefusal(progress, 0);
  if (!progress.handshake_done) {
    return {"the server broke the connection off in the middle of the handshake" + cause,
            "if it does not speak TLS, try --plaintext"};
  }
  return {"the server closed the connection right after the handshake" + cause,
          progress.has_certificate ? "it may not accept the certificate of --cert" : ""};
}

Told TellFailure(const TlsProgress& progress, unsigned long reason) {
  if (progress.fault.code != 0) return TellFault(progress.fault, progress.server_name);
  const Speech speech = SpeechOf(progress.first_bytes);
  if (speech != Speech::kNothing && speech != Speech::kTls) {
    return {fmt::format("the server does not speak TLS, it {}", DescribeSpeech(progress.first_bytes)),
            "try --plaintext"};
  }
  if (reason == 0) return TellSilence(progress);
  Told told = TellRefusal(progress, ERR_GET_LIB(reason) == ERR_LIB_SSL ? ERR_GET_REASON(reason) : -1);
  // OpenSSL's own words, for who searches for them.
  if (const char* words = ERR_reason_error_string(reason)) told.what += fmt::format(" ({})", words);
  return told;
}

}  // namespace

CertificateFault FaultAt(x509_store_ctx_st* check) {
  const X509* certificate = X509_STORE_CTX_get_current_cert(check);
  CertificateFault fault{X509_STORE_CTX_get_error(check), {}, {}, {}, {}};
  if (certificate == nullptr) return fault;
  fault.subject = ShownName(X509_get_subject_name(certificate));
  fault.issuer = ShownName(X509_get_issuer_name(certificate));
  fault.names = AlternativeNames(certificate);
  fault.validity = fmt::format("valid from {} to {} UTC", ShownTime(X509_get0_notBefore(certificate)),
                               ShownTime(X509_get0_notAfter(certificate)));
  return fault;
}

Error DescribeTlsFailure(const TlsProgress& progress, unsigned long reason) {
  return Tls(progress.target, TellFailure(progress, reason));
}

Error NoHttp2(const std::string& target) {
  return Tls(target, {"the server did not negotiate h2 (ALPN)", std::string(kPortHint)});
}

}  // namespace rpcctl
