#include "sinks/file/line_file.hpp"

#include "core/bytes.hpp"
#include "core/log.hpp"
#include "sinks/file/compress.hpp"

#include <filesystem>
#include <utility>

namespace newswired::sinks {
namespace {

std::string folder_of(std::string const& path) {
    return std::filesystem::path{path}.parent_path().string();
}

}  // namespace

std::string LineFile::encode(Position const& position) {
    std::string bytes;
    ByteWriter out{bytes};
    out.varint(position.file.device);
    out.varint(position.file.inode);
    out.varint(position.offset);
    return bytes;
}

LineFile::Position LineFile::decode(std::string_view bytes) {
    ByteReader in{bytes};
    Position position;
    position.file.device = in.varint();
    position.file.inode = in.varint();
    position.offset = in.varint();
    return in.failed() ? Position{} : position;
}

std::string LineFile::numbered(std::uint32_t number) const {
    return path_ + "." + std::to_string(number);
}

bool LineFile::exists(std::string const& path) {
    return files_.open(path, false).has_value();
}

Result<void> LineFile::open(std::string_view position) {
    file_.reset();
    if (rotate_.compress != config::Rotate::Compress::none) {
        if (auto const done = remove_doubles(); !done) {
            return done;
        }
    }
    auto const stored = decode(position);
    if (stored.file == FileId{}) {
        return start_new();
    }
    return recover(stored);
}

// The path as it is now; what it holds already (from a state that was deleted, say) stays.
Result<void> LineFile::start_new() {
    auto file = files_.open(path_, true);
    if (!file) {
        return file.error();
    }
    if (auto const ended = end_line(**file); !ended) {
        return ended;
    }
    auto const size = (*file)->size();
    auto const id = (*file)->id();
    if (!size || !id) {
        return !size ? size.error() : id.error();
    }
    file_ = std::move(*file);
    position_ = {.file = *id, .offset = *size};
    return {};
}

// A file that does not end in a line feed was cut by somebody else: our next line must not be glued to it.
Result<void> LineFile::end_line(OpenFile& file) {
    auto const size = file.size();
    if (!size || *size == 0) {
        return size ? Result<void>{} : Result<void>{size.error()};
    }
    auto const last = file.read_at(*size - 1, 1);
    if (!last) {
        return last.error();
    }
    return *last == "\n" ? Result<void>{} : file.write_at(*size, "\n");
}

Result<void> LineFile::cut(OpenFile& file, Position const& position, std::string const& name) {
    auto const size = file.size();
    if (!size) {
        return size.error();
    }
    if (*size < position.offset) {
        log::error("A sink's file is shorter than what was written to it; somebody else cut it",
                   {{"file", name}, {"written", position.offset}, {"found", *size}});
        return end_line(file);
    }
    if (*size > position.offset) {
        if (auto const done = file.truncate(position.offset); !done) {
            return done;
        }
        return file.sync();
    }
    return {};
}

Result<std::unique_ptr<OpenFile>> LineFile::find_renamed(FileId id, std::string& name) {
    auto const folder = folder_of(path_);
    auto const names = files_.list(folder);
    if (!names) {
        return names.error();
    }
    for (auto const& one : *names) {
        auto file = files_.open(folder + "/" + one, false);
        auto const its = file ? (*file)->id() : Result<FileId>{FileId{}};
        if (file && its && *its == id) {
            name = folder + "/" + one;
            return file;
        }
    }
    return Result<std::unique_ptr<OpenFile>>{std::unique_ptr<OpenFile>{}};
}

Result<void> LineFile::recover(Position const& position) {
    auto current = files_.open(path_, false);
    if (current) {
        auto const id = (*current)->id();
        if (!id) {
            return id.error();
        }
        if (*id == position.file) {
            if (auto const done = cut(**current, position, path_); !done) {
                return done;
            }
            auto const size = (*current)->size();
            if (!size) {
                return size.error();
            }
            file_ = std::move(*current);
            position_ = {.file = position.file, .offset = *size};
            return {};
        }
    }
    std::string name;
    auto renamed = find_renamed(position.file, name);
    if (renamed && *renamed) {
        if (auto const done = cut(**renamed, position, name); !done) {
            return done;
        }
    }
    // What a new file at the path holds was written by us after the stored position, or by nobody we know.
    // Ours begins at its start, since each of our files does.
    if (current && renamed && *renamed) {
        if (auto const emptied = (*current)->truncate(0); !emptied) {
            return emptied;
        }
    }
    return start_new();
}

// A crash between the two last steps of compressing leaves a file in both forms; the compressed one is whole.
Result<void> LineFile::remove_doubles() {
    for (std::uint32_t number = 1; number <= rotate_.files; ++number) {
        if (exists(numbered(number) + ".zst") && exists(numbered(number))) {
            if (auto const done = files_.remove(numbered(number)); !done) {
                return done;
            }
        }
    }
    return {};
}

Result<void> LineFile::rotate_now() {
    auto const folder = folder_of(path_);
    if (auto const done = remove_doubles(); !done) {
        return done;
    }
    // The oldest goes, the others move up, the newest last: whatever step is the last one, no number is taken
    // twice.
    for (auto number = rotate_.files; number > 0; --number) {
        for (auto const* suffix : {"", ".zst"}) {
            auto const from = numbered(number) + suffix;
            if (!exists(from)) {
                continue;
            }
            auto const done = number == rotate_.files ? files_.remove(from)
                                                      : files_.rename(from, numbered(number + 1) + suffix);
            if (!done) {
                return done;
            }
        }
    }
    if (auto const done = files_.rename(path_, numbered(1)); !done) {
        return done;
    }
    file_.reset();
    if (auto const started = start_new(); !started) {
        return started;
    }
    if (auto const synced = files_.sync_folder(folder); !synced) {
        return synced;
    }
    // Only a file behind the position is compressed: the one just renamed may still have to be cut.
    if (rotate_.compress == config::Rotate::Compress::zstd && exists(numbered(2))) {
        if (auto const done = compress_file(numbered(2)); !done) {
            log::warn("A rotated file could not be compressed",
                      {{"file", numbered(2)}, {"reason", done.error().message()}});
        }
    }
    return {};
}

Result<std::string> LineFile::append(std::string_view lines) {
    if (!file_) {
        return boost::system::errc::make_error_code(boost::system::errc::bad_file_descriptor);
    }
    if (rotate_.size > 0 && position_.offset > 0 && position_.offset + lines.size() > rotate_.size) {
        if (auto const rotated = rotate_now(); !rotated) {
            return rotated.error();
        }
    }
    if (auto const written = file_->write_at(position_.offset, lines); !written) {
        return written.error();
    }
    if (auto const synced = file_->sync(); !synced) {
        return synced.error();
    }
    position_.offset += lines.size();
    return encode(position_);
}

Result<std::string> LineFile::reopen() {
    if (auto const opened = open(encode(position_)); !opened) {
        return opened.error();
    }
    return encode(position_);
}

}  // namespace newswired::sinks
