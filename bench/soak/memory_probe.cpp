// Where the daemon's memory is: a library to be preloaded into it, which writes a line every ten seconds.
//
//     NEWSWIRED_MEMORY_PROBE=FILE LD_PRELOAD=build/bench/newswired_memory_probe.so build/newswired run …
//
// Columns: seconds since the start; then in kB: what the program asked for, the pages this lies in, all pages
// that the heap keeps (jemalloc's stats.allocated, .active, .resident); RocksDB's memtables of the three
// families, its table readers, its block cache.
// It stands between the program and RocksDB's DB::Open to learn where the database is; the program knows
// nothing of it.

#include <jemalloc/jemalloc.h>
#include <rocksdb/db.h>

#include <dlfcn.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace {

using rocksdb::ColumnFamilyDescriptor;
using rocksdb::ColumnFamilyHandle;
using rocksdb::DB;
using rocksdb::DBOptions;
using rocksdb::Status;

std::uint64_t property(DB* db, ColumnFamilyHandle* family, char const* name) {
    std::uint64_t value = 0;
    db->GetIntProperty(family, name, &value);
    return value / 1024;
}

/// jemalloc's figures are those of the last change of its epoch.
void refresh_statistics() {
    std::uint64_t epoch = 1;
    auto size = sizeof epoch;
    mallctl("epoch", &epoch, &size, &epoch, size);
}

std::size_t statistic(char const* name) {
    std::size_t value = 0;
    auto size = sizeof value;
    mallctl(name, &value, &size, nullptr, 0);
    return value / 1024;
}

void write_line(std::FILE* out, long seconds, DB* db, std::vector<ColumnFamilyHandle*> const& families) {
    refresh_statistics();
    std::fprintf(out, "%ld %zu %zu %zu", seconds, statistic("stats.allocated"), statistic("stats.active"),
                 statistic("stats.resident"));
    std::uint64_t readers = 0;
    for (auto* const family : families) {
        std::fprintf(out, " %lu", property(db, family, "rocksdb.size-all-mem-tables"));
        readers += property(db, family, "rocksdb.estimate-table-readers-mem");
    }
    std::fprintf(out, " %lu %lu\n", readers, property(db, families.front(), "rocksdb.block-cache-usage"));
    std::fflush(out);
}

void watch(DB* db, std::vector<ColumnFamilyHandle*> families) {
    auto const* const path = std::getenv("NEWSWIRED_MEMORY_PROBE");
    auto* const out = path == nullptr ? nullptr : std::fopen(path, "w");
    if (out == nullptr) {
        return;
    }
    constexpr int kSeconds = 10;
    for (long seconds = 0;; seconds += kSeconds) {
        write_line(out, seconds, db, families);
        std::this_thread::sleep_for(std::chrono::seconds{kSeconds});
    }
}

}  // namespace

// The same name as the library's: the program finds this one first.
Status DB::Open(DBOptions const& options, std::string const& path,
                std::vector<ColumnFamilyDescriptor> const& descriptors,
                std::vector<ColumnFamilyHandle*>* families, DB** db) {
    using Open = Status (*)(DBOptions const&, std::string const&, std::vector<ColumnFamilyDescriptor> const&,
                            std::vector<ColumnFamilyHandle*>*, DB**);
    constexpr char const* kName =
        "_ZN7rocksdb2DB4OpenERKNS_9DBOptionsERKNSt7__cxx1112basic_stringIcSt11char_"
        "traitsIcESaIcEEERKSt6vectorINS_"
        "22ColumnFamilyDescriptorESaISD_EEPSC_IPNS_18ColumnFamilyHandleESaISJ_EEPPS0_";
    auto const next = reinterpret_cast<Open>(dlsym(RTLD_NEXT, kName));
    if (next == nullptr) {
        std::fputs("memory probe: this RocksDB is another one\n", stderr);
        std::abort();
    }
    auto status = next(options, path, descriptors, families, db);
    if (status.ok()) {
        std::thread{watch, *db, *families}.detach();  // ends with the process
    }
    return status;
}
