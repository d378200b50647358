// One pass under way: what its stages share, from the answer to the commit.
//
//     poll:  ask ⇒ read_answer() ⇒ look_for_gap() ⇒ take over ⇒ write_articles() ⇒ plan the next ⇒ write()
//     push:  read_answer() ⇒ write_articles() ⇒ write()
//
// feed_pass.cpp tells the story of a poll, pushed_pass.cpp that of a push; the stages are functions on this
// object, each in a file of its own.  It lives in the frame of pass() or pushed_pass() and belongs to their
// thread; what a stage gives to a worker is done when the stage goes on.

#pragma once

#include "daemon/pass/feed_pass.hpp"
#include "feeds/poll.hpp"
#include "feeds/window.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newswired::daemon {

struct Pass {
    Pass(PassServices with, SharedPlan of, std::size_t number, storage::FeedRecord read);

    std::string_view identity() const { return plan->feeds().identity(feed); }
    /// Where the feed is asked: its URL, or what permanent redirects have taught.
    std::string url() const;
    /// What the operator configured for requests of this feed, as far as it may go to `address`.
    feeds::RequestOptions request_to(std::string_view address) const;
    bool wants_pushes() const { return services.pushes != nullptr && options.websub; }
    /// Before `window` is used: most polls need none.
    void open_window();

    PassServices services;
    SharedPlan plan;
    std::size_t feed;
    config::FeedOptions const& options;  ///< its own, in the plan
    std::string_view configured_url;     ///< likewise
    SystemTime now{};                    ///< of the answer, or of the push
    SteadyTime began;

    storage::FeedRecord record;  ///< as it rests in storage
    feeds::FeedState state;      ///< as it becomes
    feeds::Window window{};      ///< the items of the last document; the new one's, once it is taken over
    bool window_is_open = false;

    storage::PollCommit commit{};       ///< as it grows
    std::vector<std::string> titles{};  ///< of its items, when the log wants articles
    SystemTime gap_since{};             ///< with `commit.gap`: when the feed was last read before it
    std::size_t unknown = 0;            ///< items that were not known to be unchanged
    PassReport report{};
    PassSignals signals{};
};

/// Says so to whoever runs the pass.
inline void give(std::function<void()>& signal) {
    if (auto const once = std::exchange(signal, nullptr)) {
        once();
    }
}

}  // namespace newswired::daemon
