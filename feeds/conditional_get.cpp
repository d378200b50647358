#include "feeds/conditional_get.hpp"

namespace newswired::feeds {

void make_conditional(http::Request& request, Validators const& known) {
    if (!known.etag.empty()) {
        request.fields.set("If-None-Match", known.etag);
        request.fields.set("A-IM", "feed");
    }
    if (!known.last_modified.empty()) {
        request.fields.set("If-Modified-Since", known.last_modified);
    }
    request.conditional_url = known.url;
}

Validators next_validators(http::Response const& response, Validators const& known) {
    Validators next{.etag = std::string{response.fields["ETag"]},
                    .last_modified = std::string{response.fields["Last-Modified"]},
                    .url = response.effective_url};
    if (response.status == 304) {
        if (!response.fields.has("ETag")) {
            next.etag = known.etag;
        }
        if (!response.fields.has("Last-Modified")) {
            next.last_modified = known.last_modified;
        }
    }
    return next;
}

}  // namespace newswired::feeds
