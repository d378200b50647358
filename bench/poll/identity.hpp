// The server's certificates, as the web has them: a root that the client trusts, an intermediate authority
// and a leaf for *.bench.example.

#pragma once

#include <openssl/ssl.h>

#include <string>

namespace newswired::bench {

/// Makes them anew, gives `context` leaf and intermediate, and writes the root to `root_file`.
void use_new_identity(SSL_CTX* context, std::string const& root_file);

}  // namespace newswired::bench
