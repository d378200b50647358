// The page desk of one I/O thread: asks for article pages on the hosts that belong to the thread.
//
// Before a page: the site's robots.txt, kept for a day; then the host's turn (schedule/turns.hpp); then one
// request.
// Two feeds that have the same news at the same time want the same page: the last answers are remembered for
// some minutes, until the store knows the article.
// Everything belongs to the thread; pass/pages.hpp's PageDesks takes requests of other threads there.

#pragma once

#include "core/clock.hpp"
#include "core/completion.hpp"
#include "core/task_group.hpp"
#include "daemon/pass/pages.hpp"
#include "daemon/schedule/turns.hpp"
#include "http/client.hpp"
#include "http/robots.hpp"
#include "http/url/url.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace newswired::daemon {

class PageDesk {
  public:
    /// What is passed in outlives the desk; `agent` is the product token that robots.txt knows us by.
    PageDesk(Executor executor, http::Client& client, Clock& clock, Turns& turns, std::string agent);

    /// On the desk's own thread.
    Task<PageAnswer> ask(http::Request request);
    Task<Permission> permission(std::string url, RobotsReading reading);

    /// From any thread: does the same on the desk's thread and fulfils `answer`.
    void ask_for_another_thread(http::Request request, Completion<PageAnswer> answer);
    void permit_for_another_thread(std::string url, Completion<Permission> answer);
    /// On the desk's own thread: gives up what is under way for other threads.
    void cancel() { visits_.cancel(); }

  private:
    struct Site {
        SteadyTime quiet_until{};  ///< it asked for peace
        http::Robots robots{};
        SteadyTime until{};       ///< when robots.txt is to be read again
        bool unreadable = false;  ///< it never could be so far
        bool being_read = false;  ///< by one; the others wait
        std::vector<Alarm*> waiting{};
    };
    struct Recent {
        std::string url{};
        SteadyTime at{};
        http::Response response{};
    };
    struct Reading;

    Task<Permission> allows(http::Url const& url);
    static Permission said_by(Site const& site, http::Url const& url);
    void note_answer(std::string const& origin, http::Response const& response);
    Task<void> read_robots(Site& site, std::string url, Schedule::HostId host);
    Site& site(std::string const& origin);
    http::Response const* recent(std::string const& url);
    void remember(std::string const& url, http::Response const& response);
    Task<void> visit(http::Request request, Completion<PageAnswer> answer);
    Task<void> permit(std::string url, Completion<Permission> answer);

    Executor executor_;
    http::Client& client_;
    Clock& clock_;
    Turns& turns_;
    std::string agent_;
    std::unordered_map<std::string, std::unique_ptr<Site>> sites_;
    std::deque<std::string> order_;  // of sites_, oldest first
    std::deque<Recent> recent_;      // oldest first
    std::size_t recent_bytes_ = 0;
    TaskGroup visits_;
};

/// The desks of all threads as one door.
class PageDesks final : public Pages {
  public:
    /// Before the first ask(); the desks outlive their use.  A host's desk is the one of its thread
    /// (assignments.hpp).
    void add(Executor executor, PageDesk& desk) { desks_.push_back({executor, &desk}); }

    Task<PageAnswer> ask(http::Request request) override;
    Task<Permission> permission(std::string url, RobotsReading reading) override;

  private:
    struct Desk {
        Executor executor;
        PageDesk* desk;
    };
    std::vector<Desk> desks_;
};

}  // namespace newswired::daemon
