#include "storage/errors.hpp"

#include <boost/system/error_category.hpp>

#include <string>

namespace newswired::storage {
namespace {

class Category final : public boost::system::error_category {
  public:
    char const* name() const noexcept override { return "newswired.storage"; }

    std::string message(int code) const override {
        switch (errc(code)) {
            case errc::unavailable:
                return "the state can't be written or read just now";
            case errc::full:
                return "the outbox is full of articles that sinks have not taken";
            case errc::no_space:
                return "the disk is full";
            case errc::in_use:
                return "another newswired is using this state_dir";
            case errc::wrong_version:
                return "the state was written by a newer version of newswired";
            case errc::corrupt:
                return "the state is damaged";
            case errc::conflict:
                return "the sink's cursor was moved by somebody else";
            case errc::closed:
                return "the store is closed";
        }
        return "unknown storage error";
    }
};

}  // namespace

Error make_error_code(errc code) {
    static Category const category;
    return {static_cast<int>(code), category};
}

}  // namespace newswired::storage
