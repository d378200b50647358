# Rooms: a folder, a namespace and a CMake target in one.
#
#   newswired_room(feeds DEPENDS core http LIBRARIES pugixml)
#       builds every .cpp of feeds/ into the static library newswired_feeds.  A room may name only
#       rooms declared before it, so there are no cycles, and an include check runs before it
#       compiles.  Its headers stand alone: a .cpp includes its own header first (checked too), and
#       target all_verify_interface_header_sets compiles those that have no .cpp.
#   newswired_room_test(feeds)
#       builds tests/feeds/*_test.cpp, linked to that room and to nothing above it.
#   newswired_program(newswired ROOM cli)
#       the program whose main is in that room's main.cpp.

set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)
set(NEWSWIRED_ROOMS "" CACHE INTERNAL "rooms declared so far")

function(newswired_room NAME)
    cmake_parse_arguments(ARG "" "" "DEPENDS;LIBRARIES" ${ARGN})
    foreach(room IN LISTS ARG_DEPENDS)
        if(NOT room IN_LIST NEWSWIRED_ROOMS)
            message(FATAL_ERROR "Room '${NAME}' names '${room}', which is not declared before it: "
                                "arrows point from upper rooms to lower ones only.")
        endif()
    endforeach()
    set(NEWSWIRED_ROOMS ${NEWSWIRED_ROOMS} ${NAME} CACHE INTERNAL "rooms declared so far")

    file(GLOB_RECURSE sources CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${NAME}/*.cpp)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${NAME}/*.hpp)
    file(GLOB_RECURSE tables CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${NAME}/*.inc)
    list(REMOVE_ITEM sources ${NAME}/main.cpp)
    if(NEWSWIRED_FUZZER STREQUAL "libfuzzer")
        newswired_without_coroutines(sources ${sources})
    endif()

    if(NOT sources)
        add_library(newswired_${NAME} INTERFACE)
        return()
    endif()
    add_library(newswired_${NAME} STATIC ${sources})
    # A header that its .cpp includes first stands alone whenever that compiles; the others have to be compiled.
    set(headers_to_verify "")
    foreach(header IN LISTS headers)
        string(REGEX REPLACE "[.]hpp$" ".cpp" source ${header})
        if(NOT source IN_LIST sources)
            list(APPEND headers_to_verify ${header})
        endif()
    endforeach()
    if(headers_to_verify)
        target_sources(newswired_${NAME} PUBLIC FILE_SET headers_to_verify TYPE HEADERS
            BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${headers_to_verify})
    endif()
    target_compile_definitions(newswired_${NAME} PRIVATE NEWSWIRED_VERSION="${PROJECT_VERSION}")
    list(TRANSFORM ARG_DEPENDS PREPEND newswired_ OUTPUT_VARIABLE rooms)
    list(TRANSFORM ARG_LIBRARIES PREPEND newswired_lib_ OUTPUT_VARIABLE libraries)
    target_link_libraries(newswired_${NAME} PUBLIC ${rooms} ${libraries} PRIVATE newswired_warnings)

    set(stamp ${CMAKE_BINARY_DIR}/include_checks/${NAME})
    add_custom_command(OUTPUT ${stamp}
        COMMAND ${CMAKE_COMMAND} -DROOM=${NAME} "-DALLOWED=${ARG_DEPENDS}"
                "-DFILES=${sources};${headers};${tables}" -DROOT=${PROJECT_SOURCE_DIR} -DSTAMP=${stamp}
                -P ${PROJECT_SOURCE_DIR}/cmake/CheckIncludes.cmake
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
        DEPENDS ${sources} ${headers} ${tables} ${PROJECT_SOURCE_DIR}/cmake/CheckIncludes.cmake
        COMMENT "Checking what ${NAME} includes" VERBATIM)
    add_custom_target(newswired_${NAME}_includes DEPENDS ${stamp})
    add_dependencies(newswired_${NAME} newswired_${NAME}_includes)
endfunction()

# Fuzz targets reach pure functions only.  What is a coroutine over Asio takes clang with sanitizers minutes to compile,
# and clang 14 does not know the coroutines of g++'s library.
function(newswired_without_coroutines OUT)
    set(kept "")
    foreach(source IN LISTS ARGN)
        file(STRINGS ${PROJECT_SOURCE_DIR}/${source} found REGEX "co_(await|return|spawn)" LIMIT_COUNT 1)
        if(NOT found)
            list(APPEND kept ${source})
        endif()
    endforeach()
    set(${OUT} ${kept} PARENT_SCOPE)
endfunction()

function(newswired_room_test NAME)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${NAME}/*_test.cpp)
    if(NOT sources)
        return()
    endif()
    add_executable(newswired_${NAME}_test ${sources})
    target_link_libraries(newswired_${NAME}_test PRIVATE
        newswired_${NAME} newswired_test_support newswired_warnings GTest::gmock_main)
    target_compile_definitions(newswired_${NAME}_test PRIVATE
        NEWSWIRED_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
    # Tests are half of what is compiled, and optimising them half of the time that it takes.
    target_compile_options(newswired_${NAME}_test PRIVATE -O0 -U_FORTIFY_SOURCE)
    gtest_discover_tests(newswired_${NAME}_test TEST_PREFIX "${NAME}." DISCOVERY_TIMEOUT 60 NO_PRETTY_VALUES
        PROPERTIES TIMEOUT 120 ENVIRONMENT "${NEWSWIRED_TEST_ENVIRONMENT}")
endfunction()

function(newswired_program NAME)
    cmake_parse_arguments(ARG "" "ROOM" "" ${ARGN})
    if(NOT EXISTS ${PROJECT_SOURCE_DIR}/${ARG_ROOM}/main.cpp)
        return()
    endif()
    add_executable(${NAME} ${ARG_ROOM}/main.cpp)
    target_link_libraries(${NAME} PRIVATE newswired_${ARG_ROOM} newswired_warnings)
    target_compile_definitions(${NAME} PRIVATE NEWSWIRED_VERSION="${PROJECT_VERSION}")
endfunction()
