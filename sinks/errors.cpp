#include "sinks/errors.hpp"

#include <boost/system/error_category.hpp>

#include <string>

namespace newswired::sinks {
namespace {

class Category final : public boost::system::error_category {
  public:
    char const* name() const noexcept override { return "newswired.sinks"; }

    std::string message(int code) const override {
        switch (errc(code)) {
            case errc::file_changed:
                return "somebody else removed or shortened the file";
            case errc::asked_to_wait:
                return "the receiver asked to wait";
            case errc::no_answer_in_time:
                return "the receiver gave no answer in time";
            case errc::receiver_gone:
                return "the receiver is gone for good (410)";
            case errc::not_accepted:
                return "the receiver did not accept the articles";
        }
        return "unknown sink error";
    }
};

}  // namespace

Error make_error_code(errc code) {
    static Category const category;
    return {static_cast<int>(code), category};
}

}  // namespace newswired::sinks
