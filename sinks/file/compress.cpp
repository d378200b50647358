#include "sinks/file/compress.hpp"

#include <boost/system/errc.hpp>

#include <zstd.h>

#include <filesystem>
#include <memory>
#include <new>
#include <string_view>

namespace newswired::sinks {
namespace {

struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

Result<void> compress(OpenFile& from, OpenFile& to) {
    std::unique_ptr<ZSTD_CCtx, FreeContext> const context{ZSTD_createCCtx()};
    if (!context) {
        throw std::bad_alloc{};
    }
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string output(ZSTD_CStreamOutSize(), '\0');
    std::uint64_t read = 0;
    std::uint64_t written = 0;
    for (bool at_end = false; !at_end;) {
        auto const input = from.read_at(read, ZSTD_CStreamInSize());
        if (!input) {
            return input.error();
        }
        read += input->size();
        at_end = input->empty();
        ZSTD_inBuffer in{input->data(), input->size(), 0};
        for (bool finished = false; !finished;) {
            ZSTD_outBuffer out{output.data(), output.size(), 0};
            auto const remaining =
                ZSTD_compressStream2(context.get(), &out, &in, at_end ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(remaining) != 0) {
                return boost::system::errc::make_error_code(boost::system::errc::io_error);
            }
            if (out.pos > 0) {
                if (auto const done = to.write_at(written, {output.data(), out.pos}); !done) {
                    return done;
                }
                written += out.pos;
            }
            finished = at_end ? remaining == 0 : in.pos == in.size;
        }
    }
    return to.sync();
}

Result<void> compress_to(FileSystem& files, std::string const& path, std::string const& growing) {
    auto const from = files.open(path, false);
    if (!from) {
        return from.error();
    }
    auto const to = files.open(growing, true);
    if (!to) {
        return to.error();
    }
    // An earlier attempt may have left something there.
    if (auto const emptied = (*to)->truncate(0); !emptied) {
        return emptied;
    }
    return compress(**from, **to);
}

}  // namespace

Result<void> compress_file(FileSystem& files, std::string const& path) {
    auto const growing = path + ".zst.tmp";
    if (auto const done = compress_to(files, path, growing); !done) {
        (void)files.remove(growing);  // what is left is removed at the next opening
        return done;
    }
    if (auto const done = files.rename(growing, path + ".zst"); !done) {
        return done;
    }
    // The new name must be on the disk before the old one goes.
    if (auto const done = files.sync_folder(std::filesystem::path{path}.parent_path().string()); !done) {
        return done;
    }
    return files.remove(path);
}

}  // namespace newswired::sinks
