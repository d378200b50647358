#include "http/tls/authorities.hpp"

#include <stdexcept>

namespace newswired::http {

TlsContext* Authorities::with(std::string const& ca_file) {
    if (ca_file.empty() || ca_file == own_) {
        return &context_;
    }
    std::lock_guard const lock{mutex_};
    if (auto const known = others_.find(ca_file); known != others_.end()) {
        return known->second.get();
    }
    if (others_.size() >= kMaxFiles) {
        return nullptr;
    }
    try {
        auto context = std::make_unique<TlsContext>(std::vector<std::string>{own_, ca_file});
        return others_.emplace(ca_file, std::move(context)).first->second.get();
    } catch (std::invalid_argument const&) {
        return nullptr;  // asked for again at the next poll: the file may be mended by then
    }
}

}  // namespace newswired::http
