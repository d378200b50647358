// Lists of feeds from strangers: OPML, or a URL a line.

#include "config/feed_lists.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const read = config::read_list(std::string{fuzz::text_of(data, size)});
    auto const* const list = std::get_if<config::ReadList>(&read);
    if (list == nullptr) {
        fuzz::require(!std::get<config::ListError>(read).what.empty(), "a mistake has words");
        return 0;
    }
    fuzz::require(list->feeds.size() > 0, "a list names a feed");
    auto const again = config::read_list(config::to_opml(list->feeds, "All"));
    auto const* const back = std::get_if<config::ReadList>(&again);
    fuzz::require(back != nullptr, "what is written can be read");
    for (std::size_t i = 0; i < list->feeds.size(); ++i) {
        fuzz::require(!list->feeds.url(i).empty(), "a feed has an address");
    }
    return 0;
}
