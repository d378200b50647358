// How much rarer a feed is polled while a hub tells of its news.

#pragma once

#include "feeds/interval.hpp"

namespace newswired::feeds::websub {

/// The next poll while pushes come: four times the wait, a day and `max_interval` at most, and never sooner
/// than `usual`.  A poll now and then stays, since hubs are lost in silence.
NextPoll next_poll_while_pushed(NextPoll usual, IntervalRules const& rules, SystemTime now);

}  // namespace newswired::feeds::websub
