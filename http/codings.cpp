#include "http/codings.hpp"

#include "http/client.hpp"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <new>

namespace newswired::http {
namespace {

constexpr int kGzipWindow = 15 + 16;
constexpr int kZlibWindow = 15;
constexpr int kRawWindow = -15;

// RFC 9659: no zstd over HTTP needs a window above 8 MiB.
constexpr int kZstdWindowLog = 23;

bool has_zlib_header(std::string_view head) {
    if (head.size() < 2) {
        return false;
    }
    auto const method = static_cast<unsigned char>(head[0]);
    auto const flags = static_cast<unsigned char>(head[1]);
    return (method & 0x0F) == 8 && method >> 4 <= 7 && (method * 256u + flags) % 31 == 0;
}

class Zlib final : public Coding {
  public:
    Zlib(int window_bits, bool several_members) : several_members_{several_members} {
        if (inflateInit2(&stream_, window_bits) != Z_OK) {
            throw std::bad_alloc{};
        }
    }
    ~Zlib() override { inflateEnd(&stream_); }
    Zlib(Zlib const&) = delete;
    Zlib& operator=(Zlib const&) = delete;

    Error decode(std::string_view in, std::string& out, std::size_t max) override {
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
        stream_.avail_in = static_cast<uInt>(in.size());
        while (!ended_) {
            int status = Z_OK;
            auto const fits = append_some(out, max, [&](char* p, std::size_t n) {
                stream_.next_out = reinterpret_cast<Bytef*>(p);
                stream_.avail_out = static_cast<uInt>(n);
                status = inflate(&stream_, Z_NO_FLUSH);
                return n - stream_.avail_out;
            });
            if (!fits) {
                return errc::body_too_large;
            }
            if (status == Z_STREAM_END) {
                begin_next_member();
                continue;
            }
            if (status == Z_BUF_ERROR || (status == Z_OK && stream_.avail_in == 0 && stream_.avail_out > 0)) {
                return {};  // wants more
            }
            if (status != Z_OK) {
                return after_first_member_ ? ignore_the_rest() : Error{errc::bad_coding};
            }
        }
        return {};
    }

    Error finish(std::string&, std::size_t) override {
        auto const between_members = after_first_member_ && stream_.total_out == 0;
        return ended_ || between_members ? Error{} : Error{errc::incomplete};
    }

  private:
    void begin_next_member() {
        // RFC 1952, 2.2: members follow one another.  What follows and is none, zeros or a newline, is noise.
        if (several_members_) {
            inflateReset(&stream_);
            after_first_member_ = true;
            ended_ = stream_.avail_in > 0 && *stream_.next_in != 0x1F;
        } else {
            ended_ = true;
        }
    }

    Error ignore_the_rest() {
        ended_ = true;
        return stream_.total_out == 0 ? Error{} : Error{errc::bad_coding};
    }

    z_stream stream_{};
    bool several_members_;
    bool after_first_member_ = false;
    bool ended_ = false;
};

class Brotli final : public Coding {
  public:
    Brotli() {
        if (state_ == nullptr) {
            throw std::bad_alloc{};
        }
    }
    ~Brotli() override { BrotliDecoderDestroyInstance(state_); }
    Brotli(Brotli const&) = delete;
    Brotli& operator=(Brotli const&) = delete;

    Error decode(std::string_view in, std::string& out, std::size_t max) override {
        auto const* next_in = reinterpret_cast<std::uint8_t const*>(in.data());
        auto left = in.size();
        while (!ended_) {
            auto status = BROTLI_DECODER_RESULT_ERROR;
            auto const fits = append_some(out, max, [&](char* p, std::size_t n) {
                auto* next_out = reinterpret_cast<std::uint8_t*>(p);
                auto room = n;
                status = BrotliDecoderDecompressStream(state_, &left, &next_in, &room, &next_out, nullptr);
                return n - room;
            });
            if (!fits) {
                return errc::body_too_large;
            }
            if (status == BROTLI_DECODER_RESULT_ERROR) {
                return errc::bad_coding;
            }
            if (status == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) {
                return {};
            }
            ended_ = status == BROTLI_DECODER_RESULT_SUCCESS;
        }
        return {};
    }

    Error finish(std::string&, std::size_t) override { return ended_ ? Error{} : Error{errc::incomplete}; }

  private:
    BrotliDecoderState* state_ = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
    bool ended_ = false;
};

class Zstd final : public Coding {
  public:
    Zstd() {
        if (stream_ == nullptr) {
            throw std::bad_alloc{};
        }
        ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kZstdWindowLog);
    }
    ~Zstd() override { ZSTD_freeDStream(stream_); }
    Zstd(Zstd const&) = delete;
    Zstd& operator=(Zstd const&) = delete;

    Error decode(std::string_view in, std::string& out, std::size_t max) override {
        ZSTD_inBuffer input{in.data(), in.size(), 0};
        bool output_was_full = false;
        while (input.pos < input.size || output_was_full) {
            std::size_t hint = 0;
            auto const fits = append_some(out, max, [&](char* p, std::size_t n) {
                ZSTD_outBuffer output{p, n, 0};
                hint = ZSTD_decompressStream(stream_, &output, &input);
                output_was_full = output.pos == output.size;
                return output.pos;
            });
            if (!fits) {
                return errc::body_too_large;
            }
            if (ZSTD_isError(hint) != 0) {
                return errc::bad_coding;
            }
            at_frame_end_ = hint == 0;  // frames follow one another (RFC 8878, 3.1)
        }
        return {};
    }

    Error finish(std::string&, std::size_t) override {
        return at_frame_end_ ? Error{} : Error{errc::incomplete};
    }

  private:
    ZSTD_DStream* stream_ = ZSTD_createDStream();
    bool at_frame_end_ = false;
};

}  // namespace

bool has_magic(CodingName name, std::string_view head) {
    switch (name) {
        case CodingName::gzip:
            return head.starts_with("\x1F\x8B");
        case CodingName::deflate:
            return has_zlib_header(head);
        case CodingName::br:
            return false;
        case CodingName::zstd:
            return head.starts_with("\x28\xB5\x2F\xFD");
    }
    return false;
}

std::unique_ptr<Coding> make_decoder(CodingName name, std::string_view head) {
    switch (name) {
        case CodingName::gzip:
            return std::make_unique<Zlib>(kGzipWindow, true);
        case CodingName::deflate:
            return std::make_unique<Zlib>(has_zlib_header(head) ? kZlibWindow : kRawWindow, false);
        case CodingName::br:
            return std::make_unique<Brotli>();
        case CodingName::zstd:
            return std::make_unique<Zstd>();
    }
    return nullptr;
}

}  // namespace newswired::http
