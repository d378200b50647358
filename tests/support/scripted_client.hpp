// A network that says what the test wrote down: answers in order, or by URL, and remembers what was asked.

#pragma once

#include "http/client.hpp"
#include "http/redirect.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace newswired::test {

class ScriptedClient final : public http::Client {
  public:
    using Answer = Result<http::Response>;

    /// What the next request gets that has no answer by its URL; first come, first served.
    void answer_next(http::Response response) { next_.emplace_back(std::move(response)); }
    void answer_next(Error error) { next_.emplace_back(error); }
    void answer_next(http::errc error) { next_.emplace_back(make_error_code(error)); }

    /// What every request for that URL gets, until it is scripted anew.
    void answer(std::string const& url, http::Response response) {
        by_url_.insert_or_assign(url, Answer{std::move(response)});
    }
    void answer(std::string const& url, Error error) { by_url_.insert_or_assign(url, Answer{error}); }
    void answer(std::string const& url, http::errc error) { answer(url, make_error_code(error)); }

    /// All that was asked, in order.
    std::vector<http::Request> const& requests() const { return requests_; }
    std::size_t unused_answers() const { return next_.size(); }

    /// Answers after one turn of the event loop, as a network would; without a script, with
    /// errc::connect_failed.  `effective_url` is the URL asked, unless the script says otherwise.  Redirects
    /// are followed, without end, where somebody judges them; else they are the answer.
    Task<Result<http::Response>> send(http::Request request) override {
        std::vector<http::Hop> hops;
        for (;;) {
            auto answer = co_await ask(request);
            if (!answer || request.redirect_judge == nullptr || !http::is_redirect(answer->status)) {
                if (answer && !hops.empty()) {
                    answer->hops = std::move(hops);
                }
                co_return std::move(answer);
            }
            auto const from = http::parse_url(request.url);
            auto const to = from ? http::redirect_target(*from, *answer) : http::errc::bad_url;
            if (!to) {
                co_return to.error();
            }
            auto target = to->text();
            hops.push_back({.status = answer->status, .from = request.url, .to = target});
            auto const refused = co_await request.redirect_judge->judge(std::move(target));
            if (refused) {
                co_return refused;
            }
            request.url = hops.back().to;
        }
    }

  private:
    Task<Answer> ask(http::Request const& request) {
        requests_.push_back(request);
        auto const executor = co_await boost::asio::this_coro::executor;
        co_await boost::asio::post(executor, boost::asio::use_awaitable_t<Executor>{});
        auto answer = take_answer(request.url);
        if (answer && answer->effective_url.empty()) {
            answer->effective_url = request.url;
        }
        co_return std::move(answer);
    }

    Answer take_answer(std::string const& url) {
        if (auto const found = by_url_.find(url); found != by_url_.end()) {
            return found->second;
        }
        if (next_.empty()) {
            return http::errc::connect_failed;
        }
        auto answer = std::move(next_.front());
        next_.pop_front();
        return answer;
    }

    std::deque<Answer> next_;
    std::map<std::string, Answer> by_url_;
    std::vector<http::Request> requests_;
};

}  // namespace newswired::test
