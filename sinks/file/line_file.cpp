#include "sinks/file/line_file.hpp"

#include "core/bytes.hpp"
#include "core/log.hpp"
#include "sinks/errors.hpp"
#include "sinks/file/compress.hpp"

#include <boost/system/errc.hpp>

#include <charconv>
#include <filesystem>
#include <optional>
#include <utility>

namespace newswired::sinks {
namespace {

constexpr std::string_view kCompressed = ".zst";
constexpr std::string_view kGrowing = ".zst.tmp";

// One for each rotation would do; the second catches up with those that a crash or a full disk left plain.
constexpr int kMaxCompressionsARotation = 2;

std::string folder_of(std::string const& path) {
    return std::filesystem::path{path}.parent_path().string();
}

// A file that does not end in a line feed was cut by somebody else: our next line must not be glued to it.
Result<void> end_line(OpenFile& file) {
    auto const info = file.info();
    if (!info || info->size == 0) {
        return info ? Result<void>{} : Result<void>{info.error()};
    }
    auto const last = file.read_at(info->size - 1, 1);
    if (!last) {
        return last.error();
    }
    if (*last == "\n") {
        return {};
    }
    if (auto const ended = file.write_at(info->size, "\n"); !ended) {
        return ended;
    }
    return file.sync();
}

// Cuts off what stands behind `offset`, unless the file is not as we left it.
Result<void> cut(OpenFile& file, std::uint64_t offset, std::string const& name) {
    auto const info = file.info();
    if (!info) {
        return info.error();
    }
    if (info->size < offset) {
        log::error("A sink's file is shorter than what was written to it; somebody else cut it",
                   {{"file", name}, {"written", offset}, {"found", info->size}});
        return end_line(file);
    }
    if (offset > 0) {
        auto const before = file.read_at(offset - 1, 1);
        if (!before) {
            return before.error();
        }
        if (*before != "\n") {
            log::error("A sink's file is not as it was written; somebody else changed it",
                       {{"file", name}, {"written", offset}});
            return end_line(file);
        }
    }
    if (info->size == offset) {
        return {};
    }
    if (auto const done = file.truncate(offset); !done) {
        return done;
    }
    return file.sync();
}

/// The number and the form of a rotated file, from what its name adds to the path's: ".7", ".7.zst".
struct RotatedName {
    std::uint32_t number = 0;
    std::string_view form{};
};

std::optional<RotatedName> rotated_name(std::string_view addition) {
    if (addition.size() < 2 || addition[0] != '.' || addition[1] < '1' || addition[1] > '9') {
        return std::nullopt;
    }
    RotatedName name;
    auto const* const end = addition.data() + addition.size();
    auto const [rest, error] = std::from_chars(addition.data() + 1, end, name.number);
    if (error != std::errc{}) {
        return std::nullopt;
    }
    name.form = {rest, std::size_t(end - rest)};
    return name;
}

}  // namespace

std::string LineFile::encode(Position const& position) {
    std::string bytes;
    ByteWriter out{bytes};
    out.varint(position.file.inode);
    out.varint(position.offset);
    return bytes;
}

LineFile::Position LineFile::decode(std::string_view bytes) {
    ByteReader in{bytes};
    Position position;
    position.file.inode = in.varint();
    position.offset = in.varint();
    return in.failed() || !in.at_end() ? Position{} : position;
}

std::string LineFile::numbered(std::uint32_t number) const {
    return path_ + "." + std::to_string(number);
}

// Names the file, which the error can't, once for each spell of one error: it is tried again for ever.
Error LineFile::told(Error error) {
    if (error != told_) {
        told_ = error;
        log::warn("A sink's file can't be written", {{"file", path_}, {"reason", error.message()}});
    }
    return error;
}

Result<void> LineFile::open(std::string_view position) {
    if (auto const opened = open_at(decode(position)); !opened) {
        return told(opened.error());
    }
    return {};
}

Result<void> LineFile::open_at(Position const& stored) {
    file_.reset();
    if (auto const tidied = tidy(); !tidied) {
        return tidied.error();
    }
    return stored.file == FileId{} ? start_new() : recover(stored);
}

// The path as it is now; what it holds already (from a state that was deleted, say) stays.
Result<void> LineFile::start_new() {
    auto file = files_.open(path_, true);
    if (!file) {
        return file.error();
    }
    // Synced lines in a file without a durable name would be lost all the same.
    if (auto const synced = files_.sync_folder(folder_of(path_)); !synced) {
        return synced;
    }
    if (auto const ended = end_line(**file); !ended) {
        return ended;
    }
    return go_on(std::move(*file));
}

Result<void> LineFile::go_on(std::unique_ptr<OpenFile> file) {
    auto const info = file->info();
    if (!info) {
        return info.error();
    }
    file_ = std::move(file);
    position_ = {.file = info->id, .offset = info->size};
    return {};
}

Result<void> LineFile::recover(Position const& stored) {
    auto const at_path = files_.identify(path_);
    if (!at_path) {
        return at_path.error();
    }
    if (*at_path == stored.file) {
        auto file = files_.open(path_, false);
        if (!file) {
            return file.error();
        }
        if (auto const done = cut(**file, stored.offset, path_); !done) {
            return done;
        }
        return go_on(std::move(*file));
    }
    auto const renamed = cut_renamed(stored);
    if (!renamed) {
        return renamed.error();
    }
    // What a new file at the path holds was written by us after the stored position, or by nobody we know.
    // Ours begins at its start, since each of our files does.
    if (*renamed == Renamed::found && *at_path != FileId{}) {
        auto const file = files_.open(path_, false);
        if (!file) {
            return file.error();
        }
        if (auto const emptied = (*file)->truncate(0); !emptied) {
            return emptied;
        }
    }
    return start_new();
}

// That it can't be cut is an error: going on elsewhere would double its end.
Result<LineFile::Renamed> LineFile::cut_renamed(Position const& stored) {
    auto const name = find(stored.file);
    if (!name) {
        return name.error();
    }
    if (name->empty()) {
        log::warn("A sink's file is gone; a new one is begun", {{"file", path_}});
        return Renamed::gone;
    }
    auto const file = files_.open(*name, false);
    if (!file) {
        return file.error();
    }
    if (auto const done = cut(**file, stored.offset, *name); !done) {
        return done.error();
    }
    return Renamed::found;
}

// The path of the file in our folder, empty when it is not there.
Result<std::string> LineFile::find(FileId id) {
    auto const folder = folder_of(path_);
    auto const names = files_.list(folder);
    if (!names) {
        return names.error();
    }
    for (auto const& name : *names) {
        auto const path = (std::filesystem::path{folder} / name).string();
        auto const its = files_.identify(path);
        if (!its) {
            return its.error();
        }
        if (*its == id) {
            return path;
        }
    }
    return std::string{};
}

// Finds the rotated files, and removes what a crash in the middle of compressing left: half a compressed
// file, or the plain one beside the compressed one, which is whole as soon as it has its name.
Result<LineFile::Rotated> LineFile::tidy() {
    auto const names = files_.list(folder_of(path_));
    if (!names) {
        return names.error();
    }
    auto const own = std::filesystem::path{path_}.filename().string();
    Rotated rotated;
    for (std::string_view const name : *names) {
        auto const parsed = name.starts_with(own) ? rotated_name(name.substr(own.size())) : std::nullopt;
        if (!parsed) {
            continue;
        }
        if (parsed->form.empty()) {
            rotated[parsed->number].plain = true;
        } else if (parsed->form == kCompressed) {
            rotated[parsed->number].compressed = true;
        } else if (parsed->form == kGrowing) {
            if (auto const done = files_.remove(numbered(parsed->number).append(kGrowing)); !done) {
                return done.error();
            }
        }
    }
    for (auto& [number, forms] : rotated) {
        if (forms.plain && forms.compressed) {
            if (auto const done = files_.remove(numbered(number)); !done) {
                return done.error();
            }
            forms.plain = false;
        }
    }
    return rotated;
}

// Makes PATH.1 free: all up to the first gap move up, the oldest goes when there is no gap.
Result<void> LineFile::move_up(Rotated const& rotated) {
    auto const file_of = [&](std::uint32_t number) {
        auto const compressed = rotated.at(number).compressed;
        return std::string{compressed ? kCompressed : ""};
    };
    std::uint32_t free = 1;
    while (rotated.contains(free) && free < rotate_.files) {
        ++free;
    }
    if (rotated.contains(free)) {
        if (auto const done = files_.remove(numbered(free) + file_of(free)); !done) {
            return done;
        }
    }
    for (auto number = free - 1; number > 0; --number) {
        auto const form = file_of(number);
        if (auto const done = files_.rename(numbered(number) + form, numbered(number + 1) + form); !done) {
            return done;
        }
    }
    return {};
}

Result<void> LineFile::rotate_now() {
    auto const at_path = files_.identify(path_);
    if (!at_path) {
        return at_path.error();
    }
    if (*at_path != position_.file) {
        return start_new();  // logrotate was faster, and has not told us yet
    }
    auto const rotated = tidy();
    if (!rotated) {
        return rotated.error();
    }
    if (auto const done = move_up(*rotated); !done) {
        return done;
    }
    if (auto const done = files_.rename(path_, numbered(1)); !done) {
        return done;
    }
    file_.reset();
    if (auto const started = start_new(); !started) {
        return started;
    }
    if (rotate_.compress == config::Rotate::Compress::zstd) {
        auto const moved = tidy();
        if (!moved) {
            return moved.error();
        }
        compress(*moved);
    }
    return {};
}

// Only files behind the position: PATH.1, just renamed, may still have to be cut.
void LineFile::compress(Rotated const& rotated) {
    int count = 0;
    for (auto one = rotated.upper_bound(1); one != rotated.end() && count < kMaxCompressionsARotation;
         ++one) {
        if (!one->second.plain) {
            continue;
        }
        ++count;
        if (auto const done = compress_file(files_, numbered(one->first)); !done) {
            log::warn("A rotated file could not be compressed",
                      {{"file", numbered(one->first)}, {"reason", done.error().message()}});
        }
    }
}

// Writing on at our offset would leave a hole in a file that was shortened, and fill one that nobody can read
// if it was removed.
Result<void> LineFile::check_unchanged() {
    auto const info = file_->info();
    if (!info) {
        return info.error();
    }
    if (!info->has_name || info->size < position_.offset) {
        return make_error_code(errc::file_changed);
    }
    return info->size == position_.offset ? Result<void>{} : file_->truncate(position_.offset);
}

Result<void> LineFile::write(std::string_view lines) {
    if (!file_) {
        return boost::system::errc::make_error_code(boost::system::errc::bad_file_descriptor);
    }
    if (auto const unchanged = check_unchanged(); !unchanged) {
        return unchanged;
    }
    if (rotate_.size > 0 && position_.offset > 0 && position_.offset + lines.size() > rotate_.size) {
        if (auto const rotated = rotate_now(); !rotated) {
            return rotated;
        }
    }
    if (auto const written = file_->write_at(position_.offset, lines); !written) {
        return written;
    }
    return file_->sync();
}

Result<std::string> LineFile::append(std::string_view lines) {
    if (auto const written = write(lines); !written) {
        return told(written.error());
    }
    told_ = {};
    position_.offset += lines.size();
    return position();
}

Result<std::string> LineFile::reopen() {
    if (auto const opened = open(position()); !opened) {
        return opened.error();
    }
    return position();
}

}  // namespace newswired::sinks
