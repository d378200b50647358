#include "sinks/file/compress.hpp"

#include <boost/system/errc.hpp>
#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <vector>

namespace newswired::sinks {
namespace {

struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

Error last_error() {
    return {errno != 0 ? errno : EIO, boost::system::system_category()};
}

Result<void> compress(std::FILE* from, std::FILE* to) {
    std::unique_ptr<ZSTD_CCtx, FreeContext> const context{ZSTD_createCCtx()};
    std::vector<char> input(ZSTD_CStreamInSize());
    std::vector<char> output(ZSTD_CStreamOutSize());
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    for (;;) {
        auto const got = std::fread(input.data(), 1, input.size(), from);
        if (got < input.size() && std::ferror(from) != 0) {
            return last_error();
        }
        auto const mode = got < input.size() ? ZSTD_e_end : ZSTD_e_continue;
        ZSTD_inBuffer in{input.data(), got, 0};
        for (bool finished = false; !finished;) {
            ZSTD_outBuffer out{output.data(), output.size(), 0};
            auto const remaining = ZSTD_compressStream2(context.get(), &out, &in, mode);
            if (ZSTD_isError(remaining) != 0) {
                return boost::system::errc::make_error_code(boost::system::errc::io_error);
            }
            if (std::fwrite(output.data(), 1, out.pos, to) != out.pos) {
                return last_error();
            }
            finished = mode == ZSTD_e_end ? remaining == 0 : in.pos == in.size;
        }
        if (mode == ZSTD_e_end) {
            return {};
        }
    }
}

}  // namespace

Result<void> compress_file(std::string const& path) {
    auto const growing = path + ".zst.tmp";
    File const from{std::fopen(path.c_str(), "rbe")};
    if (!from) {
        return last_error();
    }
    {
        File const to{std::fopen(growing.c_str(), "wbe")};
        if (!to) {
            return last_error();
        }
        (void)::fchmod(::fileno(to.get()), 0640);
        auto const done = compress(from.get(), to.get());
        if (!done || std::fflush(to.get()) != 0 || ::fdatasync(::fileno(to.get())) != 0) {
            auto const error = done ? last_error() : done.error();
            ::unlink(growing.c_str());
            return error;
        }
    }
    if (std::rename(growing.c_str(), (path + ".zst").c_str()) != 0 || ::unlink(path.c_str()) != 0) {
        return last_error();
    }
    return {};
}

}  // namespace newswired::sinks
