#include "daemon/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace newswired::daemon {
namespace {

Error last_error() {
    return {errno, boost::system::system_category()};
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    operator int() const { return number_; }

  private:
    int number_;
};

}  // namespace

std::string read_private_file(std::string const& path) {
    Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    struct stat status {};
    if (file < 0 || ::fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != ::geteuid() ||
        status.st_size > static_cast<off_t>(kMaxPrivateFile)) {
        return {};
    }
    std::string bytes(static_cast<std::size_t>(status.st_size), 0);
    std::size_t done = 0;
    while (done < bytes.size()) {
        auto const got = ::read(file, bytes.data() + done, bytes.size() - done);
        if (got <= 0) {
            return {};
        }
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

Result<void> write_private_file(std::string const& path, std::string_view bytes) {
    auto const temporary = path + ".new";
    ::unlink(temporary.c_str());  // what a crash left, whatever its mode
    {
        Descriptor const file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                                     S_IRUSR | S_IWUSR)};
        if (file < 0) {
            return last_error();
        }
        while (!bytes.empty()) {
            auto const written = ::write(file, bytes.data(), bytes.size());
            if (written < 0) {
                auto const error = last_error();
                ::unlink(temporary.c_str());
                return error;
            }
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    if (std::rename(temporary.c_str(), path.c_str()) != 0) {
        return last_error();
    }
    return {};
}

}  // namespace newswired::daemon
