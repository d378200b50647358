#include "http/content_coding.hpp"

#include "http/client.hpp"

#include <brotli/encode.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

namespace newswired::http {
namespace {

constexpr std::size_t kMax = 1'000'000;

std::string deflated(std::string_view text, int window_bits) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}
std::string gzipped(std::string_view text) {
    return deflated(text, 31);
}
std::string brotlied(std::string const& text) {
    std::size_t size = BrotliEncoderMaxCompressedSize(text.size()) + 64;
    std::string out(size, '\0');
    BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, text.size(),
                          reinterpret_cast<std::uint8_t const*>(text.data()), &size,
                          reinterpret_cast<std::uint8_t*>(out.data()));
    out.resize(size);
    return out;
}
std::string zstded(std::string const& text, int window_log = 0) {
    auto* const context = ZSTD_createCCtx();
    if (window_log != 0) {
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
        ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    }
    std::string out(ZSTD_compressBound(text.size()) + 64, '\0');
    ZSTD_inBuffer input{text.data(), text.size(), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    if (window_log != 0) {  // in two steps, so that it can't see that the text is short
        ZSTD_compressStream2(context, &output, &input, ZSTD_e_flush);
    }
    ZSTD_compressStream2(context, &output, &input, ZSTD_e_end);
    out.resize(output.pos);
    ZSTD_freeCCtx(context);
    return out;
}

/// Feeds `bytes` in pieces of that size.
Result<std::string> decode(std::string_view codings, std::string_view bytes, std::size_t piece = 7) {
    BodyDecoder decoder{kMax};
    if (auto const error = decoder.start(codings)) {
        return error;
    }
    while (!bytes.empty()) {
        auto const part = bytes.substr(0, piece);
        bytes.remove_prefix(part.size());
        if (auto const error = decoder.write(part)) {
            return error;
        }
    }
    if (auto const error = decoder.finish()) {
        return error;
    }
    return decoder.take();
}

std::string const kText = [] {
    std::string text = "<rss><channel>";
    for (int i = 0; i < 3000; ++i) {
        text += "<item>" + std::to_string(i * 7919) + "</item>";
    }
    return text;
}();

struct Case {
    char const* name;
    char const* codings;
    std::string bytes;
};

class Codings : public testing::TestWithParam<Case> {};

TEST_P(Codings, AreUndone) {
    for (auto const piece : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
        auto const decoded = decode(GetParam().codings, GetParam().bytes, piece);
        ASSERT_TRUE(decoded.has_value()) << decoded.error().message();
        EXPECT_EQ(*decoded, kText) << "in pieces of " << piece;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Codings,
    testing::Values(Case{"None", "", kText}, Case{"Identity", "identity", kText},
                    Case{"Gzip", "gzip", gzipped(kText)}, Case{"XGzip", "X-GZIP", gzipped(kText)},
                    Case{"Deflate", "deflate", deflated(kText, 15)},
                    Case{"RawDeflate", "deflate", deflated(kText, -15)},
                    Case{"Brotli", "br", brotlied(kText)}, Case{"Zstd", "zstd", zstded(kText)},
                    Case{"TwoMembers", "gzip", gzipped(kText.substr(0, 999)) + gzipped(kText.substr(999))},
                    Case{"TwoFrames", "zstd", zstded(kText.substr(0, 999)) + zstded(kText.substr(999))},
                    Case{"Stacked", "gzip, br", brotlied(gzipped(kText))},
                    Case{"GzipTwice", "gzip, gzip", gzipped(gzipped(kText))},
                    Case{"PlainSaidToBeGzip", "gzip", kText}, Case{"PlainSaidToBeDeflate", "deflate", kText},
                    Case{"PlainSaidToBeBrotli", "br", kText}, Case{"PlainSaidToBeZstd", "zstd", kText},
                    Case{"ZerosAfterTheEnd", "gzip", gzipped(kText) + std::string(600, '\0')},
                    Case{"NoiseAfterTheEnd", "gzip", gzipped(kText) + "\x1F noise"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(BodyDecoder, TakesAnEmptyBodyForAnyCoding) {
    for (auto const* coding : {"gzip", "deflate", "br", "zstd"}) {
        auto const decoded = decode(coding, "");
        ASSERT_TRUE(decoded.has_value()) << coding;
        EXPECT_EQ(*decoded, "");
    }
}

TEST(BodyDecoder, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(decode("compress", "x").error(), errc::bad_coding);
    EXPECT_EQ(decode("gzip, x-new", "x").error(), errc::bad_coding);
    EXPECT_EQ(decode("gzip,gzip,gzip,gzip", "x").error(), errc::bad_coding);
}

TEST(BodyDecoder, TellsHalfABodyFromADamagedOne) {
    for (auto const& [coding, whole] :
         {std::pair{"gzip", gzipped(kText)}, std::pair{"deflate", deflated(kText, 15)},
          std::pair{"br", brotlied(kText)}, std::pair{"zstd", zstded(kText)},
          std::pair{"gzip", gzipped(kText) + gzipped(kText)}}) {
        EXPECT_EQ(decode(coding, whole.substr(0, whole.size() - 20)).error(), errc::incomplete) << coding;
    }
    auto damaged = gzipped(kText);
    for (std::size_t i = 100; i < 140; ++i) {
        damaged[i] = '\xFF';
    }
    EXPECT_EQ(decode("gzip", damaged).error(), errc::bad_coding);
    EXPECT_EQ(decode("zstd", std::string(50, '\x01')).error(), errc::bad_coding);
    EXPECT_EQ(decode("gzip", std::string(50, '\x01')).error(), errc::bad_coding);
}

TEST(BodyDecoder, HoldsADecompressionBomb) {
    std::string const zeros(200'000'000, '\0');
    auto const bomb = gzipped(zeros);

    BodyDecoder decoder{kMax};
    ASSERT_FALSE(decoder.start("gzip"));
    EXPECT_EQ(decoder.write(bomb), errc::body_too_large);
    EXPECT_LE(decoder.take().capacity(), 2 * kMax);
}

TEST(BodyDecoder, HoldsABombWithinABomb) {
    auto const bomb = gzipped(gzipped(std::string(100'000'000, '\0')));

    EXPECT_EQ(decode("gzip, gzip", bomb, 1000).error(), errc::body_too_large);
}

TEST(BodyDecoder, TakesABodyOfExactlyTheBound) {
    std::string const text(kMax, 'x');

    EXPECT_EQ(decode("gzip", gzipped(text))->size(), kMax);
    EXPECT_EQ(decode("", text, 1000)->size(), kMax);
    EXPECT_EQ(decode("gzip", gzipped(text + "x")).error(), errc::body_too_large);
    EXPECT_EQ(decode("", text + "x", 1000).error(), errc::body_too_large);
}

TEST(BodyDecoder, RefusesHugeZstdWindows) {
    EXPECT_EQ(decode("zstd", zstded(kText, 27)).error(), errc::bad_coding);
    EXPECT_EQ(*decode("zstd", zstded(kText, 23)), kText);
}

}  // namespace
}  // namespace newswired::http
