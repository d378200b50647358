#include "http/content_coding.hpp"

#include "core/text.hpp"
#include "http/client.hpp"
#include "http/codings.hpp"

#include <algorithm>

namespace newswired::http {
namespace {

// Nobody codes a body more often on purpose; each stage costs a buffer.
constexpr std::size_t kMaxStages = 3;

// An announced length is a stranger's word: room for more than this is made as the bytes come.
constexpr std::uint64_t kMaxReserve = 1 << 20;

// Enough to tell text from compressed bytes.
constexpr std::size_t kSniffed = 16;

bool looks_like_text(std::string_view bytes) {
    for (unsigned char const byte : bytes) {
        if (byte == 0x7F || (byte < 0x20 && !is_space(static_cast<char>(byte)))) {
            return false;
        }
    }
    auto rest = bytes;
    if (rest.starts_with("\xEF\xBB\xBF")) {
        rest.remove_prefix(3);
    }
    rest = trim(rest);
    return rest.empty() || rest.front() == '<' || rest.front() == '{' || rest.front() == '[';
}

/// Keeps the first bytes back until they tell what they are, then decodes, or lets all pass as it is.
class Sniffing final : public Coding {
  public:
    explicit Sniffing(CodingName name) : name_{name} {}

    Error decode(std::string_view in, std::string& out, std::size_t max) override {
        if (decided_) {
            return pass(in, out, max);
        }
        head_ += in;
        if (head_.size() < kSniffed) {
            return {};
        }
        return decide(out, max);
    }

    Error finish(std::string& out, std::size_t max) override {
        if (!decided_) {
            if (head_.empty()) {
                return {};  // an empty body needs no coding
            }
            if (auto const error = decide(out, max)) {
                return error;
            }
        }
        return inner_ ? inner_->finish(out, max) : Error{};
    }

  private:
    Error decide(std::string& out, std::size_t max) {
        decided_ = true;
        auto const magic = has_magic(name_, head_);
        if (magic || !looks_like_text(head_)) {
            inner_ = make_decoder(name_, head_);
        }
        auto const head = std::move(head_);
        return pass(head, out, max);
    }

    Error pass(std::string_view in, std::string& out, std::size_t max) {
        if (inner_) {
            return inner_->decode(in, out, max);
        }
        if (in.size() > max - std::min(max, out.size())) {
            return errc::body_too_large;
        }
        out += in;
        return {};
    }

    CodingName name_;
    bool decided_ = false;
    std::string head_;
    std::unique_ptr<Coding> inner_;
};

}  // namespace

std::unique_ptr<Coding> make_coding(std::string_view name) {
    struct Row {
        std::string_view text;
        CodingName name;
    };
    constexpr Row kRows[] = {{"gzip", CodingName::gzip},
                             {"x-gzip", CodingName::gzip},
                             {"deflate", CodingName::deflate},
                             {"br", CodingName::br},
                             {"zstd", CodingName::zstd}};
    for (auto const& row : kRows) {
        if (equal_ignoring_case(name, row.text)) {
            return std::make_unique<Sniffing>(row.name);
        }
    }
    return nullptr;
}

BodyDecoder::BodyDecoder(std::size_t max) : max_{max} {}

Error BodyDecoder::start(std::string_view content_encoding) {
    for (auto const part : split(content_encoding, ',')) {
        auto const name = trim(part);
        // "utf-8" and "none" stand here on servers that mean no coding at all.
        if (name.empty() || equal_ignoring_case(name, "identity") || equal_ignoring_case(name, "none") ||
            equal_ignoring_case(name, "utf-8")) {
            continue;
        }
        auto coding = make_coding(name);
        if (!coding || stages_.size() == kMaxStages) {
            return errc::bad_coding;
        }
        stages_.insert(stages_.begin(), std::move(coding));
    }
    return {};
}

void BodyDecoder::expect(std::uint64_t length) {
    if (stages_.empty()) {
        body_.reserve(static_cast<std::size_t>(std::min({length, kMaxReserve, std::uint64_t{max_}})));
    }
}

Error BodyDecoder::write(std::string_view bytes) {
    received_ += bytes.size();
    if (received_ > max_) {
        return errc::body_too_large;
    }
    return pass(0, bytes);
}

Error BodyDecoder::pass(std::size_t stage, std::string_view bytes) {
    if (stage == stages_.size()) {
        if (bytes.size() > max_ - body_.size()) {
            return errc::body_too_large;
        }
        body_ += bytes;
        return {};
    }
    if (stage + 1 == stages_.size()) {
        return stages_[stage]->decode(bytes, body_, max_);
    }
    std::string decoded;
    if (auto const error = stages_[stage]->decode(bytes, decoded, max_)) {
        return error;
    }
    return pass(stage + 1, decoded);
}

Error BodyDecoder::finish() {
    for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
        std::string rest;
        auto const last = stage + 1 == stages_.size();
        if (auto const error = stages_[stage]->finish(last ? body_ : rest, max_)) {
            return error;
        }
        if (!rest.empty()) {
            if (auto const error = pass(stage + 1, rest)) {
                return error;
            }
        }
    }
    return {};
}

}  // namespace newswired::http
