// Owners of what OpenSSL allocates; for the sources of this room only.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>

namespace rpcctl {

template <auto Free>
struct FreedBy {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};

using BioPointer = std::unique_ptr<BIO, FreedBy<BIO_free>>;
using BioMethodPointer = std::unique_ptr<BIO_METHOD, FreedBy<BIO_meth_free>>;
using CertificatePointer = std::unique_ptr<X509, FreedBy<X509_free>>;
using KeyPointer = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using NamesPointer = std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>>;
using SslPointer = std::unique_ptr<SSL, FreedBy<SSL_free>>;

}  // namespace rpcctl
