#include "tests/support/certificates.h"

#include <openssl/pem.h>

#include <cstdlib>

#include "transport/tls/openssl_pointers.h"

namespace rpcctl::testing {
namespace {

// A test without its certificates has nothing to say.
template <typename T>
T Need(T value) {
  if (!value) std::abort();
  return value;
}

KeyPointer MakeKey() {
  return KeyPointer(Need(EVP_EC_gen("P-256")));
}

std::string TextOf(const BioPointer& bio) {
  char* start = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &start);
  return {start, static_cast<size_t>(size)};
}

std::string Pem(X509* certificate) {
  const BioPointer bio(BIO_new(BIO_s_mem()));
  Need(PEM_write_bio_X509(bio.get(), certificate));
  return TextOf(bio);
}

std::string Pem(EVP_PKEY* key) {
  const BioPointer bio(BIO_new(BIO_s_mem()));
  Need(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr));
  return TextOf(bio);
}

void Extend(X509* certificate, int kind, const std::string& text) {
  if (text.empty()) return;
  X509_EXTENSION* extension = Need(X509V3_EXT_conf_nid(nullptr, nullptr, kind, text.c_str()));
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Signed by `issuer` with `issuer_key`; by itself where there is none.
CertificatePointer Make(const CertificateText& text, bool is_authority, EVP_PKEY* key, X509* issuer,
                        EVP_PKEY* issuer_key) {
  static long serial = 0;
  CertificatePointer certificate(Need(X509_new()));
  X509* made = certificate.get();
  X509_set_version(made, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(made), text.begins_in_seconds);
  X509_gmtime_adj(X509_getm_notAfter(made), text.ends_in_seconds);
  const auto* name = reinterpret_cast<const unsigned char*>(text.common_name.c_str());
  if (!text.common_name.empty())
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8, name, -1, -1, 0);
  X509_set_issuer_name(made, X509_get_subject_name(issuer == nullptr ? made : issuer));
  X509_set_pubkey(made, key);
  Extend(made, NID_basic_constraints, is_authority ? "critical,CA:TRUE" : "CA:FALSE");
  Extend(made, NID_subject_alt_name, text.names);
  Extend(made, NID_ext_key_usage, text.purpose);
  Need(X509_sign(made, issuer_key, EVP_sha256()));
  return certificate;
}

}  // namespace

struct Authority::Parts {
  KeyPointer key = MakeKey();
  CertificatePointer certificate;
};

Authority::Authority(const std::string& common_name) : parts_(std::make_unique<Parts>()) {
  const CertificateText text{common_name, "", ""};
  parts_->certificate = Make(text, true, parts_->key.get(), nullptr, parts_->key.get());
}

Authority::~Authority() = default;

std::string Authority::certificate() const {
  return Pem(parts_->certificate.get());
}

Identity Authority::Issue(const CertificateText& text) const {
  const KeyPointer key = MakeKey();
  const CertificatePointer made = Make(text, false, key.get(), parts_->certificate.get(), parts_->key.get());
  return {Pem(made.get()), Pem(key.get())};
}

Identity SelfSigned(const CertificateText& text) {
  const KeyPointer key = MakeKey();
  return {Pem(Make(text, false, key.get(), nullptr, key.get()).get()), Pem(key.get())};
}

std::string Encrypted(const std::string& key) {
  const BioPointer in(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
  const KeyPointer read(Need(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr)));
  const BioPointer out(BIO_new(BIO_s_mem()));
  unsigned char passphrase[] = "secret";
  Need(PEM_write_bio_PKCS8PrivateKey(out.get(), read.get(), EVP_aes_128_cbc(),
                                     reinterpret_cast<char*>(passphrase), 6, nullptr, nullptr));
  return TextOf(out);
}

}  // namespace rpcctl::testing
