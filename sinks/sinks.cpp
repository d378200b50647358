#include "sinks/sink.hpp"

namespace newswired::sinks {

#define NEWSWIRED_SINK(type, make) \
    std::unique_ptr<Sink> make(config::Sink const& settings, Services services);
#include "sinks/sinks.inc"
#undef NEWSWIRED_SINK

namespace {

struct Entry {
    std::string_view type;
    std::unique_ptr<Sink> (*make)(config::Sink const&, Services);
};

constexpr Entry kSinks[] = {
#define NEWSWIRED_SINK(type, make) {#type, make},
#include "sinks/sinks.inc"
#undef NEWSWIRED_SINK
};

}  // namespace

std::unique_ptr<Sink> make_sink(config::Sink const& settings, Services services) {
    for (auto const& entry : kSinks) {
        if (entry.type == settings.type) {
            return entry.make(settings, std::move(services));
        }
    }
    return nullptr;
}

bool is_built(std::string_view type) {
    for (auto const& entry : kSinks) {
        if (entry.type == type) {
            return true;
        }
    }
    return false;
}

}  // namespace newswired::sinks
