#include "articles/clean.hpp"

#include "articles/steps.hpp"

namespace newswired::articles {

#define NEWSWIRED_STEP(name) void step_##name(Draft& draft);
#include "articles/steps.inc"
#undef NEWSWIRED_STEP

std::span<Step const> cleaning_steps() {
    static constexpr Step kSteps[] = {
#define NEWSWIRED_STEP(name) {#name, step_##name},
#include "articles/steps.inc"
#undef NEWSWIRED_STEP
    };
    return kSteps;
}

Article clean_with(std::span<Step const> steps, feeds::ParsedFeed const& feed,
                   feeds::ParsedItem const& item) {
    Draft draft{.feed = feed, .item = item};
    for (auto const& step : steps) {
        step.run(draft);
    }
    return std::move(draft.article);
}

Article clean(feeds::ParsedFeed const& feed, feeds::ParsedItem const& item) {
    return clean_with(cleaning_steps(), feed, item);
}

}  // namespace newswired::articles
