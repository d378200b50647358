# How everything is compiled: C++20, warnings as errors, ccache and mold where they are there.

option(NEWSWIRED_TESTS "Build the tests" ON)
option(NEWSWIRED_BENCH "Build the benchmarks" OFF)
option(NEWSWIRED_WERROR "Treat warnings as errors" ON)
set(NEWSWIRED_SANITIZE "" CACHE STRING "Sanitizers: '', 'address' (with undefined) or 'thread'")
set(NEWSWIRED_FUZZER "" CACHE STRING "What drives the fuzz targets: '' (a driver of our own) or 'libfuzzer' (needs clang)")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Kind of build" FORCE)
endif()
# -g1 keeps function names and lines for backtraces; full debug information doubles the time of a build.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# For executables only, which may call their own functions directly: a poll takes 3 % fewer instructions than with
# -fPIC, which is for libraries that others may interpose.
add_compile_options($<$<NOT:$<STREQUAL:$<TARGET_PROPERTY:TYPE>,MODULE_LIBRARY>>:-fPIE>)
add_link_options($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)

find_program(NEWSWIRED_CCACHE ccache)
if(NEWSWIRED_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${NEWSWIRED_CCACHE})
endif()
find_program(NEWSWIRED_MOLD mold)
if(NEWSWIRED_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

add_library(newswired_warnings INTERFACE)
target_compile_options(newswired_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Woverloaded-virtual
    -Wno-mismatched-new-delete)  # g++ 12 sees one in every coroutine with an allocator
if(NEWSWIRED_WERROR)
    target_compile_options(newswired_warnings INTERFACE -Werror)
endif()

if(NEWSWIRED_FUZZER STREQUAL "libfuzzer")
    if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        message(FATAL_ERROR "NEWSWIRED_FUZZER=libfuzzer needs clang: add -DCMAKE_CXX_COMPILER=clang++-14 "
                            "(Debian's clang-14 and libclang-rt-14-dev)")
    endif()
    # Warnings are g++'s business.
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
                        -fno-omit-frame-pointer -w)
    add_link_options(-fsanitize=address,undefined)
elseif(NEWSWIRED_SANITIZE STREQUAL "address")
    # To compile all these checks at -O2 takes half as long again.
    string(REPLACE "-O2" "-O1" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
    # Once sanitizers change what it inlines, g++ sees uninitialised optionals and mismatched coroutine frames
    # where there are none.
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
                        -Wno-mismatched-new-delete -Wno-maybe-uninitialized)
    add_link_options(-fsanitize=address,undefined)
elseif(NEWSWIRED_SANITIZE STREQUAL "thread")
    # Asio uses atomic_thread_fence, which g++ warns that TSan does not model.
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer -Wno-tsan)
    add_link_options(-fsanitize=thread)
    set(NEWSWIRED_TEST_ENVIRONMENT "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/thread_sanitizer.supp")
elseif(NEWSWIRED_SANITIZE STREQUAL "" AND CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
    add_compile_options(-D_FORTIFY_SOURCE=2 -fstack-protector-strong -fcf-protection)
    add_link_options(-Wl,-z,relro,-z,now)
endif()

# For rooms that make many structures of some hundred bytes, as a node or an item has: g++ clears and copies them
# with "rep stos" and "rep movs", which take longer to start than such a structure takes in plain moves.
function(newswired_copies_without_rep ROOM)
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(newswired_${ROOM} PRIVATE
            -mmemset-strategy=unrolled_loop:256:noalign,libcall:-1:noalign
            -mmemcpy-strategy=unrolled_loop:256:noalign,libcall:-1:noalign)
    endif()
endfunction()
