#include "http/link_header.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace newswired::http {
namespace {

constexpr std::size_t kMaxLinks = 64;  // a header can hold thousands; a feed has two that matter

class Reader {
  public:
    explicit Reader(std::string_view text) : rest_{text} {}

    bool at_end() const { return rest_.empty(); }
    bool take(char wanted) {
        skip_space();
        if (rest_.empty() || rest_.front() != wanted) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }
    std::string_view until(std::string_view ends) {
        auto const length = std::min(rest_.find_first_of(ends), rest_.size());
        auto const part = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return part;
    }
    std::string value() {
        skip_space();
        return take('"') ? quoted() : std::string{trim(until(";,"))};
    }
    /// Past the next comma that stands outside quotes and brackets.
    void skip_link() {
        while (!at_end()) {
            (void)until(",\"<");
            if (take('"')) {
                (void)quoted();
            } else if (take('<')) {
                (void)until(">");
            } else {
                (void)take(',');
                return;
            }
        }
    }

  private:
    void skip_space() {
        while (!rest_.empty() && is_space(rest_.front())) {
            rest_.remove_prefix(1);
        }
    }
    // After the opening quote.
    std::string quoted() {
        std::string text;
        while (!rest_.empty()) {
            auto c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"') {
                break;
            }
            if (c == '\\' && !rest_.empty()) {
                c = rest_.front();
                rest_.remove_prefix(1);
            }
            text += c;
        }
        return text;
    }

    std::string_view rest_;
};

void read_parameters(Reader& reader, WebLink& link) {
    bool has_rel = false;
    while (reader.take(';')) {
        auto const name = trim(reader.until("=;,"));
        auto value = reader.take('=') ? reader.value() : std::string{};
        if (equal_ignoring_case(name, "rel") && !std::exchange(has_rel, true)) {
            link.rel = std::move(value);
        } else if (equal_ignoring_case(name, "anchor")) {
            link.anchor = std::move(value);
        }
    }
}

}  // namespace

bool WebLink::is(std::string_view type) const {
    auto const types = split(rel, ' ');
    return std::any_of(types.begin(), types.end(),
                       [type](std::string_view one) { return equal_ignoring_case(trim(one), type); });
}

std::vector<WebLink> links_of(Fields const& fields) {
    auto const text = fields.joined("Link");
    std::vector<WebLink> links;
    Reader reader{text};
    while (!reader.at_end() && links.size() < kMaxLinks) {
        if (!reader.take('<')) {
            reader.skip_link();
            continue;
        }
        WebLink link{.target = std::string{trim(reader.until(">"))}};
        if (reader.take('>')) {
            read_parameters(reader, link);
            links.push_back(std::move(link));
        }
        reader.skip_link();
    }
    return links;
}

}  // namespace newswired::http
