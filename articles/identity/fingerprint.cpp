#include "articles/identity/fingerprint.hpp"

#include "articles/identity/h1_text.hpp"
#include "articles/identity/tracking.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <vector>

namespace newswired::articles {
namespace {

constexpr std::size_t kShortText = 200;  // characters; a text below it does not tell articles apart

std::string text_of(feeds::Text const& text) {
    return text.kind == feeds::TextKind::html ? h1_text_of_html(text.value) : h1_text_of_plain(text.value);
}

bool is_short(std::string_view utf8) {
    if (utf8.size() >= kShortText * 4) {
        return false;  // of four bytes each at most
    }
    auto const characters =
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return std::size_t(characters) < kShortText;
}

std::string_view without_query(std::string_view url) {
    return url.substr(0, find_any<0, '?', '#'>(url, 0));
}

std::uint32_t part(std::string_view bytes) {
    return std::uint32_t(xxh3(bytes));
}

}  // namespace

Fingerprint fingerprint(feeds::ParsedItem const& item) {
    thread_local Sha256Hasher hasher;
    auto const title = text_of(item.title);
    auto const text = text_of(item.content.empty() ? item.summary : item.content);
    std::vector<std::string_view> enclosures;
    for (auto const& attachment : item.attachments) {
        enclosures.push_back(without_query(attachment.url));
    }
    std::sort(enclosures.begin(), enclosures.end());
    std::string list;
    for (auto const enclosure : enclosures) {
        list += enclosure;
        list += '\n';
    }
    auto const link = canonical_url(item.url);
    hasher.update_field(title);
    hasher.update_field(text);
    hasher.update_field(list);
    if (is_short(text)) {
        hasher.update_field(link.empty() ? std::string{item.id} : link);
    }
    return {
        .hash = hasher.finish(),
        .parts = {.title = part(title), .text = part(text), .attachments = part(list), .link = part(link)}};
}

std::string to_string_h1(Sha256 const& hash) {
    return "h1:" + to_hex({reinterpret_cast<char const*>(hash.data()), hash.size()});
}

std::string canonical_url(std::string_view url) {
    url = trim(url);
    url = url.substr(0, url.find('#'));
    if (auto const scheme = url.find("://"); scheme != std::string_view::npos) {
        url.remove_prefix(scheme + 3);
    }
    if (starts_with_ignoring_case(url, "www.")) {
        url.remove_prefix(4);
    }
    auto canonical = without_tracking_of_h1(url);
    auto const host = find_any<0, '/', '?'>(canonical, 0);
    std::transform(canonical.begin(), canonical.begin() + std::ptrdiff_t(host), canonical.begin(),
                   [](char c) { return to_lower(c); });
    while (canonical.ends_with('/')) {
        canonical.pop_back();
    }
    return canonical;
}

std::uint64_t url_hash(std::string_view url) {
    return url.empty() ? 0 : url_hash_of_canonical(canonical_url(url));
}

std::uint64_t url_hash_of_canonical(std::string_view canonical) {
    auto const hash = xxh3(canonical);
    return hash == 0 ? 1 : hash;
}

}  // namespace newswired::articles
